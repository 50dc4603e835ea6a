"""LAYERS: the table that map, API, exports, docs and tests loop over."""

from geo.boundaries.boundaries import city_features, county_features
from geo.errors import GeometryError, RecordError
from geo.feature import Layer
from geo.layer_builders import (
    build_axes,
    build_belts,
    build_border_lines,
    build_border_zones,
    build_eco_zones,
    build_places,
    build_rivers,
    build_sides,
)
from geo.layer_types import (
    AREA,
    AXIS_COLUMNS,
    COUNTIES,
    DRAWN_AREA,
    DRAWN_AS,
    DRAWN_LENGTH,
    FACT_RATING,
    OFFICIAL_AREA,
    PLACE_COLUMNS,
    Column,
    LayerRecords,
    LayerSpec,
    number,
    text,
)
from geo.overlays.airports import airport_features
from geo.overlays.expressways import expressway_features
from geo.overlays.transit import line_features, station_features
from geo.text import LocalText


def build_layers(records: LayerRecords) -> dict[str, Layer]:
    """Build every layer, each from the records and the layers before it.

    Raises:
        RecordError: Recipes that cannot be carried out; lists all of them.
    """
    built: dict[str, Layer] = {}
    failed: dict[str, tuple[str, ...]] = {}
    for spec in LAYERS:
        try:
            features = sorted(spec.build(records, built), key=lambda feature: feature.id)
        except RecordError as error:
            failed[spec.id] = error.problems
        except GeometryError as error:
            failed[spec.id] = (str(error),)
        except KeyError as error:  # a layer that needs one of those that failed
            if error.args[0] not in failed:
                raise
        else:
            built[spec.id] = Layer(spec.id, tuple(features))
    if failed:
        raise RecordError(list(dict.fromkeys(problem for problems in failed.values() for problem in problems)))
    return built


def layer_spec(layer_id: str) -> LayerSpec:
    """Return the row of a known layer."""
    return next(spec for spec in LAYERS if spec.id == layer_id)


LAYERS: tuple[LayerSpec, ...] = (
    LayerSpec(
        "cities",
        "administrative",
        LocalText("城市", "Cities"),
        "area",
        "city",
        (Column("counties", "integer", LocalText("区县数", "Number of counties")), AREA),
        lambda records, _: city_features(records.boundaries),
    ),
    LayerSpec(
        "counties",
        "administrative",
        LocalText("区县", "Counties"),
        "area",
        "county",
        (text("city", "城市代码", "City code"), OFFICIAL_AREA, AREA),
        lambda records, _: county_features(records.boundaries),
    ),
    LayerSpec(
        "belts",
        "development",
        LocalText("三带", "Industry belts"),
        "area",
        "belt",
        AXIS_COLUMNS,
        lambda records, built: build_belts(records.belts, built),
    ),
    LayerSpec(
        "corridors",
        "development",
        LocalText("两廊", "Corridors"),
        "area",
        "corridor",
        AXIS_COLUMNS,
        lambda records, built: build_belts(records.corridors, built),
    ),
    LayerSpec(
        "axes",
        "development",
        LocalText("带与走廊的轴线", "Axes of belts and corridors"),
        "line",
        "axis",
        (*AXIS_COLUMNS[:2], *AXIS_COLUMNS[3:]),
        build_axes,
    ),
    LayerSpec(
        "border_zones",
        "development",
        LocalText("交界地带", "Border zones"),
        "area",
        "border_zone",
        (
            COUNTIES,
            text("pair_rating", "配对评级", "Rating of the pair"),
            Column("is_pilot", "boolean", LocalText("七个试点之一", "One of the seven pilots")),
            text("batch", "示范点批次", "Batch of demonstration sites"),
            number("width_km", "每侧宽度（公里）", "Width to each side, km"),
            number("border_km", "界线长度（公里）", "Length of the border, km"),
            AREA,
            text("area_by_side_km2", "各侧面积（平方公里）", "Area of each side, km²"),
        ),
        build_border_zones,
    ),
    LayerSpec(
        "border_zone_sides",
        "development",
        LocalText("交界地带各侧", "Sides of the border zones"),
        "area",
        "border_zone",
        (
            text("border_zone", "交界地带编号", "Id of the border zone"),
            text("county", "区县代码", "County code"),
            number("width_km", "宽度（公里）", "Width, km"),
            AREA,
        ),
        build_sides,
    ),
    LayerSpec(
        "border_lines",
        "development",
        LocalText("交界地带的界线", "Borders of the border zones"),
        "line",
        "border_line",
        (
            text("border_zones", "交界地带编号", "Ids of the border zones"),
            COUNTIES,
            number("border_km", "界线长度（公里）", "Length of the border, km"),
        ),
        build_border_lines,
    ),
    LayerSpec(
        "transit_lines",
        "transport",
        LocalText("轨道线路", "Transit lines"),
        "line",
        "transit_line",
        (
            text("mode", "类型", "Mode"),
            FACT_RATING,
            text("open_date", "开通日期", "Opening date"),
            text("open_date_rating", "开通日期评级", "Rating of the opening date"),
            number("official_length_km", "官方长度（公里）", "Official length, km"),
            DRAWN_LENGTH,
            Column("stations_drawn", "integer", LocalText("图上车站数", "Stations drawn")),
            text("official_distances", "官方站间距离（公里）", "Official distances between stops, km"),
            text(
                "chainage",
                "图上里程与官方里程（公里；≈ 由官方长度推得）",
                "Drawn and official kilometre of stops (≈: by the official length)",
            ),
        ),
        lambda records, _: line_features(records.lines, records.stations, records.distances),
    ),
    LayerSpec(
        "transit_stations",
        "transport",
        LocalText("轨道车站", "Transit stations"),
        "point",
        "transit_station",
        (
            text("lines", "线路", "Lines"),
            text("county", "区县代码", "County code"),
            text("method", "坐标来历", "How the point was made"),
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
            text("code", "编号", "Road number"),
            text("code_rating", "编号评级", "Rating of the number"),
            FACT_RATING,
            DRAWN_LENGTH,
            text("nodes", "节点", "Nodes"),
        ),
        lambda records, _: expressway_features(records.expressways, records.nodes),
    ),
    LayerSpec(
        "airports",
        "transport",
        LocalText("机场", "Airports"),
        "point",
        "airport",
        (text("county", "区县代码", "County code"),),
        lambda records, _: airport_features(records.airports),
    ),
    LayerSpec(
        "eco_zones",
        "ecology",
        LocalText("生态区", "Ecological zones"),
        "area",
        "eco_zone",
        (OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS, text("county", "区县代码", "County code")),
        build_eco_zones,
    ),
    LayerSpec(
        "rivers",
        "ecology",
        LocalText("河流", "Rivers"),
        "line",
        "river",
        (number("length_inside_km", "四市内长度（公里）", "Length within the four cities, km"),),
        build_rivers,
    ),
    LayerSpec(
        "lakes",
        "ecology",
        LocalText("湖泊", "Lakes"),
        "area",
        "lake",
        PLACE_COLUMNS,
        lambda records, built: build_places(records.lakes, records, built),
    ),
    LayerSpec(
        "zones",
        "development",
        LocalText("功能区", "Functional zones"),
        "area",
        "zone",
        PLACE_COLUMNS,
        lambda records, built: build_places(records.zones, records, built),
    ),
)
