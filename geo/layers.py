"""LAYERS: the table that map, API, exports, docs and tests loop over."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.boundaries import city_features, county_features
from geo.boundaries.records import BoundaryRecords
from geo.corridors.belts import belt_feature
from geo.corridors.border_zones import border_zone_feature
from geo.corridors.recipes import AxisRecipe, BorderZoneRecord
from geo.feature import Feature, Layer
from geo.overlays.airports import AirportRecord, airport_features
from geo.overlays.ecology import (
    CountyParkRecord,
    RidgeRecord,
    RingRecord,
    RiverRecord,
    county_park_features,
    ridge_feature,
    ring_feature,
    river_features,
)
from geo.overlays.expressways import ExpresswayRecord, NodeRecord, expressway_features
from geo.overlays.places import PlaceRecord, place_features
from geo.overlays.transit import LineRecord, StationRecord, line_features, station_features
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


def build_layers(records: LayerRecords) -> dict[str, Layer]:
    """Build every layer, each from the records and the layers before it.

    Raises:
        GeometryError: A recipe cannot be carried out.
    """
    built: dict[str, Layer] = {}
    for spec in LAYERS:
        features = sorted(spec.build(records, built), key=lambda feature: feature.id)
        built[spec.id] = Layer(spec.id, tuple(features))
    return built


def layer_spec(layer_id: str) -> LayerSpec:
    """Return the row of a known layer."""
    return next(spec for spec in LAYERS if spec.id == layer_id)


def _shapes(layer: Layer) -> dict[str, BaseGeometry]:
    return {feature.id: feature.geometry for feature in layer}


def _border_zones(records: LayerRecords, built: Built) -> list[Feature]:
    counties = _shapes(built["counties"])
    return [border_zone_feature(r, counties, width_km=records.border_zone_width_km) for r in records.border_zones]


def _eco_zones(records: LayerRecords, built: Built) -> list[Feature]:
    cities, roads = _shapes(built["cities"]), _shapes(built["expressways"])
    counties = {county.id: county for county in built["counties"]}
    return [
        *(ridge_feature(record, cities) for record in records.ridges),
        *(ring_feature(record, roads) for record in records.rings),
        *(part for record in records.county_parks for part in county_park_features(record, counties)),
    ]


def _rivers(records: LayerRecords, built: Built) -> list[Feature]:
    area = shapely.union_all(list(_shapes(built["cities"]).values()))
    return river_features(records.rivers, records.river_lines, area)


def _places(records: Sequence[PlaceRecord], all_records: LayerRecords, built: Built) -> list[Feature]:
    return place_features(records, _shapes(built["counties"]), all_records.boundaries.townships)


def _text(name: str, zh: str, en: str) -> Column:
    return Column(name, "string", LocalText(zh, en))


def _number(name: str, zh: str, en: str) -> Column:
    return Column(name, "number", LocalText(zh, en))


_AREA = _number("area_km2", "面积（平方公里）", "Area, km²")
_OFFICIAL_AREA = _number("official_area_km2", "官方面积（平方公里）", "Official area, km²")
_DRAWN_AREA = _number("drawn_area_km2", "图上面积（平方公里）", "Drawn area, km²")
_DRAWN_LENGTH = _number("drawn_length_km", "图上长度（公里）", "Drawn length, km")
_COUNTIES = _text("counties", "区县代码", "County codes")
_FACT_RATING = _text("fact_rating", "事实评级", "Rating of the facts")
_AXIS_COLUMNS = (
    _number("width_km", "全宽（公里）", "Whole width, km"),
    _number("axis_km", "轴线长度（公里）", "Axis length, km"),
    _AREA,
    _text("axis", "轴线节点（评级）", "Axis nodes (rating)"),
    _text("members", "成员区县（评级）", "Member counties (rating)"),
)
_DRAWN_AS = _text("drawn_as", "示意方式", "Drawn as")
_PLACE_COLUMNS = (_COUNTIES, _OFFICIAL_AREA, _DRAWN_AREA, _DRAWN_AS)

LAYERS: tuple[LayerSpec, ...] = (
    LayerSpec(
        "cities",
        "administrative",
        LocalText("城市", "Cities"),
        "area",
        "city",
        (Column("counties", "integer", LocalText("区县数", "Number of counties")), _AREA),
        lambda records, _: city_features(records.boundaries),
    ),
    LayerSpec(
        "counties",
        "administrative",
        LocalText("区县", "Counties"),
        "area",
        "county",
        (_text("city", "城市代码", "City code"), _OFFICIAL_AREA, _AREA),
        lambda records, _: county_features(records.boundaries),
    ),
    LayerSpec(
        "belts",
        "development",
        LocalText("三带", "Industry belts"),
        "area",
        "belt",
        _AXIS_COLUMNS,
        lambda records, built: [belt_feature(r, _shapes(built["counties"])) for r in records.belts],
    ),
    LayerSpec(
        "corridors",
        "development",
        LocalText("两廊", "Corridors"),
        "area",
        "corridor",
        _AXIS_COLUMNS,
        lambda records, built: [belt_feature(r, _shapes(built["counties"])) for r in records.corridors],
    ),
    LayerSpec(
        "border_zones",
        "development",
        LocalText("交界地带", "Border zones"),
        "area",
        "border_zone",
        (
            _COUNTIES,
            _text("pair_rating", "配对评级", "Rating of the pair"),
            Column("is_pilot", "boolean", LocalText("七个试点之一", "One of the seven pilots")),
            _text("batch", "示范点批次", "Batch of demonstration sites"),
            _number("width_km", "每侧宽度（公里）", "Width to each side, km"),
            _number("border_km", "界线长度（公里）", "Length of the border, km"),
            _AREA,
            _text("area_by_side_km2", "各侧面积（平方公里）", "Area of each side, km²"),
        ),
        _border_zones,
    ),
    LayerSpec(
        "transit_lines",
        "transport",
        LocalText("轨道线路", "Transit lines"),
        "line",
        "transit_line",
        (
            _text("mode", "类型", "Mode"),
            _FACT_RATING,
            _text("open_date", "开通日期", "Opening date"),
            _text("open_date_rating", "开通日期评级", "Rating of the opening date"),
            _number("official_length_km", "官方长度（公里）", "Official length, km"),
            _DRAWN_LENGTH,
            Column("stations_drawn", "integer", LocalText("图上车站数", "Stations drawn")),
        ),
        lambda records, _: line_features(records.lines, records.stations),
    ),
    LayerSpec(
        "transit_stations",
        "transport",
        LocalText("轨道车站", "Transit stations"),
        "point",
        "transit_station",
        (
            _text("lines", "线路", "Lines"),
            _text("county", "区县代码", "County code"),
            _text("method", "坐标来历", "How the point was made"),
        ),
        lambda records, _: station_features(records.lines, records.stations),
    ),
    LayerSpec(
        "expressways",
        "transport",
        LocalText("高速公路", "Expressways"),
        "line",
        "expressway",
        (
            _text("code", "编号", "Road number"),
            _text("code_rating", "编号评级", "Rating of the number"),
            _FACT_RATING,
            _DRAWN_LENGTH,
            _text("nodes", "节点", "Nodes"),
        ),
        lambda records, _: expressway_features(records.expressways, records.nodes),
    ),
    LayerSpec(
        "airports",
        "transport",
        LocalText("机场", "Airports"),
        "point",
        "airport",
        (_text("county", "区县代码", "County code"),),
        lambda records, _: airport_features(records.airports),
    ),
    LayerSpec(
        "eco_zones",
        "ecology",
        LocalText("生态区", "Ecological zones"),
        "area",
        "eco_zone",
        (_OFFICIAL_AREA, _DRAWN_AREA, _DRAWN_AS, _text("county", "区县代码", "County code")),
        _eco_zones,
    ),
    LayerSpec(
        "rivers",
        "ecology",
        LocalText("河流", "Rivers"),
        "line",
        "river",
        (_number("length_inside_km", "四市内长度（公里）", "Length within the four cities, km"),),
        _rivers,
    ),
    LayerSpec(
        "lakes",
        "ecology",
        LocalText("湖泊", "Lakes"),
        "area",
        "lake",
        _PLACE_COLUMNS,
        lambda records, built: _places(records.lakes, records, built),
    ),
    LayerSpec(
        "zones",
        "development",
        LocalText("功能区", "Functional zones"),
        "area",
        "zone",
        _PLACE_COLUMNS,
        lambda records, built: _places(records.zones, records, built),
    ),
)
