"""Features as bytes: each is written once for each look that is often asked for, and pages are joined from them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import orjson
import shapely

from geo.datum import Datum
from geo.exports import geojson
from geo.exports.collection import Selected, collection_at, in_datum
from geo.exports.geojson import CollectionHead, FeatureObject, collection_head, geometry_object
from geo.exports.jsonfg import FgFeature, FgHead, jsonfg_feature, jsonfg_head
from geo.exports.served_crs import CRS84
from geo.exports.tables import Row, Table, Tables
from webapp.api.items_request import Look
from webapp.api.wire import Counted, Link

_KEPT = 50_000


class Features:
    """Writes the features of all tables."""

    def __init__(self, tables: Tables) -> None:
        """Take the tables; nothing is written yet."""
        self._tables = tables
        self._written: Callable[[str, int, Look], bytes] = lru_cache(maxsize=_KEPT)(self._write)

    def feature(self, table: Table, position: int, look: Look) -> bytes:
        """Return one feature as JSON."""
        return self._written(table.id, position, look)

    def page(self, table: Table, found: Selected, look: Look, *, matched: int, links: Sequence[Link]) -> bytes:
        """Return a feature collection with the number of all that match."""
        positions = found.positions.tolist()
        counted: Counted = {"numberMatched": matched, "numberReturned": len(positions), "links": links}
        head = orjson.dumps({**_head(table, found, look), **counted})
        if found.matched is None:
            features = b",".join([self.feature(table, position, look) for position in positions])
        else:
            rows = collection_at(table, found, datum=Datum.WGS84).rows
            features = b",".join([orjson.dumps(document(row, look)) for row in rows])
        return head[:-1] + b',"features":[' + features + b"]}"

    def single(self, table: Table, position: int, look: Look, *, links: Sequence[Link]) -> bytes:
        """Return one feature with its links."""
        about = {}
        if look.datum is not Datum.WGS84:
            head = _head(table, Selected(np.array([position])), look)
            about = {name: value for name, value in head.items() if name not in {"type", "geometryDimension"}}
        return self.feature(table, position, look)[:-1] + b"," + orjson.dumps({**about, "links": links})[1:]

    def _write(self, table_id: str, position: int, look: Look) -> bytes:
        return orjson.dumps(document(self._tables.table(table_id).row(position), look))


def _head(table: Table, found: Selected, look: Look) -> CollectionHead | FgHead:
    collection = collection_at(table, replace(found, query=""), datum=look.datum)
    if look.datum is not Datum.WGS84:
        return jsonfg_head(collection, table.geometries[found.positions])
    return collection_head(collection)


def document(row: Row, look: Look) -> FeatureObject | FgFeature:
    """Return one feature in a coordinate system or datum, with all or some of its properties."""
    values = row.values if look.names is None else {n: row.values[n] for n in look.names if n in row.values}
    row = Row(row.id, row.geometry, values)
    if look.datum is not Datum.WGS84:
        return jsonfg_feature(in_datum(row, look.datum), look.datum)
    if look.crs is CRS84:
        return geojson.feature(row)
    shape = look.crs.from_wgs84(shapely.orient_polygons(row.geometry))
    rounded = shapely.transform(shape, lambda xy: np.round(xy, look.crs.decimals))
    return {"type": "Feature", "id": row.id, "geometry": geometry_object(rounded), "properties": row.values}
