"""Entries as rows of a table, and back without any geospatial library."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from geo.case import Precision, Rating
from geo.catalogue_file import reading
from geo.gazetteer.entry import Entry

TABLE = "gazetteer"
Cell = str | float | None
_LISTS = ("adcodes", "shares", "aliases", "former_names", "short_names", "villages", "neighbours", "doubts", "feature")


def entries_to_rows(entries: Sequence[Entry]) -> list[dict[str, Cell]]:
    """Return one row per entry; lists are JSON texts, empty ones are absent."""
    return [_row(entry) for entry in entries]


def load_entries(catalogue: Path) -> tuple[Entry, ...]:
    """Read the entries out of a catalogue file.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    with reading(catalogue) as connection:
        return entries_of(connection)


def entries_of(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """Return the entries of an open catalogue."""
    return tuple(_entry(row) for row in connection.execute(f"SELECT * FROM {TABLE} ORDER BY id"))  # noqa: S608


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
    }
    lists = {name: getattr(entry, name) for name in _LISTS}
    return plain | {name: json.dumps(value, ensure_ascii=False) if value else None for name, value in lists.items()}


def _entry(row: sqlite3.Row) -> Entry:
    lists = {name: json.loads(row[name]) if row[name] else () for name in _LISTS}
    return Entry(
        id=row["id"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        precision=Precision(row["precision"]),
        rating=Rating(row["rating"]),
        source=row["source"],
        lon=row["lon"],
        lat=row["lat"],
        radius_m=row["radius_m"],
        adcodes=tuple(lists["adcodes"]),
        shares=tuple(lists["shares"]),
        aliases=tuple(lists["aliases"]),
        former_names=tuple((name, until) for name, until in lists["former_names"]),
        short_names=tuple(lists["short_names"]),
        villages=tuple(lists["villages"]),
        neighbours=tuple(lists["neighbours"]),
        doubts=tuple((name, doubt) for name, doubt in lists["doubts"]),
        feature=(lists["feature"][0], lists["feature"][1]) if lists["feature"] else None,
    )
