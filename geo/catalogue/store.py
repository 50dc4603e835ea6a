"""Write the catalogue to one GeoPackage and read it back.

The file opens in QGIS as it is. Beside the map layers it carries attribute tables: `case_records` (each case as one
JSON text), `gazetteer` (compiled names) and `metadata`. Two builds of the same data give the same bytes.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError
from shapely.geometry.base import BaseGeometry

from geo.area import Area, Theme
from geo.case import Footprint, PlaceRole, Precision, Rating
from geo.catalogue.case_records import case_from_json, case_to_json
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import CASE_COLUMNS, FOOTPRINT_COLUMNS, T, Valued, layer_columns, values_of
from geo.catalogue.located import LocatedCase
from geo.catalogue.relation_store import relations_from_frames, relations_to_frame, stretches_to_frame
from geo.catalogue_file import FORMAT_VERSION, check_format
from geo.crs import WGS84
from geo.digests import builder_digest, release
from geo.errors import StoreError
from geo.feature import Feature, Layer, Property
from geo.gazetteer.store import entries_to_rows, load_entries
from geo.layers.spec import Column, LayerSpec
from geo.layers.table import layer_spec
from geo.reading import adapter
from geo.retired import Retired
from geo.text import LocalText
from geo.tour import Tour

_LIST_SEPARATOR = "；"


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
            _fixed_clock(catalogue.area.undated),
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
    check_format(path)
    try:
        return _read(path)
    except StoreError:
        raise
    except (DataSourceError, DataLayerError, ValueError, KeyError, OSError) as error:
        msg = f"{path}: the catalogue is damaged ({type(error).__name__}); delete it and run: tongcheng build"
        raise StoreError(msg) from error


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
    flat = [
        {name: _LIST_SEPARATOR.join(value) if isinstance(value, list) else value for name, value in row.items()}
        for row in (values_of(item, columns, catalogue) for item in items)
    ]
    return gpd.GeoDataFrame(flat, geometry=list(geometries), crs=WGS84)


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
        "list_separator": _LIST_SEPARATOR,
    }


def _read_table(path: Path, name: str) -> pd.DataFrame:
    frame: pd.DataFrame = pyogrio.read_dataframe(path, layer=name, read_geometry=False)
    return frame


def _metadata(path: Path) -> dict[str, str]:
    frame = _read_table(path, "metadata")
    return dict(zip(frame["key"], frame["value"], strict=True))


def _read(path: Path) -> Catalogue:
    metadata = _metadata(path)
    cases = _read_cases(path)
    layers = {layer_id: _read_layer(path, layer_spec(layer_id)) for layer_id in metadata["layers"].split()}
    footprint_ids = [footprint.id for case in cases.values() for footprint in case.footprints]
    return Catalogue(
        cases=cases,
        layers=layers,
        themes=adapter(tuple[Theme, ...]).validate_json(metadata["themes"]),
        area=adapter(Area).validate_json(metadata["area"]),
        entries=load_entries(path),
        relations=relations_from_frames(
            _read_table(path, "relations"), _read_table(path, "stretches"), footprint_ids, layers
        ),
        data_digest=metadata["data_digest"],
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        readings=tuple((text, tuple(pinyin)) for text, pinyin in json.loads(metadata["readings"])),
        tours=adapter(tuple[Tour, ...]).validate_json(metadata["tours"]),
        retired={one.id: one for one in adapter(tuple[Retired, ...]).validate_json(metadata["retired"])},
    )


def _read_cases(path: Path) -> Mapping[str, LocatedCase]:
    footprints: dict[str, list[Footprint]] = {}
    for row in _rows(path, "footprints"):
        footprint = _footprint(row)
        footprints.setdefault(footprint.case_id, []).append(footprint)
    records = _read_table(path, "case_records")
    cases = [case_from_json(text) for text in records["record"]]
    return {case.id: LocatedCase(case, tuple(footprints[case.id])) for case in cases}


def _read_layer(path: Path, spec: LayerSpec) -> Layer:
    return Layer(spec.id, tuple(_feature(row, spec) for row in _rows(path, spec.id)))


def _rows(path: Path, layer_id: str) -> list[dict[str, Any]]:
    frame = pyogrio.read_dataframe(path, layer=layer_id)
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _footprint(row: dict[str, Any]) -> Footprint:
    return Footprint(
        id=row["id"],
        case_id=row["case_id"],
        name=LocalText(row["name_zh"], row["name_en"]),
        mention=row["mention"],
        role=PlaceRole(row["role"]),
        geometry=row["geometry"],
        precision=Precision(row["precision"]),
        radius_m=float(row["radius_m"]),
        rating=Rating(row["rating"]),
        method=row["method"],
        confidence=float(row["confidence"]),
        evidence=row["evidence"],
        counties=_list(row["county"]),
        entry_id=row["entry_id"] or "",
        is_fallback=bool(row["fallback"]),
    )


def _feature(row: dict[str, Any], spec: LayerSpec) -> Feature:
    return Feature(
        id=row["id"],
        name=LocalText(row["name_zh"], row["name_en"]),
        geometry=row["geometry"],
        rating=Rating(row["rating"]),
        precision_m=float(row["precision_m"]),
        source=row["source"],
        status=row["status"],
        status_date=row["status_date"],
        note=LocalText(row["note_zh"], row["note_en"]) if row["note_zh"] else None,
        aliases=_list(row["aliases"]),
        properties={column.name: _typed(row[column.name], column) for column in spec.columns},
    )


def _typed(value: Any, column: Column) -> Property:  # noqa: ANN401  a cell of a data frame
    """Undo what a data frame does to whole numbers and truth values beside empty cells, and what a column does."""
    if value is None:
        return column.read(None)
    match column.kind:
        case "integer":
            return int(value)
        case "number":
            return float(value)
        case "boolean":
            return bool(value)
        case _:
            return column.read(str(value))


def _list(text: str | None) -> tuple[str, ...]:
    return tuple(text.split(_LIST_SEPARATOR)) if text else ()


@contextmanager
def _fixed_clock(day: str) -> Iterator[None]:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
