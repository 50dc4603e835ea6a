"""The compiled names in the catalogue: a table of the area, and a lean one of the thousands of places outside it."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson

from geo.case import Precision, Rating
from geo.catalogue_file import reading
from geo.gazetteer.entry import ELSEWHERE, SOURCE_ELSEWHERE, Entry, Part

TABLE = "gazetteer"
TABLE_ELSEWHERE = "gazetteer_elsewhere"
Cell = str | float | None
_PLAIN = (
    "id", "name", "name_en", "kind", "precision", "rating", "source", "lon", "lat", "radius_m", "namesakes",
)  # fmt: skip
_LISTS = (
    "adcodes", "shares", "parts", "aliases", "former_names", "short_names", "villages", "neighbours", "doubts", "latin",
    "latin_short", "feature",
)  # fmt: skip
COLUMNS_ELSEWHERE = (
    "id", "name", "precision", "adcode", "lon", "lat", "radius_m", "aliases", "short_names", "former_names", "latin",
)  # fmt: skip
_PRECISIONS = {one.value: one for one in Precision}
_RATINGS = {one.value: one for one in Rating}


def entries_to_rows(entries: Sequence[Entry]) -> list[dict[str, Cell]]:
    """Return one row per entry of the area; lists are JSON texts, empty ones are absent."""
    return [_row(entry) for entry in entries if entry.kind != ELSEWHERE]


def elsewhere_to_rows(entries: Sequence[Entry]) -> list[dict[str, Cell]]:
    """Return one row per entry outside the area, with a blank between names."""
    return [_row_elsewhere(entry) for entry in entries if entry.kind == ELSEWHERE]


def load_entries(catalogue: Path) -> tuple[Entry, ...]:
    """Read the entries out of a catalogue file.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    with reading(catalogue) as connection:
        return entries_of(connection)


def entries_of(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """Return the entries of an open catalogue, those of the area first."""
    return (*map(_entry, _rows(connection, TABLE, (*_PLAIN, *_LISTS))), *_entries_elsewhere(connection))


def _rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> sqlite3.Cursor:
    """Return rows as plain tuples, as they were written: there are thousands."""
    cursor = connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY fid")  # noqa: S608  our own names
    cursor.row_factory = None
    return cursor


def _row(entry: Entry) -> dict[str, Cell]:
    plain: dict[str, Cell] = {
        "id": entry.id,
        "name": entry.name,
        "name_en": entry.name_en,
        "kind": entry.kind,
        "precision": entry.precision.value,
        "rating": entry.rating.value,
        "source": entry.source,
        "lon": entry.lon,
        "lat": entry.lat,
        "radius_m": entry.radius_m,
        "namesakes": entry.namesakes,
    }
    lists = {name: getattr(entry, name) for name in _LISTS}
    return plain | {name: json.dumps(value, ensure_ascii=False) if value else None for name, value in lists.items()}


def _entry(row: Sequence[Any]) -> Entry:
    id_, name, name_en, kind, precision, rating, source, lon, lat, radius_m, namesakes, *lists = row
    adcodes, shares, parts, aliases, former, short, villages, neighbours, doubts, latin, latin_short, feature = (
        orjson.loads(text) if text else () for text in lists
    )
    return Entry(
        id=id_,
        name=name,
        name_en=name_en,
        kind=kind,
        precision=_PRECISIONS[precision],
        rating=_RATINGS[rating],
        source=source,
        lon=lon,
        lat=lat,
        radius_m=radius_m,
        adcodes=tuple(adcodes),
        shares=tuple(shares),
        parts=tuple(Part(*part) for part in parts),
        aliases=tuple(aliases),
        former_names=tuple((name, until) for name, until in former),
        short_names=tuple(short),
        villages=tuple(villages),
        neighbours=tuple(neighbours),
        doubts=tuple((name, doubt) for name, doubt in doubts),
        latin=tuple(latin),
        latin_short=tuple(latin_short),
        namesakes=namesakes,
        feature=(feature[0], feature[1]) if feature else None,
    )


def _row_elsewhere(entry: Entry) -> dict[str, Cell]:
    return {
        "id": entry.id,
        "name": entry.name,
        "precision": entry.precision.value,
        "adcode": entry.adcodes[0],
        "lon": entry.lon,
        "lat": entry.lat,
        "radius_m": entry.radius_m,
        "aliases": " ".join(entry.aliases) or None,
        "short_names": " ".join(entry.short_names) or None,
        "former_names": " ".join(map(":".join, entry.former_names)) or None,
        "latin": " ".join(entry.latin) or None,
    }


def _entries_elsewhere(connection: sqlite3.Connection) -> Iterator[Entry]:
    rows = _rows(connection, TABLE_ELSEWHERE, COLUMNS_ELSEWHERE)
    for id_, name, precision, adcode, lon, lat, radius_m, aliases, short, former, latin in rows:
        yield Entry(
            id=id_,
            name=name,
            kind=ELSEWHERE,
            precision=_PRECISIONS[precision],
            rating=Rating.PROXY,
            source=SOURCE_ELSEWHERE,
            adcodes=(adcode,),
            shares=(1.0,),
            lon=lon,
            lat=lat,
            radius_m=radius_m,
            aliases=tuple(aliases.split()) if aliases else (),
            former_names=tuple(map(_dated, former.split())) if former else (),
            short_names=tuple(short.split()) if short else (),
            latin=tuple(latin.split()) if latin else (),
        )


def _dated(text: str) -> tuple[str, str]:
    name, _, until = text.partition(":")
    return name, until
