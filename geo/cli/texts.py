"""The texts that are asked, one after the other: lines, or cells of a table beside the row they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice, repeat, tee
from typing import TYPE_CHECKING

import click

from geo.cli.tables import Record, cell_text, csv_heads, csv_table
from geo.imports.columns import CASE_FIELDS, folded, names_of
from geo.numbers import decimal_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from geo.cli.sent import Sent
    from geo.cli.tables import Table

_TEXT = "text"  # what the column is called that lines become
_A_POINT = 2  # cells


@dataclass(frozen=True)
class Source:
    """Texts, None for an empty cell, and the row of each: its cells, and what is wrong with it, then it has no answer.

    Both are read when they are asked for, in whichever order; what the other one has not had yet is kept for it.
    `schema` has the types of the columns where the file states them.
    """

    columns: tuple[str, ...]
    texts: Iterator[str | None]
    rows: Iterator[tuple[tuple[object, ...], str | None]]
    schema: pa.Schema | None = None


def texts_of(sent: Sent, column: str | None) -> Source:
    """Return the lines that were sent, or the cells of a column of the table.

    Raises:
        SourceError: As of `Sent`.
        click.UsageError: There is no such column, or a workbook was sent and no column named.
    """
    if column is not None:
        wanted = _Wanted(((column,),))
        return _cells(sent.called, sent.table(wanted.is_one), wanted)
    if sent.is_text:
        return _lines(sent.lines())
    heads = sent.table(lambda _: False).heads
    msg = f"{sent.called} is a table; name the column of the texts with --column: it has {', '.join(heads)}"
    raise click.UsageError(msg)


def points_of(sent: Sent, lon: str | None, lat: str | None) -> Source:
    """Return texts `lon,lat`: lines, or the cells of two columns where somebody, or a header, names them.

    Raises:
        SourceError: As of `Sent`.
        click.UsageError: There are no such columns.
    """
    wanted = _Wanted((_names(lon, "lon"), _names(lat, "lat")))
    if lon or lat or not sent.is_text:
        return _cells(sent.called, sent.table(wanted.is_one), wanted)
    lines = sent.lines()
    first = list(islice(lines, 1))
    lines = chain(first, lines)
    if first and _is_header(csv_heads(first[0], wanted.is_one)):
        return _cells(sent.called, csv_table(lines, wanted.is_one), wanted)
    return _lines(lines)


def _is_header(cells: Sequence[str]) -> bool:
    """Tell whether a first line names columns: several of its cells are words, and no two of them are numbers."""
    words = cells if len(cells) > 1 else "".join(cells).split()
    numbers = sum(decimal_number(word.strip()) is not None for word in words)
    return numbers < _A_POINT <= sum(word.strip()[:1].isalpha() for word in words)


def _names(said: str | None, field_id: str) -> Sequence[str]:
    """Return what a column may be called: as somebody says, else as columns of coordinates usually are."""
    return (said,) if said else next(names_of(field) for field in CASE_FIELDS if field.id == field_id)


@dataclass(frozen=True)
class _Wanted:
    """Columns, each by all the names that it may have, the preferred ones first."""

    columns: Sequence[Sequence[str]]

    def is_one(self, head: str) -> bool:
        return any(folded(name) == folded(head) for names in self.columns for name in names)

    def places_in(self, heads: Sequence[str], *, called: str) -> list[int]:
        """Return where they stand.

        Raises:
            click.UsageError: Some are not there.
        """
        places = [_position(heads, names) for names in self.columns]
        missing = [_any_of(names) for names, place in zip(self.columns, places, strict=True) if place is None]
        if missing:
            msg = f"{called} has {' and '.join(f'no column {names}' for names in missing)}; it has {', '.join(heads)}"
            raise click.UsageError(msg)
        return [place for place in places if place is not None]


def _any_of(names: Sequence[str]) -> str:
    first, *others = names
    return f"{first!r} (or {', '.join(others)})" if others else repr(first)


def _position(heads: Sequence[str], names: Sequence[str]) -> int | None:
    """Return where a column stands; as it is written, else without regard to case, signs and blanks."""
    known = {folded(head): at for at, head in reversed(list(enumerate(heads)))}
    exact = (heads.index(name) for name in names if name in heads)
    return next(chain(exact, (known[folded(name)] for name in names if folded(name) in known)), None)


def _lines(lines: Iterator[str]) -> Source:
    texts, kept = tee(lines)
    return Source((_TEXT,), texts, zip(zip(kept), repeat(None)))


def _cells(called: str, table: Table, wanted: _Wanted) -> Source:
    places = wanted.places_in(table.heads, called=called)
    asked, rows = tee(_checked(record, places) for record in table.records)
    return Source(table.heads, (_text(row, places) for row in asked), rows, table.schema)


def _checked(row: Record, places: Sequence[int]) -> Record:
    """Return a row; that it has some cells, but not those that are asked for, is a problem."""
    if row.problem or not row.cells or len(row.cells) > max(places):
        return row
    problem = f"a row of {len(row.cells)} cells arrived; the column that is asked for is number {max(places) + 1}"
    return Record(row.cells, problem)


def _text(row: Record, places: Sequence[int]) -> str | None:
    asked = [] if row.problem else [row.cells[at] for at in places if row.cells]
    return None if all(cell is None for cell in asked) else ",".join(map(cell_text, asked))
