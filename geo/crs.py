"""WGS-84 inside; lengths and areas on the ellipsoid, everything that compares shapes in a projection of the area.

Coordinates are (lon, lat) in degrees, and edges are straight in longitude and latitude, as exports say. Long edges are
divided before they are projected: undivided ones would take another way in metres, up to 59 m off at 30 degrees north.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Self, TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
MOST_ERROR = 0.0005  # of a distance; what answers state as their own tolerance
_ELLIPSOID = Geod(ellps="WGS84")
_WORLD_M = 40_075_016.685578488  # around the equator, EPSG:3857
_LONGEST_EDGE_DEG = 0.03  # about 3 km, which strays 0.1 m
_PARALLELS_AT = 1 / 7  # of the height of the area, from its south and north: the least error of several tried
_LEAST_HEIGHT_DEG = 0.1  # two parallels that coincide, or lie on the equator, make no cone
_DECIMALS = 2
_GRID = 9  # points to each side at which the error is measured
_STEP_M = 1000.0
_BEARINGS = range(0, 180, 15)
_G = TypeVar("_G", bound=BaseGeometry)
_Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Metric:
    """A projection in metres, fitted to one area: an Albers equal-area one between two of its parallels.

    `definition` is what PROJ reads. Two of the same bounds are equal; make one with `metric_of`.
    """

    definition: str

    def __deepcopy__(self, _: dict[int, object]) -> Self:
        """Return itself, for it never changes: frames carry it, and copy what they carry at every step."""
        return self

    def to_metric(self, geometry: _G) -> _G:
        """Return a WGS-84 geometry in metres, its long edges divided."""
        return _transform(_divided(geometry), self._forth)

    def to_metric_all(self, geometries: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
        """Return WGS-84 geometries in metres, their long edges divided, all at once."""
        divided = shapely.segmentize(np.array(geometries, dtype=object), _LONGEST_EDGE_DEG)
        found: NDArray[np.object_] = shapely.transform(divided, partial(_project, self._forth))
        return found

    def to_wgs84(self, geometry: _G) -> _G:
        """Return a geometry in metres as WGS-84."""
        return _transform(geometry, self._back)

    def coordinates_to_wgs84(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return rows of metres (x, y) as rows of WGS-84 (lon, lat)."""
        return _project(self._back, metres)

    def distance_m(self, a: BaseGeometry, b: BaseGeometry) -> float:
        """Return the shortest distance between two WGS-84 geometries; 0 when they meet."""
        return float(self.to_metric(a).distance(self.to_metric(b)))

    def error_within(self, bounds: Iterable[float]) -> float:
        """Return by which part a distance is off at worst, measured against geodesics over a grid of the bounds.

        Args:
            bounds: west, south, east, north in degrees.
        """
        west, south, east, north = bounds
        grid = np.meshgrid(np.linspace(west, east, _GRID), np.linspace(south, north, _GRID), _BEARINGS)
        lon, lat, bearing = (axis.ravel() for axis in grid)
        there = _ELLIPSOID.fwd(lon, lat, bearing, np.full(len(lon), _STEP_M))
        steps = self._forth.transform(*there[:2]) - np.array(self._forth.transform(lon, lat))
        return float(np.abs(np.hypot(*steps) / _STEP_M - 1).max())

    @cached_property
    def _forth(self) -> Transformer:
        return _transformer(WGS84, self.definition)

    @cached_property
    def _back(self) -> Transformer:
        return _transformer(self.definition, WGS84)


def metric_of(bounds: Iterable[float]) -> Metric:
    """Return the projection that fits an area best.

    Args:
        bounds: west, south, east, north of the area in degrees, WGS-84.
    """
    west, south, east, north = bounds
    inset = max(north - south, _LEAST_HEIGHT_DEG) * _PARALLELS_AT
    lat, lon = round((south + north) / 2, _DECIMALS), round((west + east) / 2, _DECIMALS)
    first, second = round(south + inset, _DECIMALS), round(north - inset, _DECIMALS)
    if second - first < _LEAST_HEIGHT_DEG / 2:
        first = second = lat
    return Metric(f"+proj=aea +lat_1={first} +lat_2={second} +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m +type=crs")


def buffer_m(geometry: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return the area within a distance of a geometry, WGS-84 in and out. Empty stays empty.

    It is drawn in a projection of its own, fitted to the geometry.
    """
    if geometry.is_empty:
        return geometry
    metric = metric_of(geometry.bounds)
    return metric.to_wgs84(metric.to_metric(geometry).buffer(distance_m, quad_segs=16))


def area_km2(geometry: BaseGeometry) -> float:
    """Return the area of a WGS-84 geometry on the ellipsoid; 0 for points and lines."""
    polygons = [part for part in shapely.get_parts(_divided(geometry)) if part.geom_type == "Polygon"]
    return sum(abs(_ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(p))[0]) for p in polygons) / 1e6


def length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of a WGS-84 geometry: a line's length, an area's perimeter."""
    return float(_ELLIPSOID.geometry_length(_divided(geometry))) / 1000


def _divided(geometry: _G) -> _G:
    return shapely.segmentize(geometry, _LONGEST_EDGE_DEG)


@cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _transform(geometry: _G, transformer: Transformer) -> _G:
    return shapely.transform(geometry, partial(_project, transformer))


def _project(transformer: Transformer, xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def to_world(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return degrees, WGS-84, as parts of the square world of web maps: x to the east, y to the south, each 0 to 1."""
    x, y = _transformer(WGS84, "EPSG:3857").transform(lon, lat)
    return 0.5 + x / _WORLD_M, 0.5 - y / _WORLD_M
