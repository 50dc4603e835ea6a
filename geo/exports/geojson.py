"""The one GeoJSON writer (RFC 7946), for downloads, map and API."""

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry

from geo.exports.collection import ATTRIBUTION, LICENCE, Collection
from geo.exports.tables import Row

MEDIA_TYPE = "application/geo+json"
_DECIMALS = 6  # RFC 7946 §11.2: about 0.1 m


def write_geojson(collection: Collection) -> bytes:
    """Return a FeatureCollection as UTF-8; legal when empty."""
    return _dump(feature_collection(collection))


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
    return {
        "name": collection.id,
        "title": {"zh": collection.title.zh, "en": collection.title.en},
        "datum": collection.datum.label,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
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
    present = list(shapes)
    if not present:
        return None
    return [round(float(value), _DECIMALS) for value in shapely.total_bounds(present)]


def _rounded(shape: BaseGeometry, decimals: int) -> BaseGeometry:
    rounded: BaseGeometry = shapely.transform(shape, lambda xy: np.round(xy, decimals))
    if rounded.is_valid or not shape.is_valid:
        return rounded
    snapped = shapely.set_precision(shape, 10.0**-decimals)
    if snapped.is_empty:
        return rounded
    return shapely.transform(snapped, lambda xy: np.round(xy, decimals))


def _dump(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
