"""How far the farthest point of an area lies from a feature: the end of the range of a place known by its area only."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.feature import AREA_DIMENSION

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
