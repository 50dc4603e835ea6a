"""What the gazetteer knows by a name: its records, names as they are written, and how it is kept in the catalogue."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from geo.case import Possible, Precision, Rating
from geo.catalogue_file import reading
from geo.divisions import city_of, is_county, short_names
from geo.record import Record

Doubt = Literal["risky", "alone", "common"]


class Part(NamedTuple):
    """What of a place lies in a county or city: a point inside, WGS-84, and how far off that may be."""

    code: str
    name: str
    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True)
class Entry:
    """A place with its names and its footprint.

    The footprint is the layer feature `feature` names, else the union of the counties `adcodes` where that is its
    precision, else the circle of `radius_m` around `lon`, `lat` (WGS-84). `radius_m` is how far off the point is in 9
    of 10 cases: 90 % of a place that has an extent lie within it. `adcodes` are county codes (or one city code),
    `shares` their part of the footprint (sum 1); none where its outline is not known and no source states the parts.
    `parts` is what a place of several counties is cut to beside one of them, or beside a city.
    `short_names` need evidence in a text: they are also other words.
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
    parts: tuple[Part, ...] = ()
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

    @cached_property
    def candidates(self) -> tuple[Possible, ...]:
        """List the counties that an address of it may lie in, where nothing is known of its parts."""
        if self.shares:
            return ()
        return tuple(Possible(f"county:{one.code}", one.name, (one.code,)) for one in self.parts if is_county(one.code))


TABLE = "gazetteer"
Cell = str | float | None
_LISTS = (
    "adcodes", "shares", "parts", "aliases", "former_names", "short_names", "villages", "neighbours", "doubts",
    "feature",
)  # fmt: skip


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
        parts=tuple(Part(*part) for part in lists["parts"]),
        aliases=tuple(lists["aliases"]),
        former_names=tuple((name, until) for name, until in lists["former_names"]),
        short_names=tuple(lists["short_names"]),
        villages=tuple(lists["villages"]),
        neighbours=tuple(lists["neighbours"]),
        doubts=tuple((name, doubt) for name, doubt in lists["doubts"]),
        feature=(lists["feature"][0], lists["feature"][1]) if lists["feature"] else None,
    )


class MatchType(StrEnum):
    """How a spelling names its entry, from surest to least sure."""

    FULL = "full"
    ALIAS = "alias"
    FORMER = "former"
    VILLAGE = "village"
    SHORT = "short"


SURENESS = {match_type: rank for rank, match_type in enumerate(MatchType)}


class Spelling(NamedTuple):
    """One way to write one entry."""

    text: str
    entry: Entry
    match_type: MatchType


_TOWNS = ("街道", "镇", "乡")
_SHORTEST_BARE = 2


def spellings(entry: Entry) -> Iterator[Spelling]:
    """Yield every spelling of an entry, the surest first."""
    yield Spelling(entry.name, entry, MatchType.FULL)
    for name in entry.aliases:
        yield Spelling(name, entry, MatchType.ALIAS)
    for name, _ in entry.former_names:
        yield Spelling(name, entry, MatchType.FORMER)
    for name in entry.villages:
        yield Spelling(name, entry, MatchType.VILLAGE)
    for name in (*entry.short_names, *_bare_names(entry)):
        yield Spelling(name, entry, MatchType.SHORT)


def _bare_names(entry: Entry) -> Iterator[str]:
    """Yield the name without its kind: 广汉 for 广汉市, 恩施 and 恩施州 for 恩施土家族苗族自治州, 敖平 for 敖平镇."""
    if entry.kind in {"city", "county"}:
        yield from short_names(entry.name)
    elif entry.kind == "town" and (bare := bare_township(entry.name)) != entry.name:
        yield bare


def bare_township(name: str) -> str:
    """Return a township's name without 街道, 镇 or 乡; the name itself where too little would be left."""
    for suffix in _TOWNS:
        if name.endswith(suffix) and len(name) - len(suffix) >= _SHORTEST_BARE:
            return name.removesuffix(suffix)
    return name


@dataclass(frozen=True)
class PlaceName(Record):
    """A named place that is on no layer: its footprint is a township, counties, or a feature of a layer.

    `feature` is "layer:id", for another name of a thing that a layer holds.
    """

    name: str
    kind: str
    source: str
    rating: Rating
    counties: tuple[str, ...] = ()
    city: str | None = None
    township: str | None = None
    feature: str | None = None
    name_en: str | None = None
    aliases: tuple[str, ...] = ()
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartArea(Record):
    """How much of a place lies in a county, as a source states it; `place` is the id of an entry."""

    place: str
    county: str
    area_km2: float
    source: str


@dataclass(frozen=True)
class Blocker(Record):
    """Names of places elsewhere, or of other things, that contain a name of ours."""

    names: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class FormerTownship(Record):
    """A township that was dissolved, with the county that held it."""

    name: str
    county: str


@dataclass(frozen=True)
class Village(Record):
    """A village or community whose name stands once in its city; without a township where that was dissolved."""

    name: str
    county: str
    township: str | None


@dataclass(frozen=True)
class Elsewhere(Record):
    """The name of a province, prefecture or county outside the area."""

    name: str


@dataclass(frozen=True)
class Ambiguous(Record):
    """Names that are other words as often, by the evidence that they need; data/gazetteer/ambiguous.toml says which."""

    risky: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading(Record):
    """How a local name is read: one syllable of pinyin, without tone, for each character."""

    text: str
    pinyin: tuple[str, ...]


@dataclass(frozen=True)
class GazetteerRecords:
    """Everything recorded about names beyond the layers."""

    places: tuple[PlaceName, ...]
    blockers: tuple[Blocker, ...]
    former_townships: tuple[FormerTownship, ...]
    villages: tuple[Village, ...]
    elsewhere: tuple[Elsewhere, ...]
    ambiguous: Ambiguous = Ambiguous()
    readings: tuple[Reading, ...] = ()
    part_areas: tuple[PartArea, ...] = ()
