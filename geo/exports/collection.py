"""What one export is made of: rows with an id, a geometry and columns, under a query and in a datum."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import overload
from urllib.parse import urlencode

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.datum import Datum, from_wgs84
from geo.errors import QueryError
from geo.exports.tables import FOOTPRINT_TABLES, Kind, Row, Table, Tables
from geo.layer_types import Column
from geo.query import from_args
from geo.query_shapes import Bbox, parse_bbox
from geo.text import LocalText

ATTRIBUTION = "行政区划数据来源：国家地理信息公共服务平台“天地图”；界线经概化，仅供示意，不作划界依据"
LICENCE = "MIT for the records of Tongcheng Atlas; third-party facts keep the terms named in their source"
SOURCE = f"Tongcheng Atlas {version('tongcheng-atlas')}; the sources of each record stand in its own column"
CASE_GEOMETRIES = ("label", "footprint")


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """Rows of a table at some positions, made as they are read."""

    table: Table
    positions: NDArray[np.int64]
    datum: Datum = Datum.WGS84

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
        return in_datum(self.table.row(int(self.positions[index])), self.datum)

    def __iter__(self) -> Iterator[Row]:
        """Make one row after the other."""
        for position in self.positions:
            yield in_datum(self.table.row(int(position)), self.datum)


@dataclass(frozen=True)
class Collection:
    """Rows that share their columns; `rows` may be empty, and are in `datum`.

    `query` is what they were asked by, as in an address; `kind` is what every geometry is, or "mixed"; `table` names
    the table they come from, where `id` does not; `date` is that of the data; `pages` is the address of a row's page,
    with {id} or {case_id} in it.
    """

    id: str
    title: LocalText
    columns: Sequence[Column]
    rows: Sequence[Row]
    kind: Kind = "mixed"
    query: str = ""
    datum: Datum = Datum.WGS84
    table: str = ""
    date: str = ""
    pages: str = ""

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
    found = collection_at(table, np.array([table.position(case_id)]), query="", datum=datum)
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
    positions, query = select(tables, table, args)
    return collection_at(table, positions, query=query, datum=datum)


def select(tables: Tables, table: Table, args: Iterable[tuple[str, str]]) -> tuple[NDArray[np.int64], str]:
    """Return the positions in a table that fulfil conditions, in order, and the conditions as in an address.

    Raises:
        QueryError: Unknown parameters or values; for a layer, any but `bbox`.
    """
    if table.id != "cases" and table.id not in FOOTPRINT_TABLES:
        return _select_features(table, list(args))
    index = tables.catalogue.index
    query = from_args(args, tables.catalogue.vocabulary)
    text = urlencode(query.to_args())
    if table.id == "cases":
        return index.numbers(query, geometry="label" if table.kind == "point" else "footprint"), text
    cases = index.numbers(query, geometry="footprint")
    return table.positions_of(index.footprints_of(cases, query)), text


def collection_at(table: Table, positions: NDArray[np.int64], *, query: str, datum: Datum) -> Collection:
    """Return the rows of a table at some positions."""
    rows = Rows(table, positions, datum)
    return Collection(table.id, table.title, table.columns, rows, table.kind, query, datum, date=table.catalogue.date)


def _select_features(table: Table, args: Sequence[tuple[str, str]]) -> tuple[NDArray[np.int64], str]:
    problems = [
        f"{name}: layer {table.id} takes only bbox; the other conditions are for cases" for name, _ in args
        if name != "bbox"
    ]  # fmt: skip
    box = _only_box([text for name, text in args if name == "bbox"], problems)
    if box is None:
        return np.arange(len(table)), ""
    return np.flatnonzero(table.meets(box)), urlencode({"bbox": ",".join(map(str, box))})


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
