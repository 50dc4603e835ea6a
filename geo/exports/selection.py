"""Which features of a table a request of the API asks for, and in what order."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geo.exports.collection import Selected, has_matches, select_cases
from geo.exports.cql2_filter import matching
from geo.exports.periods import Interval, in_interval
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import Table, Tables
from geo.query import CaseQuery
from geo.query_shapes import Bbox


@dataclass(frozen=True)
class Filter:
    """A CQL2 filter as it arrived."""

    text: str
    language: str = "cql2-text"
    crs: ServedCrs = CRS84


@dataclass(frozen=True)
class Selection:
    """Conditions that must all hold, and the columns to sort by, each with whether it ascends.

    `query` is for cases and footprints; `boxes` are west, south, east, north in degrees, WGS-84, and a feature must
    meet one of them: two make up a box over the antimeridian.
    """

    query: CaseQuery = field(default_factory=CaseQuery)
    boxes: Sequence[Bbox] = ()
    interval: Interval | None = None
    filter: Filter | None = None
    sort: Sequence[tuple[str, bool]] = ()


def selected(tables: Tables, table: Table, selection: Selection) -> Selected:
    """Return which features of a table are asked for, in order.

    Raises:
        QueryError: A filter that cannot be understood.
    """
    found = select_cases(tables, table, selection.query) if has_matches(table.id) else Selected(np.arange(len(table)))
    fulfils = _fulfil(table, selection.filter) if selection.filter else np.ones(len(table), dtype=bool)
    if selection.boxes:
        fulfils = fulfils & _in_boxes(table, selection.boxes)
    if selection.interval is not None:
        fulfils = fulfils & in_interval(table, selection.interval)
    positions = found.positions[fulfils[found.positions]]
    return replace(found, positions=_sorted(table, positions, selection.sort) if selection.sort else positions)


def _fulfil(table: Table, chosen: Filter) -> NDArray[np.bool_]:
    return matching(table, chosen.text, language=chosen.language, filter_crs=chosen.crs)


def _in_boxes(table: Table, boxes: Sequence[Bbox]) -> NDArray[np.bool_]:
    mask = np.zeros(len(table), dtype=bool)
    for box in boxes:
        mask |= table.meets(box)
    return mask


def _sorted(table: Table, found: NDArray[np.int64], sort: Sequence[tuple[str, bool]]) -> NDArray[np.int64]:
    """Sort; empty values come last, equals keep their order."""
    names = [name for name, _ in sort]
    frame = pd.DataFrame({name: table.series(name).iloc[found].to_numpy(dtype=object) for name in names}, index=found)
    ordered = frame.sort_values(names, ascending=[ascends for _, ascends in sort], kind="stable")
    return ordered.index.to_numpy(dtype=np.int64)
