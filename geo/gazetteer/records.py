"""What is recorded of names beyond the layers."""

from dataclasses import dataclass

from geo.case import Rating
from geo.gazetteer.national import Place
from geo.record import Record


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
    """Further names of a station that the layer holds as `feature`; lists are joined by `;`."""

    feature: str
    name: str
    network: str
    lines: str | None = None
    aliases: str | None = None


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
    china: tuple[Place, ...]
    ambiguous: Ambiguous = Ambiguous()
    readings: tuple[Reading, ...] = ()
    part_areas: tuple[PartArea, ...] = ()
    english: tuple[EnglishName, ...] = ()
    stations: tuple[Station, ...] = ()
    station_names: tuple[StationNames, ...] = ()
