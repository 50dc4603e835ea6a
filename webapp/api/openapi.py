"""The OpenAPI 3.0 document, made from the parameters that are read and the answers that are declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NotRequired, TypedDict

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import LinearDocument
from geo.exports.served_crs import CRS84
from geo.exports.tables import Tables
from geo.fields import FIELDS
from geo.parameters import ParameterObject as Told
from geo.parameters import Parameters, described
from geo.query import query_model
from geo.text import Lang
from webapp.api import wire
from webapp.api.documents import (
    CASE_TABLES,
    DESCRIPTION,
    GEOJSON,
    HTML,
    JSON,
    JSON_FG,
    LAYER_TABLES,
    OPENAPI,
    PROBLEM,
    SCHEMA,
    api_title,
)
from webapp.api.many_texts import body_schema
from webapp.api.parameters import (
    DocumentAsked,
    FeatureAsked,
    FeaturesAsked,
    GeocodeAsked,
    GeocodeManyAsked,
    InLanguage,
    LinearAsked,
    ReverseAsked,
    conditions,
)
from webapp.api.schemas import Schema, reference, schemas_of
from webapp.negotiate import RELEASE, Problem

_CONDITION = "condition_"  # keeps the q of cases apart from the q of geocode
_LINEAR = "linear_"  # keeps its lon and lat, which may be absent, apart from those of reverse
_SHARED = frozenset({"lang"})  # are the same everywhere
_IN_ONE_VALUE = frozenset({"limit", "datetime"})
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


class RequestBody(TypedDict):
    """What is sent."""

    required: bool
    content: Mapping[str, Content]


class OperationObject(TypedDict):
    """One thing to ask for."""

    operationId: str
    tags: Sequence[str]
    parameters: Sequence[Reference]
    requestBody: NotRequired[RequestBody]
    responses: Mapping[str, ResponseObject | Reference]


Method = Literal["get", "post"]
PathItem = Mapping[Method, OperationObject]
"""What an address takes."""


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


Parts = Sequence[tuple[str, type[Parameters]]]
Answers = Mapping[str, type | Schema]  # by media type: a declaration, or what is not declared here


@dataclass(frozen=True)
class Operation:
    """One address below /api: what it may be asked for, and what it answers in each media type.

    `parameters`: models, each with what begins the keys of its parameters. `places`: parameters of the path.
    `body`: what is sent as JSON; without one it is a GET.
    """

    id: str
    path: str
    parameters: Parts
    answers: Answers
    tag: str = "description"
    places: Sequence[str] = ()
    body: Schema | None = None

    @property
    def method(self) -> Method:
        """Return how it is asked."""
        return "get" if self.body is None else "post"

    @property
    def failures(self) -> tuple[str, ...]:
        """List the codes of what it cannot answer; a feature may be gone, a body too long or no JSON."""
        others = () if self.body is None else ("413", "415")
        return ("400", "404", *(("410",) if self.id.endswith("_item") else ()), "414", *others)


def openapi(catalogue: Catalogue, server: str, lang: Lang) -> OpenApi:
    """Return the whole document; every reference points into itself."""
    operations = _operations(catalogue)
    declared = [answer for one in operations for answer in one.answers.values() if isinstance(answer, type)]
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
        "paths": _paths(operations, lang),
        "components": {
            "parameters": _parameters(
                operations, [what for what in Tables(catalogue).ids if what in LAYER_TABLES], lang
            ),
            "schemas": schemas_of((*declared, Problem)),
            "responses": {
                "Problem": {
                    "description": "The request cannot be answered",
                    "content": {PROBLEM: {"schema": reference(Problem)}},
                },
                "NotModified": {"description": "The visitor has it already"},
            },
        },
    }


def _paths(operations: Sequence[Operation], lang: Lang) -> dict[str, PathItem]:
    """Return what each address takes, by each method."""
    found: dict[str, dict[Method, OperationObject]] = {}
    for one in operations:
        found.setdefault(one.path, {})[one.method] = _described(one, lang)
    return dict(found)


def _described(one: Operation, lang: Lang) -> OperationObject:
    content: dict[str, Content] = {
        media_type: {"schema": reference(answer) if isinstance(answer, type) else answer}
        for media_type, answer in one.answers.items()
    }
    failures = {code: _ref("responses", "Problem") for code in one.failures}
    kept: Mapping[str, Reference] = {"304": _ref("responses", "NotModified")} if one.body is None else {}
    found: OperationObject = {
        "operationId": one.id,
        "tags": [one.tag],
        "parameters": [_ref("parameters", key) for key in (*one.places, *_by_key(one, lang))],
        "responses": {
            "200": {"description": "The document", "content": content},
            **kept,
            **failures,
        },
    }
    if one.body is not None:
        found["requestBody"] = {"required": True, "content": {JSON: {"schema": one.body}}}
    return found


def _ref(kind: str, key: str) -> Reference:
    return {"$ref": f"#/components/{kind}/{key}"}


def _by_key(one: Operation, lang: Lang) -> dict[str, Told]:
    """Return the parameters of an operation by their keys in the document."""
    return {
        parameter["name"] if parameter["name"] in _SHARED else prefix + parameter["name"]: parameter
        for prefix, model in one.parameters
        for parameter in _told(model, lang)
    }


@lru_cache(maxsize=64)
def _told(model: type[Parameters], lang: Lang) -> Sequence[Told]:
    """Return the parameters of a model; many operations share one."""
    return described(model, lang)


def _parameters(operations: Sequence[Operation], layers: Sequence[str], lang: Lang) -> dict[str, ParameterObject]:
    """Return every parameter by its key."""
    found = {key: _parameter(told) for one in operations for key, told in _by_key(one, lang).items()}
    return found | {
        "layerId": _in_path("layerId", {"type": "string", "enum": list(layers)}),
        "featureId": _in_path("featureId", {"type": "string", "minLength": 1}),
    }


def _in_path(name: str, schema: Schema) -> ParameterObject:
    return {"name": name, "in": "path", "required": True, "description": "id", "schema": schema}


def _parameter(told: Told) -> ParameterObject:
    schema, name = dict(told["schema"]), told["name"]
    if name.endswith("crs"):
        schema["default"] = CRS84.uri
    found: ParameterObject = {
        "name": name,
        "in": "query",
        "required": told["required"],
        "description": told["description"],
        "schema": schema,
    }
    if schema["type"] == "array" or name in _IN_ONE_VALUE:
        found |= {"style": "form", "explode": False}
    return found


def _page(
    operation_id: str, path: str, answer: type, media_type: str = JSON, *, places: Sequence[str] = ()
) -> Operation:
    """Return a describing document, which is a page too."""
    return Operation(operation_id, path, [("", DocumentAsked)], {media_type: answer, HTML: _HTML}, places=places)


def _collection(base: str, name: str, parameters: Parts, places: Sequence[str] = ()) -> Sequence[Operation]:
    """Return what can be asked for of a collection."""
    page: Answers = {GEOJSON: wire.GeoJsonPage, HTML: _HTML, JSON_FG: wire.JsonFgPage}
    one: Answers = {GEOJSON: wire.GeoJsonFeature, HTML: _HTML, JSON_FG: wire.JsonFgFeature}
    schemas = ("queryables", "sortables", "schema")
    return (
        _page(f"{name}_collection", base, wire.Collection, places=places),
        *(_page(f"{name}_{schema}", f"{base}/{schema}", wire.Schema, SCHEMA, places=places) for schema in schemas),
        Operation(f"{name}_items", f"{base}/items", parameters, page, "features", places),
        Operation(
            f"{name}_item",
            f"{base}/items/{{featureId}}",
            [("", FeatureAsked)],
            one,
            "features",
            (*places, "featureId"),
        ),
    )


def _operations(catalogue: Catalogue) -> Sequence[Operation]:
    """Return everything that can be asked for; a condition on cases knows its values."""
    vocabulary, absent = catalogue.vocabulary, tuple(FIELDS.keys() - {field.id for field in catalogue.fields})
    of_cases: Parts = [("", FeaturesAsked), (_CONDITION, conditions(vocabulary, without=absent))]
    counted: Parts = [("", InLanguage), (_CONDITION, query_model(vocabulary, without=absent))]
    return (
        _page("landing", "/", wire.Landing),
        _page("conformance", "/conformance", wire.Conformance),
        _page("collections", "/collections", wire.Collections),
        _page("functions", "/functions", wire.Functions),
        Operation("openapi_json", "/openapi.json", [("", InLanguage)], {OPENAPI: _ANY}),
        Operation("openapi_html", "/openapi.html", [("", InLanguage)], {HTML: _HTML}),
        Operation("facets", "/facets", counted, {JSON: wire.Facets}),
        Operation("geocode", "/geocode", [("", GeocodeAsked)], {JSON: wire.Geocoded}, "geocoding"),
        Operation(
            "geocode_many",
            "/geocode",
            [("", GeocodeManyAsked)],
            {JSON: wire.GeocodedMany},
            "geocoding",
            body=body_schema(),
        ),
        Operation("reverse", "/reverse", [("", ReverseAsked)], {JSON: wire.Reversed}, "geocoding"),
        Operation("linear", "/linear", [(_LINEAR, LinearAsked)], {JSON: LinearDocument}, "geocoding"),
        *(one for what in CASE_TABLES for one in _collection(f"/collections/{what}", what, of_cases)),
        *_collection("/collections/{layerId}", "layer", [("", FeaturesAsked)], ["layerId"]),
    )
