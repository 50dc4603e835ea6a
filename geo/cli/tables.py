"""Tables that somebody sends, row by row as they arrive: CSV with any usual separator, XLSX, Parquet."""

from __future__ import annotations

import csv
from collections import deque
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import BinaryIO

    import pyarrow as pa
    from openpyxl.worksheet.worksheet import Worksheet

_SEPARATORS = (",", ";", "\t", "|")
_STATED = "sep="  # the first line, as Excel writes and reads it
_MOST_LINES = 100  # of one row; a quote that is open for longer was none
_OPEN = "a row with a quote that is not closed arrived; close it, and double the quotes inside of a cell"
_LONGEST_CELL = 10**9
_ROWS_AT_ONCE = 2_000


class Record(NamedTuple):
    """The cells of a row, fewer than there are columns where it is short, and what is wrong with it."""

    cells: tuple[object, ...]
    problem: str | None = None


@dataclass(frozen=True)
class Table:
    """Rows under the heads of their columns; `schema` has the types of the columns where the file states them."""

    heads: tuple[str, ...]
    records: Iterator[Record]
    schema: pa.Schema | None = None


def csv_table(lines: Iterator[str], is_wanted: Callable[[str], bool]) -> Table:
    """Read the lines of a CSV; the columns that are wanted show which separator it has.

    A row with more cells than columns, or with a quote that is not closed, has a problem; no other row is lost by it.
    """
    csv.field_size_limit(_LONGEST_CELL)
    header = next(lines, "")
    separator = header.removeprefix(_STATED) if header.startswith(_STATED) else ""
    if len(separator) == 1:
        header = next(lines, "")
    else:
        separator = _separator(header, is_wanted)
    rows = _csv_rows(chain([header], lines), separator)
    heads = tuple(map(str, next(rows, Record(())).cells))
    return Table(heads, (_of_width(row, len(heads), separator) for row in rows))


def csv_heads(line: str, is_wanted: Callable[[str], bool]) -> Sequence[str]:
    """Return the cells of a line, by the separator that shows most of what is wanted."""
    return next(csv.reader([line], delimiter=_separator(line, is_wanted)), [])


def _separator(header: str, is_wanted: Callable[[str], bool]) -> str:
    """Return the separator that shows the most wanted heads, the most heads where none is wanted."""

    def score(separator: str) -> tuple[int, int]:
        heads = next(csv.reader([header], delimiter=separator), [])
        return sum(map(is_wanted, heads)), len(heads)

    return max(_SEPARATORS, key=score)


class _Lines:
    """Lines for a reader of CSV; `taken` are those of the row that it is at."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines, None)
        if line is None and not self.taken:
            raise StopIteration
        if line is None or len(self.taken) >= _MOST_LINES:
            if line is not None:
                self._again.appendleft(line)
            raise csv.Error(_OPEN)
        self.taken.append(line)
        return f"{line}\n"

    def first_taken(self) -> str:
        """Return the first line of the row, and give the others again."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.taken = []
        return first


def _csv_rows(lines: Iterator[str], separator: str) -> Iterator[Record]:
    """Yield rows; where one cannot be read, its first line alone is one."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=separator, strict=True)
    while True:
        try:
            for cells in reader:
                source.taken = []
                yield Record(tuple(cells))
        except csv.Error:
            yield _loosely(source.first_taken(), separator)
            reader = csv.reader(source, delimiter=separator, strict=True)
        else:
            return


def _loosely(line: str, separator: str) -> Record:
    """Return the cells of a line that has something beside a quoted text; a problem where a quote stays open."""
    if line.count('"') % 2:
        return Record((line,), _OPEN)
    return Record(tuple(next(csv.reader([line], delimiter=separator), ())))


def _of_width(row: Record, width: int, separator: str) -> Record:
    """Return a row that fits; one that is too long keeps what it holds in its last cell, and has a problem."""
    cells, surplus = row.cells[:width], row.cells[width:]
    if not any(surplus):
        return Record(cells, row.problem)
    last = separator.join(map(str, row.cells[width - 1 :]))
    problem = f"a row of {len(row.cells)} cells arrived, the header has {width}; quote cells that hold {separator!r}"
    return Record((*cells[:-1], last), problem)


def xlsx_table(file: BinaryIO, is_wanted: Callable[[str], bool]) -> Table:
    """Read the first sheet with a head that is wanted, else the first; formulas count by their stored value.

    Raises:
        Exception: Whatever openpyxl stumbles over in a workbook that is damaged, or none.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  heavy: only for workbooks

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    sheet = next((one for one in book.worksheets if any(map(is_wanted, _sheet_heads(one)))), book.worksheets[0])
    heads = _sheet_heads(sheet)
    rows = (tuple(row[: len(heads)]) for row in islice(_sheet_rows(sheet), 1, None))
    return Table(heads, map(Record, _until_the_last_filled(rows)))


def _sheet_rows(sheet: Worksheet) -> Iterator[Sequence[object]]:
    sheet.reset_dimensions()  # sheets claim more or less than they hold
    yield from sheet.iter_rows(values_only=True)


def _sheet_heads(sheet: Worksheet) -> tuple[str, ...]:
    heads = [cell_text(cell) for cell in next(_sheet_rows(sheet), ())]
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads)


def _until_the_last_filled(rows: Iterable[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield rows without the empty ones at the end, of which a sheet may have a million."""
    empty: list[tuple[object, ...]] = []
    for row in rows:
        if any(cell is not None for cell in row):
            yield from empty
            yield row
            empty = []
        else:
            empty.append(row)


def parquet_table(file: BinaryIO) -> Table:
    """Read a Parquet file in batches.

    Raises:
        pa.ArrowException: It is damaged, or none.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415  heavy: only for Parquet

    parquet = pq.ParquetFile(file)
    batches = parquet.iter_batches(batch_size=_ROWS_AT_ONCE)
    cells = chain.from_iterable(
        zip(*(column.to_pylist() for column in batch.columns), strict=True) for batch in batches
    )
    return Table(tuple(parquet.schema_arrow.names), map(Record, cells), parquet.schema_arrow)


def cell_text(cell: object) -> str:
    """Return a cell as a text; an empty one is the empty text, bytes are those of UTF-8."""
    if isinstance(cell, bytes):
        return cell.decode(errors="replace")
    return "" if cell is None else str(cell)
