"""Kilometres, sides and stretches of a line, walked on the ellipsoid."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Layer
from geo.relations.table import Relation
from geo.verify.geodesic import (
    AREA,
    Counts,
    Nearest,
    Numbers,
    Shape,
    between,
    common_share,
    cross,
    crossings,
    gap,
    in_space,
    inside,
    metres_between,
    near_parts,
    outline_gap,
    shape_of,
    to_segments,
)

_SAME_LINE_M = 0.02
_SAME_PLACE_KM = 1e-5
_CROSSING_KM = 0.001  # lines are as near as the same line for so long where one crosses, unless very aslant
_AHEAD = 0.01  # the sine of an angle that is not told from straight on
Stretch = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Line:
    """A line whose parts follow each other, so that kilometres run on from one to the next."""

    shape: Shape

    @cached_property
    def ends_km(self) -> Numbers:
        """Return the kilometres at which each segment starts and ends."""
        ends = self.shape.corners[self.shape.segments]
        to_km = np.cumsum(metres_between(ends[:, 0], ends[:, 1])) / 1000
        return np.column_stack([np.append(0.0, to_km[:-1]), to_km])

    @property
    def length_km(self) -> float:
        """Return the length of all parts."""
        return float(self.ends_km[-1, 1])

    @property
    def is_closed(self) -> bool:
        """Tell whether the line ends where it starts."""
        return len(self.shape.paths) == 1 and bool((self.shape.paths[0][0] == self.shape.paths[0][-1]).all())

    def length_of(self, stretch: Stretch) -> float:
        """Return the kilometres of a stretch, which may run over the start."""
        start, end = stretch
        return end - start if end >= start else end - start + self.length_km

    def km_between(self, a: float, b: float) -> float:
        """Return how far apart two kilometres are, the short way round on a closed line."""
        apart = abs(a - b)
        return min(apart, abs(self.length_km - apart)) if self.is_closed else apart

    def points_at(self, km: Numbers) -> Numbers:
        """Return the points (rows of lon, lat) at kilometres: beyond an end the end, but a closed line goes on."""
        km = km % self.length_km if self.is_closed else km
        segment = np.clip(np.searchsorted(self.ends_km[:, 1], km), 0, len(self.ends_km) - 1)
        return self._points(segment, np.clip(km, *self.ends_km[segment].T))

    @property
    def rounds_km(self) -> tuple[float, ...]:
        """Return what may be added to a kilometre without another place of it: nothing, or a round of a closed line."""
        return (0.0, -self.length_km, self.length_km) if self.is_closed else (0.0,)

    def beside(self, stretch: Stretch, shape: Shape, *, by_m: float) -> list[Stretch]:
        """Return the parts of a stretch that lie at most so many metres from a shape's points, lines or rings.

        On a closed line the stretch may begin before the start or end behind the end.
        """
        ends_km = np.concatenate([self.ends_km + turn for turn in sorted(self.rounds_km)])
        number = np.flatnonzero((ends_km[:, 0] <= stretch[1]) & (ends_km[:, 1] >= stretch[0]))
        segments = self.shape.segments[number % len(self.ends_km)]
        part, *fractions = near_parts(self.shape.space[segments], shape.space[shape.segments], by_m)
        start, end = ends_km[number[part]].T
        found = np.clip([start + fraction * (end - start) for fraction in fractions], *stretch)
        return _joined(sorted((float(a), float(b)) for a, b in found.T))

    def aside(self, stretch: Stretch, shape: Shape, *, by_m: float) -> list[Stretch]:
        """Return the other parts of a stretch, which lie farther from the shape."""
        beside = self.beside(stretch, shape, by_m=by_m)
        ends = [stretch[0], *(km for piece in beside for km in piece), stretch[1]]
        return [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b]

    def stretches(self, shape: Shape) -> list[Stretch]:
        """Return from where to where a shape covers the line, in kilometres, by their start.

        A line that only crosses covers a stretch of length 0. On a closed line a stretch may run over the start: it
        then ends at fewer kilometres than it starts.
        """
        return self._over_the_start(self.open_stretches(shape))

    def open_stretches(self, shape: Shape) -> list[Stretch]:
        """Return the same, but as if a closed line were open: none runs over the start."""
        if shape.dimension == AREA:
            return _joined(self._inside(shape))
        along = self.beside((0.0, self.length_km), shape, by_m=_SAME_LINE_M)
        return _joined(sorted([*(one for one in along if one[1] - one[0] > _CROSSING_KM), *self._crossed(shape)]))

    def _inside(self, area: Shape) -> list[Stretch]:
        """Return the pieces, between the places where the line crosses an area's outline, whose middles lie in it."""
        segment, at_km = self._cuts(area)
        order = np.lexsort((at_km, segment))
        segment, at_km = segment[order], at_km[order]
        pieces = np.flatnonzero((np.diff(segment) == 0) & (np.diff(at_km) > 0))
        middles = self._points(segment[pieces], (at_km[pieces] + at_km[pieces + 1]) / 2)
        pieces = pieces[inside(middles, area)]
        return sorted(zip(at_km[pieces].tolist(), at_km[pieces + 1].tolist(), strict=True))

    def nearest_km(self, shape: Shape) -> list[float]:
        """Return the kilometres at which the line comes nearest to a shape: several where it does so again."""
        squares, at_km = self._by_segment(shape)
        before, after = np.append(np.inf, squares[:-1]), np.append(squares[1:], np.inf)
        is_low = (squares <= before) & (squares <= after)
        least_m = np.sqrt(squares.min())
        is_least = is_low & (np.sqrt(squares) <= least_m * 1.001 + 1.0)
        return [float(km) for km in at_km[is_least]]

    def sides(self, point: Numbers, within_m: float) -> set[str]:
        """Return on which sides of travel a point (lon, lat) lies, seen from each place at most so far from it.

        Behind an end, almost where the line would run on, it lies on both.
        """
        ends = self.shape.corners[self.shape.segments]
        squares, along = to_segments(in_space(point[None]), self.shape.space[self.shape.segments])
        near = np.flatnonzero(np.sqrt(squares[0]) <= within_m)
        narrow = np.array([np.cos(np.radians(point[1])), 1.0])
        way, to_point = (ends[near, 1] - ends[near, 0]) * narrow, (point - between(ends[near], along[0, near])) * narrow
        turn = cross(way, to_point) / np.linalg.norm(way, axis=1) / np.linalg.norm(to_point, axis=1)
        return {side for side, is_on in (("left", turn > -_AHEAD), ("right", turn < _AHEAD)) if is_on.any()}

    def _points(self, segment: Counts, at_km: Numbers) -> Numbers:
        start, end = self.ends_km[segment].T
        length = np.where(end > start, end - start, 1.0)
        return between(self.shape.corners[self.shape.segments[segment]], (at_km - start) / length)

    def _cuts(self, area: Shape) -> tuple[Counts, Numbers]:
        """Return the ends of all segments and every place at which an area begins or ends: segment and kilometre."""
        ends = self.shape.corners[self.shape.segments]
        cut, _, along = crossings(ends, area.edges)
        whole = np.arange(len(ends))
        start, end = self.ends_km[cut].T
        at_km = np.concatenate([*self.ends_km.T, start + along * (end - start)])
        return np.concatenate([whole, whole, cut]), at_km

    def _crossed(self, shape: Shape) -> list[Stretch]:
        """Return the places at which a line crosses this one, as stretches of no length."""
        cut, _, along = crossings(self.shape.corners[self.shape.segments], shape.edges)
        start, end = self.ends_km[cut].T
        return [(float(km), float(km)) for km in start + along * (end - start)]

    def _by_segment(self, shape: Shape) -> tuple[Numbers, Numbers]:
        """Return for each segment the square of its distance from a shape, and the kilometre where it is nearest."""
        number = np.arange(len(self.ends_km))
        squares, along = to_segments(shape.space, self.shape.space[self.shape.segments])
        corner = squares.argmin(axis=0)
        from_ends = to_segments(self.shape.space, shape.space[shape.segments])[0].min(axis=1)[self.shape.segments]
        least = np.column_stack([squares[corner, number], from_ends])
        along = np.column_stack([along[corner, number], np.zeros(len(number)), np.ones(len(number))])
        which = least.argmin(axis=1)
        start, end = self.ends_km.T
        return least[number, which], start + along[number, which] * (end - start)

    def _over_the_start(self, found: list[Stretch]) -> list[Stretch]:
        if not self.is_closed or len(found) < 2:  # noqa: PLR2004  one stretch has no other to join
            return found
        (first, first_to), (last_from, last) = found[0], found[-1]
        if first > _SAME_PLACE_KM or last < self.length_km - _SAME_PLACE_KM:
            return found
        return [*found[1:-1], (last_from, first_to)]


def line_of(geometry: BaseGeometry) -> Line:
    """Return a line, WGS-84, as kilometres count along it: parts that meet are one, and branches come last."""
    if geometry.geom_type != "MultiLineString":
        return Line(shape_of(geometry))
    parts = shapely.get_parts(shapely.line_merge(geometry)).tolist()
    begin = [part.coords[0] for part in shapely.get_parts(geometry) if not part.is_empty]
    parts.sort(key=lambda part: min(begin.index(corner) for corner in part.coords if corner in begin))
    return Line(shape_of(shapely.MultiLineString(parts)))


def _joined(pieces: Sequence[Stretch]) -> list[Stretch]:
    joined: list[Stretch] = []
    for start, end in pieces:
        if joined and start <= joined[-1][1] + _SAME_PLACE_KM:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


EDGE_M = 1.0  # nearer to an edge than this, inside and outside are not told apart


@dataclass(frozen=True, eq=False)
class Pair:
    """A footprint, a feature, and the line that kilometres of the feature count along, if any."""

    footprint: Shape
    feature: Shape
    line: Line | None = None

    @cached_property
    def gap(self) -> Nearest:
        """Return where footprint and feature are nearest; 0 metres where they meet."""
        return gap(self.footprint, self.feature)

    @cached_property
    def edge_m(self) -> float:
        """Return how far the footprint's own outline lies from the feature's, within or without."""
        return self.gap.metres or outline_gap(self.footprint, self.feature).metres

    @cached_property
    def is_within(self) -> bool:
        """Tell whether the whole footprint lies in an area and reaches into none of its holes."""
        return (
            bool(inside(self.footprint.corners, self.feature).all())
            and not len(crossings(self.footprint.edges, self.feature.edges)[0])
            and not inside(np.concatenate(self.feature.paths), self.footprint).any()
        )

    @cached_property
    def depth_m(self) -> float:
        """Return how far a footprint within an area lies from its edge; 0 for others."""
        return self.edge_m if self.is_within else 0.0

    @cached_property
    def share(self) -> float:
        """Return which part of the footprint lies in the feature, which must not be thinner than it."""
        if self.footprint.dimension == AREA:
            return common_share(self.footprint, self.feature)
        if self.footprint.dimension == 0:
            return float(self.gap.metres == 0)
        line = Line(self.footprint)
        return sum(end - start for start, end in line.open_stretches(self.feature)) / line.length_km

    @cached_property
    def share_beside(self) -> float:
        """Return which part of a footprint that is a line lies at most a metre from the feature's lines or outline."""
        line = Line(self.footprint)
        beside = line.beside((0.0, line.length_km), self.feature, by_m=EDGE_M)
        return sum(end - start for start, end in beside) / line.length_km

    @cached_property
    def to_line(self) -> Nearest:
        """Return where the footprint and the line are nearest; without a line, the feature."""
        return gap(self.footprint, self.line.shape) if self.line else self.gap

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Return what the footprint covers of the line, in kilometres; a point covers nothing."""
        return self.line.stretches(self.footprint) if self.line and self.footprint.dimension else []

    @cached_property
    def nearest_km(self) -> list[float]:
        """Return the kilometres at which the line comes nearest to the footprint."""
        return self.line.nearest_km(self.footprint) if self.line else []


class Error(NamedTuple):
    """By how much a claim is off, and the size of what was measured: both in the unit of the kind."""

    off: float
    measured: float = 0.0


@dataclass(frozen=True)
class Kind:
    """One kind of number.

    A claim is right that is off by at most `absolute`, or by the part `relative` of what was measured.
    """

    name: str
    unit: str
    absolute: float
    relative: float
    meaning: str

    def tolerance(self, error: Error) -> float:
        """Return by how much this claim may be off."""
        return max(self.absolute, self.relative * error.measured)

    @property
    def rule(self) -> str:
        """Return the tolerance in words: 1 m or 0.1 %."""
        part = f" or {100 * self.relative:g} %" if self.relative else ""
        return f"{self.absolute:g} {self.unit}".strip() + part


@dataclass(frozen=True)
class PairKind(Kind):
    """A number of the relation of a footprint to a feature; `check` gives None where there is no such number."""

    check: Callable[[Pair, Relation], Error | None]


@dataclass(frozen=True)
class LayerKind(Kind):
    """A number of the features themselves; `check` gives the address of each and its error."""

    check: Callable[[Mapping[str, Layer]], Iterator[tuple[str, Error]]]
