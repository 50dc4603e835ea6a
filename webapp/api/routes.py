"""Geocoding over HTTP: texts to places, coordinates to places."""

import json
from typing import Any

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum
from geo.errors import LocateError, QueryError
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.reverse import Reverse, reverse_document
from webapp.negotiate import respond
from webapp.settings import Settings

_LONGEST_TEXT = 10_000


def api_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve /api/geocode and /api/reverse."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")
    gazetteer = Gazetteer(catalogue.entries)
    finder = Reverse(catalogue.layers, catalogue.entries)

    @blueprint.get("/geocode")
    def geocode() -> Response:
        _only({"q"})
        text = request.args.get("q", "")
        if not 0 < len(text) <= _LONGEST_TEXT:
            raise QueryError([f"q: {len(text)} characters arrived; expected 1 to {_LONGEST_TEXT}"])
        return _answer(geocode_document(gazetteer.locate(text)))

    @blueprint.get("/reverse")
    def reverse() -> Response:
        _only({"lon", "lat", "datum"})
        lon, lat = _number("lon"), _number("lat")
        try:
            return _answer(reverse_document(finder.reverse(lon, lat, datum=_datum())))
        except LocateError as error:
            raise QueryError([f"lon, lat: {error}"]) from error

    return blueprint


def _only(known: set[str]) -> None:
    problems = [
        f"{name}: unknown parameter; known are {', '.join(sorted(known))}" for name in request.args if name not in known
    ]
    if problems:
        raise QueryError(problems)


def _number(name: str) -> float:
    text = request.args.get(name, "")
    try:
        return float(text)
    except ValueError:
        raise QueryError([f"{name}: {text[:60]!r} arrived; expected a number in degrees"]) from None


def _datum() -> Datum:
    text = request.args.get("datum") or Datum.WGS84.value
    if text not in set(Datum):
        raise QueryError([f"datum: unknown value {text[:60]!r}; known are {', '.join(Datum)}"])
    return Datum(text)


def _answer(document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False).encode("utf-8", errors="replace")
    return respond(text, media_type="application/json")
