"""How belts, corridors and border zones are declared in data/."""

from dataclasses import dataclass

from geo.case import Rating
from geo.text import LocalText

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True)
class AxisNode:
    """A point of an axis, WGS-84, with the source of its coordinates."""

    name: str
    lon: float
    lat: float
    rating: Rating
    source: str

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class Member:
    """A county that belongs to a belt, and how we know."""

    county: str
    rating: Rating

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class AxisRecipe:
    """A belt or a corridor: an axis, a whole width, and the counties it is cut to."""

    id: str
    name: LocalText
    status: str
    status_date: str
    width_km: float
    rating: Rating
    source: str
    nodes: tuple[AxisNode, ...]
    members: tuple[Member, ...]
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class BorderZoneRecord:
    """A border zone: pairs of counties; the zone lies on both sides of the borders they share."""

    id: str
    name: LocalText
    pairs: tuple[tuple[str, str], ...]
    is_pilot: bool
    status: str
    status_date: str
    pair_rating: Rating
    source: str
    batch: str | None = None
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED
