"""Cases, footprints and layers page by page, and how many cases there are of each value."""

from typing import Any

import orjson
from flask import Blueprint, Response, request, url_for

from geo.catalogue.case_index import FACETS
from geo.catalogue.catalogue import Catalogue
from geo.errors import QueryError
from geo.exports.collection import Collection, collection_of
from geo.exports.geojson import MEDIA_TYPE, feature_collection
from geo.exports.tables import Tables
from geo.query import from_args
from webapp.api.parameters import given, paging
from webapp.i18n import current_lang
from webapp.negotiate import respond

_OWN = frozenset({"f", "limit", "offset", "lang"})


def add_items(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /collections/<what>/items and /facets."""
    tables = Tables(catalogue)

    @blueprint.get("/collections/<what>/items")
    def items(what: str) -> Response:
        problems, (limit, offset) = _paging()
        try:
            found = collection_of(tables, what, given(without=_OWN))
        except QueryError as error:
            problems.extend(error.problems)
        if problems:
            raise QueryError(problems)
        document = items_document(found, limit=limit, offset=offset, links=_links(what, len(found.rows), limit, offset))
        return respond(orjson.dumps(document), media_type=MEDIA_TYPE)

    @blueprint.get("/facets")
    def facets() -> Response:
        current_lang()
        query = from_args(given(without=frozenset({"lang"})), catalogue.vocabulary)
        values = {name: catalogue.vocabulary.values(name) for name in FACETS}
        document = {
            "numberMatched": catalogue.index.count(query),
            "facets": catalogue.index.facets(query, values=values),
        }
        return respond(orjson.dumps(document), media_type="application/json")


def items_document(found: Collection, *, limit: int, offset: int, links: list[dict[str, str]]) -> dict[str, Any]:
    """Return one page of a collection with the number of all."""
    page = Collection(found.id, found.title, found.columns, found.rows[offset : offset + limit])
    return {
        **feature_collection(page),
        "numberMatched": len(found.rows),
        "numberReturned": len(page.rows),
        "links": links,
    }


def _paging() -> tuple[list[str], tuple[int, int]]:
    try:
        return [], paging()
    except QueryError as error:
        return list(error.problems), (1, 0)


def _links(what: str, matched: int, limit: int, offset: int) -> list[dict[str, str]]:
    links = [{"rel": "self", "type": MEDIA_TYPE, "href": request.url}]
    if offset + limit < matched:
        links.append({"rel": "next", "type": MEDIA_TYPE, "href": _page_url(what, limit, offset + limit)})
    if offset:
        links.append({"rel": "prev", "type": MEDIA_TYPE, "href": _page_url(what, limit, max(0, offset - limit))})
    return links


def _page_url(what: str, limit: int, offset: int) -> str:
    args: dict[str, Any] = {}
    for name, text in given(without=frozenset({"limit", "offset"})):
        args.setdefault(name, []).append(text)
    return url_for("api.items", what=what, _external=True, limit=limit, offset=offset, **args)
