"""CSV for spreadsheets, and beside it CSVW metadata (W3C) for programs."""

import csv
import io
import json
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import Point

from geo.catalogue.columns import Value
from geo.catalogue.frames import flat
from geo.column_types import COLUMN_TYPES
from geo.datum import Datum
from geo.exports.about import about_dict, facts
from geo.exports.collection import Collection
from geo.exports.tables import Row
from geo.text import LIST_SEPARATOR

METADATA_TYPE = "application/csvm+json"
_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for the code page of the machine
# What spreadsheets take for the start of a formula; the wide forms too, where the language is Chinese.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


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


def guarded(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) or text.lstrip().startswith(FORMULA_STARTS) else text


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
