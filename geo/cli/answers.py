"""Where answers go: JSON lines, or a table with the columns that were sent and those of the answers beside them."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Protocol

import click
import orjson

from geo.cli.opening import check_target, unwritten
from geo.cli.sheets import CsvSheet, Heads, ParquetSheet, XlsxSheet
from geo.cli.standard_output import standard_output
from geo.errors import StoreError
from geo.files import data_folder, written_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from geo.cli.sheets import Sheet
    from geo.cli.texts import Source
    from geo.gazetteer.batch.columns import AnswerColumn

_LINES = ".jsonl"
_SHEETS: Mapping[str, Callable[[BinaryIO, Heads], Sheet]] = {
    ".csv": CsvSheet,
    ".tsv": partial(CsvSheet, separator="\t"),
    ".xlsx": XlsxSheet,
    ".parquet": ParquetSheet,
}
ENDINGS = (*_SHEETS, _LINES)
_ERROR = "error"  # the column, and the key, of what is told in the place of an answer


class Output(Protocol):
    """Takes the answers, each a line of JSON, in the order of the rows."""

    @property
    def is_table(self) -> bool:
        """Tell whether it takes answers of one value a column; else the whole ones."""

    def write(self, cells: Sequence[object], answer: bytes, /) -> None:
        """Write the answer to a row of cells.

        Raises:
            StoreError: It cannot be written.
        """


def answer_all(source: Source, answers_to: Callable[[Iterator[str | None]], Iterator[bytes]], output: Output) -> None:
    """Write the answers to the texts of a source, in order.

    Raises:
        SourceError: The rows cannot be read.
        StoreError: The answers cannot be written.
    """
    for (cells, problem), answer in zip(source.rows, answers_to(source.texts), strict=True):
        output.write(cells, json_line({_ERROR: problem}) if problem else answer)


def json_line(document: Mapping[str, object]) -> bytes:
    """Return an answer as a line of JSON."""
    return orjson.dumps(document, option=orjson.OPT_APPEND_NEWLINE)


@contextmanager
def output_to(out: Path | None, source: Source, columns: Mapping[str, AnswerColumn]) -> Iterator[Output]:
    """Give standard output, or a file of the kind that its name ends in; it is there when everything is written.

    Args:
        out: A file that may be written, None for standard output.
        source: What is answered.
        columns: Those of an answer in a table.

    Raises:
        StoreError: It cannot be written.
    """
    if out is None:
        with standard_output() as write:
            yield _Lines(write)
        return
    try:
        with written_beside(out) as file:
            if out.suffix.lower() == _LINES:
                yield _Lines(file.write)
                return
            kinds = {name: column.kind for name, column in columns.items()}
            told = {} if source.schema else {_ERROR: "string"}  # a row of a table with types is never a wrong one
            heads = Heads(source.columns, {**kinds, **told}, source.schema)
            sheet = _SHEETS[out.suffix.lower()](file, heads)
            yield _Table(sheet, heads)
            sheet.close()
    except OSError as error:
        raise unwritten(out, error) from error


def check_out(out: Path | None, file: Path | None, data: Path | None) -> None:
    """Refuse a file to write of another kind, one that is read, or one where nothing may be written.

    Raises:
        click.UsageError: Its name ends in none of the kinds.
        StoreError: As of `check_target`, or it is the file that is read.
    """
    if out is None:
        return
    if out.suffix.lower() not in ENDINGS:
        msg = f"--out {out}: expected a name that ends in {', '.join(ENDINGS)}"
        raise click.UsageError(msg)
    check_target(out, data or data_folder())
    if file is not None and out.exists() and out.samefile(file):
        msg = f"{out}: is the file that is read; choose another one with --out"
        raise StoreError(msg)


class _Lines:
    """JSON lines."""

    is_table = False

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def write(self, _cells: Sequence[object], answer: bytes) -> None:
        self._write(answer)


class _Table:
    """The cells of a row and those of its answer beside them."""

    is_table = True

    def __init__(self, sheet: Sheet, heads: Heads) -> None:
        self._sheet, self._heads = sheet, heads

    def write(self, cells: Sequence[object], answer: bytes) -> None:
        missing = len(self._heads.sent) - len(cells)
        self._sheet.append([*cells, *[None] * missing, *map(orjson.loads(answer).get, self._heads.kinds)])
