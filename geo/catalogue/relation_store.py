"""Relations as rows of a table, and back."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from geo.feature import Layer
from geo.relations.table import RELATION_COLUMNS, Relations

_COPIED = tuple(name for name in RELATION_COLUMNS if name not in {"feature", "footprint", "side"})
_TRUTHS = ("within", "intersects", "touches")


def relations_to_frame(relations: Relations, footprint_ids: Sequence[str]) -> pd.DataFrame:
    """Return one row per relation; the ids of layer, feature, case and footprint stand for their numbers."""
    footprints = np.array(footprint_ids, dtype=object)[relations.footprint]
    keys = np.array([*relations.features, ("", "")], dtype=object)[relations.feature]
    return pd.DataFrame(
        {
            "case_id": [footprint_id.rsplit("-", 1)[0] for footprint_id in footprints],
            "footprint_id": footprints,
            "layer": keys[:, 0],
            "feature_id": keys[:, 1],
            **{name: getattr(relations, name) for name in _COPIED},
            "side": [side or None for side in relations.side.tolist()],
        }
    )


def relations_from_frame(frame: pd.DataFrame, footprint_ids: Sequence[str], layers: Mapping[str, Layer]) -> Relations:
    """Return relations from the rows of `relations_to_frame`.

    Raises:
        KeyError: A row names a footprint or feature that does not exist.
    """
    features = feature_keys(layers)
    numbers = {key: number for number, key in enumerate(features)}
    positions = {footprint_id: number for number, footprint_id in enumerate(footprint_ids)}
    columns = {name: frame[name].to_numpy(dtype=bool if name in _TRUTHS else np.float64) for name in _COPIED}
    keys = zip(frame["layer"], frame["feature_id"], strict=True)
    return Relations(
        features=features,
        feature=np.array([numbers[key] for key in keys], dtype=np.int32),
        footprint=np.array([positions[key] for key in frame["footprint_id"]], dtype=np.int32),
        side=frame["side"].fillna("").to_numpy(dtype="U6"),
        **columns,
    )


def feature_keys(layers: Mapping[str, Layer]) -> list[tuple[str, str]]:
    """List the layer and id of every feature, in the order of the layers."""
    return [(layer_id, feature.id) for layer_id, layer in layers.items() for feature in layer]
