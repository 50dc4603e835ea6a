"""Rows of plain cells under their columns, whatever kind of file they come from; what is no value keeps its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.datum import Datum

MOST_BYTES = 50_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 5_000
HEADER_WITHIN = 10  # rows above the header: a title, who made it


@dataclass(frozen=True)
class Unreadable:
    """A cell that holds no value: what arrived, what was expected, what to do; `raw` is the cell itself."""

    arrived: str
    expected: str
    remedy: str
    raw: object = None


Cell = str | int | float | bool | date | Unreadable | None


@dataclass(frozen=True)
class Row:
    """One row; `number` is the line of the sheet or text, or the number of the feature, as its program counts."""

    number: int
    cells: tuple[Cell, ...]
    geometry: BaseGeometry | None = None


@dataclass(frozen=True)
class Table:
    """Rows under their columns; `datum` is the one that the format itself states, `notes` what is worth telling."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sheet: str | None = None
    datum: Datum | None = None
    separator: str = ","
    notes: tuple[str, ...] = ()


def too_many_rows(path: Path) -> SourceError:
    """Return the refusal of a table that is too long."""
    return refusal(path, f"more than {MOST_ROWS} rows", f"at most {MOST_ROWS}; divide the file")


def below_header(
    lines: Iterable[tuple[int, Sequence[Cell]]], is_known: Callable[[str], bool]
) -> tuple[tuple[str, ...], list[tuple[int, Sequence[Cell]]], int]:
    """Divide numbered lines into the header, the lines below it that hold something, and how many heads are known.

    The header is, among the first ten lines that hold something, the one with the most known heads.
    """
    filled = [(number, cells) for number, cells in lines if any(not is_blank(cell) for cell in cells)]
    if not filled:
        return (), [], 0
    scores = [known_heads(cells, is_known) for _, cells in filled[:HEADER_WITHIN]]
    at = scores.index(max(scores))
    heads = [head_text(cell) for cell in filled[at][1]]
    while heads and not heads[-1]:
        heads.pop()
    return tuple(heads), filled[at + 1 :], scores[at]


def known_heads(cells: Sequence[Cell], is_known: Callable[[str], bool]) -> int:
    """Count the different heads that are known."""
    return sum(map(is_known, {head_text(cell) for cell in cells}))


def head_text(cell: Cell) -> str:
    """Return the head of a column as a text of one line."""
    return "" if cell is None or isinstance(cell, Unreadable) else " ".join(str(cell).split())


def is_blank(cell: Cell) -> bool:
    """Tell whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def of_width(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """Fill a short row with blanks; a long one tells in its last cell that it does not fit."""
    if all(is_blank(cell) for cell in cells[width:]):
        return (*cells[:width], *([None] * (width - len(cells))))
    return tuple(
        Unreadable(
            f"{len(cells)} cells", f"{width}, as many as the header has", "Quote cells that hold separators", cell
        )
        for cell in cells[:width]
    )


def no_value(value: object) -> Unreadable:
    """Return a cell of a type that no column has."""
    arrived = f"a value of type {type(value).__name__}"
    return Unreadable(arrived, "a text, a number or a date", "Write it as text", str(value))


def refusal(path: Path, arrived: str, expected: str) -> SourceError:
    """Return why a file is not taken."""
    return SourceError(f"{path}: arrived {arrived}; expected {expected}")
