"""Areas on the ellipsoid: of a shape by geodesics, of what two shapes have in common by strips of equal latitude."""

import numpy as np

from geo.verify.geodesic import between, crossings
from geo.verify.shapes import ELLIPSOID, Numbers, Shape

_STRIP_DEG = 0.01
_STRIPS_AT_ONCE = 64


def area_km2(shape: Shape) -> float:
    """Return the area of rings, holes left out: geodesics between finely divided corners."""
    areas = [abs(ELLIPSOID.polygon_area_perimeter(*path.T)[0]) for path in shape.divided]
    return float(sum(-area if number in shape.holes else area for number, area in enumerate(areas))) / 1e6


def length_km(shape: Shape) -> float:
    """Return the length of lines: geodesics between finely divided corners."""
    return float(sum(ELLIPSOID.line_length(*path.T) for path in shape.divided)) / 1000


def common_share(a: Shape, b: Shape) -> float:
    """Return which part of an area lies in another area, 0 to 1."""
    return strips_km2(a, b) / area_km2(a)


def strips_km2(a: Shape, b: Shape) -> float:
    """Return the area that two areas have in common.

    The land is cut at the latitude of every corner and crossing, and every 0.01 degrees. Within such a strip no edge
    begins, ends or crosses another one: its middle line is as long as the mean of all its lines.
    """
    levels = _levels(a, b)
    if len(levels) < 2:  # noqa: PLR2004  a strip has two
        return 0.0
    middles = (levels[:-1] + levels[1:]) / 2
    turns = np.array_split(middles, len(middles) // _STRIPS_AT_ONCE + 1)
    widths = np.concatenate([_common_widths(a.edges, b.edges, part) for part in turns])
    return float((widths * np.diff(levels) * _km2_of_a_degree(middles)).sum())


def _levels(a: Shape, b: Shape) -> Numbers:
    """Return the latitudes at which strips begin and end, within both shapes."""
    edge, _, along = crossings(a.edges, b.edges)
    lats = [np.concatenate(shape.paths)[:, 1] for shape in (a, b)]
    south, north = max(lat.min() for lat in lats), min(lat.max() for lat in lats)
    every = np.arange(np.floor(south / _STRIP_DEG), np.ceil(north / _STRIP_DEG)) * _STRIP_DEG
    levels = np.unique(np.concatenate([*lats, between(a.edges[edge], along)[:, 1], every]))
    found: Numbers = levels[(levels >= south) & (levels <= north)]
    return found


def _common_widths(edges: Numbers, others: Numbers, lat: Numbers) -> Numbers:
    """Return how many degrees of longitude lie in both areas at each latitude: walk from crossing to crossing."""
    first, second = _crossing_lons(edges, lat), _crossing_lons(others, lat)
    lon = np.concatenate([first, second], axis=1)
    order = np.argsort(lon, axis=1)
    lon, is_first = np.take_along_axis(lon, order, axis=1), order < first.shape[1]
    is_in_both = (np.cumsum(is_first, axis=1) % 2 == 1) & (np.cumsum(~is_first, axis=1) % 2 == 1)
    lon = np.where(np.isinf(lon), 0.0, lon)
    found: Numbers = np.where(is_in_both[:, :-1], np.diff(lon, axis=1), 0.0).sum(axis=1)
    return found


def _crossing_lons(edges: Numbers, lat: Numbers) -> Numbers:
    """Return the longitudes at which edges cross each latitude, ascending; infinite where there are fewer."""
    is_near = (edges[..., 1].min(axis=1) <= lat.max()) & (edges[..., 1].max(axis=1) >= lat.min())
    (west, south), (east, north) = edges[is_near, 0].T, edges[is_near, 1].T
    is_crossed = (south[None] > lat[:, None]) != (north[None] > lat[:, None])
    rise = np.where(north == south, 1.0, north - south)
    lon = np.where(is_crossed, west + (lat[:, None] - south) * (east - west) / rise, np.inf)
    most = int(is_crossed.sum(axis=1).max(initial=0))
    return np.sort(lon, axis=1)[:, :most]


def _km2_of_a_degree(lat: Numbers) -> Numbers:
    """Return the area of one degree by one degree of the ellipsoid at a latitude."""
    lat = np.radians(lat)
    meridian_by_parallel = (1 - ELLIPSOID.es) * np.cos(lat) / (1 - ELLIPSOID.es * np.sin(lat) ** 2) ** 2
    found: Numbers = (ELLIPSOID.a / 1000 * np.radians(1.0)) ** 2 * meridian_by_parallel
    return found
