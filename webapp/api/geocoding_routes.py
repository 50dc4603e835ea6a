"""Texts to places, coordinates to places, and how many cases there are of each value."""

from collections.abc import Mapping

from flask import Blueprint, Response

from geo.catalogue.catalogue import Catalogue
from geo.datum import Datum, from_wgs84
from geo.errors import LocateError, QueryError
from geo.gazetteer.at_point import Reverse, reverse_document
from geo.gazetteer.documents import GeocodeDocument, MatchDocument, geocode_document
from geo.gazetteer.gazetteer import Gazetteer
from geo.parameters import with_fields
from geo.query import query_model, query_of
from geo.text import Lang
from webapp.api.addresses import JSON
from webapp.api.answers import answer, dumped
from webapp.api.parameters import GeocodeAsked, InLanguage, ReverseAsked
from webapp.api.wire import Facets, Geocoded, Reversed
from webapp.arguments import asked


def add_geocoding(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /geocode, /reverse and /facets."""
    gazetteer = Gazetteer(catalogue.entries)
    finder = Reverse(catalogue.layers, catalogue.entries)

    def answered(document: Mapping[str, object], lang: Lang) -> Response:
        return answer(catalogue, lambda: dumped(document), media_type=JSON, lang=lang)

    @blueprint.get("/geocode")
    def geocode() -> Response:
        wanted = asked(GeocodeAsked)
        return answered(_in_datum(geocode_document(gazetteer.locate(wanted.q)), wanted.datum), wanted.lang)

    @blueprint.get("/reverse")
    def reverse() -> Response:
        wanted = asked(ReverseAsked)
        try:
            there = reverse_document(finder.reverse(wanted.lon, wanted.lat, datum=wanted.datum))
        except LocateError as error:
            raise QueryError([f"lon, lat: {error}"]) from error
        return answered(Reversed(**there, datum=Datum.WGS84.label), wanted.lang)

    @blueprint.get("/facets")
    def facets() -> Response:
        wanted = asked(with_fields(InLanguage, query_model(catalogue.vocabulary)))
        query, index = query_of(wanted), catalogue.index
        counts = index.facets(query, values={name: catalogue.vocabulary.values(name) for name in catalogue.facets})
        found = Facets(numberMatched=index.count(query), groups=index.groups(query), facets=counts)
        return answered(found, wanted.lang)


def _in_datum(document: GeocodeDocument, datum: Datum) -> Geocoded:
    """Return a document and its matches with their points in a datum, which it names."""
    found: Geocoded = {**document, "datum": datum.label}
    found["lon"], found["lat"] = _point(document["lon"], document["lat"], datum)
    found["matches"] = [_match_in(match, datum) for match in document["matches"]]
    return found


def _match_in(match: MatchDocument, datum: Datum) -> MatchDocument:
    lon, lat = _point(match["lon"], match["lat"], datum)
    return {**match, "lon": lon, "lat": lat}


def _point(lon: float | None, lat: float | None, datum: Datum) -> tuple[float | None, float | None]:
    if lon is None or lat is None or datum is Datum.WGS84:
        return lon, lat
    x, y = from_wgs84(lon, lat, datum)
    return round(float(x), 6), round(float(y), 6)
