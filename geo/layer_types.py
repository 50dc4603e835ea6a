"""What a layer needs: its records, its columns, its row of the table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shapely.geometry.base import BaseGeometry

from geo.boundaries.records import BoundaryRecords
from geo.corridors.recipes import AxisRecipe, BorderZoneRecord
from geo.feature import Feature, Layer
from geo.overlays.airports import AirportRecord
from geo.overlays.distances import DistanceRecord
from geo.overlays.ecology import CountyParkRecord, RidgeRecord, RingRecord, RiverRecord
from geo.overlays.expressways import ExpresswayRecord, NodeRecord
from geo.overlays.places import PlaceRecord
from geo.overlays.transit import LineRecord, StationRecord
from geo.text import LocalText
from geo.words import word

GeometryKind = Literal["area", "line", "point"]


@dataclass(frozen=True)
class LayerRecords:
    """Everything recorded about layers, checked record by record."""

    boundaries: BoundaryRecords
    belts: tuple[AxisRecipe, ...]
    corridors: tuple[AxisRecipe, ...]
    border_zones: tuple[BorderZoneRecord, ...]
    border_zone_width_km: float
    lines: tuple[LineRecord, ...]
    stations: tuple[StationRecord, ...]
    distances: tuple[DistanceRecord, ...]
    expressways: tuple[ExpresswayRecord, ...]
    nodes: tuple[NodeRecord, ...]
    airports: tuple[AirportRecord, ...]
    ridges: tuple[RidgeRecord, ...]
    rings: tuple[RingRecord, ...]
    county_parks: tuple[CountyParkRecord, ...]
    rivers: tuple[RiverRecord, ...]
    river_lines: Mapping[str, BaseGeometry]
    lakes: tuple[PlaceRecord, ...]
    zones: tuple[PlaceRecord, ...]


Built = Mapping[str, Layer]


@dataclass(frozen=True)
class Column:
    """One column: its name, its type as JSON Schema names it, and what it holds."""

    name: str
    kind: str
    title: LocalText


@dataclass(frozen=True)
class LayerSpec:
    """One layer: how it is called, what it holds beyond the common columns, and who builds it."""

    id: str
    group: str
    title: LocalText
    geometry: GeometryKind
    style: str
    columns: tuple[Column, ...]
    build: Callable[[LayerRecords, Built], Sequence[Feature]]


def text(name: str, title: LocalText) -> Column:
    """Return a column of texts."""
    return Column(name, "string", title)


def number(name: str, title: LocalText) -> Column:
    """Return a column of numbers."""
    return Column(name, "number", title)


AREA = number("area_km2", word("Area, km²"))
OFFICIAL_AREA = number("official_area_km2", word("Official area, km²"))
DRAWN_AREA = number("drawn_area_km2", word("Drawn area, km²"))
DRAWN_LENGTH = number("drawn_length_km", word("Drawn length, km"))
COUNTIES = text("counties", word("County codes"))
FACT_RATING = text("fact_rating", word("Rating of the facts"))
AXIS_COLUMNS = (
    number("width_km", word("Whole width, km")),
    number("axis_km", word("Axis length, km")),
    AREA,
    text("axis", word("Axis nodes (rating)")),
    text("members", word("Member counties (rating)")),
)
DRAWN_AS = text("drawn_as", word("Drawn as"))
PLACE_COLUMNS = (COUNTIES, OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS)
