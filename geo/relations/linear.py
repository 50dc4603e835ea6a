"""Kilometres along lines: where points, stretches and stations lie on them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import Metric
from geo.errors import GeometryError
from geo.feature import AREA_DIMENSION, Feature, Layer
from geo.layers.table import LAYERS, layer_spec, layers_with
from geo.text import LocalText, word

Metres = NDArray[np.float64]
Numbers = NDArray[np.int64]
ON_THE_LINE_M = 1.0
_SAME_PLACE_M = 0.01
ALONG_M = 0.3  # edges divided at different corners stray 0.1 m each
_CROSSING_M = 10.0
_ROUNDED_M = 0.001  # what projecting there and back moves a point by, and more


@dataclass(frozen=True)
class Stretches:
    """Where shapes cover a line, in metres from its start, by shape, then by start; `shape` numbers the shapes.

    On a closed line a stretch may run over the start: it then ends at fewer metres than it starts.
    """

    shape: Numbers
    from_m: Metres
    to_m: Metres


@dataclass(frozen=True)
class LinearReference:
    """A line in metres; its parts follow each other, so that distances run on from one to the next.

    Args:
        line: A line or lines, metric CRS, long edges divided. All that goes in and comes out is in this CRS, x before
            y; distances are metres from the start of the line, never kilometres.
    """

    line: BaseGeometry

    @cached_property
    def parts(self) -> tuple[LineString, ...]:
        """Return the parts, merged where they meet, in the order in which the line has them: branches come last.

        Raises:
            GeometryError: Not a line, or an empty one.
        """
        merged = _merged(self.line) if self.line.geom_type == "MultiLineString" else [self.line]
        parts = tuple(part for part in merged if isinstance(part, LineString) and part.length > 0)
        if not parts:
            msg = f"a {self.line.geom_type} of length 0 arrived; expected a line"
            raise GeometryError(msg)
        return parts

    @cached_property
    def starts_m(self) -> Metres:
        """Return how far from the beginning each part starts, and where the last one ends: one more than parts."""
        return np.concatenate([[0.0], np.cumsum([part.length for part in self.parts])])

    @property
    def length_m(self) -> float:
        """Return the length of all parts."""
        return float(self.starts_m[-1])

    @property
    def is_closed(self) -> bool:
        """Tell whether the line ends where it starts."""
        return len(self.parts) == 1 and self.parts[0].is_closed

    def locate(self, points: NDArray[np.object_]) -> Metres:
        """Return the metres from the start at which each point is nearest to the line; of equal parts on the first.

        Args:
            points: Points, metric CRS, (n,).

        Returns:
            Metres, (n,).
        """
        along = np.array([shapely.line_locate_point(part, points) for part in self.parts])  # (parts, n)
        nearest = self._nearest_part(points)
        located: Metres = along[nearest, np.arange(len(points))] + self.starts_m[nearest]
        if self.is_closed:
            located[self.length_m - located < _ROUNDED_M] = 0.0
        return located

    def sides(self, points: NDArray[np.object_], at_m: Metres) -> NDArray[np.str_]:
        """Return on which side of the direction of travel each point lies: left, right, or on, within a metre.

        Args:
            points: Points, metric CRS, (n,).
            at_m: Where each is nearest to the line, in metres from the start, (n,); as `locate` says.

        Returns:
            The words, (n,).
        """
        part = self._nearest_part(points)
        before, after = self._beside(at_m, -ON_THE_LINE_M, part), self._beside(at_m, ON_THE_LINE_M, part)
        xy = np.column_stack([shapely.get_x(points), shapely.get_y(points)])
        along, to = after - before, xy - before
        # the cross product of the way and the way to the point is above 0 where the point lies to the left
        cross = along[:, 0] * to[:, 1] - along[:, 1] * to[:, 0]
        sides: NDArray[np.str_] = np.where(cross > 0, "left", "right")
        on_it = np.hypot(*(xy - self._on_part(part, at_m)).T) <= ON_THE_LINE_M
        return np.where(on_it, "on", sides)

    def _nearest_part(self, points: NDArray[np.object_]) -> Numbers:
        """Return the number of the part that is nearest to each point."""
        if len(self.parts) == 1:
            return np.zeros(len(points), dtype=np.int64)
        found: Numbers = np.array([shapely.distance(part, points) for part in self.parts]).argmin(axis=0)
        return found

    def _beside(self, at_m: Metres, step_m: float, part: Numbers) -> Metres:
        """Return the places (n, 2) a step from others on the same part; before a closed line's start is its end."""
        if self.is_closed:
            return self.coordinates_at((at_m + step_m) % self.length_m)
        return self._on_part(part, np.clip(at_m + step_m, self.starts_m[part], self.starts_m[part + 1]))

    def coordinates_at(self, at_m: Metres) -> Metres:
        """Return the places (x, y) at distances from the start; beyond an end, the end.

        Args:
            at_m: Metres from the start, (n,).

        Returns:
            Metric CRS, (n, 2).
        """
        at_m = np.clip(at_m, 0.0, self.length_m)
        return self._on_part(self._part_at(at_m), at_m)

    def _part_at(self, at_m: Metres) -> Numbers:
        """Return the number of the part that holds each distance; where one part ends, the next one begins."""
        # starts_m has one more than parts: the end of the line would stand behind the last part, and is kept on it
        found: Numbers = np.clip(np.searchsorted(self.starts_m, at_m, side="right") - 1, 0, len(self.parts) - 1)
        return found

    def _on_part(self, part: Numbers, at_m: Metres) -> Metres:
        """Return the places (n, 2) at distances from the start of the line, each on its part."""
        corners, starts_m, firsts = self._pairs
        # the last piece that starts at or before the distance, but none of another part: where one part ends and the
        # next begins, both have a place at the same distance
        segment = np.searchsorted(starts_m, at_m, side="right") - 1
        segment = np.clip(segment, firsts[part], firsts[part + 1] - 1)
        length_m = starts_m[segment + 1] - starts_m[segment]
        fraction = np.divide(at_m - starts_m[segment], length_m, out=np.zeros_like(length_m), where=length_m > 0)
        start, end = corners[segment, 0], corners[segment, 1]
        found: Metres = start + fraction[:, None] * (end - start)
        return found

    def point_at(self, at_m: float) -> Point:
        """Return the point at a distance from the start.

        Raises:
            GeometryError: Before the start or behind the end.
        """
        if not 0 <= at_m <= self.length_m:
            msg = f"{at_m / 1000:.3f} km arrived; the line runs from 0 to {self.length_m / 1000:.3f} km"
            raise GeometryError(msg)
        return Point(*self.coordinates_at(np.array([at_m]))[0])

    def stretches(self, shapes: NDArray[np.object_]) -> Stretches:
        """Return the stretches that shapes cover; a line that only crosses covers one of length 0.

        Every segment of the line is cut by itself, so that its place on a closed or crossing line is never in doubt.
        Lines meet and run along each other where they are as near as the corners that divide their edges can put them
        apart, whether or not they have a point in common.

        Args:
            shapes: Points, lines and areas, metric CRS, (n,).

        Returns:
            None, one or several stretches for each shape; their `shape` is its index in `shapes`.
        """
        is_line = np.asarray(shapely.get_dimensions(shapes)) == 1
        near = shapes.copy()
        near[is_line] = shapely.buffer(shapes[is_line], ALONG_M)
        shape, from_m, to_m = self._pieces(near)
        order = np.lexsort((from_m, shape))
        found = self._over_the_start(_joined(Stretches(shape[order], from_m[order], to_m[order])))
        return self._with_crossings(found, is_line[found.shape])

    def lengths_m(self, found: Stretches) -> Metres:
        """Return the length of each stretch of this line."""
        length_m: Metres = found.to_m - found.from_m
        return length_m + np.where(length_m < 0, self.length_m, 0.0)

    def middles_m(self, found: Stretches) -> Metres:
        """Return the middle of each stretch; over the start of a closed line, counted on from there."""
        middle_m: Metres = found.from_m + self.lengths_m(found) / 2
        return middle_m - np.where(middle_m > self.length_m, self.length_m, 0.0)

    def _pieces(self, shapes: NDArray[np.object_]) -> tuple[Numbers, Metres, Metres]:
        """Return the part of each segment in each shape: the number of the shape, from where, to where; in no order.

        A segment wholly in a shape is taken as it is; the others are cut. What an area has in common with the line in
        one point only, at its edge, is left out.
        """
        shape, segment = self._segment_tree.query(shapes, predicate="intersects")
        lines, starts_m = self._segments, self._pairs[1]
        shapely.prepare(shapes)
        is_whole = shapely.covers(shapes[shape], lines[segment])
        whole, cut = np.flatnonzero(is_whole), np.flatnonzero(~is_whole)
        # `cut` numbers the pairs of a shape and a segment that are cut, `of` the pair that each common piece is from
        met, of = shapely.get_parts(shapely.intersection(lines[segment[cut]], shapes[shape[cut]]), return_index=True)
        of = cut[of]
        first = shapely.get_point(lines[segment[of]], 0)
        ends = shapely.distance(np.stack([_end(met, 0), _end(met, -1)]), first) + starts_m[segment[of]]
        # ends: both ends of each piece, (2, pieces), in metres from the start of the line
        is_edge = (ends[0] == ends[1]) & (shapely.get_dimensions(shapes[shape[of]]) == AREA_DIMENSION)
        of, ends = of[~is_edge], ends[:, ~is_edge]
        return (
            np.concatenate([shape[whole], shape[of]]),
            np.concatenate([starts_m[segment[whole]], ends.min(axis=0, initial=np.inf)]),
            np.concatenate([starts_m[segment[whole] + 1], ends.max(axis=0, initial=-np.inf)]),
        )

    @cached_property
    def _pairs(self) -> tuple[Metres, Metres, Numbers]:
        """Return both ends of every straight piece, where each starts in metres, and the first piece of each part.

        Of p pieces in k parts these are (p, 2, 2) as piece, end, (x, y); (p + 1,); (k + 1,): the end of the line stands
        behind the starts, the count of pieces behind the firsts.
        """
        pairs = [_pairs(shapely.get_coordinates(part)) for part in self.parts]
        corners = np.concatenate(pairs)
        lengths = np.hypot(*(corners[:, 1] - corners[:, 0]).T)
        firsts = np.cumsum([0, *map(len, pairs)])
        return corners, np.concatenate([[0.0], np.cumsum(lengths)]), firsts

    @cached_property
    def _segments(self) -> NDArray[np.object_]:
        """Return every straight piece as a line, (p,)."""
        return np.array(list(map(LineString, self._pairs[0])), dtype=object)

    @cached_property
    def _segment_tree(self) -> STRtree:
        return STRtree(self._segments)

    def _over_the_start(self, found: Stretches) -> Stretches:
        """Make one stretch of two that meet at the start of a closed line."""
        if not self.is_closed:
            return found
        first = np.flatnonzero(found.from_m <= _SAME_PLACE_M)
        last = np.flatnonzero(found.to_m >= self.length_m - _SAME_PLACE_M)
        # a shape has at most one stretch at either end, so shapes pair them: the last takes over where the first ends
        _, at_first, at_last = np.intersect1d(found.shape[first], found.shape[last], return_indices=True)
        first, last = first[at_first], last[at_last]
        is_two = first != last
        to_m = found.to_m.copy()
        to_m[last[is_two]] = found.to_m[first[is_two]]
        kept = np.setdiff1d(np.arange(len(to_m)), first[is_two])
        return Stretches(found.shape[kept], found.from_m[kept], to_m[kept])

    def _with_crossings(self, found: Stretches, is_line: NDArray[np.bool_]) -> Stretches:
        """Return stretches with the short ones, at which another line only crosses, as their middle."""
        is_short = is_line & (self.lengths_m(found) <= _CROSSING_M)
        middle_m = self.middles_m(found)
        from_m, to_m = np.where(is_short, middle_m, found.from_m), np.where(is_short, middle_m, found.to_m)
        # the middle of one over the start may lie behind the start, so that the last comes first
        order = np.lexsort((from_m, found.shape))
        return Stretches(found.shape[order], from_m[order], to_m[order])


def _merged(lines: BaseGeometry) -> list[BaseGeometry]:
    """Return lines as one where they meet, in the order of the first piece of each; merging alone keeps no order."""
    firsts = [shapely.get_point(part, 0) for part in shapely.get_parts(lines) if not part.is_empty]
    merged = shapely.get_parts(shapely.line_merge(lines)).tolist()
    return sorted(merged, key=lambda part: next(i for i, first in enumerate(firsts) if part.intersects(first)))


def forwards(start: float, end: float, length: float) -> list[tuple[float, float]]:
    """Return a stretch of a line of a length as pieces that end behind their start, all in one unit of length.

    There are two where it runs over the start of a closed line.
    """
    return [(start, end)] if start <= end else [(start, length), (0.0, end)]


def _joined(pieces: Stretches) -> Stretches:
    """Join pieces, by shape and start, that follow each other without a gap."""
    if not len(pieces.shape):
        return pieces
    is_new = (np.diff(pieces.shape) != 0) | (pieces.from_m[1:] > pieces.to_m[:-1] + _SAME_PLACE_M)
    firsts = np.concatenate([[0], np.flatnonzero(is_new) + 1])
    # reduceat takes the farthest end from each first up to the next: a piece may end behind those that follow it
    return Stretches(pieces.shape[firsts], pieces.from_m[firsts], np.maximum.reduceat(pieces.to_m, firsts))


def _pairs(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return corners (n, 2) as both ends of the pieces between them, (n - 1, 2, 2)."""
    return np.stack([corners[:-1], corners[1:]], axis=1)


def _end(pieces: NDArray[np.object_], number: int) -> NDArray[np.object_]:
    """Return the first or last point of pieces that are lines; points are their own."""
    return np.where(shapely.get_dimensions(pieces) == 0, pieces, shapely.get_point(pieces, number))


# layer -> the layer whose feature of the same id is the line to count kilometres on
LINES_OF: Mapping[str, str] = {spec.id: spec.kilometres_on for spec in LAYERS if spec.kilometres_on}


def lines_of(layers: Mapping[str, Layer], metric: Metric) -> dict[tuple[str, str], LinearReference]:
    """Return the line of every feature that has one, in metres, by layer and id."""
    return {
        (layer_id, line.id): LinearReference(metric.to_metric(line.geometry))
        for layer_id, line_layer in LINES_OF.items()
        for line in layers.get(line_layer, ())
    }


STOPS = layers_with(lambda spec: spec.is_stop)
_ON_LINE_M = 150.0  # the nodes of axes are stations


@dataclass(frozen=True)
class Strip:
    """A line stretched out: its length, and the names of stations along it by kilometre.

    `again` are those that stand on it twice: where a branch leaves it, and of a ring the first one. `starts_at` is the
    first node that the records name; None where they name none.
    """

    length_km: float
    marks: tuple[tuple[float, LocalText], ...]
    starts_at: LocalText | None
    again: tuple[tuple[float, LocalText], ...] = ()


def strip_of(
    layers: Mapping[str, Layer],
    lines: Mapping[tuple[str, str], LinearReference],
    metric: Metric,
    layer_id: str,
    feature_id: str,
) -> Strip | None:
    """Return the line of a belt, corridor, transit line or expressway, with the stations on it; else None.

    Raises:
        KeyError: No feature of a layer with lines has the id.
    """
    if layer_id not in LINES_OF:
        return None
    line = lines[layer_id, feature_id]
    known = (layers[name] for name in STOPS if name in layers)
    stops = [stop for layer in known for stop in _stops_on(layer, line, metric, (layer_id, feature_id))]
    points = metric.to_metric_all([stop.geometry for stop in stops])
    at_km = (line.locate(points) / 1000).tolist() if stops else []
    marks = [(km, stop.name) for km, stop in zip(at_km, stops, strict=True)]
    marks.sort(key=lambda mark: (mark[0], mark[1].zh))
    first = marks[0][1] if marks and marks[0][0] * 1000 <= _ON_LINE_M else None
    starts_at = first or _first_node(layers[layer_id], feature_id)
    again = _once_more(line, points, [stop.name for stop in stops])
    return Strip(line.length_m / 1000, tuple(marks), starts_at, tuple(again))


def _once_more(
    line: LinearReference, points: NDArray[np.object_], names: Sequence[LocalText]
) -> Iterator[tuple[float, LocalText]]:
    """Yield the stops that stand on a line twice: where a branch leaves it, and of a ring the first one at its end."""
    if line.is_closed:
        yield from ((line.length_m / 1000, names[stop]) for stop in _at(line.parts[0], points))
    for part, start_m in zip(line.parts[1:], line.starts_m[1:-1].tolist(), strict=True):
        for stop in _at(part, points):
            yield start_m / 1000, word("{place} (branch)", place=names[stop])


def _at(part: LineString, points: NDArray[np.object_]) -> list[int]:
    """Return the number of the point at the start of a part; none where no point is there."""
    off_m = shapely.distance(shapely.get_point(part, 0), points)
    return [int(np.argmin(off_m))] if len(points) and off_m.min() <= _ON_LINE_M else []


def _stops_on(stops: Layer, line: LinearReference, metric: Metric, key: tuple[str, str]) -> list[Feature]:
    """Return the stops that name a line as theirs; of a line that stops do not name, those that lie on it."""
    column = next((column for column in layer_spec(stops.id).columns if column.of_layer == key[0]), None)
    if column is not None:
        return [stop for stop in stops if key[1] in column.parts_of(stop)]
    off_m = shapely.distance(line.line, metric.to_metric_all([stop.geometry for stop in stops]))
    return [stop for stop, metres in zip(stops, off_m, strict=True) if metres <= _ON_LINE_M]


def _first_node(layer: Layer, feature_id: str) -> LocalText | None:
    """Return the first node of an expressway; an axis begins where it enters its belt, if no station says more."""
    nodes = layer.feature(feature_id).properties.get("nodes")
    return LocalText(nodes[0]) if isinstance(nodes, tuple) and nodes else None
