"""A collection as a GeoDataFrame, and what GDAL needs of one: one kind of geometry, single or multi-part."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.catalogue import frames
from geo.exports.collection import Collection
from geo.exports.reference import crs_of
from geo.exports.tables import Kind

GEOMETRY_TYPES: Mapping[Kind, str] = {
    "point": "Point",
    "line": "MultiLineString",
    "area": "MultiPolygon",
    "mixed": "Unknown",
}
_KINDS: Sequence[Kind] = ("point", "line", "area")  # by dimension
_MULTI: Sequence[Callable[..., BaseGeometry]] = (MultiPoint, MultiLineString, MultiPolygon)
_LISTS = pd.ArrowDtype(pa.list_(pa.string()))


def frame_of(collection: Collection, *, has_lists: bool = False) -> gpd.GeoDataFrame:
    """Return the rows as a frame in the datum of the collection; a list is one text unless `has_lists`.

    Columns: those of the collection, then `geometry`.
    """
    rows = list(collection.rows)
    values, shapes = [row.values for row in rows], [row.geometry for row in rows]  # noqa: PD011  rows of ours
    crs, lists = crs_of(collection.datum), _LISTS if has_lists else None
    return frames.frame_of(collection.columns, values, shapes, crs=crs, lists=lists)


def of_one_type(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose lines and areas are multi-part, for formats with one geometry type a layer."""
    return frame.set_geometry(gpd.GeoSeries([_multi(shape) for shape in frame.geometry], crs=frame.crs))


def by_kind(frame: gpd.GeoDataFrame, kind: Kind) -> Iterator[tuple[str, Kind, gpd.GeoDataFrame]]:
    """Yield a frame as it is, or a mixed one as one for each kind of geometry: suffix, kind, multi-part frame.

    A row whose geometry has several kinds comes in several of them, under the same id.
    """
    if kind != "mixed":
        yield "", kind, of_one_type(frame)
        return
    for dimension, own in enumerate(_KINDS):
        parts = gpd.GeoSeries([parts_of(shape, dimension) for shape in frame.geometry], crs=frame.crs)
        yield f"_{own}s", own, frame.set_geometry(parts)[parts.notna()]


def geometry_type_of(frame: gpd.GeoDataFrame, kind: Kind) -> str:
    """Return what GDAL calls the geometries of a frame of one kind; points of several parts are multi-points."""
    is_multi = kind == "point" and bool((frame.geometry.geom_type == "MultiPoint").any())
    return "MultiPoint" if is_multi else GEOMETRY_TYPES[kind]


def _multi(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    if isinstance(shape, LineString):
        return MultiLineString([shape])
    return shape


def parts_of(shape: BaseGeometry, dimension: int) -> BaseGeometry | None:
    """Return the points (0), lines (1) or areas (2) of a shape as one geometry; None when it has none."""
    singles = [part for part in _singles(shape) if shapely.get_dimensions(part) == dimension]
    if not singles:
        return None
    return _MULTI[dimension](singles)


def _singles(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = list(shapely.get_parts(shape))
    if shape.geom_type != "GeometryCollection":
        return parts
    return [single for part in parts for single in _singles(part)]
