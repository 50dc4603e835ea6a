"""The map at / and the data that it fetches."""

import re
from functools import lru_cache

from flask import Blueprint, Response, render_template, request

from geo.catalogue.catalogue import Catalogue
from geo.text import Lang
from webapp.arguments import Spoken
from webapp.i18n import current_lang, nearest_lang
from webapp.map.details import case_details, feature_details
from webapp.map.documents import Documents
from webapp.map.page import map_page
from webapp.map.parameters import MarksAsked, ResultsAsked, asked_of
from webapp.map.problems import told
from webapp.map.view_state import read_state
from webapp.map.writing import as_json, in_page
from webapp.negotiate import respond
from webapp.online_maps import online_maps
from webapp.security import policy
from webapp.settings import Settings
from webapp.urls import Urls

_SLOTS = ("@@state@@", "@@results@@", "@@head@@")
_SLOT = re.compile("|".join(_SLOTS))
_FRAMES_KEPT = 16  # each for a language, a frame or none, and a prefix of a proxy


def map_blueprint(catalogue: Catalogue, settings: Settings) -> Blueprint:
    """Serve / and /map."""
    blueprint = Blueprint("map", __name__)
    documents = Documents(catalogue)
    _add_page(blueprint, catalogue, settings, documents)
    _add_queried(blueprint, catalogue, documents)
    _add_documents(blueprint, catalogue, documents)
    return blueprint


def _add_page(blueprint: Blueprint, catalogue: Catalogue, settings: Settings, documents: Documents) -> None:
    hosts = [online.host for online in online_maps(settings)]

    @lru_cache(maxsize=_FRAMES_KEPT)
    def frame(lang: Lang, is_embedded: bool, _prefix: str) -> str:  # noqa: FBT001  a key of the cache
        page = map_page(catalogue, settings, lang, is_embedded=is_embedded)
        return render_template(
            "map.html", page=page, styles={theme.id: theme.style for theme in catalogue.themes}, slots=_SLOTS
        )

    @blueprint.get("/")
    def page() -> Response:
        lang = nearest_lang()
        state = read_state(catalogue, request.args.items(multi=True), bases=settings.base_maps)
        parts = (
            in_page(state.document(told(state.problems, lang))),
            documents.results(state.query, lang, 0, request.script_root),
            render_template("discovery.html"),
        )
        filled = dict(zip(_SLOTS, parts, strict=True))
        text = _SLOT.sub(lambda slot: filled[slot.group()], frame(lang, state.is_embedded, request.script_root))
        response = respond(text, media_type="text/html")
        if state.is_embedded:
            response.headers["Content-Security-Policy"] = policy(image_hosts=hosts, is_embeddable=True)
        return response


def _add_queried(blueprint: Blueprint, catalogue: Catalogue, documents: Documents) -> None:
    """Serve what a query changes."""

    @blueprint.get("/map/results.json")
    def results() -> Response:
        wanted, query = asked_of(catalogue, ResultsAsked)
        return _json(documents.results(query, wanted.lang, wanted.offset, request.script_root))

    @blueprint.get("/map/marks.json")
    def marks() -> Response:
        wanted, query = asked_of(catalogue, MarksAsked)
        return _json(documents.marks(query, wanted.window, wanted.zoom, wanted.lang))

    @blueprint.get("/map/outlines.json")
    def outlines() -> Response:
        wanted, query = asked_of(catalogue, Spoken)
        return _json(documents.outlines(query, wanted.lang))


def _add_documents(blueprint: Blueprint, catalogue: Catalogue, documents: Documents) -> None:
    """Serve what no query changes; a query in the address is checked all the same."""

    @blueprint.get("/map/<any(base, choices, tours):name>.json")
    def document(name: str) -> Response:
        asked_of(catalogue, Spoken)
        return _json(getattr(documents, name)(current_lang()))

    @blueprint.get("/map/layers/<ids>.json")
    def layers(ids: str) -> Response:
        asked_of(catalogue, Spoken)
        wanted = tuple(catalogue.layer(name).id for name in dict.fromkeys(ids.split(",")))
        return _json(documents.layers(wanted, current_lang()))

    @blueprint.get("/map/cases/<case_id>.json")
    def details(case_id: str) -> Response:
        asked_of(catalogue, Spoken)
        return _json(as_json(case_details(catalogue, catalogue.case(case_id), Urls(current_lang()))))

    @blueprint.get("/map/features/<layer_id>/<feature_id>.json")
    def feature(layer_id: str, feature_id: str) -> Response:
        asked_of(catalogue, Spoken)
        return _json(as_json(feature_details(catalogue, layer_id, feature_id, Urls(current_lang()))))


def _json(body: bytes | str) -> Response:
    return respond(body, media_type="application/json")
