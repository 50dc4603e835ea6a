"""Tables written row by row: CSV, TSV, XLSX, Parquet. What is a text stays one in every program that opens it."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Protocol

from geo.cli.tables import cell_text
from geo.errors import StoreError
from geo.exports.sheet_cells import guarded, set_text
from geo.gazetteer.batch.columns import names_beside
from geo.numbers import decimal_number
from geo.text import LIST_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    import pyarrow as pa

_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the code page of the machine
_MOST_ROWS = 1_048_576  # of a sheet, the header among them
_EXACT = 2**53  # a greater whole number is no longer exact in a workbook
_ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Heads:
    """The columns of a table to write: those that were sent, with their Arrow types where known, and those of answers.

    `kinds` has what each column of the answers holds, by its name: string, number, boolean, array.
    """

    sent: Sequence[str]
    kinds: Mapping[str, str]
    schema: pa.Schema | None = None

    @property
    def names(self) -> Sequence[str]:
        """List all names; one of an answer gives way to a column that was sent."""
        return (*self.sent, *names_beside(self.sent, self.kinds))


class Sheet(Protocol):
    """Takes rows, each with a cell for every name of its heads, and is whole when it is closed."""

    def append(self, cells: Sequence[object]) -> None:
        """Add a row; None is an empty cell.

        Raises:
            StoreError: The format holds no more rows.
            OSError: They cannot be written.
        """

    def close(self) -> None:
        """Write what is left.

        Raises:
            OSError: It cannot be written.
        """


class CsvSheet:
    """UTF-8 with byte order mark, as Excel reads it; formulas are guarded."""

    def __init__(self, file: BinaryIO, heads: Heads, *, separator: str = ",") -> None:
        """Write the header."""
        file.write(_BOM)
        self._text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="")
        self._writer = csv.writer(self._text, delimiter=separator, lineterminator="\r\n")  # RFC 4180
        self._writer.writerow(map(_csv_cell, heads.names))

    def append(self, cells: Sequence[object]) -> None:
        """Add a row."""
        self._writer.writerow(map(_csv_cell, cells))

    def close(self) -> None:
        """Write what is left."""
        self._text.detach()


def _csv_cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = _plain(value)
    return guarded(text) if isinstance(value, str | list) and decimal_number(text) is None else text


def _plain(value: object) -> str:
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else cell_text(value)


class XlsxSheet:
    """A workbook of one sheet."""

    def __init__(self, file: BinaryIO, heads: Heads) -> None:
        """Write the header."""
        from openpyxl import Workbook  # noqa: PLC0415  heavy: only for workbooks

        self._file, self._book, self._rows = file, Workbook(write_only=True), 0
        self._sheet = self._book.create_sheet("data")
        self.append(heads.names)

    def append(self, cells: Sequence[object]) -> None:
        """Add a row, up to as many as a sheet holds."""
        self._rows += 1
        if self._rows > _MOST_ROWS:
            msg = f"more than {_MOST_ROWS - 1:,} rows, the most that .xlsx holds; choose a .csv or .parquet with --out"
            raise StoreError(msg)
        self._sheet.append([self._cell(value) for value in cells])

    def _cell(self, value: object) -> object:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  heavy: only for workbooks

        if value is None or _is_number(value) or _is_time(value):
            return value
        cell = WriteOnlyCell(self._sheet)
        set_text(cell, _plain(value))
        return cell

    def close(self) -> None:
        """Write the workbook."""
        whole = io.BytesIO()  # a zip file that cannot be written complains once more when it is let go
        self._book.save(whole)
        self._file.write(whole.getbuffer())


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and abs(value) < _EXACT


def _is_time(value: object) -> bool:
    return isinstance(value, date | time) and getattr(value, "tzinfo", None) is None


class ParquetSheet:
    """Columns that were sent keep their types where the file stated them, else they are texts."""

    def __init__(self, file: BinaryIO, heads: Heads) -> None:
        """Take the types of the columns."""
        import pyarrow.parquet as pq  # noqa: PLC0415  heavy: only for Parquet

        self._schema = _schema(heads)
        self._is_text = heads.schema is None
        self._sent = len(heads.sent)
        self._writer = pq.ParquetWriter(file, self._schema)
        self._rows: list[Sequence[object]] = []

    def append(self, cells: Sequence[object]) -> None:
        """Add a row."""
        self._rows.append(cells)
        if len(self._rows) >= _ROWS_AT_ONCE:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa  # noqa: PLC0415  heavy: only for Parquet

        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self._schema)
        arrays = [
            pa.array(map(_text_or_none, column) if self._is_text and at < self._sent else column, type=field.type)
            for at, (column, field) in enumerate(zip(columns, self._schema, strict=True))
        ]
        self._writer.write_batch(pa.record_batch(arrays, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Write what is left."""
        self._write()
        self._writer.close()


def _text_or_none(cell: object) -> str | None:
    return None if cell is None else str(cell)


def _distinct(names: Sequence[str]) -> list[str]:
    """Return names, the later of those that are alike with a number; most programs read no Parquet that has two."""
    found = list[str]()
    for name in names:
        others = (f"{name}_{number}" for number in range(2, len(names) + 2))
        found.append(next(one for one in (name, *others) if one not in found and (one == name or one not in names)))
    return found


def _schema(heads: Heads) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415  heavy: only for Parquet

    types = {"string": pa.string(), "number": pa.float64(), "boolean": pa.bool_(), "array": pa.list_(pa.string())}
    sent = heads.schema or pa.schema([(name, pa.string()) for name in _distinct(heads.sent)])
    answers = zip(heads.names[len(heads.sent) :], heads.kinds.values(), strict=True)
    return pa.schema([*sent, *((name, types[kind]) for name, kind in answers)], metadata=sent.metadata)
