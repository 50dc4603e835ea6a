"""The OpenAPI 3.0 document, made from the parameters that are read and the answers that are declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from geo.catalogue.linear_places import LinearDocument
from geo.exports.served_crs import SERVED_CRS
from geo.query import Vocabulary
from geo.text import Lang
from webapp.api import wire
from webapp.api.addresses import GEOJSON, HTML, JSON, JSON_FG, OPENAPI, PROBLEM, SCHEMA
from webapp.api.documents import DESCRIPTION, TITLE
from webapp.api.linear_routes import LINEAR_PARAMETERS
from webapp.api.parameters import CONDITIONS, FEATURE, FEATURES, PAGE, PARAMETERS, Parameter, condition_parameter
from webapp.api.schemas import Schema, reference, schemas_of
from webapp.api.served import CASE_TABLES, LAYER_TABLES
from webapp.negotiate import RELEASE, Problem

_CONDITION = "condition_"  # keeps the q of cases apart from the q of geocode
_LINEAR = "linear_"  # keeps its lon and lat, which may be absent, apart from those of reverse
_REQUIRED = frozenset({"q", "lon", "lat", f"{_LINEAR}line"})
_HTML: Schema = {"type": "string"}
_ANY: Schema = {"type": "object"}

Reference = TypedDict("Reference", {"$ref": str})
"""Where else in the document something is described."""

ParameterObject = TypedDict(
    "ParameterObject",
    {
        "name": str,
        "in": str,
        "required": bool,
        "description": str,
        "schema": Schema,
        "style": NotRequired[str],
        "explode": NotRequired[bool],
    },
)
"""A parameter in a query or a path."""


class Content(TypedDict):
    """What an answer is in one media type."""

    schema: Schema


class ResponseObject(TypedDict):
    """An answer."""

    description: str
    content: NotRequired[Mapping[str, Content]]


class OperationObject(TypedDict):
    """One thing to ask for."""

    operationId: str
    tags: Sequence[str]
    parameters: Sequence[Reference]
    responses: Mapping[str, ResponseObject | Reference]


class PathItem(TypedDict):
    """What an address takes."""

    get: OperationObject


class License(TypedDict):
    """Under which licence the program is."""

    name: str


class Info(TypedDict):
    """What is described."""

    title: str
    description: str
    version: str
    license: License


class Server(TypedDict):
    """Where it is."""

    url: str


class Tag(TypedDict):
    """A group of operations."""

    name: str


class Components(TypedDict):
    """What the document refers to."""

    parameters: Mapping[str, ParameterObject]
    schemas: Mapping[str, Schema]
    responses: Mapping[str, ResponseObject]


class OpenApi(TypedDict):
    """The whole document (OpenAPI 3.0.3)."""

    openapi: str
    info: Info
    servers: Sequence[Server]
    tags: Sequence[Tag]
    paths: Mapping[str, PathItem]
    components: Components


Answers = Mapping[str, type | Schema]  # by media type: a declaration, or what is not declared here


@dataclass(frozen=True)
class Operation:
    """One address below /api: the keys of its parameters, and what is answered in each media type."""

    id: str
    path: str
    parameters: Sequence[str]
    answers: Answers
    tag: str = "description"

    @property
    def failures(self) -> tuple[str, ...]:
        """List the codes of what it cannot answer; a feature may be gone."""
        return ("400", "404", "410", "414") if self.id.endswith("_item") else ("400", "404", "414")


def openapi(vocabulary: Vocabulary, server: str, lang: Lang) -> OpenApi:
    """Return the whole document; every reference points into itself."""
    declared = [answer for one in OPERATIONS for answer in one.answers.values() if isinstance(answer, type)]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": TITLE.in_lang(lang),
            "description": DESCRIPTION.in_lang(lang),
            "version": RELEASE,
            "license": {"name": "MIT"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": "features"}, {"name": "description"}, {"name": "geocoding"}],
        "paths": {one.path: {"get": _described(one)} for one in OPERATIONS},
        "components": {
            "parameters": _parameters(vocabulary, lang),
            "schemas": schemas_of([*declared, Problem]),
            "responses": {
                "Problem": {
                    "description": "The request cannot be answered",
                    "content": {PROBLEM: {"schema": reference(Problem)}},
                },
                "NotModified": {"description": "The visitor has it already"},
            },
        },
    }


def _described(one: Operation) -> OperationObject:
    content: dict[str, Content] = {
        media_type: {"schema": reference(answer) if isinstance(answer, type) else answer}
        for media_type, answer in one.answers.items()
    }
    failures = {code: _ref("responses", "Problem") for code in one.failures}
    return {
        "operationId": one.id,
        "tags": [one.tag],
        "parameters": [_ref("parameters", key) for key in one.parameters],
        "responses": {
            "200": {"description": "The document", "content": content},
            "304": _ref("responses", "NotModified"),
            **failures,
        },
    }


def _ref(kind: str, key: str) -> Reference:
    return {"$ref": f"#/components/{kind}/{key}"}


def _parameters(vocabulary: Vocabulary, lang: Lang) -> dict[str, ParameterObject]:
    """Return every parameter by its key."""
    conditions = {_CONDITION + name: (name, condition_parameter(name, vocabulary)) for name in CONDITIONS}
    parameters = {name: (name, parameter) for name, parameter in PARAMETERS.items()} | conditions
    parameters |= {_LINEAR + name: (name, parameter) for name, parameter in LINEAR_PARAMETERS.items()}
    found = {
        key: _parameter(name, parameter, lang, is_required=key in _REQUIRED)
        for key, (name, parameter) in parameters.items()
    }
    return found | {
        "layerId": _in_path("layerId", {"type": "string", "enum": list(LAYER_TABLES)}),
        "featureId": _in_path("featureId", {"type": "string", "minLength": 1}),
    }


def _in_path(name: str, schema: Schema) -> ParameterObject:
    return {"name": name, "in": "path", "required": True, "description": "id", "schema": schema}


def _parameter(name: str, parameter: Parameter, lang: Lang, *, is_required: bool) -> ParameterObject:
    schema = dict(parameter.schema)
    if name.endswith("crs"):
        schema["enum"] = list(SERVED_CRS)
    found: ParameterObject = {
        "name": name,
        "in": "query",
        "required": is_required,
        "description": parameter.meaning.in_lang(lang),
        "schema": schema,
    }
    if schema["type"] == "array" or name in {"limit", "datetime"}:
        found |= {"style": "form", "explode": False}
    return found


def _page(operation_id: str, path: str, answer: type, media_type: str = JSON, *, of: Sequence[str] = ()) -> Operation:
    """Return a describing document, which is a page too."""
    return Operation(operation_id, path, (*of, *PAGE), {media_type: answer, HTML: _HTML})


def _collection(base: str, name: str, parameters: Sequence[str], of: Sequence[str] = ()) -> Sequence[Operation]:
    """Return what can be asked for of a collection."""
    page: Answers = {GEOJSON: wire.GeoJsonPage, HTML: _HTML, JSON_FG: wire.JsonFgPage}
    one: Answers = {GEOJSON: wire.GeoJsonFeature, HTML: _HTML, JSON_FG: wire.JsonFgFeature}
    schemas = ("queryables", "sortables", "schema")
    return (
        _page(f"{name}_collection", base, wire.Collection, of=of),
        *(_page(f"{name}_{schema}", f"{base}/{schema}", wire.Schema, SCHEMA, of=of) for schema in schemas),
        Operation(f"{name}_items", f"{base}/items", (*of, *parameters), page, "features"),
        Operation(f"{name}_item", f"{base}/items/{{featureId}}", (*of, "featureId", *FEATURE), one, "features"),
    )


_CONDITIONS = tuple(_CONDITION + name for name in CONDITIONS)
_DATUM = ("lang", "datum")
OPERATIONS: Sequence[Operation] = (
    _page("landing", "/", wire.Landing),
    _page("conformance", "/conformance", wire.Conformance),
    _page("collections", "/collections", wire.Collections),
    _page("functions", "/functions", wire.Functions),
    Operation("openapi_json", "/openapi.json", ("lang",), {OPENAPI: _ANY}),
    Operation("openapi_html", "/openapi.html", ("lang",), {HTML: _HTML}),
    Operation("facets", "/facets", ("lang", *_CONDITIONS, "bbox"), {JSON: wire.Facets}),
    Operation("geocode", "/geocode", ("q", *_DATUM), {JSON: wire.Geocoded}, "geocoding"),
    Operation("reverse", "/reverse", ("lon", "lat", *_DATUM), {JSON: wire.Reversed}, "geocoding"),
    Operation(
        "linear", "/linear", ("lang", *(_LINEAR + n for n in LINEAR_PARAMETERS)), {JSON: LinearDocument}, "geocoding"
    ),
    *(
        operation
        for what in CASE_TABLES
        for operation in _collection(f"/collections/{what}", what, (*FEATURES, *_CONDITIONS))
    ),
    *_collection("/collections/{layerId}", "layer", FEATURES, ("layerId",)),
)
