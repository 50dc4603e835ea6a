"""Lengths, distances, areas and positions on the ellipsoid; no projection and no formula of the product.

Long because every claim is held against the same few measures, which stand side by side here.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

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


_MOST_AT_ONCE = 400_000
_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True)
class Nearest:
    """The two points (lon, lat) at which shapes are nearest, and the geodesic between them in metres."""

    metres: float
    on_a: Numbers
    on_b: Numbers


def outline_gap(a: Shape, b: Shape) -> Nearest:
    """Return where the points, lines and rings of two shapes are nearest; what lies inside a ring does not count."""
    near_a, near_b = _near(a, b)
    one, other = _nearest(a, near_a, b, near_b), _nearest(b, near_b, a, near_a)
    if one.metres <= other.metres:
        return one
    return Nearest(other.metres, other.on_b, other.on_a)


def gap(a: Shape, b: Shape) -> Nearest:
    """Return where two shapes are nearest; 0 metres at a common point when one lies in the other or edges cross."""
    common = common_point(a, b)
    return outline_gap(a, b) if common is None else Nearest(0.0, common, common)


def common_point(a: Shape, b: Shape) -> Numbers | None:
    """Return a point (lon, lat) of both where one has a corner inside the other or edges cross, else None."""
    for one, other in ((a, b), (b, a)):
        starts = np.concatenate(one.paths)
        is_in = inside(starts, other)
        if is_in.any():
            found: Numbers = starts[is_in.argmax()]
            return found
    edge, _, along = crossings(a.edges, b.edges)
    return between(a.edges[edge[:1]], along[:1])[0] if len(edge) else None


def inside(points: Numbers, shape: Shape) -> NDArray[np.bool_]:
    """Tell which rows (lon, lat) lie in an area: a ray to the east crosses its rings an odd number of times."""
    if shape.dimension != AREA:
        return np.zeros(len(points), dtype=bool)
    edges = shape.edges
    found = [_is_odd(part, edges) for part in _in_turns(points, len(edges))]
    return np.concatenate(found)


def crossings(edges: Numbers, others: Numbers) -> tuple[Counts, Counts, Numbers]:
    """Return which edges cross or touch which others, and where on the edge (0 its start, 1 its end)."""
    numbers, other_numbers = _within_reach(edges, others), _within_reach(others, edges)
    near, others_near = edges[numbers], others[other_numbers]
    start, way = near[:, None, 0], (near[:, 1] - near[:, 0])[:, None]
    other_start, other_way = others_near[None, :, 0], (others_near[:, 1] - others_near[:, 0])[None]
    to_other = other_start - start
    turn = cross(way, other_way)
    with np.errstate(divide="ignore", invalid="ignore"):
        along, other_along = cross(to_other, other_way) / turn, cross(to_other, way) / turn
    edge, other = np.nonzero((along >= 0) & (along <= 1) & (other_along >= 0) & (other_along <= 1))
    return numbers[edge], other_numbers[other], along[edge, other]


def distances(points: Numbers, shape: Shape) -> Numbers:
    """Return how many metres each row (lon, lat) lies from the points, lines or rings of a shape."""
    if not len(points):
        return np.empty(0)
    found = []
    for part in _in_turns(points, len(shape.segments)):
        squares, along = to_segments(in_space(part), shape.space[shape.segments])
        segment = squares.argmin(axis=1)
        foot = between(shape.corners[shape.segments[segment]], along[np.arange(len(part)), segment])
        found.append(metres_between(part, foot))
    return np.concatenate(found)


def reach_m(a: Shape, b: Shape) -> float:
    """Return how far a shape reaches out of another: 0 where it lies in it, holes and all."""
    outside = a.corners[~inside(a.corners, b)] if b.dimension == AREA else a.corners
    holes = b.corners[inside(b.corners, a)]
    return float(max(distances(outside, b).max(initial=0.0), distances(holes, a).max(initial=0.0)))


def to_segments(points: Numbers, segments: Numbers) -> tuple[Numbers, Numbers]:
    """Return for each point and segment in space the square of their distance, and where on the segment (0 to 1)."""
    start, way = segments[:, 0], segments[:, 1] - segments[:, 0]
    length = np.einsum("sx,sx->s", way, way)
    from_start = points[:, None] - start[None]
    reach = np.einsum("psx,sx->ps", from_start, way)
    along = np.clip(reach / np.where(length > 0, length, 1.0), 0.0, 1.0)
    squares = np.einsum("psx,psx->ps", from_start, from_start) - along * (2 * reach - along * length)
    return np.maximum(squares, 0.0), along


def near_parts(segments: Numbers, others: Numbers, most_m: float) -> tuple[Counts, Numbers, Numbers]:
    """Return which segments in space lie partly at most so far from which others, from where to where (0 to 1)."""
    number, other = _within_call(segments, others, most_m)
    from_, to = _near_parts(segments[number], others[other], most_m)
    is_near = from_ <= to
    return number[is_near], from_[is_near], to[is_near]


def between(ends: Numbers, along: Numbers) -> Numbers:
    """Return the rows (lon, lat) at a part of the way from one end to the other, straight in degrees."""
    found: Numbers = ends[:, 0] + along[:, None] * (ends[:, 1] - ends[:, 0])
    return found


def cross(a: Numbers, b: Numbers) -> Numbers:
    """Return above 0 where the second way turns left from the first."""
    found: Numbers = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return found


def _within_call(segments: Numbers, others: Numbers, most_m: float) -> tuple[Counts, Counts]:
    """Return the pairs whose middles lie as near as they must be for any of their points to be so near."""
    middles, half_m = _middles(segments)
    other_middles, other_half_m = _middles(others)
    found = []
    for part in _in_turns(np.arange(len(segments)), len(others)):
        apart_m = np.linalg.norm(middles[part, None] - other_middles[None], axis=2)
        number, other = np.nonzero(apart_m <= half_m[part, None] + other_half_m[None] + most_m)
        found.append((part[number], other))
    numbers, other_numbers = (np.concatenate(column) for column in zip(*found, strict=True))
    return numbers, other_numbers


def _middles(segments: Numbers) -> tuple[Numbers, Numbers]:
    """Return the middle of each segment in space, and half its length in metres."""
    return segments.mean(axis=1), np.linalg.norm(segments[:, 1] - segments[:, 0], axis=1) / 2


def _near_parts(segments: Numbers, others: Numbers, most_m: float) -> tuple[Numbers, Numbers]:
    """Return from where to where each segment is near the other of the same row; from above to where it never is.

    What is near a segment is near one of its ends, or near its straight line and between them: each is an interval, and
    so is all of it.
    """
    start, way = segments[:, 0], segments[:, 1] - segments[:, 0]
    to_start, to_end, other_way = start - others[:, 0], start - others[:, 1], others[:, 1] - others[:, 0]
    square = np.maximum(_dot(other_way, other_way), 1e-12)  # a point is a segment from it to it
    along, rise = _dot(to_start, other_way) / square, _dot(way, other_way) / square
    tube = _ball(to_start - along[:, None] * other_way, way - rise[:, None] * other_way, most_m)
    between_ends = _between_0_and_1(along, rise)
    from_, to = np.maximum(between_ends[0], tube[0]), np.minimum(between_ends[1], tube[1])
    is_none = from_ > to
    balls = [_ball(to_start, way, most_m), _ball(to_end, way, most_m)]
    from_ = np.minimum.reduce([np.where(is_none, np.inf, from_), *(ball[0] for ball in balls)])
    to = np.maximum.reduce([np.where(is_none, -np.inf, to), *(ball[1] for ball in balls)])
    return np.maximum(from_, 0.0), np.minimum(to, 1.0)


def _between_0_and_1(start: Numbers, rise: Numbers) -> tuple[Numbers, Numbers]:
    """Return from where to where a number that rises steadily lies between 0 and 1; from inf to -inf where never."""
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = np.sort([-start / rise, (1 - start) / rise], axis=0)
    is_still, is_ever = rise == 0, (rise != 0) | ((start >= 0) & (start <= 1))
    low, high = np.where(is_still, -np.inf, low), np.where(is_still, np.inf, high)
    return np.where(is_ever, low, np.inf), np.where(is_ever, high, -np.inf)


def _ball(start: Numbers, way: Numbers, most_m: float) -> tuple[Numbers, Numbers]:
    """Return from where to where a straight line is at most so far from 0; from inf to -inf where it never is."""
    square, half, rest = _dot(way, way), _dot(start, way), _dot(start, start) - most_m**2
    beyond = half**2 - square * rest
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(beyond, 0.0))
        from_, to = (-half - root) / square, (-half + root) / square
    is_still, is_ever = square == 0, np.where(square == 0, rest <= 0, beyond >= 0)
    from_, to = np.where(is_still, -np.inf, from_), np.where(is_still, np.inf, to)
    return np.where(is_ever, from_, np.inf), np.where(is_ever, to, -np.inf)


def _dot(a: Numbers, b: Numbers) -> Numbers:
    found: Numbers = (a * b).sum(axis=-1)
    return found


def _within_reach(edges: Numbers, others: Numbers) -> Counts:
    """Return the numbers of the edges that reach into the box around all the others."""
    if not len(others):
        return np.empty(0, dtype=np.int64)
    is_near = (edges.max(axis=1) >= others.min(axis=(0, 1))) & (edges.min(axis=1) <= others.max(axis=(0, 1)))
    return np.flatnonzero(is_near.all(axis=1))


def _near(a: Shape, b: Shape) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the corners of each that may be an end of a nearest segment."""
    here, there = a.space - a.space[0], b.space - a.space[0]
    squares = sum(np.subtract.outer(*axes) ** 2 for axes in zip(here.T, there.T, strict=True))
    from_a, from_b = squares.min(axis=1), squares.min(axis=0)
    most = (np.sqrt(max(from_a.min(), 0.0)) + a.longest_m + b.longest_m + 1.0) ** 2
    return from_a <= most, from_b <= most


def _nearest(a: Shape, near_a: NDArray[np.bool_], b: Shape, near_b: NDArray[np.bool_]) -> Nearest:
    """Return where a corner of one is nearest to a segment of the other."""
    corners = np.flatnonzero(near_a)
    segments = b.segments[near_b[b.segments].any(axis=1)]
    best = (np.inf, 0, 0, 0.0)
    for part in _in_turns(corners, len(segments)):
        squares, along = to_segments(a.space[part], b.space[segments])
        corner, segment = np.unravel_index(squares.argmin(), squares.shape)
        best = min(best, (float(squares[corner, segment]), int(part[corner]), int(segment), along[corner, segment]))
    _, corner_number, segment_number, at = best
    on_a, on_b = a.corners[[corner_number]], between(b.corners[segments[[segment_number]]], np.array([at]))
    return Nearest(float(metres_between(on_a, on_b)[0]), on_a[0], on_b[0])


def _is_odd(points: Numbers, edges: Numbers) -> NDArray[np.bool_]:
    lon, lat = points[:, :1], points[:, 1:]
    (west, south), (east, north) = edges[:, 0].T, edges[:, 1].T
    is_beside = (south[None] > lat) != (north[None] > lat)
    rise = np.where(north == south, 1.0, north - south)
    odd: NDArray[np.bool_] = (is_beside & (lon < west + (lat - south) * (east - west) / rise)).sum(axis=1) % 2 == 1
    return odd


def _in_turns(rows: NDArray[_T], columns: int) -> list[NDArray[_T]]:
    """Return rows in parts whose tables fit into memory."""
    return np.array_split(rows, max(1, len(rows) * columns // _MOST_AT_ONCE + 1)) if len(rows) else [rows]


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
