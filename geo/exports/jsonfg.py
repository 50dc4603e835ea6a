"""JSON-FG 1.0 (OGC 21-045r1): GeoJSON that may also say a position in another datum, and a time.

`geometry` is always WGS-84, so that a program that reads only GeoJSON draws it where it is. `place` has the same shape
in the datum asked for, in the axis order of its `coordRefSys`: latitude first for EPSG:4490, else longitude first.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.datum import Datum, to_wgs84
from geo.exports.collection import Collection
from geo.exports.geojson import bbox, document_head, geometry
from geo.exports.reference import coord_ref_sys, is_lat_first
from geo.exports.tables import Kind, Row

MEDIA_TYPE = "application/vnd.ogc.fg+json"
CONFORMS_TO = (
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
    "http://www.opengis.net/spec/json-fg-1/1.0/conf/types-schemas",
)
_PLACE_DECIMALS = 8  # about a millimetre: converting back must not add an error of its own
_DIMENSIONS: Mapping[Kind, int | None] = {"point": 0, "line": 1, "area": 2, "mixed": None}
_EXACT = 10  # what is left of iterating is below; the digits of the record come back as they were
_WHOLE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def jsonfg_document(collection: Collection) -> dict[str, Any]:
    """Return a FeatureCollection; legal when empty."""
    head = jsonfg_head(collection, (as_wgs84(row.geometry, collection.datum) for row in collection.rows))
    return {**head, "features": [jsonfg_feature(row, collection.datum) for row in collection.rows]}


def jsonfg_head(collection: Collection, shapes: Iterable[BaseGeometry]) -> dict[str, Any]:
    """Return the document without its features; `shapes` are theirs, WGS-84, for the box."""
    document: dict[str, Any] = {
        "type": "FeatureCollection",
        "conformsTo": list(CONFORMS_TO),
        "featureType": collection.feature_type,
        "geometryDimension": _DIMENSIONS[collection.kind],
        "coordRefSys": coord_ref_sys(collection.datum),
        **document_head(collection),
    }
    box = bbox(shapes)
    return document if box is None else {**document, "bbox": box}


def jsonfg_feature(row: Row, datum: Datum) -> dict[str, Any]:
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


def _place(shape: BaseGeometry, datum: Datum) -> dict[str, Any]:
    written = geometry(shape, decimals=_PLACE_DECIMALS)
    return _swapped(written) if is_lat_first(datum) else written


def _swapped(document: dict[str, Any]) -> dict[str, Any]:
    """Return a geometry object with latitude first; the winding stays that of east and north."""
    if document["type"] == "GeometryCollection":
        return {**document, "geometries": [_swapped(part) for part in document["geometries"]]}
    return {**document, "coordinates": _swapped_numbers(document["coordinates"])}


def _swapped_numbers(value: Any) -> Any:  # noqa: ANN401  nested sequences of numbers
    return value[::-1] if isinstance(value[0], float) else [_swapped_numbers(part) for part in value]


def _time(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return when a case ran, where its days are known; a year alone is no day, and no date is made up for it."""
    start, end = values.get("start_date"), values.get("end_date")
    if not _is_day(start) or (end is not None and not _is_day(end)):
        return None
    return {"interval": [start, end or ".."]}


def _is_day(value: Any) -> bool:  # noqa: ANN401  a value of any column
    return isinstance(value, str) and _WHOLE_DAY.fullmatch(value) is not None
