"""XLSX for offices: typed columns, a header that stays, links; a second sheet says what everything is."""

import io
import re
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from geo.catalogue.columns import Value
from geo.catalogue.frames import flat
from geo.column_types import COLUMN_TYPES
from geo.exports.about import facts
from geo.exports.collection import Collection
from geo.exports.csv_file import FORMULA_STARTS
from geo.exports.gis_files import page_links
from geo.exports.zips import unzipped, zipped

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WEB_ADDRESS = re.compile(r"https?://[^\s，；）》]+")
_LONGEST_CELL = 32_767
_BOLD, _LINK = Font(bold=True), Font(color="0563C1", underline="single")


def write_xlsx(collection: Collection) -> bytes:
    """Return a workbook with the sheets `data` and `about`; two of the same data are equal."""
    book = Workbook()
    data = book.worksheets[0]
    data.title = "data"
    _fill_data(data, collection)
    _fill_about(book.create_sheet("about"), collection)
    buffer = io.BytesIO()
    book.save(buffer)
    files = unzipped(buffer.getvalue())
    day = f"{collection.day}T00:00:00Z".encode()
    files["docProps/core.xml"] = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", day, files["docProps/core.xml"])
    return zipped(files)


def _fill_data(sheet: Worksheet, collection: Collection) -> None:
    is_point = collection.kind == "point"
    names = [column.name for column in collection.columns] + (["lon", "lat"] if is_point else [])
    sheet.append(names)
    links = page_links(collection) if collection.pages else []
    for number, row in enumerate(collection.rows):
        values = [row.values[column.name] for column in collection.columns]
        place = [round(row.geometry.x, 8), round(row.geometry.y, 8)] if is_point else []  # type: ignore[attr-defined]
        _add_row(sheet, number + 2, [*values, *place], page=links[number] if links else "")
    for cell in sheet[1]:
        cell.font = _BOLD
    for number, column in enumerate(collection.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = COLUMN_TYPES[column.kind].width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(collection.rows) + 1}"


def _fill_about(sheet: Worksheet, collection: Collection) -> None:
    rows: list[tuple[str, ...]] = [(f"{fact.title.zh} {fact.title.en}", fact.value) for fact in facts(collection)]
    rows += [(), ("列 column", "类型 type", "含义", "meaning")]
    rows += [(c.name, c.kind, c.title.zh, c.title.in_lang("en")) for c in collection.columns]
    rows += [(n, "number", t, e) for n, t, e in (("lon", "经度", "Longitude"), ("lat", "纬度", "Latitude"))
             if collection.kind == "point"]  # fmt: skip
    for number, row in enumerate(rows, start=1):
        _add_row(sheet, number, row)
    for letter, width in zip("ABCD", (24, 60, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _add_row(sheet: Worksheet, number: int, values: Iterable[Value], *, page: str = "") -> None:
    for place, value in enumerate(values, start=1):
        if value is None:
            continue
        cell = sheet.cell(number, place)
        if isinstance(value, str | list):
            _set_text(cell, str(flat(value)))
        else:
            cell.value = value
    if page:
        _link(sheet.cell(number, 1), page)


def _set_text(cell: Cell, text: str) -> None:
    """Write a text as a text, whatever it begins with: it is no formula now, nor after it is edited."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST_CELL]
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    if found := _WEB_ADDRESS.search(text):
        _link(cell, found.group())


def _link(cell: Cell, address: str) -> None:
    cell.hyperlink = address
    cell.font = _LINK
