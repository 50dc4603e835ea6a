"""How far apart two shapes lie: every corner against every segment, in space, measured again as a geodesic."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geo.verify.shapes import AREA, Counts, Numbers, Shape, in_space, metres_between

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
