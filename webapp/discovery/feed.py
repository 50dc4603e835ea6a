"""The Atom feed (RFC 4287) of cases by the day they were last checked, the newest first."""

import uuid
from xml.etree import ElementTree as ET

from flask import url_for
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.related import related_cases
from webapp.discovery.about_data import facts_of
from webapp.discovery.head import in_lang
from webapp.discovery.xml import dump, element
from webapp.negotiate import RELEASE
from webapp.urls import Urls

MEDIA_TYPE = "application/atom+xml"
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
    element(feed, "link", attributes={"rel": "self", "type": MEDIA_TYPE, "href": own})
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
