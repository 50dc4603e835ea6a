"""What search engines, catalogues, feed readers and other sites ask for to find and show the atlas."""

import orjson
from flask import Blueprint, Response, request, url_for

from geo.catalogue.catalogue import Catalogue
from geo.render.card import draw_case_card, draw_home_card
from geo.text import Lang
from webapp.arguments import Nothing, Spoken, asked
from webapp.discovery import dcat
from webapp.discovery.api_catalog import LINK, MEDIA_TYPE, api_catalog
from webapp.discovery.feed import MEDIA_TYPE as ATOM
from webapp.discovery.feed import feed_document
from webapp.discovery.oembed import oembed_document, read_request
from webapp.discovery.pictures import Pictures
from webapp.discovery.sitemap import robots_text, sitemap_document
from webapp.discovery.xml import dump, element
from webapp.negotiate import respond, respond_if_changed
from webapp.settings import Settings
from webapp.urls import Urls

HOME = "home"
_TURTLE = f"{dcat.TURTLE}; charset=utf-8"


def discovery_blueprint(catalogue: Catalogue, _settings: Settings) -> Blueprint:
    """Serve the catalogue, sitemap, feed, cards and frames of the atlas."""
    blueprint = Blueprint("discovery", __name__)
    _add_catalogues(blueprint, catalogue)
    _add_lists(blueprint, catalogue)
    _add_cards(blueprint, catalogue)
    return blueprint


def _add_catalogues(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve what programs read to learn which data there is."""
    key = catalogue.state

    @blueprint.get("/catalog.jsonld")
    def catalog_json_ld() -> Response:
        asked(Nothing)
        return respond_if_changed(lambda: dcat.dump(dcat.catalog_document(catalogue)), key=key, media_type=dcat.JSON_LD)

    @blueprint.get("/catalog.ttl")
    def catalog_turtle() -> Response:
        asked(Nothing)
        return respond_if_changed(
            lambda: dcat.turtle(dcat.dump(dcat.catalog_document(catalogue))), key=key, media_type=_TURTLE
        )

    @blueprint.get("/.well-known/api-catalog")
    def api_catalogue() -> Response:
        asked(Nothing)
        response = respond(orjson.dumps(api_catalog()), media_type=MEDIA_TYPE)
        response.headers["Content-Type"] = MEDIA_TYPE
        response.headers["Link"] = f"<{url_for('discovery.api_catalogue', _external=True)}>; {LINK}"
        return response


def _add_lists(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve lists of pages."""
    key = catalogue.state

    @blueprint.get("/sitemap.xml")
    def sitemap() -> Response:
        asked(Nothing)
        return respond_if_changed(lambda: sitemap_document(catalogue), key=key, media_type="application/xml")

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        address = url_for("discovery.sitemap", _external=True)
        return respond(robots_text(request.script_root, address), media_type="text/plain")

    @blueprint.get("/feed.atom")
    def feed() -> Response:
        urls = Urls(asked(Spoken).lang)
        return respond_if_changed(lambda: feed_document(catalogue, urls), key=key, media_type=ATOM)


def _add_cards(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve what other sites show of a page."""
    key = catalogue.state
    pictures = Pictures(lambda name, lang: _draw(catalogue, name, lang))

    @blueprint.get("/og/<name>.png")
    def card(name: str) -> Response:
        lang = asked(Spoken).lang
        if name != HOME:
            catalogue.case(name)
        return respond_if_changed(lambda: pictures.picture(name, lang), key=key, media_type="image/png")

    @blueprint.get("/oembed")
    def oembed() -> Response:
        frame = read_request()
        document = oembed_document(catalogue, frame)
        if frame.form != "xml":
            return respond(orjson.dumps(document), media_type="application/json")
        root = element(None, "oembed")
        for name, value in document.items():
            element(root, name, str(value))
        return respond(dump(root), media_type="text/xml")


def _draw(catalogue: Catalogue, name: str, lang: Lang) -> bytes:
    if name == HOME:
        return draw_home_card(catalogue, lang=lang, attribution=catalogue.area.attribution)
    return draw_case_card(catalogue, catalogue.case(name), lang=lang, attribution=catalogue.area.attribution)
