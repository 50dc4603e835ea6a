"""When a case held: intervals of time, parsed and compared (OGC API – Features, `datetime`).

A date known to the month or year stands for all its days. An end that is not known is open. What has no date at all
takes part in every interval.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geo.case import Footprint
from geo.catalogue.footprints import LocatedCase
from geo.errors import QueryError
from geo.exports.tables import Table

Interval = tuple[datetime, datetime]
_FIRST = datetime.min.replace(tzinfo=UTC)
_LAST = datetime.max.replace(tzinfo=UTC)
_DECEMBER = 12
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_EXPECTED = "expected 2022-06-01, 2022-06-01T00:00:00Z, or an interval such as 2020-01-01/.."


def parse_interval(text: str) -> Interval:
    """Parse a date, an instant or an interval; ".." or nothing leaves one end open.

    Raises:
        QueryError: It is none, or ends before it starts.
    """
    start, *others = text.split("/")
    end = others[0] if others else start
    try:
        interval = _FIRST if _is_open(start) else _first(start), _LAST if _is_open(end) else _last(end)
    except ValueError:
        interval = _FIRST, _LAST
    if interval == (_FIRST, _LAST) or len(others) > 1:
        raise QueryError([f"datetime: {text[:60]!r} arrived; {_EXPECTED}"])
    if interval[0] > interval[1]:
        raise QueryError([f"datetime: {text[:60]!r} ends before it starts; {_EXPECTED}"])
    return interval


def in_interval(table: Table, interval: Interval) -> NDArray[np.bool_]:
    """Return which features of a table held at some time of an interval, by position."""
    starts, ends = _periods(table)
    return (starts <= _moment(interval[1])) & (_moment(interval[0]) <= ends)


def extent(table: Table) -> tuple[date | None, date | None]:
    """Return the first and last day that a table's features hold; None where an end is open or nothing is dated."""
    periods = [period for item in table.items if (period := _period(item, table))]
    starts, ends = [start for start, _ in periods], [end for _, end in periods]
    return _day(min(starts, default=_FIRST)), _day(max(ends, default=_LAST))


@lru_cache(maxsize=64)
def _periods(table: Table) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return starts and ends by position; what has no date has the widest period."""
    periods = [_period(item, table) or (_FIRST, _LAST) for item in table.items]
    starts, ends = ([_moment(period[end]) for period in periods] for end in (0, 1))
    return np.array(starts, dtype="datetime64[s]"), np.array(ends, dtype="datetime64[s]")


def _moment(moment: datetime) -> np.datetime64:
    return np.datetime64(moment.replace(tzinfo=None), "s")


def _is_open(end: str) -> bool:
    return end in {"", ".."}


def _day(moment: datetime) -> date | None:
    return None if moment in {_FIRST, _LAST} else moment.date()


def _period(item: object, table: Table) -> Interval | None:
    case = table.catalogue.case(item.case_id) if isinstance(item, Footprint) else item
    if not isinstance(case, LocatedCase):
        return None
    start, end = case.case.period.start_date, case.case.period.end_date
    if start is None and end is None:
        return None
    return _first_day(start) if start else _FIRST, _last_day(end) if end else _LAST


def _first(text: str) -> datetime:
    return _first_day(text) if _DATE.fullmatch(text) else _instant(text)


def _last(text: str) -> datetime:
    return _last_day(text) if _DATE.fullmatch(text) else _instant(text)


def _instant(text: str) -> datetime:
    if not _INSTANT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text.upper()).astimezone(UTC)


def _first_day(text: str) -> datetime:
    year, *rest = (int(part) for part in text.split("-"))
    month, day = (*rest, 1, 1)[:2]
    return datetime.combine(date(year, month, day), time.min, UTC)


def _last_day(text: str) -> datetime:
    year, *rest = (int(part) for part in text.split("-"))
    month = rest[0] if rest else _DECEMBER
    day = rest[1] if len(rest) > 1 else monthrange(year, month)[1]
    return datetime.combine(date(year, month, day), time.max, UTC)
