"""The records of data/boundaries and data/townships."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geo.text import LocalText

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True)
class FormerName:
    """A name a county had until a year."""

    name: str
    until: str

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class CityRecord:
    """A city; its area is dissolved from its counties."""

    id: str
    name: LocalText

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class CountyRecord:
    """A county, with the area that the yearbook gives it, where that is recorded."""

    id: str
    name: LocalText
    city: str
    official_area_km2: float | None = None
    former: tuple[FormerName, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class Township:
    """A township or sub-district; WGS-84 centre where a source gives one, about 2 km off."""

    id: str
    name_zh: str
    county: str
    lon: float | None
    lat: float | None
    coord_source: str

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class BoundaryRecords:
    """Everything recorded about boundaries; `shapes` are the county polygons by code, WGS-84."""

    cities: tuple[CityRecord, ...]
    counties: tuple[CountyRecord, ...]
    shapes: dict[str, BaseGeometry]
    townships: tuple[Township, ...]
    source: str
    precision_m: float
    date: str
