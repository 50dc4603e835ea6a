"""The catalogue in one GeoPackage: written whole, read back equal.

The file opens in QGIS as it is. Beside the map layers it carries attribute tables: `case_records` (each case as one
JSON text), `gazetteer` and `gazetteer_elsewhere` (compiled names), `facts` (what of features has a life), `metadata`.
Two builds of the same data give the same bytes.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.area import Area, Theme
from geo.case import Footprint, PlaceRole, Precision, Rating, Retired, Tour
from geo.catalogue.base_tiles import tiles_of
from geo.catalogue.case_records import case_from_json, case_to_json
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import CASE_COLUMNS, FOOTPRINT_COLUMNS, T, Valued, frame_of, layer_columns, values_of
from geo.catalogue.footprints import LocatedCase
from geo.catalogue_file import FORMAT_VERSION, builder_digest, reading, release, table_rows
from geo.dated import Fact
from geo.errors import StoreError
from geo.feature import SOURCE_LINE, Layer, Listed, Scalar, layer_of, list_of, shape_of
from geo.gazetteer.table import (
    COLUMNS_ELSEWHERE,
    TABLE,
    TABLE_ELSEWHERE,
    elsewhere_to_rows,
    entries_of,
    entries_to_rows,
)
from geo.gdal import day_of_files
from geo.layers.spec import LayerSpec
from geo.layers.table import layer_spec
from geo.reading import adapter
from geo.relations.table import ROW_COLUMNS, Relations
from geo.text import LIST_SEPARATOR, LocalText

Columns = Mapping[str, Sequence[Scalar]]
_COPIED = tuple(name for name in ROW_COLUMNS if name not in {"feature", "footprint", "side"})
_FACTS, _FACT_COLUMNS = "facts", tuple(field.name for field in fields(Fact))
_LISTED = adapter(dict[str, tuple[Listed, ...]])
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


def write_catalogue(catalogue: Catalogue, path: Path) -> None:
    """Write atomically: the file is whole or as it was. A symbolic link stays, and what it points to is replaced.

    Raises:
        StoreError: The folder cannot be written, or the disk is full.
    """
    try:
        target = path.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".catalogue-") as folder,
            day_of_files(catalogue.area.undated),
        ):
            temporary = Path(folder, "catalogue.gpkg")
            for name, frame in _frames(catalogue):
                pyogrio.write_dataframe(frame, temporary, layer=name, driver="GPKG", append=temporary.exists())
            temporary.replace(target)
    except (OSError, RuntimeError) as error:  # every error of pyogrio is a RuntimeError, and so is a loop of links
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        msg = (
            f"{path}: the catalogue cannot be written ({why}); "
            f"make room where the disk is full, or choose another place with --catalogue"
        )
        raise StoreError(msg) from error


def read_catalogue(path: Path) -> Catalogue:
    """Read what `write_catalogue` wrote.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    with reading(path) as connection:
        found = _read(connection, hashlib.sha256(path.read_bytes()).hexdigest())
    return replace(found, base_tiles=tiles_of(path, found.data_digest))


def _frames(catalogue: Catalogue) -> Iterator[tuple[str, pd.DataFrame]]:
    cases = list(catalogue.cases.values())
    yield "cases", _frame(cases, CASE_COLUMNS, [case.label_point for case in cases], catalogue)
    shapes = catalogue.footprints
    footprints = _frame(shapes, FOOTPRINT_COLUMNS, [shape.geometry for shape in shapes], catalogue)
    yield "footprints", footprints.assign(entry_id=[shape.entry_id for shape in shapes])
    for layer in catalogue.layers.values():
        columns = [
            replace(one, of=lambda feature, _: SOURCE_LINE.join(feature.sources)) if one.name == "source" else one
            for one in layer_columns(layer_spec(layer.id))
        ]
        yield layer.id, _frame(layer.features, columns, [feature.geometry for feature in layer], catalogue)
    yield (
        "case_records",
        pd.DataFrame([{"case_id": case.id, "record": case_to_json(case.case)} for case in cases]),
    )
    footprint_ids = [footprint.id for footprint in catalogue.footprints]
    yield "relations", relations_to_frame(catalogue.relations, footprint_ids)
    yield "stretches", stretches_to_frame(catalogue.relations, footprint_ids)
    yield _FACTS, pd.DataFrame(_fact_rows(catalogue.layers), columns=["layer", "feature_id", *_FACT_COLUMNS])
    yield TABLE, pd.DataFrame(entries_to_rows(catalogue.entries))
    yield TABLE_ELSEWHERE, pd.DataFrame(elsewhere_to_rows(catalogue.entries), columns=list(COLUMNS_ELSEWHERE))
    yield "metadata", pd.DataFrame([{"key": key, "value": value} for key, value in _metadata_of(catalogue).items()])


def _fact_rows(layers: Mapping[str, Layer]) -> list[tuple[str | None, ...]]:
    return [
        (layer.id, feature.id, *(None if value is None else str(value) for value in vars(fact).values()))
        for layer in layers.values()
        for feature in layer
        for fact in feature.facts
    ]


def _frame(
    items: Sequence[T], columns: Sequence[Valued[T]], geometries: Sequence[BaseGeometry], catalogue: Catalogue
) -> gpd.GeoDataFrame:
    return frame_of(columns, [values_of(item, columns, catalogue) for item in items], geometries)


def _metadata_of(catalogue: Catalogue) -> dict[str, str]:
    return {
        "format_version": FORMAT_VERSION,
        "data_digest": catalogue.data_digest,
        "release": release(),
        "builder": builder_digest(),
        "layers": " ".join(catalogue.layers),
        "themes": adapter(tuple[Theme, ...]).dump_json(tuple(catalogue.themes)).decode(),
        "area": adapter(Area).dump_json(catalogue.area).decode(),
        "readings": json.dumps(catalogue.readings, ensure_ascii=False),
        "tours": adapter(tuple[Tour, ...]).dump_json(tuple(catalogue.tours)).decode(),
        "retired": adapter(tuple[Retired, ...]).dump_json(tuple(catalogue.retired.values())).decode(),
        "listed": _LISTED.dump_json({one.id: tuple(one.listed) for one in catalogue.layers.values()}).decode(),
        "list_separator": LIST_SEPARATOR,
    }


def _read(connection: sqlite3.Connection, digest: str) -> Catalogue:
    metadata = {row["key"]: row["value"] for row in table_rows(connection, "metadata")}
    cases = _read_cases(connection)
    facts, listed = _read_facts(connection), _LISTED.validate_json(metadata["listed"])
    layers = {
        one: replace(_read_layer(connection, layer_spec(one), facts), listed=listed[one])
        for one in metadata["layers"].split()
    }
    footprint_ids = [footprint.id for case in cases.values() for footprint in case.footprints]
    relations, stretches = _read_columns(connection, "relations"), _read_columns(connection, "stretches")
    return Catalogue(
        cases=cases,
        layers=layers,
        themes=adapter(tuple[Theme, ...]).validate_json(metadata["themes"]),
        area=adapter(Area).validate_json(metadata["area"]),
        entries=entries_of(connection),
        relations=relations_from_columns(relations, stretches, footprint_ids, layers),
        data_digest=metadata["data_digest"],
        digest=digest,
        readings=tuple((text, tuple(pinyin)) for text, pinyin in json.loads(metadata["readings"])),
        tours=adapter(tuple[Tour, ...]).validate_json(metadata["tours"]),
        retired={one.id: one for one in adapter(tuple[Retired, ...]).validate_json(metadata["retired"])},
    )


def _read_columns(connection: sqlite3.Connection, name: str) -> Mapping[str, Sequence[Scalar]]:
    cursor = table_rows(connection, name)
    names = [str(column[0]) for column in cursor.description]
    rows = cursor.fetchall()
    return dict(zip(names, zip(*rows, strict=True) if rows else [()] * len(names), strict=True))


def _read_cases(connection: sqlite3.Connection) -> Mapping[str, LocatedCase]:
    footprints: dict[str, list[Footprint]] = {}
    for row in table_rows(connection, "footprints"):
        footprint = _footprint(row)
        footprints.setdefault(footprint.case_id, []).append(footprint)
    cases = [case_from_json(row["record"]) for row in table_rows(connection, "case_records")]
    return {case.id: LocatedCase(case, tuple(footprints[case.id])) for case in cases}


_FactsByKey = Mapping[tuple[str, str], Sequence[Fact]]


def _read_layer(connection: sqlite3.Connection, spec: LayerSpec, facts: _FactsByKey) -> Layer:
    plain = layer_of(connection, spec.id, {column.name: column.of_cell for column in spec.columns})
    dated = (replace(one, facts=tuple(facts.get((spec.id, one.id), ()))) for one in plain)
    return Layer(spec.id, tuple(dated))


def _read_facts(connection: sqlite3.Connection) -> _FactsByKey:
    found: dict[tuple[str, str], list[Fact]] = {}
    for row in table_rows(connection, _FACTS):
        fact = adapter(Fact).validate_python({name: row[name] for name in _FACT_COLUMNS})
        value = float(fact.value) if fact.about.is_number else fact.value
        found.setdefault((row["layer"], row["feature_id"]), []).append(replace(fact, value=value))
    return found


def _footprint(row: sqlite3.Row) -> Footprint:
    return Footprint(
        id=row["id"],
        case_id=row["case_id"],
        name=LocalText(row["name_zh"], row["name_en"]),
        mention=row["mention"],
        role=PlaceRole(row["role"]),
        geometry=shape_of(row),
        precision=Precision(row["precision"]),
        radius_m=float(row["radius_m"]),
        rating=Rating(row["rating"]),
        method=row["method"],
        confidence=float(row["confidence"]),
        evidence=row["evidence"],
        counties=list_of(row["county"]),
        entry_id=row["entry_id"] or "",
        is_fallback=bool(row["fallback"]),
    )
