"""Read what GDAL reads: GeoPackage, shapefiles, GeoJSON, KML, FlatGeobuf, file geodatabases, DXF, MapInfo.

Columns called as tags of OpenStreetMap say what a feature is; else the one who imports says the layer.
"""

from collections.abc import Iterator, Mapping
from numbers import Real
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceError
from geo.geography.datum import within_degrees
from geo.geography.drawn import Content, Drawn
from geo.geography.kinds import BY_ID, KINDS, OUR_LAYERS, Kind, Shape, kinds_of
from geo.geography.opening import SUFFIXES, Opened, opened

MOST_FEATURES = 2_000_000
_NAMES = ("name:zh", "name", "名称", "道路名称", "站名", "xzqmc", "mc", "text", "layer")
_REFS = ("ref", "编号", "道路编号", "lxbm")
_OF_DIMENSION: Mapping[int, Shape] = {0: "point", 1: "line", 2: "area"}


def read_file(path: Path, layer: str | None) -> Content:
    """Return what a file of GDAL's formats draws, WGS-84 where it says its projection.

    Args:
        path: The file, or a zip file of it.
        layer: The layer of ours that all of it belongs to; None where its columns say it.

    Raises:
        SourceError: It cannot be read, is too large, or says nowhere what its features are.
    """
    files = opened(path)
    things: list[Drawn] = []
    declared: set[bool] = set()
    try:
        for name, read in (frame for file in files for frame in _frames(file, path)):
            frame, is_declared = _in_degrees(read, path)
            declared.add(is_declared)
            things += _things(frame, name, layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError) as error:
        msg = f"{path.name}: cannot be read ({_first_line(error)}); expected one of {', '.join(SUFFIXES)} or .osm.pbf"
        raise SourceError(msg) from error
    if not things:
        msg = f"{path.name}: {_nothing(layer)}"
        raise SourceError(msg)
    if not all(within_degrees(thing.shape) for thing in things):
        said = "says degrees" if declared == {True} else "says no projection; add it (a .prj) or convert it"
        msg = f"{path.name}: its coordinates are no degrees, longitude first, and it {said}"
        raise SourceError(msg)
    return Content(tuple(things), is_declared=declared == {True}, date=None)


def _nothing(layer: str | None) -> str:
    if layer is not None:
        shapes = " or ".join(dict.fromkeys(f"{kind.shape}s" for kind in KINDS if kind.layer == layer))
        return f"holds no {shapes}, as {layer} are drawn"
    return (
        "no column says what its features are (such as railway, highway, boundary, natural); say --layer, one of "
        f"{', '.join(OUR_LAYERS)}"
    )


def _frames(file: Opened, path: Path) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    for name, kind in pyogrio.list_layers(file.source):
        if kind is None:
            continue
        count = pyogrio.read_info(file.source, layer=name, force_feature_count=True)["features"]
        if count > MOST_FEATURES:
            msg = (
                f"{path.name}: layer {name} has {count} features; expected at most {MOST_FEATURES}: cut it to the area"
            )
            raise SourceError(msg)
        yield str(name), pyogrio.read_dataframe(file.source, layer=name, encoding=file.encoding)


def _in_degrees(frame: gpd.GeoDataFrame, path: Path) -> tuple[gpd.GeoDataFrame, bool]:
    """Return a frame in degrees, and whether it says its projection itself; DXF never does."""
    if frame.crs is None or path.suffix.lower() == ".dxf":
        return frame, False
    return frame.to_crs("EPSG:4326"), True


def _things(frame: gpd.GeoDataFrame, table: str, layer: str | None) -> Iterator[Drawn]:
    columns = {str(column): str(column).lower() for column in frame.columns if column != frame.geometry.name}
    records = frame[list(columns)].to_dict("records")
    for number, (record, shape) in enumerate(zip(records, frame.geometry, strict=True), start=1):
        if shape is None or shape.is_empty:
            continue
        flat = _as_drawn(shapely.force_2d(shape), layer)
        cells = {columns[str(key)]: _text(value) for key, value in record.items()}
        tags = _tags({key: text for key, text in cells.items() if text})
        for kind in _kinds(tags, flat, layer):
            yield Drawn(kind.id, tags, _valid(flat), f"{table} {number}")


def _as_drawn(shape: BaseGeometry, layer: str | None) -> BaseGeometry:
    """Return closed lines as the area they bound where the layer has areas: drawings have no other."""
    has_areas = any(kind.layer == layer and kind.shape == "area" for kind in KINDS)
    is_line = _OF_DIMENSION[int(shapely.get_dimensions(shape))] == "line"
    if has_areas and is_line and shapely.is_closed(shapely.get_parts(shape)).all():
        area = shapely.build_area(shape)
        return shape if area.is_empty else area
    return shape


def _text(value: object) -> str:
    """Return what a cell says; whole numbers as such, nothing of lists and of what is no number."""
    if isinstance(value, Real):
        return f"{value:.15g}" if value == value else ""  # noqa: PLR0124  what is no number equals nothing
    return value if isinstance(value, str) else ""


def _tags(record: Mapping[str, str]) -> dict[str, str]:
    name = next((record[key] for key in _NAMES if key in record), None)
    ref = next((record[key] for key in _REFS if key in record), None)
    return {**record, **({"name": name} if name else {}), **({"ref": ref} if ref else {})}


def _kinds(tags: Mapping[str, str], shape: BaseGeometry, layer: str | None) -> list[Kind]:
    of_shape = _OF_DIMENSION[int(shapely.get_dimensions(shape))]
    if layer is None:
        return kinds_of(tags, of_shape)
    if of_shape == "point":
        return [BY_ID["station"]]
    return [kind for kind in KINDS if kind.layer == layer and kind.shape == of_shape]


def _valid(shape: BaseGeometry) -> BaseGeometry:
    return shape if shape.is_valid else shapely.make_valid(shape)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:160] if str(error) else type(error).__name__
