"""Geocoding over HTTP: texts to places, coordinates to places."""

import json
from typing import Any

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum
from geo.errors import LocateError, QueryError
from geo.gazetteer.at_point import Reverse, reverse_document
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.gazetteer import Gazetteer
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
        text = request.args.get("q", "")
        problems = _unknown({"q"})
        if not 0 < len(text) <= _LONGEST_TEXT:
            problems.append(f"q: {len(text)} characters arrived; expected 1 to {_LONGEST_TEXT}")
        if problems:
            raise QueryError(problems)
        return _answer(geocode_document(gazetteer.locate(text)))

    @blueprint.get("/reverse")
    def reverse() -> Response:
        problems = [*_unknown({"lon", "lat", "datum"}), *_not_a_number("lon"), *_not_a_number("lat"), *_no_datum()]
        if problems:
            raise QueryError(problems)
        lon, lat = float(request.args["lon"]), float(request.args["lat"])
        try:
            return _answer(reverse_document(finder.reverse(lon, lat, datum=Datum(_datum()))))
        except LocateError as error:
            raise QueryError([f"lon, lat: {error}"]) from error

    return blueprint


def _unknown(known: set[str]) -> list[str]:
    return [
        f"{name}: unknown parameter; known are {', '.join(sorted(known))}" for name in request.args if name not in known
    ]


def _not_a_number(name: str) -> list[str]:
    text = request.args.get(name, "")
    try:
        float(text)
    except ValueError:
        return [f"{name}: {text[:60]!r} arrived; expected a number in degrees"]
    return []


def _no_datum() -> list[str]:
    if _datum() in set(Datum):
        return []
    return [f"datum: unknown value {_datum()[:60]!r}; known are {', '.join(Datum)}"]


def _datum() -> str:
    return request.args.get("datum") or Datum.WGS84.value


def _answer(document: dict[str, Any]) -> Response:
    text = json.dumps(document, ensure_ascii=False).encode("utf-8", errors="replace")
    return respond(text, media_type="application/json")
