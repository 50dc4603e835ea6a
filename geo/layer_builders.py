"""Build layers from their records and the layers before them."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import shapely
from shapely.geometry.base import BaseGeometry

from geo.corridors.belts import axis_feature, belt_feature
from geo.corridors.border_zones import border_line_features, border_zone_feature, side_features
from geo.corridors.recipes import AxisRecipe
from geo.errors import GeometryError, RecordError
from geo.feature import Feature, Layer
from geo.layer_types import Built, LayerRecords
from geo.overlays.ecology import county_park_features, ridge_feature, ring_feature, river_features
from geo.overlays.places import PlaceRecord, place_features

_R = TypeVar("_R")


def _each(build: Callable[[_R], Feature], records: Sequence[_R]) -> list[Feature]:
    """Build one feature a record; tell of all that fail at once."""
    features, problems = [], []
    for record in records:
        try:
            features.append(build(record))
        except GeometryError as error:
            problems.append(str(error))
    if problems:
        raise RecordError(problems)
    return features


def _shapes(layer: Layer) -> dict[str, BaseGeometry]:
    return {feature.id: feature.geometry for feature in layer}


def build_belts(recipes: Sequence[AxisRecipe], built: Built) -> list[Feature]:
    """Build belts or corridors from their recipes."""
    counties = _shapes(built["counties"])
    return _each(lambda recipe: belt_feature(recipe, counties), recipes)


def build_axes(records: LayerRecords, built: Built) -> list[Feature]:
    """Build the axes of belts and corridors."""
    counties = _shapes(built["counties"])
    return _each(lambda recipe: axis_feature(recipe, counties), (*records.belts, *records.corridors))


def build_border_zones(records: LayerRecords, built: Built) -> list[Feature]:
    """Build the border zones, both sides of each."""
    counties = _shapes(built["counties"])
    width_km = records.border_zone_width_km
    return _each(lambda record: border_zone_feature(record, counties, width_km=width_km), records.border_zones)


def build_sides(_: LayerRecords, built: Built) -> list[Feature]:
    """Build each side of each border zone."""
    counties = {county.id: county for county in built["counties"]}
    return [side for zone in built["border_zones"] for side in side_features(zone, counties)]


def build_border_lines(records: LayerRecords, built: Built) -> list[Feature]:
    """Build the borders that the zones follow."""
    counties = {county.id: county for county in built["counties"]}
    return border_line_features(records.border_zones, counties)


def build_eco_zones(records: LayerRecords, built: Built) -> list[Feature]:
    """Build the ecological zones."""
    cities, roads = _shapes(built["cities"]), _shapes(built["expressways"])
    counties = {county.id: county for county in built["counties"]}
    return [
        *(ridge_feature(record, cities) for record in records.ridges),
        *(ring_feature(record, roads) for record in records.rings),
        *(part for record in records.county_parks for part in county_park_features(record, counties)),
    ]


def build_rivers(records: LayerRecords, built: Built) -> list[Feature]:
    """Build the rivers within the area."""
    area = shapely.union_all(list(_shapes(built["cities"]).values()))
    return river_features(records.rivers, records.river_lines, area)


def build_places(records: Sequence[PlaceRecord], all_records: LayerRecords, built: Built) -> list[Feature]:
    """Build places that are drawn as counties or townships."""
    return place_features(records, _shapes(built["counties"]), all_records.boundaries.townships)
