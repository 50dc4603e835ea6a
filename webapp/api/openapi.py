"""The OpenAPI 3.0 document, made from the tables that the API itself is made from."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.catalogue.catalogue import Catalogue
from geo.exports.served_crs import SERVED_CRS
from geo.exports.tables import Tables
from geo.query import LAYER_FIELDS
from geo.text import Lang
from webapp.api.addresses import GEOJSON, HTML, JSON, JSON_FG, OPENAPI, PROBLEM, SCHEMA
from webapp.api.documents import DESCRIPTION, api_title
from webapp.api.linear_routes import LINEAR_PARAMETERS, linear_schema
from webapp.api.parameters import CONDITIONS, FEATURE, FEATURES, PAGE, PARAMETERS, Parameter, condition_parameter
from webapp.api.served import CASE_TABLES, LAYER_TABLES
from webapp.negotiate import RELEASE

_CONDITION = "condition_"  # keeps the q of cases apart from the q of geocode
_LINEAR = "linear_"  # keeps its lon and lat, which may be absent, apart from those of reverse
_REQUIRED = frozenset({"q", "lon", "lat", f"{_LINEAR}line"})


def openapi(catalogue: Catalogue, server: str, lang: Lang) -> dict[str, Any]:
    """Return the whole document; every reference points into itself."""
    offered = [name for name in CONDITIONS if name not in LAYER_FIELDS or name in catalogue.facets]
    conditions = {_CONDITION + name: (name, condition_parameter(name, catalogue.vocabulary)) for name in offered}
    parameters = {name: (name, parameter) for name, parameter in PARAMETERS.items()} | conditions
    parameters |= {_LINEAR + name: (name, parameter) for name, parameter in LINEAR_PARAMETERS.items()}
    return {
        "openapi": "3.0.3",
        "info": {
            "title": api_title(catalogue.area).in_lang(lang),
            "description": DESCRIPTION.in_lang(lang),
            "version": RELEASE,
            "license": {"name": "MIT"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": "features"}, {"name": "description"}, {"name": "geocoding"}],
        "paths": _paths(offered, [what for what in Tables(catalogue).ids if what in LAYER_TABLES]),
        "components": {
            "parameters": {
                key: _parameter(name, parameter, lang, is_required=key in _REQUIRED)
                for key, (name, parameter) in parameters.items()
            },
            "schemas": {**_SCHEMAS, "LinearPlace": linear_schema()},
            "responses": {
                "Problem": {"description": "The request cannot be answered", "content": {PROBLEM: _ref("Problem")}},
                "NotModified": {"description": "The visitor has it already"},
            },
        },
    }


def _paths(offered: Sequence[str], layers: Sequence[str]) -> dict[str, Any]:
    described = {
        "/": ("landing", JSON, "Document"),
        "/conformance": ("conformance", JSON, "Document"),
        "/collections": ("collections", JSON, "Document"),
        "/functions": ("functions", JSON, "Document"),
    }
    paths = {path: _operation(name, PAGE, media, schema) for path, (name, media, schema) in described.items()}
    paths["/openapi.json"] = _operation("openapi_json", ("lang",), OPENAPI, "Document", has_html=False)
    paths["/openapi.html"] = _operation("openapi_html", ("lang",), HTML, "Page", has_html=False)
    paths["/facets"] = _operation("facets", ("lang", *_names(offered)), JSON, "Document", has_html=False)
    paths["/facets"]["get"]["parameters"].append(_parameter_ref("bbox"))
    paths["/geocode"] = _operation("geocode", ("q", "lang", "datum"), JSON, "Document", has_html=False, tag="geocoding")
    paths["/reverse"] = _operation(
        "reverse", ("lon", "lat", "lang", "datum"), JSON, "Document", has_html=False, tag="geocoding"
    )
    linear = ("lang", *(_LINEAR + name for name in LINEAR_PARAMETERS))
    paths["/linear"] = _operation("linear", linear, JSON, "LinearPlace", has_html=False, tag="geocoding")
    for what in CASE_TABLES:
        paths |= _collection_paths(f"/collections/{what}", what, (*FEATURES, *_names(offered)), [])
    layer = {
        "name": "layerId",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(layers)},
    }
    return paths | _collection_paths("/collections/{layerId}", "layer", FEATURES, [layer])


def _collection_paths(
    base: str, name: str, parameters: Sequence[str], path_parameters: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    feature = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
    paths = {
        base: _operation(f"{name}_collection", PAGE, JSON, "Document"),
        f"{base}/queryables": _operation(f"{name}_queryables", PAGE, SCHEMA, "Document"),
        f"{base}/sortables": _operation(f"{name}_sortables", PAGE, SCHEMA, "Document"),
        f"{base}/schema": _operation(f"{name}_schema", PAGE, SCHEMA, "Document"),
        f"{base}/items": _operation(f"{name}_items", parameters, GEOJSON, "FeatureCollection", tag="features"),
        f"{base}/items/{{featureId}}": _operation(f"{name}_item", FEATURE, GEOJSON, "Feature", tag="features"),
    }
    for path, operation in paths.items():
        own = [*path_parameters, *([feature] if path.endswith("{featureId}") else [])]
        operation["get"]["parameters"] = [*own, *operation["get"]["parameters"]]
    return paths


def _operation(  # noqa: PLR0913  what an operation is made of
    name: str,
    parameters: Sequence[str],
    media_type: str,
    schema: str,
    *,
    has_html: bool = True,
    tag: str = "description",
) -> dict[str, Any]:
    content = {media_type: _ref(schema)}
    if has_html:
        content[HTML] = _ref("Page")
    if media_type == GEOJSON:
        content[JSON_FG] = _ref(schema)
    answers = {
        "200": {"description": "The document", "content": content},
        "304": {"$ref": "#/components/responses/NotModified"},
        **{code: {"$ref": "#/components/responses/Problem"} for code in _failures(name)},
    }
    return {
        "get": {
            "operationId": name,
            "tags": [tag],
            "parameters": [_parameter_ref(parameter) for parameter in parameters],
            "responses": answers,
        }
    }


def _failures(name: str) -> tuple[str, ...]:
    return ("400", "404", "410", "414") if name.endswith("_item") else ("400", "404", "414")


def _names(conditions: Sequence[str]) -> tuple[str, ...]:
    return tuple(_CONDITION + name for name in conditions)


def _parameter_ref(key: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{key}"}


def _parameter(name: str, parameter: Parameter, lang: Lang, *, is_required: bool) -> dict[str, Any]:
    schema = dict(parameter.schema)
    if name.endswith("crs"):
        schema["enum"] = list(SERVED_CRS)
    described = {
        "name": name,
        "in": "query",
        "required": is_required,
        "description": parameter.meaning.in_lang(lang),
        "schema": schema,
        "style": "form",
        "explode": False,
    }
    return described if schema["type"] == "array" or name in {"limit", "datetime"} else _without_style(described)


def _without_style(described: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in described.items() if key not in {"style", "explode"}}


def _ref(schema: str) -> dict[str, Any]:
    return {"schema": {"$ref": f"#/components/schemas/{schema}"}}


_LINKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
    },
}
_SCHEMAS: Mapping[str, Any] = {
    "Document": {"type": "object"},
    "Page": {"type": "string"},
    "Feature": {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object"},
            "links": _LINKS,
        },
    },
    "FeatureCollection": {
        "type": "object",
        "required": ["type", "features", "links", "numberMatched", "numberReturned"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/Feature"}},
            "links": _LINKS,
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    },
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "problems": {"type": "array", "items": {"type": "string"}},
        },
    },
}
