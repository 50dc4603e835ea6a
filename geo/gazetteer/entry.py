"""What the gazetteer knows by a name: its records, and names as they are written."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo.case import Possible, Precision, Rating
from geo.divisions import city_of, is_county, short_names
from geo.record import Record

if TYPE_CHECKING:
    from geo.gazetteer.national import Place  # its readers are for building only
    from geo.layers.imported import ImportedPlace

Doubt = Literal["risky", "alone", "common", "elsewhere"]
ELSEWHERE = "elsewhere"
UNDECIDED = "ambiguous"  # kind and match type of what may be several places
HOLDERS = frozenset({"city", "county"})  # kinds of what holds other places
DIVISIONS = HOLDERS | {"town"}
BLOCKERS = frozenset(("blocker", ELSEWHERE))  # kinds of what lies outside the area
SOURCE_ELSEWHERE = "Ministry of Civil Affairs 2025-12-31, with a point out of the boundaries of 2024"
TOWNSHIP_RADIUS_M = 4000.0
_STEP_M = 100.0  # of the radii that are worked out


def up_to_step_m(radius_m: float) -> float:
    """Return a radius in metres as it is told: rounded up, never 0."""
    return max(math.ceil(radius_m / _STEP_M), 1) * _STEP_M


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
        return self.kind in BLOCKERS

    @property
    def is_without_centre(self) -> bool:
        """Tell whether it is a township that no source gives a centre of, so that its county stands for it."""
        return self.kind == "town" and self.precision is Precision.COUNTY

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
WRITTEN = frozenset({MatchType.FULL, MatchType.ALIAS, MatchType.FORMER})  # with its kind: 锦江区, 新津县


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
    return MatchType.SHORT if name.endswith("号线") and _NUMBERED.fullmatch(name) else match_type


def _bare_names(entry: Entry) -> Iterator[str]:
    """Yield the name without its kind: 广汉 for 广汉市, 恩施 and 恩施州 for 恩施土家族苗族自治州, 敖平 for 敖平镇."""
    if entry.kind in HOLDERS:
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
    """A named place that is on no layer: its footprint is a township, counties, a city, several, or a layer's feature.

    `feature` is "layer:id", for another name of a thing that a layer holds.
    """

    name: str
    kind: str
    source: str
    rating: Rating
    counties: tuple[str, ...] = ()
    city: str | None = None
    cities: tuple[str, ...] = ()
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
class Station(Record):
    """A station that no layer holds: a point in WGS-84 on a network (地铁), with its lines, joined by `;`.

    `needs_context`: the name by itself is that of stations elsewhere too.
    """

    name: str
    name_en: str
    network: str
    lines: str
    lon: float
    lat: float
    county: str
    precision_m: float
    rating: Rating
    source: str
    needs_context: bool | None = None


@dataclass(frozen=True)
class StationNames(Record):
    """Further names of a station that the layer holds as `feature`; lists are joined by `;`.

    `needs_context`: the name by itself is that of stations elsewhere too.
    """

    feature: str
    name: str
    network: str
    lines: str | None = None
    aliases: str | None = None
    needs_context: bool | None = None


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
class EnglishName(Record):
    """An English name of a place that the gazetteer knows by a Chinese one."""

    name: str
    english: str


@dataclass(frozen=True)
class GazetteerRecords:
    """Everything recorded about names beyond the layers; `china` are all divisions of the country."""

    places: tuple[PlaceName, ...]
    blockers: tuple[Blocker, ...]
    former_townships: tuple[FormerTownship, ...]
    villages: tuple[Village, ...]
    china: "tuple[Place, ...]"
    ambiguous: Ambiguous = Ambiguous()
    readings: tuple[Reading, ...] = ()
    part_areas: tuple[PartArea, ...] = ()
    english: tuple[EnglishName, ...] = ()
    stations: tuple[Station, ...] = ()
    station_names: tuple[StationNames, ...] = ()
    imported: "tuple[ImportedPlace, ...]" = ()
