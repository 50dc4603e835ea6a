"""XLSX workbooks as rows: values only. Macros are never run, formulas count by their stored value, bombs are refused.

Everything that can hurt is looked at in the archive itself before any of it is parsed.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from geo.errors import SourceError
from geo.imports.cells import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Table,
    Unreadable,
    below_header,
    no_value,
    too_many_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_UNPACKED = 100_000_000
_MOST_PARTS = 2_000
_PROLOG = 65_536  # bytes of a part in which a document type would have to stand
_ENCRYPTED = 0x1
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_MOST_MERGED = 10_000


def refuse_ole(path: Path, content: bytes) -> SourceError:
    """Return why a file of the old container of Office is not read: a password, or the format before .xlsx."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return SourceError(
            f"{path}: is protected by a password; expected a workbook without one. Open it in the spreadsheet program, "
            f"remove the password (File, Info, Protect Workbook) and save it"
        )
    return SourceError(f"{path}: is a file of Office before 2007 (.xls, .doc); save it as .xlsx in the program")


def read_workbook(path: Path, content: bytes, *, is_known: Callable[[str], bool], sheet: str | None) -> Table:
    """Read the first sheet that has a known column, or the one that is named.

    Raises:
        SourceError: No workbook, a bomb, protected, damaged, without such a sheet, or too long.
    """
    notes = _looked_at(path, content)
    values, formulas = _opened(path, content, with_formulas=False), _opened(path, content, with_formulas=True)
    names = [name for name in values.sheetnames if hasattr(values[name], "iter_rows")]
    if sheet is not None and sheet not in names:
        msg = f"{path}: arrived the sheet {sheet!r}; expected one of {', '.join(names)}"
        raise SourceError(msg)
    found = [
        (name, *below_header(_lines(path, values, formulas, name), is_known)) for name in ([sheet] if sheet else names)
    ]
    if not found:
        msg = f"{path}: holds no sheet with cells; expected a header and rows"
        raise SourceError(msg)
    name, heads, lines, _ = max(found, key=lambda one: one[3])
    merged = _merged(content, values, name)
    rows, filled = _filled([Row(number, _cut(cells, len(heads))) for number, cells in lines], merged)
    others = [other for other in names if other != name]
    if others and not sheet:
        notes.append(f"sheet {name} was read; not {', '.join(others)}")
    if filled:
        notes.append(f"{filled} merged cells: the value of each counts for all its rows")
    stored = sum(isinstance(cell, str) and cell.startswith("=") for row in _raw(formulas, name) for cell in row)
    if stored:
        notes.append(f"{stored} formulas: the values that the file stores for them are read; nothing was calculated")
    return Table(kind="xlsx", columns=heads, rows=tuple(rows), sheet=name, notes=tuple(notes))


def _looked_at(path: Path, content: bytes) -> list[str]:
    """Refuse what must not be parsed; return what is worth telling."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        msg = f"{path}: is a damaged archive ({error}); save the workbook again"
        raise SourceError(msg) from error
    with archive:
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MOST_UNPACKED or len(parts) > _MOST_PARTS:
            arrived = f"{len(parts)} parts of {unpacked // 1_000_000} MB when unpacked"
            expected = f"a workbook of at most {_MOST_PARTS} parts and {MOST_UNPACKED // 1_000_000} MB"
            msg = f"{path}: arrived {arrived}; expected {expected}; copy the cells into a new workbook"
            raise SourceError(msg)
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            msg = f"{path}: the archive is protected by a password; expected a workbook without one"
            raise SourceError(msg)
        names = {part.filename for part in parts}
        if "xl/workbook.xml" not in names:
            raise _other_archive(path, archive, names)
        _refuse_document_types(path, archive)
    macros = any(name.lower().endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names)
    return ["the workbook holds macros: they were not run, only values are read"] if macros else []


def _other_archive(path: Path, archive: zipfile.ZipFile, names: set[str]) -> SourceError:
    kinds = {
        "word/document.xml": "a Word document",
        "ppt/presentation.xml": "a presentation",
        "xl/workbook.bin": "a binary workbook (.xlsb)",
        "doc.kml": "a KMZ file",
    }
    kind = next((kind for name, kind in kinds.items() if name in names), "a zip archive that is no workbook")
    if "mimetype" in names and b"opendocument" in archive.read("mimetype")[:100]:
        kind = "an OpenDocument file"
    return SourceError(f"{path}: arrived {kind}; expected an .xlsx workbook: save it as .xlsx in its program")


def _refuse_document_types(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse parts with a document type: entities that multiply, or read other files."""
    for part in archive.infolist():
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        try:
            with archive.open(part) as stream:
                head = stream.read(_PROLOG).replace(b"\0", b"")
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
            msg = f"{path}: {part.filename} in it is damaged ({error}); save the workbook again"
            raise SourceError(msg) from error
        if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
            msg = f"{path}: {part.filename} in it declares a document type, which no workbook needs; save it anew"
            raise SourceError(msg)


def _opened(path: Path, content: bytes, *, with_formulas: bool) -> Workbook:
    from openpyxl import load_workbook  # noqa: PLC0415  heavy: only for workbooks

    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=not with_formulas, keep_links=False)
    except Exception as error:  # openpyxl raises whatever a part of a broken workbook makes it stumble over
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> SourceError:
    return SourceError(f"{path}: is a damaged workbook ({type(error).__name__}: {str(error)[:80]}); save it again")


def _raw(book: Workbook, name: str) -> Iterator[Sequence[object]]:
    """Yield the cells of each line as far as it is filled, whatever size the sheet claims to have."""
    sheet = book[name]
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _lines(path: Path, values: Workbook, formulas: Workbook, name: str) -> Iterator[tuple[int, list[Cell]]]:
    pairs = zip(_raw(values, name), _raw(formulas, name), strict=True)
    held = 0
    try:
        for number, (stored, written) in enumerate(pairs, start=1):
            if all(cell is None for cell in stored) and all(cell is None for cell in written):
                continue
            held += 1
            if held > MOST_ROWS + 10:
                raise too_many_rows(path)  # noqa: TRY301  told as it is, three lines below
            yield number, [_cell(*pair) for pair in zip(_width(path, stored), _width(path, written), strict=True)]
    except SourceError:
        raise
    except Exception as error:
        raise _damaged(path, error) from error


def _width(path: Path, cells: Sequence[object]) -> Sequence[object]:
    """Return the filled part of a line."""
    end = next((at for at in range(len(cells), 0, -1) if cells[at - 1] is not None), 0)
    if end > MOST_COLUMNS:
        msg = f"{path}: arrived {end} columns; expected at most {MOST_COLUMNS}; delete those that hold nothing"
        raise SourceError(msg)
    return [*cells, *([None] * MOST_COLUMNS)][:MOST_COLUMNS] if end else [None] * MOST_COLUMNS


def _cell(stored: object, written: object) -> Cell:
    """Return the value of a cell; a formula counts by the value that is stored beside it."""
    is_formula = (isinstance(written, str) and written.startswith("=") and stored != written) or (
        written is not None and type(written).__name__ in {"ArrayFormula", "DataTableFormula"}
    )
    if is_formula and stored is None:
        return Unreadable(
            f"the formula {str(written)[:60]} without a stored value",
            "a value",
            "Open and save the file in a spreadsheet program, or paste the column as values",
            getattr(written, "text", written),
        )
    if isinstance(stored, str) and re.fullmatch(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)", stored):
        return Unreadable(f"the error {stored}", "a value", "Mend the formula, or write the value itself", stored)
    if isinstance(stored, datetime):
        return stored.date()
    if isinstance(stored, time):
        return Unreadable(f"the time {stored}", "a text, a number or a date", "Write a date", str(stored))
    if stored is None or isinstance(stored, str | int | float | bool | date):
        return stored
    return no_value(stored)


def _cut(cells: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    return tuple(cells[:width])


def _merged(content: bytes, book: Workbook, name: str) -> list[tuple[int, int, int, int]]:
    """List merged cells as first row, last row, first and last column, all from 1; a sheet's own XML tells them."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415

    part = getattr(book[name], "_worksheet_path", "").lstrip("/")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(part) if part in archive.namelist() else b""
    found = [match.groups() for _, match in zip(range(_MOST_MERGED), _MERGED.finditer(xml), strict=False)]
    return [
        (int(top), int(bottom), column_index_from_string(left.decode()), column_index_from_string(right.decode()))
        for left, top, right, bottom in found
    ]


def _filled(rows: list[Row], merged: Sequence[tuple[int, int, int, int]]) -> tuple[list[Row], int]:
    """Give every row of a merged cell its value; in a row that it is merged across, the first column keeps it."""
    by_number = {row.number: row for row in rows}
    count = 0
    for top, bottom, column, _ in merged:
        first = by_number.get(top)
        if first is None or bottom == top or column > len(first.cells):
            continue
        count += 1
        for number in range(top + 1, min(bottom, top + MOST_ROWS) + 1):
            if row := by_number.get(number):
                cells = (*row.cells[: column - 1], first.cells[column - 1], *row.cells[column:])
                by_number[number] = Row(number, cells)
    return list(by_number.values()), count
