"""Turn an imported line the way ours runs, so that kilometres begin where they began."""

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import Metric
from geo.geography.lines import MOST_GAP_M


def as_ours(shape: BaseGeometry, ours: BaseGeometry, metric: Metric) -> BaseGeometry:
    """Return a line with each piece in the direction of the piece of ours that it follows; a ring begins as ours does.

    WGS-84 in and out.
    """
    if shape.is_empty:
        return shape
    guides = list(shapely.get_parts(ours))
    parts = [_turned(part, _guide(part, guides), metric) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else MultiLineString(parts)


def _guide(part: LineString, guides: list[LineString]) -> LineString:
    return min(guides, key=lambda guide: float(shapely.hausdorff_distance(part, guide)))


def _turned(part: LineString, guide: LineString, metric: Metric) -> LineString:
    first, last = Point(part.coords[0]), Point(part.coords[-1])
    if guide.is_ring and metric.distance_m(first, last) <= MOST_GAP_M:
        return _ring(part, guide)
    return part.reverse() if guide.project(first) > guide.project(last) else part


def _ring(part: LineString, guide: LineString) -> LineString:
    corners = np.asarray(part.coords)
    corners = corners[:-1] if part.is_ring else corners
    if shapely.is_ccw(shapely.LinearRing(corners)) != shapely.is_ccw(shapely.LinearRing(guide.coords)):
        corners = corners[::-1]
    first = int(np.argmin(np.linalg.norm(corners - np.asarray(guide.coords[0]), axis=1)))
    turned = np.roll(corners, -first, axis=0)
    return LineString(np.vstack([turned, turned[:1]]))
