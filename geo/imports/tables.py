"""Any file of a table as rows of plain cells: CSV, GeoJSON, GeoPackage here, workbooks by `workbooks`.

What a file is, is told by its content, never by its name. A cell that cannot be used stays in its place as
`Unreadable`, so that it is a problem only where somebody wants it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.datum import Datum
from geo.encodings import encoding_of, is_encoding
from geo.errors import SourceError
from geo.imports.cells import (
    HEADER_WITHIN,
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Row,
    Table,
    Unreadable,
    below_header,
    known_heads,
    no_value,
    of_width,
    refusal,
    too_many_rows,
)
from geo.imports.workbooks import OLE, read_workbook, refuse_ole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from geopandas import GeoDataFrame

_SAMPLE = 65_536
_SEPARATORS = (",", ";", "\t", "|")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPREADSHEET = "an .xlsx, .csv, .geojson or .gpkg file"
_OTHER_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"<", "a web page or XML; open it in the spreadsheet program and save it as .xlsx"),
)


def read_table(
    path: Path, *, is_known: Callable[[str], bool], sheet: str | None = None, encoding: str | None = None
) -> Table:
    """Read a file of any kind.

    Args:
        path: The file.
        is_known: Tells of a cell whether it is the head of a column that somebody wants; finds the header.
        sheet: The sheet of a workbook or layer of a GeoPackage; None takes the first with a known column.
        encoding: Of a CSV; None tries the usual ones.

    Raises:
        SourceError: Not such a file, too big, protected, damaged, or without rows.
    """
    content = _content(path)
    table = _read(path, content, is_known=is_known, sheet=sheet, encoding=encoding)
    if len(table.columns) > MOST_COLUMNS:
        raise refusal(path, f"{len(table.columns)} columns", f"at most {MOST_COLUMNS}; delete those that hold nothing")
    if len(table.rows) > MOST_ROWS:
        raise too_many_rows(path)
    if not table.rows:
        raise refusal(path, "a table without a row", "a header and at least one row below it")
    return replace(table, rows=tuple(_checked(row) for row in table.rows))


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise refusal(path, f"{path.stat().st_size // 1_000_000} MB", f"at most {MOST_BYTES // 1_000_000} MB")
        content = path.read_bytes()
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); name a file that may be read"
        raise SourceError(msg) from error
    if not content.strip(b"\0 \r\n\t"):
        raise refusal(path, "an empty file", _SPREADSHEET)
    return content


def _read(
    path: Path, content: bytes, *, is_known: Callable[[str], bool], sheet: str | None, encoding: str | None
) -> Table:

    if content.startswith(b"PK"):
        return read_workbook(path, content, is_known=is_known, sheet=sheet)
    if content.startswith(OLE):
        raise refuse_ole(path, content)
    if content.startswith(b"SQLite format 3\0"):
        return _read_geopackage(path, is_known=is_known, layer=sheet)
    text = _text(path, content, encoding)
    if text.lstrip()[:1] in {"{", "["}:
        return _read_geojson(path, text)
    other = next((kind for magic, kind in _OTHER_KINDS if content.lstrip().startswith(magic)), None)
    if other is not None:
        raise refusal(path, other, _SPREADSHEET)
    return _read_csv(path, text, is_known)


def _text(path: Path, content: bytes, encoding: str | None) -> str:
    """Decode a text, by the encoding that somebody says or else by the one it shows."""
    if encoding and not is_encoding(encoding):
        raise refusal(path, f"--encoding {encoding}, which is none", "one such as big5 or shift_jis")
    text = _decoded(content, encoding or _encoding(content))
    if text is not None:
        return text
    kind = next((kind for magic, kind in _OTHER_KINDS if content.startswith(magic)), None)
    tried = encoding or "UTF-8, UTF-16, GB 18030 or Big5"
    raise refusal(path, kind or f"bytes that are no text in {tried}", f"{_SPREADSHEET}; or name the --encoding")


def _encoding(content: bytes) -> str:
    try:
        return encoding_of(content[:_SAMPLE]) or encoding_of(content) or "utf-8"
    except SourceError:
        return "utf-8"  # which it is not; what it is instead is told together with what was expected


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _read_csv(path: Path, text: str, is_known: Callable[[str], bool]) -> Table:
    stated = re.match(r"sep=(.)\r?\n", text)
    body = text[stated.end() :] if stated else text
    separator = stated.group(1) if stated else _separator(body, is_known)
    try:
        heads, rows, _ = below_header(_csv_lines(body, separator, first=2 if stated else 1), is_known)
    except csv.Error as error:
        msg = f"{path}: is no CSV ({error}); expected cells that hold line ends or separators in quotes"
        raise SourceError(msg) from error
    return Table(
        kind="csv",
        columns=heads,
        rows=tuple(Row(number, of_width(cells, len(heads))) for number, cells in rows),
        separator=separator,
    )


def _separator(text: str, is_known: Callable[[str], bool]) -> str:
    """Return the separator that shows the most known heads, the most cells where none is known."""
    scores = _scores(text, is_known)
    return max(scores, key=lambda separator: scores[separator])


def _scores(text: str, is_known: Callable[[str], bool]) -> dict[str, tuple[int, int]]:
    """Return how many known heads, and how many cells, each separator shows at most in one of the first lines."""

    def score(separator: str) -> tuple[int, int]:
        lines = list(_csv_lines(text[:20_000], separator, first=1, strict=False))[:HEADER_WITHIN]
        return (
            max((known_heads(cells, is_known) for _, cells in lines), default=0),
            max((len(cells) for _, cells in lines), default=0),
        )

    return {separator: score(separator) for separator in _SEPARATORS}


def _csv_lines(text: str, separator: str, *, first: int, strict: bool = True) -> Iterable[tuple[int, list[Cell]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict)
    line = first
    for cells in reader:
        yield line, [_csv_cell(cell) for cell in cells]
        line = first + reader.line_num


def _csv_cell(text: str) -> Cell:
    """Return a cell; one that a spreadsheet would run is no value, one that is guarded against that is its text."""
    return text[1:] if re.match(r"'[=+\-@\t＝＋－＠]", text) else text


def _read_geojson(path: Path, text: str) -> Table:
    from shapely.errors import ShapelyError  # noqa: PLC0415  only for files with geometries
    from shapely.geometry import shape  # noqa: PLC0415

    try:
        document = json.loads(text)
        features = document["features"]
        listed = [(feature.get("properties") or {}, feature.get("geometry")) for feature in features]
        geometries = [shape(geometry) if geometry else None for _, geometry in listed]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, ShapelyError) as error:
        msg = (
            f"{path}: is no GeoJSON FeatureCollection ({type(error).__name__}: {str(error)[:80]}); "
            f"expected features with properties and geometry; export it again from the program that wrote it"
        )
        raise SourceError(msg) from error
    heads = tuple(dict.fromkeys(str(name) for properties, _ in listed for name in properties))
    rows = [
        Row(number, tuple(_json_cell(properties.get(name)) for name in heads), geometry)
        for number, ((properties, _), geometry) in enumerate(zip(listed, geometries, strict=True), start=1)
    ]
    return Table(kind="geojson", columns=heads, rows=tuple(rows), datum=_json_datum(path, document))


def _json_cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list) and all(isinstance(part, str | int | float) for part in value):
        return "；".join(map(str, value))
    return Unreadable(json.dumps(value, ensure_ascii=False)[:60], "one value", "Write it as one text", value)


def _json_datum(path: Path, document: dict[str, object]) -> Datum:
    """Return the datum: WGS-84 by RFC 7946, or what the older `crs` member names."""
    named = json.dumps(document.get("crs") or "CRS84")
    if re.search(r"CRS84|4326", named):
        return Datum.WGS84
    if "4490" in named:
        return Datum.CGCS2000
    raise refusal(path, f"coordinates in {named[:80]}", "longitude and latitude in WGS-84 (EPSG:4326) or CGCS2000")


def _read_geopackage(path: Path, *, is_known: Callable[[str], bool], layer: str | None) -> Table:
    import pyogrio  # noqa: PLC0415  heavy: only for GeoPackages
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # GDAL tells of a damaged file twice
            names = [str(name) for name, _ in pyogrio.list_layers(path)]
            chosen = layer or _best_layer(path, names, is_known)
            frame = pyogrio.read_dataframe(path, layer=chosen, max_features=MOST_ROWS + 1)
    except (DataSourceError, DataLayerError, ValueError) as error:
        remedy = "save it again in its program" if isinstance(error, DataSourceError) else "name a layer with --sheet"
        msg = f"{path}: cannot be read as a GeoPackage ({str(error)[:120]}); {remedy}"
        raise SourceError(msg) from error
    datum, frame = _degrees(frame)
    heads = tuple(str(name) for name in frame.columns if name != "geometry")
    columns = [frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in heads]
    geometries = list(frame.geometry) if "geometry" in frame.columns else [None] * len(frame)
    rows = [
        Row(number, tuple(_frame_cell(column[number - 1]) for column in columns), geometry)
        for number, geometry in enumerate(geometries, start=1)
    ]
    others = [name for name in names if name != chosen]
    notes = (f"layer {chosen} was read; not {', '.join(others)}",) if others else ()
    return Table(kind="gpkg", columns=heads, rows=tuple(rows), sheet=chosen, datum=datum, notes=notes)


def _best_layer(path: Path, names: Sequence[str], is_known: Callable[[str], bool]) -> str:
    import pyogrio  # noqa: PLC0415

    scores = [sum(map(is_known, pyogrio.read_info(path, layer=name)["fields"])) for name in names]
    return names[scores.index(max(scores))]


def _degrees(frame: GeoDataFrame) -> tuple[Datum | None, GeoDataFrame]:
    """Return the datum that the file states and the rows in degrees of it; other systems are converted to WGS-84."""
    system = getattr(frame, "crs", None)
    if system is None:
        return None, frame
    code = system.to_epsg()
    if code in {4326, 4490}:
        return (Datum.WGS84 if code == 4326 else Datum.CGCS2000), frame  # noqa: PLR2004  EPSG
    return Datum.WGS84, frame.to_crs(4326)


def _frame_cell(value: object) -> Cell:
    if hasattr(value, "item"):
        value = value.item()
    if hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime()
    if value is None or isinstance(value, str | int | float | bool | date):
        return value
    return no_value(value)


def _checked(row: Row) -> Row:
    return replace(row, cells=tuple(_checked_cell(cell) for cell in row.cells))


def _checked_cell(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    if len(cell) > LONGEST_CELL:
        return Unreadable(f"{len(cell)} characters", f"at most {LONGEST_CELL}", "Shorten the text", cell)
    if found := _CONTROL.search(cell):
        return Unreadable(f"the control character U+{ord(found.group()):04X}", "text", "Delete the character", cell)
    if cell.startswith("="):
        return Unreadable(f"the formula {cell[:60]}", "a value", "Write the value itself; formulas are not run", cell)
    return cell.strip() or None
