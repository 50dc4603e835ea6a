"""Read what GDAL reads: GeoPackage, shapefiles, GeoJSON, KML, FlatGeobuf, file geodatabases, DXF, MapInfo.

Columns called as tags of OpenStreetMap say what a feature is; else the one who imports says the layer.
"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceError
from geo.geography.datum import within_degrees
from geo.geography.drawn import Content, Drawn
from geo.geography.kinds import BY_ID, KINDS, Kind, Shape, kinds_of

SUFFIXES = (".gpkg", ".shp", ".geojson", ".json", ".kml", ".fgb", ".gdb", ".dxf", ".tab", ".mif", ".zip")
MOST_BYTES = 4 * 2**30  # unpacked
MOST_TIMES = 200  # larger unpacked than packed
MOST_FEATURES = 2_000_000
_NAMES = ("name:zh", "name", "名称", "道路名称", "站名", "xzqmc", "mc", "text", "layer")
_REFS = ("ref", "编号", "道路编号", "lxbm")
_OF_DIMENSION: Mapping[int, Shape] = {0: "point", 1: "line", 2: "area"}
_DBF_HEAD, _DBF_LANGUAGE, _DBF_SAMPLE = 32, 29, 2**20  # bytes: dBASE III, the place of the language driver


def read_file(path: Path, layer: str | None) -> Content:
    """Return what a file of GDAL's formats draws, WGS-84 where it says its projection.

    Args:
        path: The file, or a zip file of it.
        layer: The layer of ours that all of it belongs to; None where its columns say it.

    Raises:
        SourceError: It cannot be read, is too large, or says nowhere what its features are.
    """
    source = _source(path)
    things: list[Drawn] = []
    declared: set[bool] = set()
    try:
        for name, read in _frames(source, path):
            frame, is_declared = _in_degrees(read, path)
            declared.add(is_declared)
            things += _things(frame, name, layer)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, RuntimeError, ValueError) as error:
        msg = f"{path.name}: cannot be read ({_first_line(error)}); expected one of {', '.join(SUFFIXES)} or .osm.pbf"
        raise SourceError(msg) from error
    if not things:
        msg = (
            f"{path.name}: no column says what its features are (such as railway, highway, boundary, natural); "
            f"say --layer, one of {', '.join(dict.fromkeys(kind.layer for kind in KINDS if kind.layer))}"
        )
        raise SourceError(msg)
    if not all(within_degrees(thing.shape) for thing in things):
        msg = f"{path.name}: its coordinates are no degrees and it says no projection; add it (a .prj) or convert it"
        raise SourceError(msg)
    return Content(tuple(things), is_declared=declared == {True}, date=None)


def _source(path: Path) -> str:
    """Return how GDAL is told of a file; of a zip file only after looking at its sizes."""
    if path.suffix.lower() != ".zip":
        return str(path)
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
            names = [one.filename for one in archive.infolist()]
    except (zipfile.BadZipFile, OSError) as error:
        msg = f"{path.name}: is no zip file ({error}); expected one that holds a shapefile or the like"
        raise SourceError(msg) from error
    times = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_BYTES or times > MOST_TIMES:
        msg = (
            f"{path.name}: would unpack to {unpacked / 2**20:.0f} MB, {times} times its size; expected at most "
            f"{MOST_BYTES >> 20} MB and {MOST_TIMES} times: unpack it and import the file itself"
        )
        raise SourceError(msg)
    wanted = [name for name in names if Path(name).suffix.lower() in SUFFIXES]
    return f"/vsizip/{path}/{wanted[0]}" if len(wanted) == 1 else f"/vsizip/{path}"


def _frames(source: str, path: Path) -> Iterator[tuple[str, gpd.GeoDataFrame]]:
    for name, kind in pyogrio.list_layers(source):
        if kind is None:
            continue
        count = pyogrio.read_info(source, layer=name, force_feature_count=True)["features"]
        if count > MOST_FEATURES:
            msg = (
                f"{path.name}: layer {name} has {count} features; expected at most {MOST_FEATURES}: cut it to the area"
            )
            raise SourceError(msg)
        yield str(name), pyogrio.read_dataframe(source, layer=name, encoding=_encoding(path))


def _encoding(path: Path) -> str | None:
    """Return the encoding of a shapefile whose table does not say it; None where GDAL knows, or it is not one."""
    table = path.with_suffix(".dbf")
    if path.suffix.lower() != ".shp" or path.with_suffix(".cpg").exists() or not table.exists():
        return None
    with table.open("rb") as file:
        head, cells = file.read(_DBF_HEAD), file.read(_DBF_SAMPLE)
    if len(head) == _DBF_HEAD and head[_DBF_LANGUAGE]:
        return None
    try:
        cells[:-4].decode()  # a character may be cut at the end
    except UnicodeDecodeError:
        return "GB18030"
    return "UTF-8"


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
        flat = shapely.force_2d(shape)
        tags = _tags({columns[str(key)]: str(value) for key, value in record.items() if value not in {None, ""}})
        for kind in _kinds(tags, flat, layer):
            yield Drawn(kind.id, tags, _valid(flat), f"{table} {number}")


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
