"""The map at / and the data that it fetches."""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Annotated, ParamSpec, TypeVar

from flask import Blueprint, Response, render_template, request

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.marks import Marks
from geo.catalogue.matched import Matched
from geo.errors import NotFoundError
from geo.parameters import Decimal, Parsed, Whole, with_fields
from geo.query import Bbox, CaseQuery, parse_bbox, query_model, query_of
from geo.text import Lang
from webapp.i18n import nearest_lang
from webapp.labels import near_choices
from webapp.map.base_map import base_map, most_zoom, towns
from webapp.map.base_tiles import TileFile
from webapp.map.details import case_details, feature_details
from webapp.map.overlays import cases_at, layer_shapes, marks_document, outlines
from webapp.map.page import map_page, tours_document
from webapp.map.results import results
from webapp.map.view_state import read_state, told_of
from webapp.map.wire import COUNTED_BELOW, MOST_ZOOM, Choice, ChoiceGroup, as_json, in_page
from webapp.negotiate import respond
from webapp.online_maps import online_maps
from webapp.security import policy
from webapp.settings import Settings
from webapp.urls import Urls, Viewed, asked

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Documents:
    """Everything below /map that does not name one case or feature."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the latest answers beside the catalogue; the catalogue never changes while it is served."""
        self._catalogue = catalogue
        self._marks = Marks(catalogue)
        self.base = _kept(self._base, 8)
        self.towns = _kept(self._towns, 8)
        self.layers = _kept(self._layers, 64)
        self.choices = _kept(self._choices, 8)
        self.tours = _kept(self._tours, 8)
        self.results = _kept(self._results, 256)
        self.marks = _kept(self._marks_in, 512)
        self.cases_at = _kept(self._cases_at, 64)
        self.outlines = _kept(self._outlines, 64)

    def _base(self, lang: Lang, since: date | None) -> bytes:
        return as_json(base_map(self._catalogue, lang, since))

    def _towns(self, lang: Lang, _since: date | None) -> bytes:
        return as_json(towns(self._catalogue, lang))

    def _layers(self, layer_ids: tuple[str, ...], lang: Lang, since: date | None) -> bytes:
        return as_json(layer_shapes(self._catalogue, layer_ids, lang, since))

    def _choices(self, lang: Lang, _since: date | None) -> bytes:
        return as_json(
            [
                ChoiceGroup(title=title, choices=[Choice(value=value, label=label) for value, label in features])
                for title, features in near_choices(self._catalogue, lang)
            ]
        )

    def _tours(self, lang: Lang, _since: date | None) -> bytes:
        return as_json(tours_document(self._catalogue, lang))

    def _results(self, query: CaseQuery, urls: Urls, offset: int, _prefix: str) -> str:
        return in_page(results(self._catalogue, query, urls, offset=offset))

    def _marks_in(self, query: CaseQuery, window: Bbox, zoom: float, lang: Lang) -> bytes:
        is_counted = zoom < COUNTED_BELOW
        marks = self._marks.in_view(query, window, zoom=zoom, is_fine=is_counted)
        counts = self._marks.places.counts(query) if is_counted else None
        return as_json(marks_document(Matched(self._catalogue, query), marks, lang, counts))

    def _cases_at(self, query: CaseQuery, place: tuple[str, str], lang: Lang) -> bytes:
        numbers = self._marks.places.cases_in(query, place)
        return as_json(cases_at(self._catalogue, numbers.tolist(), lang))

    def _outlines(self, query: CaseQuery, lang: Lang) -> bytes:
        return as_json(outlines(self._catalogue, query, lang))


def _kept(make: Callable[_P, _R], most: int) -> Callable[_P, _R]:
    """Return a function that remembers its latest answers."""
    return lru_cache(maxsize=most)(make)  # type: ignore[return-value]  # arguments can be hashed


P = TypeVar("P", bound=Viewed)


class ResultsAsked(Viewed):
    """A part of the results: how many rows are left out."""

    offset: Annotated[int, Whole(most=10**9)] = 0


class MarksAsked(Viewed):
    """The marks in the window of the map."""

    window: Annotated[Bbox, Parsed(parse_bbox)]
    zoom: Annotated[float, Decimal(0, MOST_ZOOM, f"a zoom from 0 to {MOST_ZOOM}")]


def asked_of(catalogue: Catalogue, model: type[P]) -> tuple[P, CaseQuery]:
    """Return the parameters of an answer, and the query.

    Raises:
        QueryError: Lists every problem of every parameter.
    """
    wanted = asked(with_fields(model, query_model(catalogue.vocabulary)))
    return wanted, query_of(wanted)


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
    _add_tiles(blueprint, catalogue)
    return blueprint


def _add_page(blueprint: Blueprint, catalogue: Catalogue, settings: Settings, documents: Documents) -> None:
    hosts = [online.host for online in online_maps(settings)]
    deepest = most_zoom(has_tiles=catalogue.base_tiles is not None, has_online=bool(hosts))

    @lru_cache(maxsize=_FRAMES_KEPT)
    def frame(urls: Urls, is_embedded: bool, _prefix: str) -> str:  # noqa: FBT001  a key of the cache
        page = map_page(catalogue, settings, urls, is_embedded=is_embedded)
        return render_template(
            "map.html", page=page, styles={theme.id: theme.style for theme in catalogue.themes}, slots=_SLOTS
        )

    @blueprint.get("/")
    def page() -> Response:
        lang = nearest_lang()
        state = read_state(catalogue, request.args.items(multi=True), bases=settings.base_maps, most_zoom=deepest)
        urls = Urls(lang, state.at)
        parts = (
            in_page(state.document(told_of(state.problems, lang))),
            documents.results(state.query, urls, 0, request.script_root),
            render_template("discovery.html"),
        )
        filled = dict(zip(_SLOTS, parts, strict=True))
        text = _SLOT.sub(lambda slot: filled[slot.group()], frame(urls, state.is_embedded, request.script_root))
        response = respond(text, media_type="text/html")
        if state.is_embedded:
            response.headers["Content-Security-Policy"] = policy(image_hosts=hosts, is_embeddable=True)
        return response


def _add_queried(blueprint: Blueprint, catalogue: Catalogue, documents: Documents) -> None:
    """Serve what a query changes."""

    @blueprint.get("/map/results.json")
    def results() -> Response:
        wanted, query = asked_of(catalogue, ResultsAsked)
        return _json(documents.results(query, Urls(wanted.lang, wanted.at), wanted.offset, request.script_root))

    @blueprint.get("/map/marks.json")
    def marks() -> Response:
        wanted, query = asked_of(catalogue, MarksAsked)
        return _json(documents.marks(query, wanted.window, wanted.zoom, wanted.lang))

    @blueprint.get("/map/at/<any(counties, cities):layer_id>/<feature_id>.json")
    def at(layer_id: str, feature_id: str) -> Response:
        wanted, query = asked_of(catalogue, Viewed)
        place = (layer_id, catalogue.layer(layer_id).feature(feature_id).id)
        return _json(documents.cases_at(query, place, wanted.lang))

    @blueprint.get("/map/outlines.json")
    def outlines() -> Response:
        wanted, query = asked_of(catalogue, Viewed)
        return _json(documents.outlines(query, wanted.lang))


def _add_tiles(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve the tiles of an import."""
    file = TileFile(catalogue.base_tiles) if catalogue.base_tiles else None

    @blueprint.get("/map/base.pmtiles")
    def tiles() -> Response:
        if file is None:
            msg = "no extract was imported, so there are no tiles; see tongcheng import geometry"
            raise NotFoundError(msg)
        return file.respond()


def _add_documents(blueprint: Blueprint, catalogue: Catalogue, documents: Documents) -> None:
    """Serve what no query changes; a query in the address is checked all the same."""

    @blueprint.get("/map/<any(base, choices, tours, towns):name>.json")
    def document(name: str) -> Response:
        viewed, _ = asked_of(catalogue, Viewed)
        return _json(getattr(documents, name)(viewed.lang, catalogue.since(viewed.at)))

    @blueprint.get("/map/layers/<ids>.json")
    def layers(ids: str) -> Response:
        viewed, _ = asked_of(catalogue, Viewed)
        wanted = tuple(catalogue.layer(name).id for name in dict.fromkeys(ids.split(",")))
        return _json(documents.layers(wanted, viewed.lang, catalogue.since(viewed.at)))

    @blueprint.get("/map/cases/<case_id>.json")
    def details(case_id: str) -> Response:
        viewed, _ = asked_of(catalogue, Viewed)
        return _json(as_json(case_details(catalogue, catalogue.case(case_id), Urls(viewed.lang, viewed.at))))

    @blueprint.get("/map/features/<layer_id>/<feature_id>.json")
    def feature(layer_id: str, feature_id: str) -> Response:
        viewed, _ = asked_of(catalogue, Viewed)
        return _json(as_json(feature_details(catalogue, layer_id, feature_id, Urls(viewed.lang, viewed.at))))


def _json(body: bytes | str) -> Response:
    return respond(body, media_type="application/json")
