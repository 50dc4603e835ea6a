"""LAYERS: the table that map, API, exports, docs and tests loop over."""

from geo.boundaries.boundaries import city_features, county_features
from geo.crs import metric_of
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
from geo.words import word


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
        word("Cities"),
        "area",
        "city",
        (Column("counties", "integer", word("Number of counties")), AREA),
        lambda records, _: city_features(records.boundaries),
    ),
    LayerSpec(
        "counties",
        "administrative",
        word("Counties"),
        "area",
        "county",
        (text("city", word("City code")), OFFICIAL_AREA, AREA),
        lambda records, _: county_features(records.boundaries),
    ),
    LayerSpec(
        "belts",
        "development",
        word("Industry belts"),
        "area",
        "belt",
        AXIS_COLUMNS,
        lambda records, built: build_belts(records.belts, built),
    ),
    LayerSpec(
        "corridors",
        "development",
        word("Corridors"),
        "area",
        "corridor",
        AXIS_COLUMNS,
        lambda records, built: build_belts(records.corridors, built),
    ),
    LayerSpec(
        "axes",
        "development",
        word("Axes of belts and corridors"),
        "line",
        "axis",
        (*AXIS_COLUMNS[:2], *AXIS_COLUMNS[3:]),
        build_axes,
    ),
    LayerSpec(
        "border_zones",
        "development",
        word("Border zones"),
        "area",
        "border_zone",
        (
            COUNTIES,
            text("pair_rating", word("Rating of the pair")),
            Column("is_pilot", "boolean", word("One of the seven pilots")),
            text("batch", word("Batch of demonstration sites")),
            number("width_km", word("Width to each side, km")),
            number("border_km", word("Length of the border, km")),
            AREA,
            text("area_by_side_km2", word("Area of each side, km²")),
        ),
        build_border_zones,
    ),
    LayerSpec(
        "border_zone_sides",
        "development",
        word("Sides of the border zones"),
        "area",
        "border_zone",
        (
            text("border_zone", word("Id of the border zone")),
            text("county", word("County code")),
            number("width_km", word("Width, km")),
            AREA,
        ),
        build_sides,
    ),
    LayerSpec(
        "border_lines",
        "development",
        word("Borders of the border zones"),
        "line",
        "border_line",
        (
            text("border_zones", word("Ids of the border zones")),
            COUNTIES,
            number("border_km", word("Length of the border, km")),
        ),
        build_border_lines,
    ),
    LayerSpec(
        "transit_lines",
        "transport",
        word("Transit lines"),
        "line",
        "transit_line",
        (
            text("mode", word("Mode")),
            FACT_RATING,
            text("open_date", word("Opening date")),
            text("open_date_rating", word("Rating of the opening date")),
            number("official_length_km", word("Official length, km")),
            DRAWN_LENGTH,
            Column("stations_drawn", "integer", word("Stations drawn")),
            text("official_distances", word("Official distances between stops, km")),
            text(
                "chainage",
                word("Drawn and official kilometre of stops (≈: by the official length)"),
            ),
        ),
        lambda records, built: line_features(
            records.lines, records.stations, metric_of(built["cities"].bounds), records.distances
        ),
    ),
    LayerSpec(
        "transit_stations",
        "transport",
        word("Transit stations"),
        "point",
        "transit_station",
        (
            text("lines", word("Lines")),
            text("county", word("County code")),
            text("method", word("How the point was made")),
        ),
        lambda records, _: station_features(records.lines, records.stations),
    ),
    LayerSpec(
        "expressways",
        "transport",
        word("Expressways"),
        "line",
        "expressway",
        (
            text("code", word("Road number")),
            text("code_rating", word("Rating of the number")),
            FACT_RATING,
            DRAWN_LENGTH,
            text("nodes", word("Nodes")),
        ),
        lambda records, _: expressway_features(records.expressways, records.nodes),
    ),
    LayerSpec(
        "airports",
        "transport",
        word("Airports"),
        "point",
        "airport",
        (text("county", word("County code")),),
        lambda records, _: airport_features(records.airports),
    ),
    LayerSpec(
        "eco_zones",
        "ecology",
        word("Ecological zones"),
        "area",
        "eco_zone",
        (OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS, text("county", word("County code"))),
        build_eco_zones,
    ),
    LayerSpec(
        "rivers",
        "ecology",
        word("Rivers"),
        "line",
        "river",
        (number("length_inside_km", word("Length within the area, km")),),
        build_rivers,
    ),
    LayerSpec(
        "lakes",
        "ecology",
        word("Lakes"),
        "area",
        "lake",
        PLACE_COLUMNS,
        lambda records, built: build_places(records.lakes, records, built),
    ),
    LayerSpec(
        "zones",
        "development",
        word("Functional zones"),
        "area",
        "zone",
        PLACE_COLUMNS,
        lambda records, built: build_places(records.zones, records, built),
    ),
)
