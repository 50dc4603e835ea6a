"""Relations as rows of a table, and back."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.feature import Layer, Scalar
from geo.relations.table import ROW_COLUMNS, Relations

Columns = Mapping[str, Sequence[Scalar]]
_COPIED = tuple(name for name in ROW_COLUMNS if name not in {"feature", "footprint", "side"})
_TRUTHS = ("within", "intersects", "touches", "meets")


def relations_to_frame(relations: Relations, footprint_ids: Sequence[str]) -> pd.DataFrame:
    """Return one row per relation; the ids of layer, feature, case and footprint stand for their numbers."""
    return pd.DataFrame(
        {
            **_ids(relations, np.arange(len(relations)), footprint_ids),
            **{name: getattr(relations, name) for name in _COPIED},
            "side": [side or None for side in relations.side.tolist()],
        }
    )


def stretches_to_frame(relations: Relations, footprint_ids: Sequence[str]) -> pd.DataFrame:
    """Return one row per stretch of a line that a footprint covers, kilometres from the start of the line."""
    ids = _ids(relations, relations.stretch_row, footprint_ids)
    return pd.DataFrame({**ids, "from_km": relations.from_km, "to_km": relations.to_km})


def _ids(
    relations: Relations, rows: NDArray[np.int64], footprint_ids: Sequence[str]
) -> Mapping[str, NDArray[np.object_] | list[str]]:
    footprints = np.array(footprint_ids, dtype=object)[relations.footprint[rows]]
    keys = np.array([*relations.features, ("", "")], dtype=object)[relations.feature[rows]]
    return {
        "case_id": [footprint_id.rsplit("-", 1)[0] for footprint_id in footprints],
        "footprint_id": footprints,
        "layer": keys[:, 0],
        "feature_id": keys[:, 1],
    }


def relations_from_columns(
    table: Columns, stretches: Columns, footprint_ids: Sequence[str], layers: Mapping[str, Layer]
) -> Relations:
    """Return relations from the columns of the rows of `relations_to_frame` and `stretches_to_frame`.

    Raises:
        KeyError: A row names a footprint, feature or relation that does not exist.
    """
    features = feature_keys(layers)
    feature, footprint = _numbers(table, features, footprint_ids)
    rows = {pair: row for row, pair in enumerate(zip(feature, footprint, strict=True))}
    pairs = zip(*_numbers(stretches, features, footprint_ids), strict=True)
    columns = {name: np.array(table[name], dtype=bool if name in _TRUTHS else np.float64) for name in _COPIED}
    return Relations(
        features=features,
        feature=np.array(feature, dtype=np.int32),
        footprint=np.array(footprint, dtype=np.int32),
        side=np.array([side or "" for side in table["side"]], dtype="U6"),
        stretch_row=np.array([rows[pair] for pair in pairs], dtype=np.int64),
        from_km=np.array(stretches["from_km"], dtype=np.float64),
        to_km=np.array(stretches["to_km"], dtype=np.float64),
        **columns,
    )


def _numbers(
    table: Columns, features: Sequence[tuple[str, str]], footprint_ids: Sequence[str]
) -> tuple[list[int], list[int]]:
    numbers: dict[tuple[Scalar, Scalar], int] = {key: number for number, key in enumerate(features)}
    positions: dict[Scalar, int] = {footprint_id: number for number, footprint_id in enumerate(footprint_ids)}
    feature = [numbers[key] for key in zip(table["layer"], table["feature_id"], strict=True)]
    return feature, [positions[footprint_id] for footprint_id in table["footprint_id"]]


def feature_keys(layers: Mapping[str, Layer]) -> list[tuple[str, str]]:
    """List the layer and id of every feature, in the order of the layers."""
    return [(layer_id, feature.id) for layer_id, layer in layers.items() for feature in layer]
