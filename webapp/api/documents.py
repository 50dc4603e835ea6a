"""The documents that describe the API and its collections: pure functions of tables, language and form."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import shapely

from geo.area import Area
from geo.exports.cql2_functions import FUNCTIONS
from geo.exports.periods import extent
from geo.exports.served_crs import CRS84, SERVED_CRS
from geo.exports.tables import Kind, Table, Tables
from geo.layers.spec import Column
from geo.text import Lang, LocalText
from geo.words import word
from webapp.api.addresses import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, address, both_forms, link
from webapp.api.conformance import CONFORMANCE
from webapp.api.served import SERVED, served_table
from webapp.api.wire import (
    Collection,
    Collections,
    Conformance,
    Extent,
    Functions,
    Landing,
    Link,
    Property,
    Schema,
)

DESCRIPTION = word(
    "Cases, their footprints and layers as OGC API – Features. Titles are descriptive; schematic shapes say so."
)
_LABELS_ONLY = word("one label point a case, where a label may stand, never a site")
_FORMATS: Mapping[Kind, str] = {
    "point": "geometry-point",
    "line": "geometry-multilinestring",
    "area": "geometry-multipolygon",
    "mixed": "geometry-any",
}
_OGC = "http://www.opengis.net/def/rel/ogc/1.0"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_ROLES = {"id": "id", "start_date": "primary-interval-start", "end_date": "primary-interval-end"}


def api_title(area: Area) -> LocalText:
    """Return how the API of an area is called."""
    return word("Tongcheng Atlas: {title}", title=area.title)


def landing(area: Area, form: str, lang: Lang) -> Landing:
    """Return the landing page."""
    return {
        "title": api_title(area).in_lang(lang),
        "description": DESCRIPTION.in_lang(lang),
        "attribution": area.attribution,
        "licence": area.licence.text,
        "links": [
            *both_forms(form),
            link("service-desc", address("openapi_json"), OPENAPI, "OpenAPI 3.0"),
            link("service-doc", address("openapi_html"), HTML, "API"),
            link("conformance", address("conformance"), JSON, "Conformance"),
            link("data", address("collections"), JSON, "Collections"),
            link(f"{_OGC}/functions", address("functions"), JSON, "Functions"),
        ],
    }


def conformance(form: str) -> Conformance:
    """Return the classes that are fulfilled."""
    return {"conformsTo": list(CONFORMANCE), "links": both_forms(form)}


def collections(tables: Tables, form: str, lang: Lang) -> Collections:
    """Return all collections."""
    return {
        "links": both_forms(form),
        "crs": list(SERVED_CRS),
        "collections": [collection(served_table(tables, what), [], lang) for what in SERVED if what in tables.ids],
    }


def collection(table: Table, own_links: Sequence[Link], lang: Lang) -> Collection:
    """Return one collection."""
    there = {"what": table.id}
    return {
        "id": table.id,
        "title": table.title.in_lang(lang),
        "description": _described(table, lang),
        "attribution": table.catalogue.area.attribution,
        "itemType": "feature",
        "crs": list(SERVED_CRS),
        "storageCrs": CRS84.uri,
        "extent": _extent(table),
        "links": [
            *(own_links or [link("self", address("collection", **there), JSON, table.title.in_lang(lang))]),
            link("items", address("items", **there), GEOJSON, "GeoJSON"),
            link("items", address("items", **there, f="html"), HTML, "HTML"),
            *(
                link(f"{_OGC}/{name}", address(name, **there), SCHEMA, name)
                for name in ("queryables", "sortables", "schema")
            ),
            link("describedby", address("schema", **there), SCHEMA, "Schema"),
        ],
    }


def schema(table: Table, columns: Sequence[Column], lang: Lang, *, uri: str, has_geometry: bool) -> Schema:
    """Return a JSON schema of some columns of a table, and its geometry."""
    properties = {column.name: _property(column, lang) for column in columns}
    if has_geometry:
        properties["geometry"] = {
            "title": word("Geometry").in_lang(lang),
            "x-ogc-role": "primary-geometry",
            "format": _FORMATS[table.kind],
        }
    return {
        "$schema": _DRAFT,
        "$id": uri,
        "type": "object",
        "title": table.title.in_lang(lang),
        "properties": properties,
        "additionalProperties": False,
    }


def functions(form: str, lang: Lang) -> Functions:
    """Return the functions that a filter may call beside the operators of CQL2."""
    return {
        "functions": [
            {
                "name": name,
                "description": function.title.in_lang(lang),
                "returns": [function.returns],
                "arguments": [{"type": [kind]} for kind in function.arguments],
            }
            for name, function in FUNCTIONS.items()
            if function.is_public
        ],
        "links": both_forms(form),
    }


def _property(column: Column, lang: Lang) -> Property:
    described: Property = {"title": column.title.in_lang(lang), "type": column.kind}
    if column.kind == "array":
        described["items"] = {"type": "string"}
    if column.name in _ROLES:
        described["x-ogc-role"] = _ROLES[column.name]
    return described


def _described(table: Table, lang: Lang) -> str:
    count = word("{count} features", count=len(table)).in_lang(lang)
    return f"{_LABELS_ONLY.in_lang(lang)}; {count}" if table.id == "cases" else count


@lru_cache(maxsize=64)
def _extent(table: Table) -> Extent:
    found: Extent = {}
    if len(table):
        west, south, east, north = (round(float(side), 6) for side in shapely.total_bounds(table.geometries))
        found["spatial"] = {"bbox": [(west, south, east, north)], "crs": CRS84.uri}
    if any(column.name == "start_date" for column in table.columns):
        first, last = (day.isoformat() + "T00:00:00Z" if day else None for day in extent(table))
        found["temporal"] = {"interval": [(first, last)], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"}
    return found
