"""Kilometres along a line: /linear, its parameters and what it answers."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import document_types, linear_document, linear_place
from geo.errors import QueryError
from geo.layers.chainage import Basis
from geo.text import LocalText
from geo.words import word
from webapp.api.addresses import JSON
from webapp.api.answers import answer, dumped, read_asked
from webapp.api.parameters import PARAMETERS, Given, Parameter

LINEAR_PARAMETERS: Mapping[str, Parameter] = {
    "line": Parameter(
        {"type": "string", "minLength": 1},
        word(
            "transit line or expressway by id or name, or <layer>:<id> of belts, corridors, axes, transit_lines, "
            "expressways"
        ),
    ),
    "km": Parameter(
        {"type": "number", "minimum": 0},
        word("kilometre of the drawn line, from its start; not with lon, lat"),
    ),
    "lon": Parameter(
        {"type": "number", "minimum": 70, "maximum": 140},
        word("longitude in degrees, WGS-84; with lat, in place of km"),
    ),
    "lat": Parameter(
        {"type": "number", "minimum": 10, "maximum": 55},
        word("latitude in degrees, WGS-84; with lon, in place of km"),
    ),
}
_CHOICES = {"side": ["left", "right", "on"], "official_basis": [*(basis.value for basis in Basis), None]}
_TYPES = {str: "string", LocalText: "string", Basis: "string", float: "number", bool: "boolean"}


def add_linear(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /linear."""

    @blueprint.get("/linear")
    def linear() -> Response:
        given = Given(request.args, ("lang", *LINEAR_PARAMETERS))
        given.problems += [
            f"{name}: arrived {len(request.args.getlist(name))} times; expected once"
            for name in LINEAR_PARAMETERS
            if name not in PARAMETERS and len(request.args.getlist(name)) > 1
        ]
        lang = read_asked(given).lang
        asked = {name: given.text(name) or None for name in ("km", "lon", "lat")}
        try:
            found = linear_document(linear_place(catalogue, given.text("line"), **asked), lang)
        except QueryError as error:
            given.problems.extend(error.problems)
        given.check()
        return answer(catalogue, lambda: dumped(found), media_type=JSON, lang=lang)


def linear_schema() -> dict[str, Any]:
    """Return the JSON schema, of OpenAPI 3.0, of an answer."""
    hints = document_types()
    return {"type": "object", "required": list(hints), "properties": {n: _schema(n, hints[n]) for n in hints}}


def _schema(name: str, hint: Any) -> dict[str, Any]:  # noqa: ANN401  a type, or one that may be None
    kinds = getattr(hint, "__args__", (hint,))
    described: dict[str, Any] = {"type": _TYPES[kinds[0]]}
    if name in _CHOICES:
        described["enum"] = _CHOICES[name]
    return described | ({"nullable": True} if type(None) in kinds else {})
