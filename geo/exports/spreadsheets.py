"""CSV and XLSX, with a guard against formulas."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

import shapely
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from shapely.geometry import Point

from geo.catalogue.columns import Value, flat
from geo.datum import Datum
from geo.exports.about import about_dict, facts
from geo.exports.collection import Collection
from geo.exports.gis_files import page_links
from geo.exports.sheet_cells import guarded, set_text
from geo.exports.tables import Row
from geo.files import unzipped, zipped
from geo.layers.spec import COLUMN_TYPES
from geo.text import LANGS, LIST_SEPARATOR, LocalText, word

METADATA_TYPE = "application/csvm+json"
_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the code page of the machine


def csv_chunks(collection: Collection) -> Iterator[bytes]:
    """Yield a CSV line by line: UTF-8 with byte order mark, `lon` and `lat` of points, `wkt` of everything."""
    names = [column.name for column in collection.columns]
    yield _BOM + _line([*names, *_places(collection)])
    decimals = 6 if collection.datum is Datum.WGS84 else 8
    for row in collection.rows:
        yield _line([*(_cell(row.values[name]) for name in names), *_position(row, collection, decimals)])


def write_csv(collection: Collection) -> bytes:
    """Return a CSV; of an empty collection the header."""
    return b"".join(csv_chunks(collection))


def csvw_metadata(collection: Collection, url: str) -> bytes:
    """Return the CSVW metadata of the CSV at an address."""
    about = about_dict(collection)
    columns = [
        {
            "name": column.name,
            "titles": column.name,
            "dc:description": {"zh": column.title.zh, "en": column.title.in_lang("en")},
            "datatype": COLUMN_TYPES[column.kind].csvw,
            **({"separator": LIST_SEPARATOR} if column.kind == "array" else {}),
            **({"required": True} if column.name == "id" else {}),
        }
        for column in collection.columns
    ]
    document = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": url,
        "dc:title": about["title"],
        "dc:publisher": about["publisher"],
        "dc:license": about["licence"],
        "dc:rights": about["attribution"],
        "dc:source": about["source"],
        **({"dc:modified": collection.date} if collection.date else {}),
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "notes": [{"name": fact.key, "value": fact.value} for fact in facts(collection)],
        "tableSchema": {"primaryKey": "id", "columns": [*columns, *_place_columns(collection)]},
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _places(collection: Collection) -> Sequence[str]:
    return ("lon", "lat", "wkt") if collection.kind == "point" else ("wkt",)


def _place_columns(collection: Collection) -> list[dict[str, str]]:
    described = {"lon": "double", "lat": "double", "wkt": "string"}
    return [
        {"name": name, "titles": name, "datatype": described[name], "dc:description": collection.datum.label}
        for name in _places(collection)
    ]


def _position(row: Row, collection: Collection, decimals: int) -> list[str]:
    wkt = shapely.to_wkt(row.geometry, rounding_precision=decimals)
    if collection.kind == "point" and isinstance(row.geometry, Point):
        return [str(round(row.geometry.x, decimals)), str(round(row.geometry.y, decimals)), wkt]
    return [wkt]


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(str(flat(value))) if isinstance(value, str | list) else str(value)


def _line(cells: Sequence[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)  # RFC 4180
    return buffer.getvalue().encode()


MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WEB_ADDRESS = re.compile(r"https?://[^\s，；）》]+")
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
    rows: list[tuple[str, ...]] = [(fact.title.in_both(by=" "), fact.value) for fact in facts(collection)]
    rows += [(), (*(head.in_both(by=" ") for head in (word("column"), word("type"))), *_both(word("meaning")))]
    rows += [(column.name, column.kind, *_both(column.title)) for column in collection.columns]
    places = {"lon": word("Longitude"), "lat": word("Latitude")} if collection.kind == "point" else {}
    rows += [(name, "number", *_both(title)) for name, title in places.items()]
    for number, row in enumerate(rows, start=1):
        _add_row(sheet, number, row)
    for letter, width in zip("ABCD", (24, 60, 40, 60), strict=True):
        sheet.column_dimensions[letter].width = width


def _both(text: LocalText) -> tuple[str, ...]:
    return tuple(map(text.in_lang, LANGS))


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
    set_text(cell, text)
    if found := _WEB_ADDRESS.search(text):
        _link(cell, found.group())


def _link(cell: Cell, address: str) -> None:
    cell.hyperlink = address
    cell.font = _LINK
