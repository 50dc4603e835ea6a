"""WGS-84 inside; lengths, areas and buffers in one metric CRS.

Coordinates are (lon, lat) in degrees, and edges are straight in longitude and latitude, as exports say. Long edges are
divided before they are projected: undivided ones would take another way in metres, up to 59 m off here. The metric CRS
is an Albers equal-area projection centred on the four cities: distances within 0.02 % of geodesic there.
"""

from collections.abc import Sequence
from functools import cache, partial
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

WGS84 = "EPSG:4326"
LON_RANGE, LAT_RANGE = (73.0, 136.0), (3.0, 54.0)  # degrees within which coordinates in China lie
METRIC = "+proj=aea +lat_1=29.8 +lat_2=31.2 +lat_0=30.5 +lon_0=104.3 +datum=WGS84 +units=m +type=crs"
_ELLIPSOID = Geod(ellps="WGS84")
_WORLD_M = 40_075_016.685578488  # around the equator, EPSG:3857
_LONGEST_EDGE_DEG = 0.03  # about 3 km, which strays 0.1 m
_G = TypeVar("_G", bound=BaseGeometry)


def to_metric(geometry: _G) -> _G:
    """Return a WGS-84 geometry in metres, its long edges divided."""
    return _transform(_divided(geometry), _transformer(WGS84, METRIC))


def to_wgs84(geometry: _G) -> _G:
    """Return a geometry in metres as WGS-84."""
    return _transform(geometry, _transformer(METRIC, WGS84))


def to_metric_all(geometries: Sequence[BaseGeometry] | NDArray[np.object_]) -> NDArray[np.object_]:
    """Return WGS-84 geometries in metres, their long edges divided, all at once."""
    project = partial(_project, _transformer(WGS84, METRIC))
    divided = shapely.segmentize(np.array(geometries, dtype=object), _LONGEST_EDGE_DEG)
    found: NDArray[np.object_] = shapely.transform(divided, project)
    return found


def coordinates_to_wgs84(metres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rows of metres (x, y) as rows of WGS-84 (lon, lat)."""
    return _project(_transformer(METRIC, WGS84), metres)


def buffer_m(geometry: BaseGeometry, distance_m: float) -> BaseGeometry:
    """Return the area within a distance of a geometry, WGS-84 in and out. Empty stays empty."""
    return to_wgs84(to_metric(geometry).buffer(distance_m, quad_segs=16))


def area_km2(geometry: BaseGeometry) -> float:
    """Return the area of a WGS-84 geometry; 0 for points and lines."""
    return float(to_metric(geometry).area) / 1e6


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
