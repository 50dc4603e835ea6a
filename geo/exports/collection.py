"""What an export holds: the rows that were asked for, their properties, and how they were chosen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from typing import overload
from urllib.parse import urlencode

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.area import Area
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import MATCH_COLUMNS
from geo.catalogue.matched import Matched
from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.cql2 import matching
from geo.exports.periods import Interval, in_interval
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import FOOTPRINT_TABLES, Kind, Row, Table, Tables
from geo.layers.spec import Column
from geo.query import Bbox, CaseQuery, from_args, parse_bbox
from geo.shift import from_wgs84
from geo.text import LocalText

SOURCE = f"Tongcheng Atlas {version('tongcheng-atlas')}; the sources of each record stand in its own column"


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """Rows of a table at some positions, made as they are read."""

    table: Table
    positions: NDArray[np.int64]
    datum: Datum = Datum.WGS84
    matched: Matched | None = None

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> "Row | Rows":
        """Return one row, or some of them that are still to be made."""
        if isinstance(index, slice):
            return replace(self, positions=self.positions[index])
        return self._row(int(self.positions[index]))

    def __iter__(self) -> Iterator[Row]:
        """Make one row after the other."""
        for position in self.positions:
            yield self._row(int(position))

    def _row(self, position: int) -> Row:
        row = in_datum(self.table.row(position), self.datum)
        return row if self.matched is None else with_match(row, self.matched, int(self.table.numbers[position]))


@dataclass(frozen=True)
class Collection:
    """Rows that share their columns; `rows` may be empty, and are in `datum`.

    `query` is what they were asked by, as in an address, and `groups` how many cases each group of matches has; `kind`
    is what every geometry is, or "mixed"; `table` names the table they come from, where `id` does not; `date` is that
    of the data, `catalogue` where they come from; `pages` is the address of a row's page, with {id} or {case_id} in it.
    """

    id: str
    title: LocalText
    columns: Sequence[Column]
    rows: Sequence[Row]
    catalogue: Catalogue
    kind: Kind = "mixed"
    query: str = ""
    datum: Datum = Datum.WGS84
    table: str = ""
    date: str = ""
    pages: str = ""
    groups: Mapping[str, int] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        """Return the area of the data."""
        return self.catalogue.area

    @property
    def day(self) -> str:
        """Return the day, ISO, that a file states of itself."""
        return self.date or self.area.undated

    @property
    def feature_type(self) -> str:
        """Return what each row is one of: `cases`, a kind of footprints or a layer."""
        return self.table or self.id


def in_datum(row: Row, datum: Datum) -> Row:
    """Return a WGS-84 row with its coordinates in a datum."""
    if datum in {Datum.WGS84, Datum.CGCS2000}:
        return row
    return replace(
        row, geometry=shapely.transform(row.geometry, lambda xy: np.column_stack(from_wgs84(xy[:, 0], xy[:, 1], datum)))
    )


def case_collection(tables: Tables, case_id: str, *, geometry: str = "label", datum: Datum = Datum.WGS84) -> Collection:
    """Return one case.

    Raises:
        NotFoundError: No case has the id.
    """
    located = tables.catalogue.case(case_id)
    table = tables.table("cases", geometry=geometry)
    found = collection_at(table, Selected(np.array([table.position(case_id)])), datum=datum)
    return replace(found, id=f"case-{case_id}", title=located.case.title, table="cases")


def collection_of(
    tables: Tables,
    what: str,
    args: Iterable[tuple[str, str]],
    *,
    geometry: str = "label",
    datum: Datum = Datum.WGS84,
) -> Collection:
    """Return what a download asks for: `cases`, footprints or a layer, with the conditions in `args`.

    Raises:
        NotFoundError: Nothing is called so.
        QueryError: Unknown parameters or values; for a layer, any but `bbox`.
    """
    table = tables.table(what, geometry=geometry)
    found = select(tables, table, args)
    return collection_at(table, found, datum=datum)


@dataclass(frozen=True)
class Selected:
    """Positions in a table, in order; the conditions they fulfil as in an address; and how surely they do."""

    positions: NDArray[np.int64]
    query: str = ""
    matched: Matched | None = None
    groups: Mapping[str, int] = field(default_factory=dict)


def select(tables: Tables, table: Table, args: Iterable[tuple[str, str]]) -> Selected:
    """Return what of a table fulfils conditions.

    Raises:
        QueryError: Unknown parameters or values; for a layer, any but `bbox`.
    """
    if not has_matches(table.id):
        return _select_features(table, list(args))
    return select_cases(tables, table, from_args(args, tables.catalogue.vocabulary))


def select_cases(tables: Tables, table: Table, query: CaseQuery) -> Selected:
    """Return what of a table of cases or footprints fulfils a query."""
    catalogue = tables.catalogue
    is_cases = table.id == "cases"
    geometry = "label" if is_cases and table.kind == "point" else "footprint"
    cases = catalogue.index.numbers(query, geometry=geometry)
    positions = cases if is_cases else table.positions_of(catalogue.index.footprints_of(cases, query))
    matched = Matched(catalogue, query, of_footprints=not is_cases) if query.has_place else None
    return Selected(positions, urlencode(query.to_args()), matched, catalogue.index.groups(query))


def has_matches(what: str) -> bool:
    """Tell whether a table is made of cases: it takes the conditions on them, and its rows may have a match."""
    return what == "cases" or what in FOOTPRINT_TABLES


def with_match(row: Row, matched: Matched, number: int) -> Row:
    """Return a row with the columns of its match; they are empty for a footprint that fulfils nothing by itself."""
    match = matched.of(number)
    values = {c.name: None if match is None else c.of(match, matched.catalogue) for c in MATCH_COLUMNS}
    return replace(row, values=row.values | values)  # noqa: PD011  no frame


def collection_at(table: Table, found: Selected, *, datum: Datum) -> Collection:
    """Return the rows of a table at some positions; with a condition of place they say how surely they fulfil it."""
    rows = Rows(table, found.positions, datum, found.matched)
    columns = (*table.columns, *MATCH_COLUMNS) if found.matched else table.columns
    date = table.catalogue.date
    return Collection(
        table.id,
        table.title,
        columns,
        rows,
        table.catalogue,
        table.kind,
        found.query,
        datum,
        date=date,
        groups=found.groups,
    )


def _select_features(table: Table, args: Sequence[tuple[str, str]]) -> Selected:
    problems = [
        f"{name}: layer {table.id} takes only bbox; the other conditions are for cases" for name, _ in args
        if name != "bbox"
    ]  # fmt: skip
    box = _only_box([text for name, text in args if name == "bbox"], problems)
    if box is None:
        return Selected(np.arange(len(table)))
    return Selected(np.flatnonzero(table.meets(box)), urlencode({"bbox": ",".join(map(str, box))}))


def _only_box(texts: Sequence[str], problems: list[str]) -> Bbox | None:
    boxes = []
    for text in filter(None, texts):
        try:
            boxes.append(parse_bbox(text))
        except QueryError as error:
            problems.extend(error.problems)
    if problems:
        raise QueryError(problems)
    return boxes[-1] if boxes else None


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
