"""What somebody sends to a command: the lines of a text in whatever encoding, or a table."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import click

from geo.cli.opening import tell
from geo.cli.tables import Table, csv_table, parquet_table, xlsx_table
from geo.encodings import is_encoding, text_lines
from geo.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from io import BufferedReader
    from pathlib import Path

    from geo.cli.tables import Record

_MAGIC = {b"PK\x03\x04": "xlsx", b"PAR1": "parquet"}
_NAMED = {".xlsx": "xlsx", ".parquet": "parquet"}
_ENCODINGS = {"gb18030": "GB 18030", "big5hkscs": "Big5", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}


class Sent:
    """A file, or standard input; nothing is read before it is asked for.

    `called` is how to speak of it, `is_text` tells that it is no workbook and no Parquet.
    """

    def __init__(self, stream: BufferedReader, called: str, *, kind: str | None, encoding: str | None) -> None:
        """Take bytes; `kind` is that of a table which is no text, `encoding` that of a text where somebody says it."""
        self._stream, self._kind, self._encoding = stream, kind, encoding
        self.called = called

    @property
    def is_text(self) -> bool:
        """Tell whether it is no workbook and no Parquet."""
        return self._kind is None

    def lines(self) -> Iterator[str]:
        """Yield the lines of a text, each as soon as it has arrived.

        Raises:
            SourceError: It is no text in an encoding that is recognised, or cannot be read.
        """
        try:
            yield from text_lines(self._stream, self._encoding, on_found=self._tell_encoding)
        except SourceError as error:
            msg = f"{self.called}: {error}"
            raise SourceError(msg) from error
        except OSError as error:
            msg = f"{self.called}: cannot be read further ({error.strerror})"
            raise SourceError(msg) from error

    def table(self, is_wanted: Callable[[str], bool]) -> Table:
        """Return a table of which some columns are wanted; a text is a CSV.

        Raises:
            SourceError: It cannot be read as a table; also later, as its rows are read.
        """
        try:
            table = self._table(is_wanted)
        except Exception as error:
            raise self._refusal(error) from error
        if not table.heads:
            why = "it is empty"
            raise self._refusal(why)
        return Table(table.heads, self._told(table.records), table.schema)

    def _table(self, is_wanted: Callable[[str], bool]) -> Table:
        if self._kind == "xlsx":
            return xlsx_table(self._stream, is_wanted)
        return parquet_table(self._stream) if self._kind == "parquet" else csv_table(self.lines(), is_wanted)

    def _told(self, records: Iterator[Record]) -> Iterator[Record]:
        try:
            yield from records
        except Exception as error:
            raise self._refusal(error) from error

    def _refusal(self, error: Exception | str) -> Exception:
        """Return why a table is not read; the libraries raise whatever they stumble over in a damaged one."""
        if isinstance(error, SourceError):
            return error
        return SourceError(
            f"{self.called}: cannot be read as a table ({error}); expected .csv, .tsv, .xlsx or .parquet"
        )

    def _tell_encoding(self, found: str) -> None:
        if found in _ENCODINGS:
            tell(f"{self.called}: read as {_ENCODINGS[found]}; where that is wrong, name the --encoding")


@contextmanager
def opened(file: Path | None, encoding: str | None) -> Iterator[Sent]:
    """Open a file, or standard input where none is named.

    Raises:
        click.UsageError: Python knows no such encoding.
    """
    if encoding is not None and not is_encoding(encoding):
        msg = f"--encoding {encoding}: is none; expected one such as gb18030, big5 or utf-16"
        raise click.UsageError(msg)
    if file is None:
        yield Sent(_standard_input(), "standard input", kind=None, encoding=encoding)
        return
    if file.is_dir():
        msg = f"{file} is a folder, which only --scheduler reads; name a file"
        raise click.UsageError(msg)
    with file.open("rb") as stream:
        kind = _NAMED.get(file.suffix.lower()) or _MAGIC.get(stream.peek(4)[:4])
        yield Sent(stream, str(file), kind=kind, encoding=encoding)


def _standard_input() -> BufferedReader:
    if sys.stdin is None:
        msg = "standard input: is closed; name a file, or send texts"
        raise SourceError(msg)
    return cast("BufferedReader", sys.stdin.buffer)
