"""Features page by page, and one by one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import TypeVar

import numpy as np
import orjson
import shapely
from flask import Blueprint, Response
from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.near_warnings import near_warnings
from geo.catalogue.related import related_cases
from geo.datum import Datum
from geo.errors import QueryError
from geo.exports import geojson
from geo.exports.collection import Filter, Selected, Selection, collection_at, has_matches, in_datum, selected
from geo.exports.geojson import (
    CollectionHead,
    FeatureObject,
    FgFeature,
    FgHead,
    collection_head,
    geometry_object,
    jsonfg_feature,
    jsonfg_head,
)
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import Row, Table, Tables
from geo.parameters import read_leniently, with_fields
from geo.query import CaseQuery, Vocabulary, query_of
from webapp.api import pages
from webapp.api.answers import Asked, answer, shown
from webapp.api.documents import (
    GEOJSON,
    HTML,
    JSON,
    JSON_FG,
    address,
    both_forms,
    here,
    link,
    schema_columns,
    served_table,
)
from webapp.api.parameters import FeatureAsked, FeaturesAsked, OfFeature, conditions, parse_boxes
from webapp.api.wire import Counted, Link
from webapp.urls import Urls, given

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """How features are to look: coordinate system or datum, and which properties; None means all."""

    crs: ServedCrs = CRS84
    datum: Datum = Datum.WGS84
    names: tuple[str, ...] | None = None


@dataclass(frozen=True)
class ItemsRequest:
    """One page of features."""

    selection: Selection
    look: Look
    limit: int
    offset: int
    at: date | None


def read_items_request(table: Table, vocabulary: Vocabulary) -> tuple[ItemsRequest, Asked, list[str]]:
    """Return what is asked for, in which form and language, and what is wrong with the parameters."""
    is_of_cases = has_matches(table.id)
    model = with_fields(FeaturesAsked, conditions(vocabulary)) if is_of_cases else FeaturesAsked
    wanted, problems = read_leniently(model, given())
    boxes = _told(partial(parse_boxes, wanted.box or "", wanted.bbox_crs or CRS84), problems) if wanted.box else None
    sort = _told(partial(_sort, wanted.sortby, table), problems)
    selection = Selection(
        query=query_of(wanted) if is_of_cases else CaseQuery(),
        boxes=boxes or (),
        interval=wanted.datetime,
        filter=Filter(wanted.filter, wanted.filter_lang, wanted.filter_crs or CRS84) if wanted.filter else None,
        sort=sort or (),
    )
    look = _look(wanted, table, problems)
    return ItemsRequest(selection, look, wanted.limit, wanted.offset, wanted.at), shown(wanted), problems


def read_item_request(table: Table) -> tuple[Look, date | None, Asked]:
    """Return how one feature is to look, on which day, and in which form and language.

    Raises:
        QueryError: Parameters that are unknown or wrong; lists all.
    """
    wanted, problems = read_leniently(FeatureAsked, given())
    look = _look(wanted, table, problems)
    if problems:
        raise QueryError(problems)
    return look, wanted.at, shown(wanted)


def _told(parse: Callable[[], T], problems: list[str]) -> T | None:
    """Return what is parsed; None after adding what is wrong with it."""
    try:
        return parse()
    except QueryError as error:
        problems.extend(error.problems)
        return None


def _look(wanted: OfFeature, table: Table, problems: list[str]) -> Look:
    names = _told(partial(_properties, wanted.properties, table), problems) if wanted.properties else None
    return Look(wanted.crs or CRS84, wanted.datum, names)


def _properties(names: Sequence[str], table: Table) -> tuple[str, ...]:
    known = [column.name for column in schema_columns(table)]
    _refuse_unknown("properties", names, known)
    return tuple(name for name in known if name in names)


def _sort(keys: Sequence[str], table: Table) -> tuple[tuple[str, bool], ...]:
    order = {key.lstrip("+-"): not key.startswith("-") for key in keys}
    _refuse_unknown("sortby", list(order), [column.name for column in table.plain_columns])
    return tuple(order.items())


def _refuse_unknown(parameter: str, names: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise QueryError(
            [f"{parameter}: unknown property {name[:60]!r}; known are {', '.join(known)}" for name in unknown]
        )


_KEPT = 50_000


class Features:
    """Writes the features of all tables."""

    def __init__(self) -> None:
        """Begin with nothing written."""
        self._written: Callable[[Table, int, Look], bytes] = lru_cache(maxsize=_KEPT)(self._write)

    def feature(self, table: Table, position: int, look: Look) -> bytes:
        """Return one feature as JSON."""
        return self._written(table, position, look)

    def page(  # noqa: PLR0913  one argument a member
        self,
        table: Table,
        found: Selected,
        look: Look,
        *,
        matched: int,
        links: Sequence[Link],
        warnings: Sequence[str] = (),
    ) -> bytes:
        """Return a feature collection with the number of all that match, and what must be known of distances."""
        positions = found.positions.tolist()
        counted: Counted = {"numberMatched": matched, "numberReturned": len(positions), "links": links}
        if warnings:
            counted["warnings"] = warnings
        head = orjson.dumps({**_head(table, found, look), **counted})
        if found.matched is None:
            features = b",".join([self.feature(table, position, look) for position in positions])
        else:
            rows = collection_at(table, found, datum=Datum.WGS84).rows
            features = b",".join([orjson.dumps(document(row, look)) for row in rows])
        return head[:-1] + b',"features":[' + features + b"]}"

    def single(self, table: Table, position: int, look: Look, *, links: Sequence[Link]) -> bytes:
        """Return one feature with its links."""
        about = {}
        if look.datum is not Datum.WGS84:
            head = _head(table, Selected(np.array([position])), look)
            about = {name: value for name, value in head.items() if name not in {"type", "geometryDimension"}}
        return self.feature(table, position, look)[:-1] + b"," + orjson.dumps({**about, "links": links})[1:]

    @staticmethod
    def _write(table: Table, position: int, look: Look) -> bytes:
        return orjson.dumps(document(table.row(position), look))


def _head(table: Table, found: Selected, look: Look) -> CollectionHead | FgHead:
    collection = collection_at(table, replace(found, query=""), datum=look.datum)
    if look.datum is not Datum.WGS84:
        return jsonfg_head(collection, table.geometries[found.positions])
    return collection_head(collection)


def document(row: Row, look: Look) -> FeatureObject | FgFeature:
    """Return one feature in a coordinate system or datum, with all or some of its properties."""
    values = row.values if look.names is None else {n: row.values[n] for n in look.names if n in row.values}
    row = Row(row.id, row.geometry, values)
    if look.datum is not Datum.WGS84:
        return jsonfg_feature(in_datum(row, look.datum), look.datum)
    if look.crs is CRS84:
        return geojson.feature(row)
    shape = look.crs.from_wgs84(shapely.orient_polygons(row.geometry))
    rounded = shapely.transform(shape, lambda xy: np.round(xy, look.crs.decimals))
    return {"type": "Feature", "id": row.id, "geometry": geometry_object(rounded), "properties": row.values}


def add_features(blueprint: Blueprint, catalogue: Catalogue, tables: Tables) -> None:
    """Serve /collections/<what>/items and /collections/<what>/items/<id>."""
    features = Features()

    @blueprint.get("/collections/<what>/items")
    def items(what: str) -> Response:
        table = served_table(tables, what)
        wanted, asked, problems = read_items_request(table, catalogue.vocabulary)
        table = tables.at(wanted.at).table(what)

        def make() -> bytes:
            found = _found(tables, table, wanted, problems)
            count = len(found.positions)
            shown = replace(found, positions=found.positions[wanted.offset : wanted.offset + wanted.limit])
            links = [*both_forms(asked.form, _media_type(wanted.look)), *_page_links(table, wanted, count, asked)]
            query = wanted.selection.query
            told = (
                [one.in_lang(asked.lang) for one in near_warnings(catalogue, query, wanted.at)]
                if query.has_place
                else []
            )
            if asked.form == "html":
                grid = pages.feature_grid(table, shown.positions.tolist(), wanted.look.names, asked.lang)
                lead = gettext("%(shown)s of %(matched)s features", shown=len(shown.positions), matched=count)
                lead = " · ".join((lead, *told))
                return pages.in_collection(
                    table, table.title.in_lang(asked.lang), asked.lang, grid, links=links, lead=lead
                )
            return features.page(table, shown, wanted.look, matched=count, links=links, warnings=told)

        return _answer(catalogue, make, wanted.look, asked)

    @blueprint.get("/collections/<what>/items/<feature_id>")
    def item(what: str, feature_id: str) -> Response:
        table = served_table(tables, what)
        look, at, asked = read_item_request(table)
        table = tables.at(at).table(what)
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
