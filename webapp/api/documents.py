"""What the API says of itself: landing page, conformance, collections, schemas."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import shapely
from flask import request

from geo.area import Area
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import MATCH_COLUMNS, is_closed
from geo.errors import NotFoundError
from geo.exports.collection import has_matches
from geo.exports.cql2 import FUNCTIONS
from geo.exports.periods import extent
from geo.exports.served_crs import CRS84, SERVED_CRS
from geo.exports.tables import FOOTPRINT_TABLES, TABLES, Kind, Table, Tables
from geo.fields import FIELDS
from geo.layers.spec import Column
from geo.text import Lang, LocalText, joined, word
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
from webapp.urls import built

_FEATURES = "http://www.opengis.net/spec/ogcapi-features"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf"

CONFORMANCE = (
    f"{_FEATURES}-1/1.0/conf/core",
    f"{_FEATURES}-1/1.0/conf/oas30",
    f"{_FEATURES}-1/1.0/conf/html",
    f"{_FEATURES}-1/1.0/conf/geojson",
    f"{_FEATURES}-2/1.0/conf/crs",
    f"{_FEATURES}-3/1.0/conf/queryables",
    f"{_FEATURES}-3/1.0/conf/filter",
    f"{_FEATURES}-3/1.0/conf/features-filter",
    f"{_FEATURES}-5/1.0/conf/schemas",
    f"{_FEATURES}-5/1.0/conf/core-roles-features",
    f"{_FEATURES}-5/1.0/conf/queryables",
    f"{_FEATURES}-5/1.0/conf/sortables",
    f"{_FEATURES}-6/1.0/conf/properties",
    f"{_FEATURES}-8/1.0/conf/sorting",
    f"{_CQL2}/cql2-text",
    f"{_CQL2}/cql2-json",
    f"{_CQL2}/basic-cql2",
    f"{_CQL2}/advanced-comparison-operators",
    f"{_CQL2}/case-insensitive-comparison",
    f"{_CQL2}/basic-spatial-functions",
    f"{_CQL2}/basic-spatial-functions-plus",
    f"{_CQL2}/spatial-functions",
    f"{_CQL2}/property-property",
    f"{_CQL2}/functions",
    f"{_CQL2}/arithmetic",
)


CASE_TABLES = tuple(what for what in ("cases", *FOOTPRINT_TABLES) if what != "footprints")
LAYER_TABLES = tuple(what for what in TABLES if what not in {"cases", *FOOTPRINT_TABLES})
SERVED = (*CASE_TABLES, *LAYER_TABLES)


def schema_columns(table: Table) -> tuple[Column, ...]:
    """Return the columns that features of a table may have; those of a match come with conditions of place."""
    return (*table.columns, *(MATCH_COLUMNS if has_matches(table.id) else ()))


def served_table(tables: Tables, what: str) -> Table:
    """Return the table of a collection.

    Raises:
        NotFoundError: The API has no such collection.
    """
    known = [name for name in SERVED if name in tables.ids]
    if what not in known:
        msg = f"no collection is called {what[:60]!r}; known are {', '.join(known)}"
        raise NotFoundError(msg)
    return tables.table(what)


JSON = "application/json"
HTML = "text/html"
GEOJSON = "application/geo+json"
JSON_FG = "application/vnd.ogc.fg+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PROBLEM = "application/problem+json"


def address(endpoint: str, **values: str) -> str:
    """Return the absolute address of an endpoint of the API."""
    return built(f"api.{endpoint}", values, is_absolute=True)


def link(rel: str, href: str, media_type: str, title: str) -> Link:
    """Return a link."""
    return {"rel": rel, "type": media_type, "title": title, "href": href}


def here(**changes: str | int | None) -> str:
    """Return the address of this very request with other parameters; None leaves one out."""
    args: dict[str, object] = {**{name: request.args.getlist(name) for name in request.args}, **changes}
    kept = {name: value for name, value in args.items() if value is not None}
    return built(request.endpoint or "", {**(request.view_args or {}), **kept}, is_absolute=True)


def both_forms(form: str, media_type: str = JSON) -> list[Link]:
    """Return the links of a document to itself and to its other form."""
    json_rel, html_rel = ("self", "alternate") if form == "json" else ("alternate", "self")
    return [
        link(json_rel, here(f="json"), media_type, "JSON"),
        link(html_rel, here(f="html"), HTML, "HTML"),
    ]


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


Choices = Mapping[str, Mapping[str, str]]


def choices(catalogue: Catalogue, lang: Lang) -> Choices:
    """Return how closed choices are called, by what columns call their `labels`."""
    closed = {one.id: one.of for one in FIELDS.values() if is_closed(one) and one.of}
    of_fields = {
        key: {value: of.label(catalogue, value) for value in of.spellings(catalogue).values()}
        for key, of in closed.items()
    }
    named = {**catalogue.area.labels, **of_fields}
    return {key: {value: told.in_lang(lang) for value, told in each.items()} for key, each in named.items()}


def schema(table: Table, columns: Sequence[Column], named: Choices, lang: Lang, *, endpoint: str) -> Schema:
    """Return a JSON schema of some columns of a table, and its geometry unless sorted by; `named` are the `choices`."""
    properties = {column.name: _property(column, named.get(column.labels, {}), lang) for column in columns}
    if endpoint != "sortables":
        properties["geometry"] = {
            "title": word("Geometry").in_lang(lang),
            "x-ogc-role": "primary-geometry",
            "format": _FORMATS[table.kind],
        }
    return {
        "$schema": _DRAFT,
        "$id": address(endpoint, what=table.id),
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


def _property(column: Column, named: Mapping[str, str], lang: Lang) -> Property:
    described: Property = {"title": column.title.in_lang(lang), "type": column.kind}
    if column.kind == "array":
        described["items"] = {"type": "string"}
    if named:
        described["enum"] = list(named)
        described["description"] = "; ".join(f"{value}: {called}" for value, called in named.items())
    if column.name in _ROLES:
        described["x-ogc-role"] = _ROLES[column.name]
    return described


def _described(table: Table, lang: Lang) -> str:
    told = [word("{count} features", count=len(table))]
    if table.id == "cases":
        told.insert(0, _LABELS_ONLY)
    layer = table.catalogue.layers.get(table.id)
    if layer and layer.listed:
        names = joined([one.name for one in layer.listed])
        told.append(word("listed, not drawn, as no source says where they run: {names}", names=names))
    return "; ".join(text.in_lang(lang) for text in told)


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
