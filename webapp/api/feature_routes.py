"""Features page by page, and one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from flask import Blueprint, Response
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.related import related_cases
from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.collection import Selected, has_matches
from geo.exports.selection import selected
from geo.exports.tables import Table, Tables
from webapp.api import pages
from webapp.api.addresses import GEOJSON, HTML, JSON, JSON_FG, address, both_forms, here, link
from webapp.api.answers import Asked, answer
from webapp.api.features import Features
from webapp.api.items_request import (
    ItemsRequest,
    Look,
    read_item_request,
    read_items_request,
)
from webapp.api.served import served_table
from webapp.api.wire import Link
from webapp.urls import Urls


def add_features(blueprint: Blueprint, catalogue: Catalogue, tables: Tables) -> None:
    """Serve /collections/<what>/items and /collections/<what>/items/<id>."""
    features = Features(tables)

    @blueprint.get("/collections/<what>/items")
    def items(what: str) -> Response:
        table = served_table(tables, what)
        wanted, asked, problems = read_items_request(table, catalogue.vocabulary)

        def make() -> bytes:
            found = _found(tables, table, wanted, problems)
            count = len(found.positions)
            shown = replace(found, positions=found.positions[wanted.offset : wanted.offset + wanted.limit])
            links = [*both_forms(asked.form, _media_type(wanted.look)), *_page_links(table, wanted, count, asked)]
            if asked.form == "html":
                grid = pages.feature_grid(table, shown.positions.tolist(), wanted.look.names, asked.lang)
                lead = gettext("%(shown)s of %(matched)s features", shown=len(shown.positions), matched=count)
                return pages.in_collection(
                    table, table.title.in_lang(asked.lang), asked.lang, grid, links=links, lead=lead
                )
            return features.page(table, shown, wanted.look, matched=count, links=links)

        return _answer(catalogue, make, wanted.look, asked)

    @blueprint.get("/collections/<what>/items/<feature_id>")
    def item(what: str, feature_id: str) -> Response:
        table = served_table(tables, what)
        look, asked = read_item_request(table)
        position = table.position(feature_id)
        links = [
            *both_forms(asked.form, _media_type(look)),
            _collection_link(table, asked),
            link("describedby", _page_of(table, position, asked), HTML, gettext("Details")),
            *_related(catalogue, table, feature_id, asked),
        ]

        def make() -> bytes:
            if asked.form == "html":
                grid = pages.values_grid(table, position, look.names, asked.lang)
                return pages.in_collection(table, feature_id, asked.lang, grid, links=links)
            return features.single(table, position, look, links=links)

        return _answer(catalogue, make, look, asked)


def _page_of(table: Table, position: int, asked: Asked) -> str:
    """Return the address of the page that tells people of a feature."""
    urls, row = Urls(asked.lang), table.row(position)
    if has_matches(table.id):
        return urls.absolute(urls.case(str(row.values.get("case_id", row.id))))
    return urls.absolute(urls.feature(table.id, row.id))


def _related(catalogue: Catalogue, table: Table, feature_id: str, asked: Asked) -> list[Link]:
    """Return links to the related cases of a case, the same as on its page."""
    if table.id != "cases":
        return []
    return [
        link(
            "related",
            address("item", what="cases", feature_id=other.located.id),
            _media_type(Look()),
            other.located.case.title.in_lang(asked.lang),
        )
        for other in related_cases(catalogue, feature_id)
    ]


def _found(tables: Tables, table: Table, wanted: ItemsRequest, problems: Sequence[str]) -> Selected:
    """Return what is asked for; refuse the request with every problem it has."""
    try:
        found = selected(tables, table, wanted.selection)
    except QueryError as error:
        raise QueryError([*problems, *error.problems]) from error
    if problems:
        raise QueryError(problems)
    return found


def _media_type(look: Look) -> str:
    return GEOJSON if look.datum is Datum.WGS84 else JSON_FG


def _answer(catalogue: Catalogue, make: Callable[[], bytes], look: Look, asked: Asked) -> Response:
    media_type = HTML if asked.form == "html" else _media_type(look)
    headers: Mapping[str, str] = {"Content-Crs": f"<{look.crs.uri}>"} if look.datum is Datum.WGS84 else {}
    return answer(catalogue, make, media_type=media_type, lang=asked.lang, headers=headers)


def _collection_link(table: Table, asked: Asked) -> Link:
    return link("collection", address("collection", what=table.id), JSON, table.title.in_lang(asked.lang))


def _page_links(table: Table, wanted: ItemsRequest, matched: int, asked: Asked) -> list[Link]:
    media_type = HTML if asked.form == "html" else _media_type(wanted.look)
    links = [_collection_link(table, asked)]
    if wanted.offset + wanted.limit < matched:
        following = here(limit=wanted.limit, offset=wanted.offset + wanted.limit)
        links.append(link("next", following, media_type, gettext("Next page")))
    if wanted.offset:
        before = here(limit=wanted.limit, offset=max(0, wanted.offset - wanted.limit) or None)
        links.append(link("prev", before, media_type, gettext("Previous page")))
    return links
