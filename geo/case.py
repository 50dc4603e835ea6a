"""What the product holds: cases with places, footprints, figures and sources; how surely they match; tours; old ids.

Field names and choices are those of data/cases/*.toml; docs/data-model.md explains each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

from geo.record import Record
from geo.text import LocalText

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


class Precision(StrEnum):
    """How finely a place is known, from finest to coarsest."""

    EXACT = "exact"
    STREET = "street"
    TOWN = "town"
    ZONE = "zone"
    LINE = "line"
    COUNTY = "county"
    BELT = "belt"
    CITY = "city"
    REGION = "region"

    @property
    def rank(self) -> int:
        """Return 0 for the finest."""
        return _RANKS[self]


_RANKS = {precision: rank for rank, precision in enumerate(Precision)}


class Rating(StrEnum):
    """How well a fact is known, from surest to least sure."""

    VERIFIED = "verified"
    VERIFIED_PROXY = "verified-proxy"
    IMPORTED = "imported"
    THROUGH_STATIONS = "through-stations"
    PROXY = "proxy"
    SCHEMATIC = "schematic"
    INTERPOLATED = "interpolated"
    RECALLED = "recalled"

    @property
    def is_schematic(self) -> bool:
        """Tell whether a geometry of this rating must be drawn and exported as schematic."""
        return self not in {Rating.VERIFIED, Rating.VERIFIED_PROXY, Rating.IMPORTED, Rating.THROUGH_STATIONS}


class Membership(StrEnum):
    """Whether the published list of the programme holds the practice, or the programme of the area names it."""

    CONFIRMED = "confirmed"
    NAMED = "named"
    RELATED = "related"


class Status(StrEnum):
    """How far a practice had come at its date."""

    PLANNED = "planned"
    UNDER_CONSTRUCTION = "under_construction"
    IN_OPERATION = "in_operation"
    ONGOING = "ongoing"
    COMPLETED = "completed"
    UNKNOWN = "unknown"


class TitleStatus(StrEnum):
    """Whether a title is ours or the one of the published list."""

    DESCRIPTIVE = "descriptive"
    PUBLISHED = "published"


class PlaceRole(StrEnum):
    """What a mentioned place is to the case."""

    SITE = "site"
    JURISDICTION = "jurisdiction"
    ALIGNMENT = "alignment"
    OFFICE = "office"


class PartnerLevel(StrEnum):
    """At which level a partner works."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


class PartnerRole(StrEnum):
    """What a partner does in the case."""

    LEAD = "lead"
    PARTNER = "partner"
    OPERATOR = "operator"
    SUPPORTER = "supporter"
    REGULATOR = "regulator"


class Qualifier(StrEnum):
    """How a source hedges a figure; kept with it everywhere."""

    NEARLY = "近"
    ABOVE = "超"
    AND_MORE = "余"
    CUMULATIVE = "累计"
    ABOUT = "约"
    PASSED = "突破"


@dataclass(frozen=True)
class Source(Record):
    """Where a fact was seen; `url` only where it may be linked."""

    id: str
    title: str
    rating: Rating
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    note: LocalText | None = None


@dataclass(frozen=True)
class Figure(Record):
    """One number with its unit, qualifiers and date; `value_max` makes it a range."""

    label: LocalText
    value: float
    unit: LocalText
    source: str
    value_max: float | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    as_of: str | None = None


@dataclass(frozen=True)
class Partner(Record):
    """An organisation that acts in the case."""

    name: LocalText
    level: PartnerLevel
    role: PartnerRole


@dataclass(frozen=True)
class StatedPoint(Record):
    """Where a source puts a place, degrees in the datum that it states; `radius_m` is how far off it may be."""

    lon: float
    lat: float
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"]
    radius_m: float


@dataclass(frozen=True)
class Place(Record):
    """A mention as a geocoder gets it; a stated `county` (adcode) beats point in polygon.

    A `point` beats the names of the gazetteer; it needs its `county`.
    """

    mention: str
    role: PlaceRole
    county: str | None = None
    point: StatedPoint | None = None


@dataclass(frozen=True)
class Period(Record):
    """ISO dates as exact as known: YYYY, YYYY-MM or YYYY-MM-DD; an open end is absent."""

    start_date: str | None = None
    end_date: str | None = None
    uncertain: bool = False


@dataclass(frozen=True)
class Case(Record):
    """One practice, as recorded in data/cases/<id>.toml."""

    id: str
    theme: str
    cities: tuple[str, ...]
    membership: Membership
    title_status: TitleStatus
    status: Status
    last_checked: str
    title: LocalText
    summary: LocalText
    period: Period
    places: tuple[Place, ...]
    sources: tuple[Source, ...]
    status_as_of: str | None = None
    see_also: tuple[str, ...] = ()
    problem: LocalText | None = None
    mechanism: LocalText | None = None
    reusable: LocalText | None = None
    partners: tuple[Partner, ...] = ()
    figures: tuple[Figure, ...] = ()


class Possible(NamedTuple):
    """What an undecided mention may be: an entry of the gazetteer, and the counties or city that hold it."""

    entry_id: str
    name: str
    adcodes: tuple[str, ...]


class Location(NamedTuple):
    """What one mention in a text was matched to, and why.

    `adcodes` are the counties (or the city) that hold it, `shares` their part of its area or length (sum 1); none where
    no outline is known and no source states the parts. `lon`, `lat`: WGS-84, a point inside the footprint; `radius_m`:
    how far off it is in 9 of 10 cases, all three not numbers where that stays undecided. `candidates`: what a mention
    that stays undecided may be. `within`: the written county or city that holds it, empty where none does.
    `feature`: (layer, id) of the layer feature that is its footprint; None when that is the point with `radius_m`.
    """

    name: str
    entry_id: str
    kind: str
    span: tuple[int, int]
    match_type: str
    confidence: float
    precision: Precision
    radius_m: float
    adcodes: tuple[str, ...]
    shares: tuple[float, ...]
    lon: float
    lat: float
    reason: str
    rejected: tuple[str, ...] = ()
    feature: tuple[str, str] | None = None
    candidates: tuple[Possible, ...] = ()
    within: str = ""


@dataclass(frozen=True)
class Footprint:
    """The true geometry of one place of a case, WGS-84.

    `method` says how the place was found, `confidence` (0 to 1) how surely, `evidence` how we know it; `radius_m` is
    the uncertainty of the shape.
    """

    id: str
    case_id: str
    name: LocalText
    mention: str
    role: PlaceRole
    geometry: BaseGeometry
    precision: Precision
    radius_m: float
    rating: Rating
    method: str
    confidence: float
    evidence: str
    counties: tuple[str, ...]
    entry_id: str
    is_fallback: bool = False

    @property
    def is_fine(self) -> bool:
        """Tell whether the place is known finer than a county."""
        return self.precision.rank < Precision.COUNTY.rank

    @property
    def is_schematic(self) -> bool:
        """Tell whether the shape must be drawn and exported as schematic."""
        return self.rating.is_schematic


@dataclass(frozen=True)
class TourStep(Record):
    """One state of the map.

    `query`: conditions as in an address, such as "theme=ecology"; empty shows all cases. `look`: what to bring into
    view, "<layer>:<id>", "case:<id>" or empty for the whole area. `layers`: ids of the layers to draw.
    """

    query: str
    look: str
    layers: tuple[str, ...]
    text: LocalText
    source: str


@dataclass(frozen=True)
class Tour(Record):
    """A short story in steps."""

    id: str
    title: LocalText
    step: tuple[TourStep, ...]


@dataclass(frozen=True)
class LedgerLine(Record):
    """What an id has meant since it was given: every Chinese title of its one practice, the oldest first."""

    since: str
    titles: tuple[str, ...]


@dataclass(frozen=True)
class Retired(Record):
    """An id that is no longer alive: moved to another case, or withdrawn for a reason; one of both is given.

    `date` is ISO; `decision` says who decided and where that can be read.
    """

    id: str
    date: str
    decision: str
    moved_to: str | None = None
    reason: LocalText | None = None


class Certainty(StrEnum):
    """The group of a match of a case with a feature, from surest to least sure; docs/relations.md explains each.

    located: a place known finer than a county fulfils it whatever its radius leaves open, or names the feature itself.
    possible: a place may fulfil it: known only by its county or city, or its uncertainty reaches across the limit.
    applies: the practice holds for a county or city that the feature reaches.
    region: the practice holds for the whole of the area.
    """

    LOCATED = "located"
    POSSIBLE = "possible"
    APPLIES = "applies"
    REGION = "region"

    @property
    def rank(self) -> int:
        """Return 0 for the surest."""
        return _SURENESS[self]


_SURENESS = {certainty: rank for rank, certainty in enumerate(Certainty)}
BY_RANK = tuple(Certainty)
NO_MATCH = len(Certainty)  # ranks as the others, behind all of them
ASKED_FOR = tuple(certainty for certainty in Certainty if certainty is not Certainty.REGION)
