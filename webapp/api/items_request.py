"""What a request for features asks for, read from its parameters with all their problems."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.collection import has_matches
from geo.exports.selection import Filter, Selection
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import Table
from geo.parameters import read_leniently, with_fields
from geo.query import CaseQuery, Vocabulary, query_of
from webapp.api.answers import Asked, shown
from webapp.api.boxes import parse_boxes
from webapp.api.parameters import FeatureAsked, FeaturesAsked, OfFeature, conditions
from webapp.api.served import schema_columns
from webapp.arguments import given

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
    return ItemsRequest(selection, look, wanted.limit, wanted.offset), shown(wanted), problems


def read_item_request(table: Table) -> tuple[Look, Asked]:
    """Return how one feature is to look, and in which form and language.

    Raises:
        QueryError: Parameters that are unknown or wrong; lists all.
    """
    wanted, problems = read_leniently(FeatureAsked, given())
    look = _look(wanted, table, problems)
    if problems:
        raise QueryError(problems)
    return look, shown(wanted)


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
