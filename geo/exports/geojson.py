"""The one GeoJSON writer (RFC 7946), for downloads, map and API."""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, Point, mapping
from shapely.geometry.base import BaseGeometry

from geo.exports.collection import SOURCE, Collection
from geo.exports.tables import Row

MEDIA_TYPE = "application/geo+json"
_DECIMALS = 6  # RFC 7946 §11.2: about 0.1 m


def geojson_chunks(collection: Collection) -> Iterator[bytes]:
    """Yield a FeatureCollection as UTF-8, feature by feature; legal when empty.

    The box comes last, when it is known.
    """
    head = _dump({"type": "FeatureCollection", **document_head(collection)})
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
        yield b"\x1e" + _dump(feature(row) | about) + b"\n"


def feature_collection(collection: Collection) -> dict[str, Any]:
    """Return a FeatureCollection document with its box, datum, licence and attribution."""
    document: dict[str, Any] = {"type": "FeatureCollection", **document_head(collection)}
    box = bbox(row.geometry for row in collection.rows)
    if box is not None:
        document["bbox"] = box
    document["features"] = [feature(row) for row in collection.rows]
    return document


def document_head(collection: Collection) -> dict[str, Any]:
    """Return what a collection says about itself."""
    said = {"query": collection.query, "date": collection.date}
    return {
        "name": collection.id,
        "title": {"zh": collection.title.zh, "en": collection.title.en},
        "datum": collection.datum.label,
        "licence": collection.area.licence.text,
        "attribution": collection.area.attribution,
        "source": SOURCE,
        **{name: text for name, text in said.items() if text},
        **({"match_groups": dict(collection.groups)} if collection.groups else {}),
    }


def feature(row: Row) -> dict[str, Any]:
    """Return one feature."""
    return {"type": "Feature", "id": row.id, "geometry": geometry(row.geometry), "properties": row.values}


def geometry(shape: BaseGeometry, *, decimals: int = _DECIMALS) -> dict[str, Any]:
    """Return a geometry object: at most so many decimals, outer rings counter-clockwise (RFC 7946 §3.1.6).

    Polygons that are valid stay so, where rounding leaves any of them.
    """
    if isinstance(shape, Point):
        return {"type": "Point", "coordinates": [round(shape.x, decimals), round(shape.y, decimals)]}
    document: dict[str, Any] = mapping(shapely.orient_polygons(_rounded(shape, decimals), exterior_cw=False))
    return document


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
