"""Everything below /api: the documents that describe it here, features and geocoding in modules of their own."""

from flask import Blueprint, Response, url_for
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.exports.tables import Tables
from geo.text import Lang
from webapp.api import documents, pages
from webapp.api.addresses import HTML, OPENAPI, SCHEMA, address, both_forms
from webapp.api.answers import Asked, answer, answer_document, dumped, open_to_all
from webapp.api.feature_routes import add_features
from webapp.api.geocoding_routes import add_geocoding
from webapp.api.linear_routes import add_linear
from webapp.api.openapi import OpenApi, openapi
from webapp.api.pages import Cell, Grid
from webapp.api.parameters import InLanguage
from webapp.api.served import schema_columns, served_table
from webapp.api.wire import Collections, Conformance, Functions, Landing
from webapp.arguments import asked
from webapp.settings import Settings


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
                table, columns, asked.lang, uri=address(endpoint, what=what), has_geometry=endpoint != "sortables"
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
