"""The one GeoJSON writer (RFC 7946), for downloads, map and API."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NotRequired, TypedDict, cast

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, Point, mapping
from shapely.geometry.base import BaseGeometry

from geo.catalogue.columns import Value
from geo.exports.collection import SOURCE, Collection
from geo.exports.tables import Row

MEDIA_TYPE = "application/geo+json"
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
