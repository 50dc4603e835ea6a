"""What the gazetteer knows by a name: names as they are written, and how it is kept in the catalogue."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

import orjson

from geo.case import Possible, Precision, Rating
from geo.catalogue_file import reading
from geo.divisions import city_of, is_county, short_names

Doubt = Literal["risky", "alone", "common", "elsewhere"]
ELSEWHERE = "elsewhere"
SOURCE_ELSEWHERE = "Ministry of Civil Affairs 2025-12-31, with a point out of the boundaries of 2024"
_WHOLE = (1.0,)
TOWNSHIP_RADIUS_M = 4000.0


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
    `doubts` are pairs of a short name and the evidence that it needs (data/gazetteer/ambiguous.toml), or "elsewhere":
    it is that of things elsewhere too; `namesakes` how many townships outside the area have the name of a township.
    `latin` and `latin_short` are its names in Latin letters as keys (latin_names.py); the short ones need evidence.
    Entries of kind `blocker` and `elsewhere` lie outside the area or are no places: they consume what they
    contain and answer nothing. Those elsewhere have one code, that of their province, city or county.
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
    latin: tuple[str, ...] = ()
    latin_short: tuple[str, ...] = ()
    namesakes: int = 0
    feature: tuple[str, str] | None = None

    @property
    def is_blocker(self) -> bool:
        """Tell whether the entry lies outside the area."""
        return self.kind in {"blocker", ELSEWHERE}

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
TABLE_ELSEWHERE = "gazetteer_elsewhere"
Cell = str | float | None
_LISTS = (
    "adcodes", "shares", "parts", "aliases", "former_names", "short_names", "villages", "neighbours", "doubts", "latin",
    "latin_short", "feature",
)  # fmt: skip


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
    ours = [_entry(row) for row in connection.execute(f"SELECT * FROM {TABLE} ORDER BY fid")]  # noqa: S608
    return (*ours, *_entries_elsewhere(connection))


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


def _entry(row: sqlite3.Row) -> Entry:
    lists = {name: orjson.loads(row[name]) if row[name] else () for name in _LISTS}
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
        latin=tuple(lists["latin"]),
        latin_short=tuple(lists["latin_short"]),
        namesakes=row["namesakes"],
        feature=(lists["feature"][0], lists["feature"][1]) if lists["feature"] else None,
    )


_COLUMNS_ELSEWHERE = "id, name, precision, adcode, lon, lat, radius_m, aliases, short_names, former_names, latin"


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
    """Yield the entries outside the area; there are thousands, so that each step counts."""
    precisions = {one.value: one for one in Precision}
    cursor = connection.execute(f"SELECT {_COLUMNS_ELSEWHERE} FROM {TABLE_ELSEWHERE} ORDER BY fid")  # noqa: S608
    cursor.row_factory = None
    for id_, name, precision, adcode, lon, lat, radius_m, aliases, short, former, latin in cursor:
        yield Entry(
            id=id_,
            name=name,
            kind=ELSEWHERE,
            precision=precisions[precision],
            rating=Rating.PROXY,
            source=SOURCE_ELSEWHERE,
            adcodes=(adcode,),
            shares=_WHOLE,
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


class MatchType(StrEnum):
    """How a spelling names its entry, from surest to least sure."""

    FULL = "full"
    ALIAS = "alias"
    FORMER = "former"
    ABBREVIATION = "abbreviation"
    LATIN = "latin"
    VILLAGE = "village"
    SHORT = "short"
    TYPO = "typo"


SURENESS = {match_type: rank for rank, match_type in enumerate(MatchType)}


class Spelling(NamedTuple):
    """One way to write one entry."""

    text: str
    entry: Entry
    match_type: MatchType

    @property
    def is_village(self) -> bool:
        """Tell whether it is a village that stands for what holds it."""
        return self.match_type is MatchType.VILLAGE


_TOWNS = ("街道", "镇", "乡")
_NUMBERED = re.compile(r"(?:地铁|轨道交通|轻轨)?[0-9]+号线")
_SHORTEST_BARE = 2


def spellings(entry: Entry) -> Iterator[Spelling]:
    """Yield every spelling of an entry, the surest first."""
    yield Spelling(entry.name, entry, _unless_numbered(entry.name, MatchType.FULL))
    for name in entry.aliases:
        yield Spelling(name, entry, _unless_numbered(name, MatchType.ALIAS))
    for name, _ in entry.former_names:
        yield Spelling(name, entry, MatchType.FORMER)
    for name in entry.villages:
        yield Spelling(name, entry, MatchType.VILLAGE)
    for name in (*entry.short_names, *_bare_names(entry)):
        yield Spelling(name, entry, MatchType.SHORT)


def _unless_numbered(name: str, match_type: MatchType) -> MatchType:
    """Return SHORT for a name that lines have in every city that has some."""
    return MatchType.SHORT if _NUMBERED.fullmatch(name) else match_type


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


def township_variants(name: str) -> tuple[str, ...]:
    """Return the other names of a township: 镇 and 乡 that became 街道, and back."""
    stem = bare_township(name)
    if stem == name:
        return ()
    return tuple(f"{stem}{suffix}" for suffix in ("街道", "镇", "乡", "街道办事处", "街道办") if stem + suffix != name)
