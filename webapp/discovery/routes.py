"""Addresses that machines look for: sitemap, feed, robots, oEmbed, catalogues."""

import re
import uuid
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

import orjson
from flask import Blueprint, Response, request, url_for
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.related import related_cases
from geo.render.card import draw_case_card, draw_home_card
from geo.text import LANGS, Lang
from webapp.discovery import dcat
from webapp.discovery.dcat import LINK, MEDIA_TYPE, api_catalog, facts_of
from webapp.discovery.head import Pictures, alternates, in_lang
from webapp.discovery.oembed import oembed_document, read_request
from webapp.i18n import Spoken
from webapp.negotiate import RELEASE, respond, respond_if_changed
from webapp.settings import Settings
from webapp.urls import Nothing, Urls, asked

# XML 1.0 §2.2: every other character is refused by parsers, even when it is escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(
    parent: ET.Element | None, name: str, text: str | None = None, attributes: Mapping[str, str] | None = None
) -> ET.Element:
    """Return a new element, put at the end of its parent when it has one."""
    legal = {key: _ILLEGAL.sub("", value) for key, value in (attributes or {}).items()}
    made = ET.Element(name, legal) if parent is None else ET.SubElement(parent, name, legal)
    made.text = None if text is None else _ILLEGAL.sub("", text)
    return made


def dump(root: ET.Element) -> bytes:
    """Return a document as bytes."""
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def sitemap_document(catalogue: Catalogue) -> bytes:
    """Return the sitemap of all pages."""
    root = element(
        None,
        "urlset",
        attributes={
            "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
            "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
        },
    )
    for address, date in _pages(catalogue, Urls("zh")):
        others = alternates(address)
        for lang in LANGS:
            page = element(root, "url")
            element(page, "loc", in_lang(address, lang))
            if date is not None:
                element(page, "lastmod", date)
            for name, other in others:
                element(page, "xhtml:link", attributes={"rel": "alternate", "hreflang": name, "href": other})
    return dump(root)


def _pages(catalogue: Catalogue, urls: Urls) -> Iterator[tuple[str, str | None]]:
    """Yield the absolute address of every page without a language, and the day of its latest check where known."""
    checked = facts_of(catalogue).last_checked
    for address in (urls.map(), urls.case_list(), urls.coverage(), urls.about()):
        yield urls.absolute(address), checked
    for located in catalogue.cases.values():
        yield urls.absolute(urls.case(located.id)), located.case.last_checked
    for layer in catalogue.layers.values():
        yield urls.absolute(urls.layer(layer.id)), None
        for feature in layer:
            yield urls.absolute(urls.feature(layer.id, feature.id)), None


def robots_text(root: str, sitemap_url: str) -> str:
    """Return robots.txt: everything may be read; lists under conditions are without number and lead nowhere new.

    Args:
        root: The path below which a proxy serves the atlas, or nothing.
        sitemap_url: The absolute address of the sitemap.
    """
    return f"User-agent: *\nAllow: {root}/cases?lang=en$\nDisallow: {root}/cases?\nSitemap: {sitemap_url}\n"


FEED_TYPE = "application/atom+xml"
MOST_ENTRIES = 200
_NEVER = "1970-01-01"
# Ids are the same at every address that serves the atlas (RFC 4287 §4.2.6): made of the permanent id of the case.
_IDS = uuid.uuid5(uuid.NAMESPACE_URL, "tongcheng-atlas/cases")


def feed_document(catalogue: Catalogue, urls: Urls) -> bytes:
    """Return the feed in the language of the addresses; at most the latest 200 cases."""
    feed = element(None, "feed", attributes={"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": urls.lang})
    element(feed, "id", _IDS.urn)
    element(feed, "title", f"{gettext('Tongcheng Atlas')} · {gettext('Checked cases')}")
    element(feed, "subtitle", catalogue.area.title.in_lang(urls.lang))
    element(feed, "updated", timestamp(facts_of(catalogue).last_checked or _NEVER))
    own = in_lang(url_for("discovery.feed", _external=True), urls.lang)
    element(feed, "link", attributes={"rel": "self", "type": FEED_TYPE, "href": own})
    page = {"rel": "alternate", "type": "text/html", "href": urls.absolute(urls.case_list())}
    element(feed, "link", attributes=page)
    element(element(feed, "author"), "name", catalogue.area.publisher.in_lang("en"))
    element(feed, "rights", catalogue.area.licence.text)
    element(feed, "generator", "Tongcheng Atlas", {"version": RELEASE})
    for located in latest(catalogue):
        _add_entry(feed, catalogue, located, urls)
    return dump(feed)


def latest(catalogue: Catalogue) -> list[LocatedCase]:
    """Return the cases that were checked last, the newest first; of one day by id."""
    by_id = sorted(catalogue.cases.values(), key=lambda located: located.id)
    return sorted(by_id, key=lambda located: timestamp(located.case.last_checked), reverse=True)[:MOST_ENTRIES]


def timestamp(date: str) -> str:
    """Return an ISO date, as exact as known, as the first moment it may mean (RFC 3339)."""
    return date + "-01" * (2 - date.count("-")) + "T00:00:00Z"


def _add_entry(feed: ET.Element, catalogue: Catalogue, located: LocatedCase, urls: Urls) -> None:
    case, lang = located.case, urls.lang
    entry = element(feed, "entry")
    element(entry, "id", uuid.uuid5(_IDS, case.id).urn)
    element(entry, "title", case.title.in_lang(lang))
    element(entry, "updated", timestamp(case.last_checked))
    page = {"rel": "alternate", "type": "text/html", "href": urls.absolute(urls.case(case.id))}
    element(entry, "link", attributes=page)
    for other in related_cases(catalogue, case.id):
        href = urls.absolute(urls.case(other.located.id))
        title = other.located.case.title.in_lang(lang)
        element(entry, "link", attributes={"rel": "related", "type": "text/html", "href": href, "title": title})
    element(entry, "summary", case.summary.in_lang(lang))
    theme = catalogue.theme(case.theme)
    element(entry, "category", attributes={"term": theme.id, "label": theme.name.in_lang(lang)})


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
        return respond_if_changed(lambda: feed_document(catalogue, urls), key=key, media_type=FEED_TYPE)


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
