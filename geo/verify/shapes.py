"""Shapes as plain numbers: edges straight in longitude and latitude, their corners, and the place of each in space."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

ELLIPSOID = Geod(ellps="WGS84")
AREA = 2  # dimensions
_STEP_DEG = 0.005  # about 500 m: between two corners, what is straight in degrees and what is geodesic differ by 3 mm
Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Shape:
    """A geometry, WGS-84: `paths` are its points, lines or rings as rows (lon, lat), `dimension` is 0, 1 or 2.

    `holes` are the numbers of those rings that bound a hole.
    """

    dimension: int
    paths: tuple[Numbers, ...]
    holes: frozenset[int] = frozenset()

    @cached_property
    def edges(self) -> Numbers:
        """Return the edges as recorded: edge, end, (lon, lat)."""
        pairs = [np.stack([path[:-1], path[1:]], axis=1) for path in self.paths]
        return np.concatenate(pairs)

    @cached_property
    def divided(self) -> tuple[Numbers, ...]:
        """Return the paths with corners every 0.005 degrees."""
        return tuple(_divided(path) for path in self.paths)

    @cached_property
    def corners(self) -> Numbers:
        """Return the corners of the divided paths (lon, lat)."""
        return np.concatenate(self.divided)

    @cached_property
    def segments(self) -> Counts:
        """Return the numbers of the two corners of each segment; a path of one point is a segment from it to it."""
        starts = np.cumsum([0, *(len(path) for path in self.divided)])
        pairs = [
            np.stack([np.arange(start, max(end - 1, start + 1)), np.arange(min(start + 1, end - 1), end)], axis=1)
            for start, end in pairwise(starts)
        ]
        return np.concatenate(pairs)

    @cached_property
    def space(self) -> Numbers:
        """Return the corners as metres from the centre of the Earth (x, y, z)."""
        return in_space(self.corners)

    @cached_property
    def longest_m(self) -> float:
        """Return the length of the longest segment."""
        ends = self.space[self.segments]
        return float(np.linalg.norm(ends[:, 1] - ends[:, 0], axis=1).max())


def shape_of(geometry: BaseGeometry) -> Shape:
    """Return a geometry, WGS-84, as numbers."""
    paths = [
        (shapely.get_coordinates(path), is_hole)
        for part in shapely.get_parts(geometry)
        for path, is_hole in _paths(part)
    ]
    holes = frozenset(number for number, (_, is_hole) in enumerate(paths) if is_hole)
    return Shape(int(shapely.get_dimensions(geometry)), tuple(path for path, _ in paths), holes)


def point_shape(lon: float, lat: float) -> Shape:
    """Return one point, WGS-84."""
    return Shape(0, (np.array([[lon, lat]]),))


def in_space(degrees: Numbers) -> Numbers:
    """Return rows (lon, lat) as metres from the centre of the Earth (x, y, z): no projection bends what is measured."""
    lon, lat = np.radians(degrees).T
    across = ELLIPSOID.a / np.sqrt(1 - ELLIPSOID.es * np.sin(lat) ** 2)
    return np.column_stack(
        [
            across * np.cos(lat) * np.cos(lon),
            across * np.cos(lat) * np.sin(lon),
            across * (1 - ELLIPSOID.es) * np.sin(lat),
        ]
    )


def metres_between(a: Numbers, b: Numbers) -> Numbers:
    """Return the geodesic distance of each row (lon, lat) from the same row of another list."""
    found: Numbers = np.asarray(ELLIPSOID.inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])
    return found


def _paths(part: BaseGeometry) -> list[tuple[BaseGeometry, bool]]:
    if not isinstance(part, shapely.Polygon):
        return [(part, False)]
    return [(part.exterior, False), *((ring, True) for ring in part.interiors)]


def _divided(path: Numbers) -> Numbers:
    steps = np.ceil(np.abs(np.diff(path, axis=0)).max(axis=1, initial=0.0) / _STEP_DEG)
    steps = np.maximum(steps, 1).astype(np.int64)
    edge = np.repeat(np.arange(len(steps)), steps)
    nth = np.arange(len(edge)) - np.repeat(np.cumsum(steps) - steps, steps)
    at = np.append(edge + nth / steps[edge], len(steps))
    return np.column_stack([np.interp(at, np.arange(len(path)), column) for column in path.T])
