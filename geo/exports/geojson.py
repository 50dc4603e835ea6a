"""The one GeoJSON writer (RFC 7946), for downloads, map and API."""

import json
from collections.abc import Iterable
from typing import Any

import shapely
from shapely.geometry import GeometryCollection, MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geo.exports.collection import ATTRIBUTION, LICENCE, Collection
from geo.exports.tables import Row

MEDIA_TYPE = "application/geo+json"
_DECIMALS = 6  # RFC 7946 §11.2: about 0.1 m


def write_geojson(collection: Collection) -> bytes:
    """Return a FeatureCollection as UTF-8; legal when empty."""
    return _dump(feature_collection(collection))


def feature_collection(collection: Collection) -> dict[str, Any]:
    """Return a FeatureCollection document with its box, datum, licence and attribution."""
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "name": collection.id,
        "title": {"zh": collection.title.zh, "en": collection.title.en},
        "datum": collection.datum.label,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
    }
    box = bbox(row.geometry for row in collection.rows)
    if box is not None:
        document["bbox"] = box
    document["features"] = [feature(row) for row in collection.rows]
    return document


def feature(row: Row) -> dict[str, Any]:
    """Return one feature."""
    return {"type": "Feature", "id": row.id, "geometry": geometry(row.geometry), "properties": row.values}


def geometry(shape: BaseGeometry) -> dict[str, Any]:
    """Return a geometry object: at most six decimals, outer rings counter-clockwise (RFC 7946 §3.1.6)."""
    return _rounded(mapping(_wound(shape)))


def bbox(shapes: Iterable[BaseGeometry]) -> list[float] | None:
    """Return west, south, east, north of shapes; None when there are none."""
    present = list(shapes)
    if not present:
        return None
    return [round(float(value), _DECIMALS) for value in shapely.total_bounds(present)]


def _wound(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return orient(shape, sign=1.0)
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([orient(part, sign=1.0) for part in shape.geoms])
    if isinstance(shape, GeometryCollection):
        return GeometryCollection([_wound(part) for part in shape.geoms])
    return shape


def _rounded(document: dict[str, Any]) -> dict[str, Any]:
    if document["type"] == "GeometryCollection":
        return {"type": "GeometryCollection", "geometries": [_rounded(part) for part in document["geometries"]]}
    return {"type": document["type"], "coordinates": _rounded_numbers(document["coordinates"])}


def _rounded_numbers(value: Any) -> Any:  # noqa: ANN401  nested sequences of numbers
    return round(value, _DECIMALS) if isinstance(value, float | int) else [_rounded_numbers(part) for part in value]


def _dump(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
