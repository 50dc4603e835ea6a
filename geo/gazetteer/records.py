"""The records of data/gazetteer."""

from dataclasses import dataclass

from geo.case import Rating
from geo.record import Record


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
