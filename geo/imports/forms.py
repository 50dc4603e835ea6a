"""Tables to be filled in: the template, and the rows that had problems, each of a kind that imports as it is."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from geo.datum import Datum
from geo.errors import SourceError
from geo.exports.sheet_cells import FORMULA_STARTS, guarded
from geo.files import unzipped, zipped
from geo.imports.cells import Cell, Row, Table, Unreadable
from geo.imports.columns import CASE_FIELDS, PROBLEM_COLUMN
from geo.imports.rows import DATUMS, ROLES, STATUSES, cell_text
from geo.imports.tables import read_table
from geo.text import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from geo.imports.places import KnownArea
    from geo.imports.rows import Problem
    from geo.text import Lang

_DAY = b"2000-01-01T00:00:00Z"  # two workbooks of the same rows are equal
_EXAMPLE = word("Example: make this row a case")
_IN_ENGLISH = " ".join([word("Example").zh, _EXAMPLE.in_lang("en")])  # a title is Chinese
_NOTES = (word("column"), word("what it holds"), word("other heads"))
_LIST_ROWS = 1000  # of the template, that offer what may be chosen


def write_template(suffix: str, area: KnownArea, lang: Lang) -> bytes:
    """Return a template with one example that imports as it is.

    Args:
        suffix: ".xlsx" or ".csv".
        area: Its themes and counties are what may be chosen.
        lang: Of the heads.

    Raises:
        SourceError: There is no template of this kind.
    """
    heads = [one.title.in_lang(lang) for one in CASE_FIELDS]
    example = _example(area, lang)
    cells = [example.get(one.id) for one in CASE_FIELDS]
    match suffix.lower():
        case ".csv":
            return _csv([heads, cells], ",")
        case ".xlsx":
            return _template_workbook(heads, cells, area, lang)
        case _:
            msg = f"{suffix or 'a name without an ending'}: arrived; expected a template that ends in .xlsx or .csv"
            raise SourceError(msg)


def _example(area: KnownArea, lang: Lang) -> dict[str, Cell]:
    theme, (county, name) = area.records.themes[0], min(area.counties.items())
    return {
        "key": "1",
        "title": _EXAMPLE.zh if lang == "zh" else _IN_ENGLISH,
        "theme": theme.name.in_lang(lang),
        "place": f"{area.cities[area.city_of[county]]}{name}",
        "status": STATUSES[next(iter(STATUSES))][0 if lang == "zh" else -1],
        "start_date": "2024-05",
    }


def _template_workbook(heads: Sequence[str], cells: Sequence[Cell], area: KnownArea, lang: Lang) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = word("cases").in_lang(lang)
    _fill(sheet, [heads, cells])
    notes = [[one.title.in_lang(lang), one.help.in_lang(lang), "、".join(one.names)] for one in CASE_FIELDS]
    _fill(book.create_sheet(word("notes").in_lang(lang)), [[head.in_lang(lang) for head in _NOTES], *notes])
    at = 0 if lang == "zh" else -1
    choices = {
        "theme": [theme.name.in_lang(lang) for theme in area.records.themes],
        "status": [names[at] for names in STATUSES.values()],
        "role": [names[at] for names in ROLES.values()],
        "datum": [names[0] for names in DATUMS.values()],
    }
    for number, one in enumerate(CASE_FIELDS, start=1):
        if one.id in choices:
            _offer(sheet, get_column_letter(number), choices[one.id])
    return _saved(book)


def _offer(sheet: Worksheet, letter: str, values: Sequence[str]) -> None:
    listed = ",".join(values)
    if len(listed) < 255 and '"' not in listed:  # noqa: PLR2004  the limit of a list in a workbook
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{_LIST_ROWS}")


def problem_file(path: Path) -> Path:
    """Return where the rows of a file go that had problems."""
    return path.with_name(f"{path.stem}.problems{path.suffix}")


def write_problems(table: Table, problems: Sequence[Problem], target: Path) -> tuple[Path, bytes] | None:
    """Return a file of the rows that had problems, of the same kind, and where it goes; None where it lies there.

    A file that holds other rows is never replaced: somebody may be mending them.
    """
    told: dict[int, list[str]] = {}
    for problem in problems:
        told.setdefault(problem.row, []).append(str(problem).partition(", " if problem.column else ": ")[2])
    bad = _with_problems(table, told)
    content = _written(bad)
    for number in range(1, 1000):
        path = target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
        if not path.exists():
            return path, content
        if _holds(path, bad):
            return None
    msg = f"{target}: and 998 more files of problems lie there; delete those that are done"
    raise SourceError(msg)


def _with_problems(table: Table, told: Mapping[int, Sequence[str]]) -> Table:
    kept = [at for at, head in enumerate(table.columns) if head != PROBLEM_COLUMN]
    return Table(
        kind=table.kind,
        columns=(*(table.columns[at] for at in kept), PROBLEM_COLUMN),
        rows=tuple(
            Row(row.number, (*(row.cells[at] for at in kept), " / ".join(told[row.number])), row.geometry)
            for row in table.rows
            if row.number in told
        ),
        sheet=table.sheet,
        datum=table.datum,
        separator=table.separator,
    )


def _holds(path: Path, table: Table) -> bool:
    try:
        lying = read_table(path, is_known=lambda head: head in table.columns)
    except SourceError:
        return False
    return (lying.columns, [_texts(row) for row in lying.rows]) == (table.columns, [_texts(row) for row in table.rows])


def _texts(row: Row) -> list[str]:
    return [_text(cell) for cell in row.cells]


def _text(cell: Cell) -> str:
    if isinstance(cell, Unreadable):
        return str(ILLEGAL_CHARACTERS_RE.sub("", "" if cell.raw is None else str(cell.raw))).strip()
    return cell_text(cell)


def _written(table: Table) -> bytes:
    match table.kind:
        case "xlsx":
            book = Workbook()
            book.worksheets[0].title = table.sheet or "data"
            _fill(book.worksheets[0], [list(table.columns), *(list(row.cells) for row in table.rows)])
            return _saved(book)
        case "geojson":
            return _geojson(table)
        case "gpkg":
            return _geopackage(table)
        case _:
            return _csv([table.columns, *(row.cells for row in table.rows)], table.separator)


def _fill(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    for number, cells in enumerate(rows, start=1):
        for place, value in enumerate(cells, start=1):
            cell = sheet.cell(number, place)
            if isinstance(value, str | Unreadable):
                text = _text(value)
                cell.value = text or None
                cell.data_type = "s"  # a text, whatever it begins with: it is no formula
                cell.quotePrefix = text.startswith(FORMULA_STARTS)
            else:
                cell.value = value
            cell.font = Font(bold=number == 1)
    for number, head in enumerate(rows[0], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, 2 * len(str(head)))
    sheet.freeze_panes = "A2"


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    files = unzipped(buffer.getvalue())
    files["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", _DAY, files["docProps/core.xml"])
    return zipped(files)


def _csv(rows: Sequence[Sequence[Cell]], separator: str) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerows([guarded(_text(cell)) for cell in cells] for cells in rows)
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def _geojson(table: Table) -> bytes:
    from shapely.geometry import mapping  # noqa: PLC0415  only for files with geometries

    features = [
        {
            "type": "Feature",
            "properties": {head: _json(cell) for head, cell in zip(table.columns, row.cells, strict=True)},
            "geometry": mapping(row.geometry) if row.geometry is not None else None,
        }
        for row in table.rows
    ]
    named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
    stated = {"crs": named} if table.datum is Datum.CGCS2000 else {}
    document = {"type": "FeatureCollection", **stated, "features": features}
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json(cell: Cell) -> object:
    if isinstance(cell, Unreadable):
        return cell.raw
    return cell.isoformat() if isinstance(cell, date) else cell


def _geopackage(table: Table) -> bytes:
    import geopandas as gpd  # noqa: PLC0415  heavy: only for GeoPackages

    from geo.gdal import gdal_bytes  # noqa: PLC0415

    columns = {head: [_text(row.cells[at]) or None for row in table.rows] for at, head in enumerate(table.columns)}
    system = {Datum.WGS84: "EPSG:4326", Datum.CGCS2000: "EPSG:4490"}.get(table.datum) if table.datum else None
    frame = gpd.GeoDataFrame(columns, geometry=[row.geometry for row in table.rows], crs=system)
    return gdal_bytes(frame, "problems.gpkg", driver="GPKG", layer=table.sheet or "problems")
