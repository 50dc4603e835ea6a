"""GeoJSON (RFC 7946) for API, map and downloads, and JSON-FG beside it.

In JSON-FG `geometry` is always WGS-84, so that a program that reads only GeoJSON draws it where it is. `place` has the
same shape in the datum asked for, in the axis order of its `coordRefSys`: latitude first for EPSG:4490, else longitude
first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NotRequired, TypedDict, cast

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, Point, mapping
from shapely.geometry.base import BaseGeometry

from geo.catalogue.columns import Value
from geo.datum import Datum
from geo.exports.collection import SOURCE, Collection
from geo.exports.served_crs import ProjJson, coord_ref_sys, is_lat_first
from geo.exports.tables import Kind, Row
from geo.shift import to_wgs84

GEOJSON_TYPE = "application/geo+json"
_DECIMALS = 6  # RFC 7946 §11.2: about 0.1 m
Position = Sequence[float]  # longitude and latitude, or as a coordinate system says


class PointObject(TypedDict):
    """A point (RFC 7946 §3.1.2)."""

    type: Literal["Point"]
    coordinates: Position


class LineObject(TypedDict):
    """A line, or several points."""

    type: Literal["LineString", "MultiPoint"]
    coordinates: Sequence[Position]


class AreaObject(TypedDict):
    """An area, the outer ring first, or several lines."""

    type: Literal["Polygon", "MultiLineString"]
    coordinates: Sequence[Sequence[Position]]


class AreasObject(TypedDict):
    """Several areas."""

    type: Literal["MultiPolygon"]
    coordinates: Sequence[Sequence[Sequence[Position]]]


SingleObject = PointObject | LineObject | AreaObject | AreasObject


class GeometriesObject(TypedDict):
    """Geometries of several kinds."""

    type: Literal["GeometryCollection"]
    geometries: Sequence[SingleObject]


GeometryObject = SingleObject | GeometriesObject


class TitleObject(TypedDict):
    """A title in both languages."""

    zh: str
    en: str | None


class Head(TypedDict):
    """What a collection says about itself; `bbox` is west, south, east, north, and stands where there is a feature."""

    name: str
    title: TitleObject
    datum: str
    licence: str
    attribution: str
    source: str
    query: NotRequired[str]
    date: NotRequired[str]
    match_groups: NotRequired[Mapping[str, int]]
    bbox: NotRequired[Sequence[float]]


class CollectionHead(Head):
    """A feature collection without its features (RFC 7946 §3.3)."""

    type: Literal["FeatureCollection"]


class FeatureObject(TypedDict):
    """A feature (RFC 7946 §3.2); the properties are the columns of its collection."""

    type: Literal["Feature"]
    id: str
    geometry: GeometryObject
    properties: Mapping[str, Value]


class FeatureCollection(CollectionHead):
    """A feature collection."""

    features: Sequence[FeatureObject]


def geojson_chunks(collection: Collection) -> Iterator[bytes]:
    """Yield a FeatureCollection as UTF-8, feature by feature; legal when empty.

    The box comes last, when it is known.
    """
    head = _dump(collection_head(collection))
    yield head[:-1] + b',"features":['
    bounds = []
    for number, row in enumerate(collection.rows):
        bounds.append(shapely.bounds(row.geometry))
        yield (b"," if number else b"") + _dump(feature(row))
    box = _box_of(np.array(bounds))
    yield b"]}" if box is None else b'],"bbox":' + _dump(box) + b"}"


def write_geojson(collection: Collection) -> bytes:
    """Return a FeatureCollection as UTF-8; legal when empty."""
    return b"".join(geojson_chunks(collection))


def geojsonseq_chunks(collection: Collection) -> Iterator[bytes]:
    """Yield features as a text sequence (RFC 8142): a record separator, one feature, a line feed.

    A sequence has no head: an empty one is no byte at all, and each feature carries datum, licence and attribution.
    """
    head = document_head(collection)
    about = {name: said for name, said in head.items() if name not in {"name", "title"}}
    for row in collection.rows:
        yield b"\x1e" + _dump({**feature(row), **about}) + b"\n"


def collection_head(collection: Collection) -> CollectionHead:
    """Return a feature collection without its features."""
    return {"type": "FeatureCollection", **document_head(collection)}


def document_head(collection: Collection) -> Head:
    """Return what a collection says about itself."""
    head: Head = {
        "name": collection.id,
        "title": {"zh": collection.title.zh, "en": collection.title.en},
        "datum": collection.datum.label,
        "licence": collection.area.licence.text,
        "attribution": collection.area.attribution,
        "source": SOURCE,
    }
    if collection.query:
        head["query"] = collection.query
    if collection.date:
        head["date"] = collection.date
    if collection.groups:
        head["match_groups"] = dict(collection.groups)
    return head


def feature(row: Row) -> FeatureObject:
    """Return one feature."""
    return {"type": "Feature", "id": row.id, "geometry": geometry(row.geometry), "properties": row.values}


def geometry(shape: BaseGeometry, *, decimals: int = _DECIMALS, is_lat_first: bool = False) -> GeometryObject:
    """Return a geometry object: at most so many decimals, outer rings counter-clockwise (RFC 7946 §3.1.6).

    Polygons that are valid stay so, where rounding leaves any of them. `is_lat_first` swaps the numbers of a position;
    the winding stays that of east and north.
    """
    if isinstance(shape, Point):
        place = [round(shape.x, decimals), round(shape.y, decimals)]
        return {"type": "Point", "coordinates": place[::-1] if is_lat_first else place}
    oriented = shapely.orient_polygons(_rounded(shape, decimals), exterior_cw=False)
    return geometry_object(shapely.transform(oriented, lambda xy: xy[:, ::-1]) if is_lat_first else oriented)


def geometry_object(shape: BaseGeometry) -> GeometryObject:
    """Return a geometry object with every digit, in the winding that the shape has."""
    return cast("GeometryObject", mapping(shape))


def bbox(shapes: Iterable[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north of shapes; None when there are none."""
    return _box_of(shapely.bounds(list(shapes)))


def _box_of(bounds: NDArray[np.float64]) -> list[float] | None:
    if not len(bounds):
        return None
    corners = [*bounds[:, :2].min(axis=0), *bounds[:, 2:].max(axis=0)]
    return [round(float(value), _DECIMALS) for value in corners]


def _rounded(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    if isinstance(shape, GeometryCollection):
        return GeometryCollection([_rounded(part, decimals) for part in shape.geoms])
    rounded = shapely.transform(shape, lambda xy: np.round(xy, decimals))
    if rounded.is_valid or not shape.is_valid:
        return rounded
    snapped = shapely.set_precision(shape, 10.0**-decimals)
    is_whole = shapely.get_dimensions(snapped) == shapely.get_dimensions(shape)
    return shapely.transform(snapped, lambda xy: np.round(xy, decimals)) if is_whole else rounded


def _dump(document: object) -> bytes:
    return orjson.dumps(document)


JSON_FG_TYPE = "application/vnd.ogc.fg+json"
CONFORMS_TO = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)
_PLACE_DECIMALS = 8  # about a millimetre: converting back must not add an error of its own
_DIMENSIONS: Mapping[Kind, Literal[0, 1, 2] | None] = {"point": 0, "line": 1, "area": 2, "mixed": None}
_EXACT = 10  # what is left of iterating is below; the digits of the record come back as they were
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class TimeObject(TypedDict):
    """When it was: first and last day, ".." is open."""

    interval: Sequence[str]


class FgFeature(FeatureObject):
    """A feature; `geometry` is WGS-84, `place` the same in the datum of the answer where that is another."""

    time: TimeObject | None
    place: GeometryObject | None


class FgAbout(Head):
    """What a document says about itself; `coordRefSys` is an address of OGC or PROJJSON."""

    conformsTo: Sequence[str]
    featureType: str
    coordRefSys: str | ProjJson


class FgHead(FgAbout):
    """A feature collection without its features."""

    type: Literal["FeatureCollection"]
    geometryDimension: Literal[0, 1, 2] | None


class FgCollection(FgHead):
    """A feature collection."""

    features: Sequence[FgFeature]


def jsonfg_chunks(collection: Collection) -> Iterator[bytes]:
    """Yield a FeatureCollection as UTF-8, feature by feature; legal when empty."""
    head = jsonfg_head(collection, (as_wgs84(row.geometry, collection.datum) for row in collection.rows))
    yield orjson.dumps(head)[:-1] + b',"features":['
    for number, row in enumerate(collection.rows):
        yield (b"," if number else b"") + orjson.dumps(jsonfg_feature(row, collection.datum))
    yield b"]}"


def jsonfg_head(collection: Collection, shapes: Iterable[BaseGeometry]) -> FgHead:
    """Return the document without its features; `shapes` are theirs, WGS-84, for the box."""
    document: FgHead = {
        "type": "FeatureCollection",
        "conformsTo": list(CONFORMS_TO),
        "featureType": collection.feature_type,
        "geometryDimension": _DIMENSIONS[collection.kind],
        "coordRefSys": coord_ref_sys(collection.datum),
        **document_head(collection),
    }
    box = bbox(shapes)
    if box is not None:
        document["bbox"] = box
    return document


def jsonfg_feature(row: Row, datum: Datum) -> FgFeature:
    """Return one feature of a row that is in a datum."""
    return {
        "type": "Feature",
        "id": row.id,
        "time": _time(row.values),
        "geometry": geometry(as_wgs84(row.geometry, datum)),
        "place": None if datum is Datum.WGS84 else _place(row.geometry, datum),
        "properties": row.values,
    }


def as_wgs84(shape: BaseGeometry, datum: Datum) -> BaseGeometry:
    """Return a shape that is in a datum as WGS-84."""
    if datum in {Datum.WGS84, Datum.CGCS2000}:
        return shape
    return shapely.transform(shape, lambda xy: np.column_stack(to_wgs84(xy[:, 0], xy[:, 1], datum)).round(_EXACT))


def _place(shape: BaseGeometry, datum: Datum) -> GeometryObject:
    return geometry(shape, decimals=_PLACE_DECIMALS, is_lat_first=is_lat_first(datum))


def _time(values: Mapping[str, Value]) -> TimeObject | None:
    """Return when a case ran, where its days are known; a year alone is no day, and no date is made up for it."""
    start, end = values.get("start_date"), values.get("end_date")
    first, last = _day(start), _day(end) if end is not None else ".."
    return None if first is None or last is None else {"interval": [first, last]}


def _day(value: Value) -> str | None:
    return value if isinstance(value, str) and _WHOLE_DAY.fullmatch(value) else None
