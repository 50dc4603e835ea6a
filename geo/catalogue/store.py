"""Write the catalogue to one GeoPackage and read it back.

The file opens in QGIS as it is. Beside the map layers it carries attribute tables: `case_records` (each case as one
JSON text), `gazetteer` (compiled names) and `metadata`. Two builds of the same data give the same bytes.
"""

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry.base import BaseGeometry

from geo.area import Area, Theme
from geo.case import Footprint, PlaceRole, Precision, Rating
from geo.catalogue.case_records import case_from_json, case_to_json
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import CASE_COLUMNS, FOOTPRINT_COLUMNS, T, Valued, layer_columns, values_of
from geo.catalogue.frames import frame_of
from geo.catalogue.located import LocatedCase
from geo.catalogue.relation_store import relations_from_columns, relations_to_frame, stretches_to_frame
from geo.catalogue_file import FORMAT_VERSION, reading, table_rows
from geo.digests import builder_digest, release
from geo.errors import StoreError
from geo.feature import Layer, Scalar
from geo.feature_rows import layer_of, list_of, shape_of
from geo.gazetteer.store import entries_of, entries_to_rows
from geo.gdal import day_of_files
from geo.layers.spec import LayerSpec
from geo.layers.table import layer_spec
from geo.reading import adapter
from geo.retired import Retired
from geo.text import LIST_SEPARATOR, LocalText
from geo.tour import Tour


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
        return _read(connection, hashlib.sha256(path.read_bytes()).hexdigest())


def _frames(catalogue: Catalogue) -> Iterator[tuple[str, pd.DataFrame]]:
    cases = list(catalogue.cases.values())
    yield "cases", _frame(cases, CASE_COLUMNS, [case.label_point for case in cases], catalogue)
    shapes = catalogue.footprints
    footprints = _frame(shapes, FOOTPRINT_COLUMNS, [shape.geometry for shape in shapes], catalogue)
    yield "footprints", footprints.assign(entry_id=[shape.entry_id for shape in shapes])
    for layer in catalogue.layers.values():
        columns = layer_columns(layer_spec(layer.id))
        yield layer.id, _frame(layer.features, columns, [feature.geometry for feature in layer], catalogue)
    yield (
        "case_records",
        pd.DataFrame([{"case_id": case.id, "record": case_to_json(case.case)} for case in cases]),
    )
    footprint_ids = [footprint.id for footprint in catalogue.footprints]
    yield "relations", relations_to_frame(catalogue.relations, footprint_ids)
    yield "stretches", stretches_to_frame(catalogue.relations, footprint_ids)
    yield "gazetteer", pd.DataFrame(entries_to_rows(catalogue.entries))
    yield "metadata", pd.DataFrame([{"key": key, "value": value} for key, value in _metadata_of(catalogue).items()])


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
        "list_separator": LIST_SEPARATOR,
    }


def _read(connection: sqlite3.Connection, digest: str) -> Catalogue:
    metadata = {row["key"]: row["value"] for row in table_rows(connection, "metadata")}
    cases = _read_cases(connection)
    layers = {one: _read_layer(connection, layer_spec(one)) for one in metadata["layers"].split()}
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


def _read_layer(connection: sqlite3.Connection, spec: LayerSpec) -> Layer:
    return layer_of(connection, spec.id, {column.name: column.of_cell for column in spec.columns})


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
