"""Geocoding over HTTP: texts to places, coordinates to places."""

from typing import Any

import orjson
from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum
from geo.errors import LocateError, QueryError
from geo.gazetteer.at_point import Reverse, reverse_document
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.gazetteer import Gazetteer
from webapp.api.items import add_items
from webapp.api.parameters import not_a_number, unknown
from webapp.negotiate import respond
from webapp.settings import Settings

_LONGEST_TEXT = 10_000


def api_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve everything below /api."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")
    gazetteer = Gazetteer(catalogue.entries)
    finder = Reverse(catalogue.layers, catalogue.entries)

    @blueprint.get("/geocode")
    def geocode() -> Response:
        text = request.args.get("q", "")
        problems = unknown(frozenset({"q"}))
        if not 0 < len(text) <= _LONGEST_TEXT:
            problems.append(f"q: {len(text)} characters arrived; expected 1 to {_LONGEST_TEXT}")
        if problems:
            raise QueryError(problems)
        return _answer(geocode_document(gazetteer.locate(text)))

    @blueprint.get("/reverse")
    def reverse() -> Response:
        problems = [
            *unknown(frozenset({"lon", "lat", "datum"})),
            *not_a_number("lon"),
            *not_a_number("lat"),
            *_no_datum(),
        ]
        if problems:
            raise QueryError(problems)
        lon, lat = float(request.args["lon"]), float(request.args["lat"])
        try:
            return _answer(reverse_document(finder.reverse(lon, lat, datum=Datum(_datum()))))
        except LocateError as error:
            raise QueryError([f"lon, lat: {error}"]) from error

    add_items(blueprint, catalogue)
    return blueprint


def _no_datum() -> list[str]:
    if _datum() in set(Datum):
        return []
    return [f"datum: unknown value {_datum()[:60]!r}; known are {', '.join(Datum)}"]


def _datum() -> str:
    return request.args.get("datum") or Datum.WGS84.value


def _answer(document: dict[str, Any]) -> Response:
    return respond(orjson.dumps(document), media_type="application/json")
