"""JSON-FG 1.0 (OGC 21-045r1): GeoJSON that may also say a position in another datum, and a time.

`geometry` is always WGS-84, so that a program that reads only GeoJSON draws it where it is. `place` has the same shape
in the datum asked for, in the axis order of its `coordRefSys`: latitude first for EPSG:4490, else longitude first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypedDict

import numpy as np
import orjson
import shapely
from shapely.geometry.base import BaseGeometry

from geo.catalogue.columns import Value
from geo.datum import Datum, to_wgs84
from geo.exports.collection import Collection
from geo.exports.geojson import FeatureObject, GeometryObject, Head, bbox, document_head, geometry
from geo.exports.reference import ProjJson, coord_ref_sys, is_lat_first
from geo.exports.tables import Kind, Row

MEDIA_TYPE = "application/vnd.ogc.fg+json"
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
