"""Texts to places, coordinates to places, and how many cases there are of each value."""

from collections.abc import Mapping
from typing import Any, cast

from flask import Blueprint, Response, request

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum, from_wgs84
from geo.errors import LocateError, QueryError
from geo.gazetteer.at_point import Reverse, reverse_document
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.gazetteer import Gazetteer
from geo.query import QUERY_FIELDS, read_args
from geo.text import Lang
from webapp.api.addresses import JSON
from webapp.api.answers import answer, dumped, read_asked
from webapp.api.parameters import Given
from webapp.api.wire import Facets, Geocoded, Reversed

_LONGEST_TEXT = 10_000


def add_geocoding(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /geocode, /reverse and /facets."""
    gazetteer = Gazetteer(catalogue.entries)
    finder = Reverse(catalogue.layers, catalogue.entries)

    def answered(document: Mapping[str, object], lang: Lang) -> Response:
        return answer(catalogue, lambda: dumped(document), media_type=JSON, lang=lang)

    @blueprint.get("/geocode")
    def geocode() -> Response:
        given = Given(request.args, ("q", "lang", "datum"))
        text, datum, lang = request.args.get("q", ""), _datum(given), read_asked(given).lang
        if not 0 < len(text) <= _LONGEST_TEXT:
            given.problems.append(f"q: {len(text)} characters arrived; expected 1 to {_LONGEST_TEXT}")
        given.check()
        return answered(_in_datum(geocode_document(gazetteer.locate(text)), datum), lang)

    @blueprint.get("/reverse")
    def reverse() -> Response:
        given = Given(request.args, ("lon", "lat", "lang", "datum"))
        datum, lang = _datum(given), read_asked(given).lang
        lon, lat = given.number("lon"), given.number("lat")
        given.check()
        try:
            found = reverse_document(finder.reverse(lon, lat, datum=datum)) | {"datum": Datum.WGS84.label}
        except LocateError as error:
            raise QueryError([f"lon, lat: {error}"]) from error
        return answered(cast("Reversed", found), lang)

    @blueprint.get("/facets")
    def facets() -> Response:
        given = Given(request.args, ("lang", *QUERY_FIELDS))
        lang = read_asked(given).lang
        args = [(name, text) for name, text in request.args.items(multi=True) if name in QUERY_FIELDS]
        query, problems = read_args(args, catalogue.vocabulary)
        given.problems.extend(problems)
        given.check()
        values = {name: catalogue.vocabulary.values(name) for name in catalogue.facets}
        counts = catalogue.index.facets(query, values=values)
        groups = catalogue.index.groups(query)
        found = Facets(numberMatched=catalogue.index.count(query), groups=groups, facets=counts)
        return answered(found, lang)


def _datum(given: Given) -> Datum:
    return Datum(given.choice("datum", list(Datum), Datum.WGS84.value))


def _in_datum(document: dict[str, Any], datum: Datum) -> Geocoded:
    """Return a document and its matches with their points in a datum, which it names."""
    matches = [{**match, **_point(match, datum)} for match in document["matches"]]
    return cast("Geocoded", {**document, **_point(document, datum), "matches": matches, "datum": datum.label})


def _point(document: Mapping[str, Any], datum: Datum) -> Mapping[str, float]:
    if document["lon"] is None or datum is Datum.WGS84:
        return {}
    lon, lat = from_wgs84(document["lon"], document["lat"], datum)
    return {"lon": round(float(lon), 6), "lat": round(float(lat), 6)}
