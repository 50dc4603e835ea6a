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


def text(name: str, zh: str, en: str) -> Column:
    """Return a column of texts."""
    return Column(name, "string", LocalText(zh, en))


def number(name: str, zh: str, en: str) -> Column:
    """Return a column of numbers."""
    return Column(name, "number", LocalText(zh, en))


AREA = number("area_km2", "面积（平方公里）", "Area, km²")
OFFICIAL_AREA = number("official_area_km2", "官方面积（平方公里）", "Official area, km²")
DRAWN_AREA = number("drawn_area_km2", "图上面积（平方公里）", "Drawn area, km²")
DRAWN_LENGTH = number("drawn_length_km", "图上长度（公里）", "Drawn length, km")
COUNTIES = text("counties", "区县代码", "County codes")
FACT_RATING = text("fact_rating", "事实评级", "Rating of the facts")
AXIS_COLUMNS = (
    number("width_km", "全宽（公里）", "Whole width, km"),
    number("axis_km", "轴线长度（公里）", "Axis length, km"),
    AREA,
    text("axis", "轴线节点（评级）", "Axis nodes (rating)"),
    text("members", "成员区县（评级）", "Member counties (rating)"),
)
DRAWN_AS = text("drawn_as", "示意方式", "Drawn as")
PLACE_COLUMNS = (COUNTIES, OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS)
