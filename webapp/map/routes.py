"""The map at / and the data that it fetches."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response, render_template, request

from geo.catalogue.catalogue import Catalogue
from geo.errors import QueryError
from geo.exports.geojson import MEDIA_TYPE, write_geojson
from geo.text import Lang
from webapp.i18n import LABELS, current_lang
from webapp.map.page import case_details, case_points, local_footprints, map_page
from webapp.map.style import THEME_STYLES
from webapp.negotiate import respond
from webapp.settings import Settings
from webapp.urls import Urls


def map_blueprint(catalogue: Catalogue, settings: Settings) -> Blueprint:
    """Serve / and /map; page and points are made once per language and data."""
    blueprint = Blueprint("map", __name__)

    @cache
    def page_html(lang: Lang, _prefix: str) -> str:
        return render_template("map.html", page=map_page(catalogue, settings, lang), labels=LABELS, styles=THEME_STYLES)

    @cache
    def points_json(lang: Lang) -> str:
        return _json(case_points(catalogue, lang))

    @blueprint.get("/")
    def page() -> Response:
        return respond(page_html(_only_lang(), request.script_root), media_type="text/html")

    @blueprint.get("/map/cases.json", endpoint="case_points")
    def points() -> Response:
        return respond(points_json(_only_lang()), media_type="application/json")

    @cache
    def footprints_json() -> bytes:
        return write_geojson(local_footprints(catalogue))

    @blueprint.get("/map/footprints.geojson", endpoint="case_footprints")
    def footprints() -> Response:
        _only_lang()
        return respond(footprints_json(), media_type=MEDIA_TYPE)

    @blueprint.get("/map/cases/<case_id>.json", endpoint="case_details")
    def details(case_id: str) -> Response:
        lang = _only_lang()
        document = case_details(catalogue, catalogue.case(case_id), Urls(lang))
        return respond(_json(document), media_type="application/json")

    return blueprint


def _only_lang() -> Lang:
    unknown = [name for name in request.args if name != "lang"]
    if unknown:
        raise QueryError([f"{name}: unknown parameter; known is lang" for name in unknown])
    return current_lang()


def _json(document: Any) -> str:  # noqa: ANN401  whatever JSON can carry
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
