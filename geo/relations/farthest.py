"""How far the farthest point of an area lies from a feature: the end of the range of a place known by its area only."""

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

_TO_WITHIN_M = 50.0  # ranges are told to 0.1 km
_CELLS = 8  # along the longer side of the box, before any is divided


def farthest_m(area: BaseGeometry, feature: BaseGeometry) -> float:
    """Return the greatest distance (metres) of a point of an area from a feature, both metric; at most 50 m too short.

    Corners alone do not say it: inside of a ring the middle is farthest. Squares that may hold a farther point than the
    best one found are divided, as distance changes by no more than the way between two points.
    """
    shapely.prepare(feature)
    shapely.prepare(area)
    best = float(shapely.distance(feature, shapely.points(shapely.get_coordinates(area))).max(initial=0.0))
    west, south, east, north = area.bounds
    half = max(east - west, north - south) / (2 * _CELLS)
    x, y = np.meshgrid(np.arange(west + half, east + half, 2 * half), np.arange(south + half, north + half, 2 * half))
    centres = np.column_stack([x.ravel(), y.ravel()])
    while len(centres):
        points = shapely.points(centres)
        distances = np.asarray(shapely.distance(feature, points))
        inside = np.asarray(shapely.contains_xy(area, *centres.T), dtype=bool)
        best = max(best, float(distances[inside].max(initial=0.0)))
        reach = half * np.sqrt(2)
        centres = centres[(distances + reach > best + _TO_WITHIN_M) & (shapely.distance(area, points) <= reach)]
        half /= 2
        centres = np.concatenate([centres + half * np.array(step) for step in ((-1, -1), (-1, 1), (1, -1), (1, 1))])
    return best
