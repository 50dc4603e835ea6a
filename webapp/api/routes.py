"""The addresses of the API that are no features: descriptions, and questions of place."""

from collections.abc import Mapping

from flask import Blueprint, Response, url_for
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import linear_document, linear_place
from geo.datum import Datum
from geo.errors import LocateError, QueryError
from geo.exports.tables import Tables
from geo.gazetteer.at_point import Reverse, reverse_document
from geo.gazetteer.documents import GeocodeDocument, MatchDocument, geocode_document
from geo.gazetteer.gazetteer import Gazetteer
from geo.parameters import read, with_fields
from geo.query import query_model, query_of
from geo.shift import from_wgs84
from geo.text import Lang
from webapp.api import documents, pages
from webapp.api.answers import Asked, answer, answer_document, answer_once, dumped, open_to_all
from webapp.api.documents import HTML, JSON, OPENAPI, SCHEMA, both_forms, schema_columns, served_table
from webapp.api.features import add_features
from webapp.api.many_texts import many_texts
from webapp.api.openapi import OpenApi, openapi
from webapp.api.pages import Cell, Grid
from webapp.api.parameters import GeocodeAsked, InLanguage, LinearAsked, ReverseAsked
from webapp.api.wire import Collections, Conformance, Facets, Functions, Geocoded, GeocodedMany, Landing, Reversed
from webapp.settings import Settings
from webapp.urls import asked, given


def add_linear(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /linear."""

    @blueprint.get("/linear")
    def linear() -> Response:
        problems, said = list[str](), dict(reversed(given()))  # the first of each
        numbers = {name: said.get(name, "").strip() or None for name in ("km", "lon", "lat")}
        try:
            found = linear_place(catalogue, said.get("line", ""), **numbers)
        except QueryError as error:  # told with all that is wrong beside it
            problems.extend(error.problems)
        lang = read(LinearAsked, given(), also=problems).lang
        return answer(catalogue, lambda: dumped(linear_document(found, lang)), media_type=JSON, lang=lang)


def add_geocoding(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /geocode, /reverse and /facets."""
    gazetteer = Gazetteer(catalogue.entries)
    finder = Reverse(catalogue.layers, catalogue.entries)

    def answered(document: Mapping[str, object], lang: Lang) -> Response:
        return answer(catalogue, lambda: dumped(document), media_type=JSON, lang=lang)

    @blueprint.get("/geocode")
    def geocode() -> Response:
        wanted = asked(GeocodeAsked)
        return answered(_in_datum(geocode_document(gazetteer.locate(wanted.q), wanted.lang), wanted.datum), wanted.lang)

    @blueprint.post("/geocode")
    def geocode_many() -> Response:
        texts, wanted = many_texts()
        found = [_in_datum(geocode_document(gazetteer.locate(text)), wanted.datum) for text in texts]
        return answer_once(GeocodedMany(answers=found), wanted.lang)

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


def api_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve /api."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")
    tables = Tables(catalogue)
    _add_descriptions(blueprint, catalogue, tables)
    _add_collections(blueprint, catalogue, tables)
    _add_openapi(blueprint, catalogue)
    add_features(blueprint, catalogue, tables)
    add_geocoding(blueprint, catalogue)
    add_linear(blueprint, catalogue)
    blueprint.after_request(open_to_all)
    return blueprint


def _add_descriptions(blueprint: Blueprint, catalogue: Catalogue, tables: Tables) -> None:
    @blueprint.get("/")
    def landing() -> Response:
        def page(found: Landing, asked: Asked) -> bytes:
            grid = pages.collections_grid(documents.collections(tables, asked.form, asked.lang)["collections"])
            return pages.described(found["title"], found["links"], asked.lang, grid, lead=found["description"])

        return answer_document(catalogue, lambda asked: documents.landing(catalogue.area, asked.form, asked.lang), page)

    @blueprint.get("/conformance")
    def conformance() -> Response:
        def page(found: Conformance, asked: Asked) -> bytes:
            grid = Grid(gettext("Conformance"), [gettext("Class")], [[Cell(uri)] for uri in found["conformsTo"]])
            return pages.described(gettext("Conformance"), found["links"], asked.lang, grid)

        return answer_document(catalogue, lambda asked: documents.conformance(asked.form), page)

    @blueprint.get("/functions")
    def functions() -> Response:
        def page(found: Functions, asked: Asked) -> bytes:
            rows = [
                [Cell(f["name"]), Cell(", ".join(a["type"][0] for a in f["arguments"])), Cell(f["description"])]
                for f in found["functions"]
            ]
            grid = Grid("CQL2", [gettext("Function"), gettext("Arguments"), gettext("Meaning")], rows)
            return pages.described(gettext("Functions of filters"), found["links"], asked.lang, grid)

        return answer_document(catalogue, lambda asked: documents.functions(asked.form, asked.lang), page)

    @blueprint.get("/collections")
    def collections() -> Response:
        def page(found: Collections, asked: Asked) -> bytes:
            grid = pages.collections_grid(found["collections"])
            return pages.described(gettext("Collections"), found["links"], asked.lang, grid)

        return answer_document(catalogue, lambda asked: documents.collections(tables, asked.form, asked.lang), page)


def _add_collections(blueprint: Blueprint, catalogue: Catalogue, tables: Tables) -> None:
    @blueprint.get("/collections/<what>")
    def collection(what: str) -> Response:
        table = served_table(tables, what)
        return answer_document(
            catalogue,
            lambda asked: documents.collection(table, both_forms(asked.form), asked.lang),
            lambda found, asked: pages.described(found["title"], found["links"], asked.lang, lead=found["description"]),
        )

    def schema(what: str, endpoint: str) -> Response:
        table = served_table(tables, what)
        columns = schema_columns(table) if endpoint == "schema" else table.plain_columns
        return answer_document(
            catalogue,
            lambda asked: documents.schema(
                table, columns, documents.choices(catalogue, asked.lang), asked.lang, endpoint=endpoint
            ),
            lambda found, asked: pages.in_collection(table, endpoint, asked.lang, pages.schema_grid(found)),
            media_type=SCHEMA,
        )

    for endpoint in ("queryables", "sortables", "schema"):
        blueprint.add_url_rule(
            f"/collections/<what>/{endpoint}", endpoint, schema, defaults={"endpoint": endpoint}, methods=["GET"]
        )


def _add_openapi(blueprint: Blueprint, catalogue: Catalogue) -> None:
    def document(lang: Lang) -> OpenApi:
        return openapi(catalogue, url_for("api.landing", _external=True).rstrip("/"), lang)

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        lang = asked(InLanguage).lang
        return answer(catalogue, lambda: dumped(document(lang)), media_type=OPENAPI, lang=lang)

    @blueprint.get("/openapi.html")
    def openapi_html() -> Response:
        lang = asked(InLanguage).lang

        def page() -> bytes:
            found = document(lang)
            grids = (pages.operations_grid(found), pages.parameters_grid(found))
            return pages.described(found["info"]["title"], (), lang, *grids, lead=found["info"]["description"])

        return answer(catalogue, page, media_type=HTML, lang=lang)
