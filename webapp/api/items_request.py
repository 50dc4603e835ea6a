"""What a request for features asks for, read from its parameters with all their problems."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from werkzeug.datastructures import MultiDict

from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.collection import has_matches
from geo.exports.cql2_filter import LANGUAGES
from geo.exports.periods import parse_interval
from geo.exports.selection import Filter, Selection
from geo.exports.served_crs import CRS84, ServedCrs, served_crs
from geo.exports.tables import Table
from geo.query_shapes import Bbox
from webapp.api.boxes import parse_boxes
from webapp.api.parameters import CONDITIONS, DEFAULT_LIMIT, FEATURES, MOST_LIMIT, MOST_OFFSET, Given
from webapp.api.served import schema_columns

_EVERYWHERE: tuple[Bbox, ...] = ()


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


def known_parameters(table: Table) -> tuple[str, ...]:
    """List the parameters that the features of a table are asked for by."""
    return (*FEATURES, *CONDITIONS) if has_matches(table.id) else FEATURES


def read_items_request(args: MultiDict[str, str], table: Table, given: Given) -> ItemsRequest:
    """Return what is asked for; what is wrong, beside the conditions on cases, goes to the list of the request."""
    crs = partial(served_crs, name="bbox-crs")
    box_crs = given.parsed("bbox-crs", crs, CRS84)
    boxes = given.parsed("bbox", partial(parse_boxes, crs=box_crs), _EVERYWHERE)
    return ItemsRequest(
        selection=Selection(
            conditions=[(name, text) for name, text in args.items(multi=True) if _is_condition(name, table)],
            boxes=boxes,
            interval=given.parsed("datetime", parse_interval, None),
            filter=_filter(given),
            sort=given.parsed("sortby", partial(_sort, table=table), ()),
        ),
        look=_look(given, table),
        limit=given.whole_number("limit", DEFAULT_LIMIT, least=1, most=MOST_LIMIT),
        offset=given.whole_number("offset", 0, least=0, most=MOST_OFFSET),
    )


def read_item_request(table: Table, given: Given) -> Look:
    """Return how one feature is to look.

    Raises:
        QueryError: Parameters that are unknown or wrong; lists all.
    """
    look = _look(given, table)
    given.check()
    return look


def _is_condition(name: str, table: Table) -> bool:
    return name in CONDITIONS and has_matches(table.id)


def _look(given: Given, table: Table) -> Look:
    crs = given.parsed("crs", partial(served_crs, name="crs"), CRS84)
    datum = Datum(given.choice("datum", list(Datum), Datum.WGS84.value))
    if datum is not Datum.WGS84 and given.text("crs"):
        given.problems.append("datum: arrived with crs; expected one of them, for crs names a datum too")
    return Look(crs, datum, given.parsed("properties", partial(_properties, table=table), None))


def _properties(text: str, table: Table) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = [column.name for column in schema_columns(table)]
    _refuse_unknown("properties", names, known)
    return tuple(name for name in known if name in names)


def _sort(text: str, table: Table) -> tuple[tuple[str, bool], ...]:
    keys = [key.strip() for key in text.split(",") if key.strip()]
    order = {key.lstrip("+-"): not key.startswith("-") for key in keys}
    _refuse_unknown("sortby", list(order), [column.name for column in table.plain_columns])
    return tuple(order.items())


def _refuse_unknown(parameter: str, names: Sequence[str], known: Sequence[str]) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise QueryError(
            [f"{parameter}: unknown property {name[:60]!r}; known are {', '.join(known)}" for name in unknown]
        )


def _filter(given: Given) -> Filter | None:
    language = given.choice("filter-lang", LANGUAGES, LANGUAGES[0])
    crs = given.parsed("filter-crs", partial(served_crs, name="filter-crs"), CRS84)
    return Filter(given.text("filter"), language, crs) if given.text("filter") else None
