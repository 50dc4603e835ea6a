"""When a case fulfils a condition of place, how surely, and from how near to how far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.case import NO_MATCH, Certainty, Footprint, PlaceRole, Precision
from geo.divisions import city_of
from geo.feature import AREA_DIMENSION
from geo.relations.linear import LINES_OF
from geo.relations.table import Relations

Key = tuple[str, str]
Numbers = NDArray[np.int64]
_M = TypeVar("_M", float, NDArray[np.float64])


def lies_surely(reach_m: _M, radius_m: _M, limit_m: float = 0.0) -> Any:  # noqa: ANN401  one truth, or an array of them
    """Tell whether a place is within a limit wherever in its radius it lies; `reach_m` is below 0 inside an area."""
    return reach_m + radius_m <= limit_m


@dataclass(frozen=True, eq=False)
class FeatureMatches:
    """The relations of one feature that fulfil a condition: rows, ranks of certainty, and how near each can be.

    `from_m` is metres: the distance less the radius, 0 where the place names the feature. `coarseness` ranks how finely
    the place is known, one that names the feature first: of matches alike in the rest it chooses the one that is told.
    """

    row: Numbers
    rank: NDArray[np.uint8]
    from_m: NDArray[np.float64]
    coarseness: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Matching:
    """All footprints as columns, in the order in which relations count them, with the feature each one names.

    `named` gives the (layer, id) of the feature that a footprint is the shape of; None where it is of none.
    """

    footprints: Sequence[Footprint]
    named: Sequence[Key | None]
    relations: Relations

    def of_feature(self, layer: str, feature: str, *, within_km: float) -> FeatureMatches:
        """Return which footprints fulfil: within a distance of a feature, or with 0 in or on it."""
        table, limit_m = self.relations, within_km * 1000
        row, is_named = self._may_match((layer, feature), limit_m)
        footprint = table.footprint[row]
        radius_m, is_fine = self._radius_m[footprint], self._is_fine[footprint]
        distance_m = np.where(is_named, 0.0, table.distance_m[row])
        reach_m = np.where(table.within[row], -table.depth_m[row], distance_m)
        meets = table.meets[row]
        may = distance_m - radius_m <= limit_m if within_km else meets | ((radius_m > 0) & (distance_m <= radius_m))
        must = lies_surely(reach_m, radius_m, limit_m) & (meets | (within_km > 0))
        if not within_km and layer in self._stated_in:
            may = may & ~self._stated_in[layer][footprint]
        rank = np.full(len(row), NO_MATCH, dtype=np.uint8)
        rank[may] = Certainty.POSSIBLE.rank
        rank[may & ~is_fine & self._is_jurisdiction[footprint]] = Certainty.APPLIES.rank
        rank[(may & must & is_fine) | is_named] = Certainty.LOCATED.rank
        rank[self._is_region[footprint] & (rank < NO_MATCH)] = Certainty.REGION.rank
        is_match = rank < NO_MATCH
        from_m = np.maximum(distance_m - radius_m, 0.0)
        coarseness = np.where(is_named, -1, self._coarseness[footprint])
        return FeatureMatches(row[is_match], rank[is_match], from_m[is_match], coarseness[is_match])

    def _may_match(self, key: Key, limit_m: float) -> tuple[Numbers, NDArray[np.bool_]]:
        """Return the rows of a feature near enough for the greatest radius, and which of them name the feature."""
        rows = self.relations.rows_of_feature(*key)
        is_named = _are_among(self.relations.footprint[rows], self._naming(key))
        is_near = self.relations.distance_m[rows] <= limit_m + self._greatest_radius_m
        chosen = np.flatnonzero(is_near | is_named)
        return rows.start + chosen, is_named[chosen]

    def names(self, footprint: int, key: Key) -> bool:
        """Tell whether a footprint names a feature, or is stated to lie in it."""
        return footprint in self._naming(key)

    def _naming(self, key: Key) -> Numbers:
        return self._numbers_naming.get(key, _NONE)

    @cached_property
    def _numbers_naming(self) -> Mapping[Key, Numbers]:
        found: dict[Key, list[int]] = {}
        for number, (footprint, named) in enumerate(zip(self.footprints, self.named, strict=True)):
            for key in {*_with_line(named), *_stated(footprint)}:
                found.setdefault(key, []).append(number)
        return {key: np.array(numbers) for key, numbers in found.items()}

    @cached_property
    def _radius_m(self) -> NDArray[np.float64]:
        return np.array([footprint.radius_m for footprint in self.footprints], dtype=np.float64)

    @cached_property
    def _greatest_radius_m(self) -> float:
        return float(self._radius_m.max(initial=0.0))

    @cached_property
    def _is_fine(self) -> NDArray[np.bool_]:
        return np.array([footprint.is_fine for footprint in self.footprints], dtype=bool)

    @cached_property
    def _coarseness(self) -> Numbers:
        return np.array([footprint.precision.rank for footprint in self.footprints], dtype=np.int64)

    @cached_property
    def _is_jurisdiction(self) -> NDArray[np.bool_]:
        return np.array([footprint.role is PlaceRole.JURISDICTION for footprint in self.footprints], dtype=bool)

    @cached_property
    def _is_region(self) -> NDArray[np.bool_]:
        return np.array([footprint.precision is Precision.REGION for footprint in self.footprints], dtype=bool)

    @cached_property
    def _stated_in(self) -> Mapping[str, NDArray[np.bool_]]:
        """Return by layer which footprints are known to lie in one of its features, whatever the outlines say."""
        stated = [{layer for layer, _ in _stated(footprint)} for footprint in self.footprints]
        return {layer: np.array([layer in one for one in stated], dtype=bool) for layer in ("counties", "cities")}


def _are_among(numbers: NDArray[np.int32], chosen: Numbers) -> NDArray[np.bool_]:
    """Return which of ascending numbers are among chosen ones."""
    found = np.zeros(len(numbers), dtype=bool)
    place = np.searchsorted(numbers, chosen)
    is_there = place < len(numbers)
    place, chosen = place[is_there], chosen[is_there]
    found[place[numbers[place] == chosen]] = True
    return found


_NONE = np.empty(0, dtype=np.int64)


def _with_line(named: Key | None) -> Iterable[Key]:
    """Return what a footprint of a feature names: the feature, and the line on which its kilometres run."""
    if named is None:
        return ()
    layer, feature = named
    return {named, (LINES_OF[layer], feature)} if layer in LINES_OF else (named,)


def _stated(footprint: Footprint) -> Iterable[Key]:
    """Return the county and the city in which a place is known to lie; none of several, which its shape tells apart."""
    if footprint.precision is Precision.REGION:
        return
    cities = {city_of(code) for code in footprint.counties}
    if len(footprint.counties) == 1:
        yield ("counties", footprint.counties[0])
    if len(cities) == 1:
        yield ("cities", cities.pop())


_TO_WITHIN_M = 50.0  # ranges are told to 0.1 km
_CELLS = 8  # along the longer side of the box, before any is divided


def farthest_m(area: BaseGeometry, feature: BaseGeometry) -> float:
    """Return the greatest distance of a point of an area from a feature; at most 50 m too short.

    Corners alone do not say it: inside of a ring the middle is farthest. Squares that may hold a farther point than the
    best one found are divided, as distance changes by no more than the way between two points; those that lie deep
    inside the feature hold none.

    Args:
        area: Valid, metric CRS; holes count as outside.
        feature: Points, lines or areas, metric CRS.

    Returns:
        Metres; 0 where the feature covers the area.
    """
    if shapely.covers(feature, area):
        return 0.0
    for shape in (area, feature):
        shapely.prepare(shape)
    corners = shapely.points(shapely.get_coordinates(area))
    best = float(np.max(shapely.distance(feature, corners), initial=0.0))
    west, south, east, north = area.bounds
    half = max(east - west, north - south) / (2 * _CELLS)
    # centres of squares with sides of 2 · half, (squares, 2), that cover the box
    x, y = np.meshgrid(np.arange(west + half, east + half, 2 * half), np.arange(south + half, north + half, 2 * half))
    centres = np.column_stack([x.ravel(), y.ravel()])
    while len(centres):
        signed_m = _signed_m(feature, centres)
        inside = np.asarray(shapely.contains_xy(area, *centres.T), dtype=bool)
        best = max(best, float(signed_m[inside].max(initial=0.0)))
        # no point of a square is farther from its centre than half its diagonal, so none gains more than that
        reach = half * np.sqrt(2)
        maybe = centres[signed_m + reach > best + _TO_WITHIN_M]
        centres = maybe[shapely.dwithin(area, shapely.points(maybe), reach)]
        half /= 2
        centres = np.concatenate([centres + half * np.array(step) for step in ((-1, -1), (-1, 1), (1, -1), (1, 1))])
    return best


def _signed_m(feature: BaseGeometry, places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how many metres places (n, 2) lie from a feature, (n,); inside of an area as numbers below 0."""
    points = np.asarray(shapely.points(places), dtype=object)
    distance_m = np.atleast_1d(np.asarray(shapely.distance(feature, points), dtype=np.float64))
    inside = np.flatnonzero(distance_m == 0.0)
    if len(inside) and shapely.get_dimensions(feature) == AREA_DIMENSION:
        distance_m[inside] = -shapely.distance(shapely.boundary(feature), points[inside])
    return distance_m
