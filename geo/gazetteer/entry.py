"""What the gazetteer knows by a name, and how it is kept in the catalogue file."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from geo.case import Precision, Rating
from geo.catalogue_file import reading
from geo.codes import city_of

Doubt = Literal["risky", "alone", "common"]


@dataclass(frozen=True)
class Entry:
    """A place with its names and its footprint.

    The footprint is the layer feature `feature` names, else the circle of `radius_m` around `lon`, `lat` (WGS-84),
    else the union of the counties `adcodes`. `adcodes` are county codes (or one city code), `shares` their part of
    the footprint (sum 1). `short_names` need evidence in a text: they are also other words.
    `former_names` are pairs of a name and the year until which it held; `neighbours` the codes of the counties that
    share a border with a county. `villages` are villages and communities in it whose name stands once in the city.
    `doubts` are pairs of a short name and the evidence that it needs (data/gazetteer/ambiguous.toml).
    Entries of kind `blocker` and `elsewhere` lie outside the area or are no places: they consume what they
    contain and answer nothing.
    """

    id: str
    name: str
    kind: str
    precision: Precision
    rating: Rating
    source: str
    adcodes: tuple[str, ...]
    shares: tuple[float, ...]
    lon: float
    lat: float
    radius_m: float = 0.0
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()
    short_names: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    doubts: tuple[tuple[str, Doubt], ...] = ()
    feature: tuple[str, str] | None = None

    @property
    def is_blocker(self) -> bool:
        """Tell whether the entry lies outside the area."""
        return self.kind in {"blocker", "elsewhere"}

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """List the codes of the cities that hold it."""
        return tuple(dict.fromkeys(city_of(code) for code in self.adcodes))


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
