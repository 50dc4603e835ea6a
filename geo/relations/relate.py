"""The table of relations: every footprint with every feature that it meets or that lies within reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.crs import Metric
from geo.feature import AREA_DIMENSION, Layer
from geo.relations.linear import ALONG_M, LinearReference, lines_of
from geo.relations.table import MOST_DISTANCE_M, ROW_COLUMNS, Relations

Shapes = NDArray[np.object_]
Mask = NDArray[np.bool_]
SLIVER_SHARE = 1e-6  # areas cut at a common border overlap by less, as corners computed apart never lie on it exactly


@dataclass(frozen=True, eq=False)
class Meeting:
    """A feature and footprints, which every answer is about in their order.

    Args:
        shape: The feature, valid, metric CRS.
        others: The footprints, valid, metric CRS, (n,).
        outline_m: How far outlines of areas are off, in metres: the generalisation.
    """

    shape: BaseGeometry
    others: Shapes
    outline_m: float

    @cached_property
    def intersects(self) -> Mask:
        """Return which have a point in common with the feature."""
        return _truths(shapely.intersects(self.shape, self.others))

    @cached_property
    def within(self) -> Mask:
        """Return which lie in the feature."""
        return self._where_they_intersect(shapely.contains)

    @cached_property
    def touches(self) -> Mask:
        """Return which have only points of both boundaries in common with the feature."""
        return self._where_they_intersect(shapely.touches)

    def _where_they_intersect(self, predicate: Callable[[BaseGeometry, Shapes], Any]) -> Mask:
        holds = np.zeros(len(self.others), dtype=bool)
        holds[self.intersects] = predicate(self.shape, self.others[self.intersects])
        return holds

    @cached_property
    def meets(self) -> Mask:
        """Return which have more in common than an edge; where neither is an area, any point is more."""
        is_area = self._dimensions == AREA_DIMENSION
        at_an_edge = self.touches & (is_area | (self._dimension == AREA_DIMENSION))
        both = self.intersects & is_area & (self._dimension == AREA_DIMENSION) & ~at_an_edge & ~self.within
        partly = np.flatnonzero(both)
        partly = partly[~shapely.within(self.shape, self.others[partly])]
        thin = np.zeros(len(self.others), dtype=bool)
        thin[partly] = (self.share[partly] < SLIVER_SHARE) | _are_thinner(self._common[partly], self.outline_m)
        meets: Mask = self.intersects & ~at_an_edge & ~thin
        return meets

    @cached_property
    def depth_m(self) -> NDArray[np.float64]:
        """Return how many metres those within an area lie from its edge, (n,); 0 for the rest."""
        depth = np.zeros(len(self.others))
        if self._dimension == AREA_DIMENSION and self.within.any():
            edge = shapely.boundary(self.shape)
            shapely.prepare(edge)
            depth[self.within] = shapely.distance(edge, self.others[self.within])
        return depth

    @cached_property
    def share(self) -> NDArray[np.float64]:
        """Return which part of each footprint lies inside the feature, 0 to 1, (n,).

        By area or length, 1 or 0 of a point; not a number where the feature is thinner than the footprint. Of a line in
        a line: what runs along it, also without a common point.
        """
        dimensions = self._dimensions
        shares = np.where(dimensions > self._dimension, np.nan, 0.0)
        shares[self.within | (self.intersects & (dimensions == 0))] = 1.0
        near = _truths(shapely.dwithin(self.shape, self.others, ALONG_M)) if self._dimension == 1 else self.intersects
        partly = np.flatnonzero(near & (dimensions > 0) & (shares == 0.0))
        common, others = self._common[partly], self.others[partly]
        is_area = dimensions[partly] == AREA_DIMENSION
        whole = np.where(is_area, shapely.area(others), shapely.length(others))
        inside = np.where(is_area, shapely.area(common), shapely.length(common))
        if self._dimension == 1:
            inside = np.array([_along_m(other, self.shape) for other in others])
        shares[partly] = np.minimum(inside / whole, 1.0)
        return shares

    @cached_property
    def ends(self) -> NDArray[np.float64]:
        """Return the nearest points of the feature and each footprint; a common one where they intersect.

        Returns:
            Metric CRS, (n, 2, 2): footprint; the end on the feature, then the one on the footprint; (x, y).
        """
        ends = np.empty((len(self.others), 2, 2))
        apart = ~self.intersects
        ends[apart] = shapely.get_coordinates(shapely.shortest_line(self.shape, self.others[apart])).reshape(-1, 2, 2)
        # one point has one pair of coordinates, so that rows stay those of the footprints; it is both ends
        common = shapely.get_coordinates(shapely.point_on_surface(self._common[self.intersects]))
        ends[self.intersects] = common[:, None]
        return ends

    @cached_property
    def _common(self) -> Shapes:
        """Return what each footprint has in common with the feature, (n,); itself where it lies within or apart."""
        common = self.others.copy()
        partly = self.intersects & ~self.within
        common[partly] = shapely.intersection(self.shape, self.others[partly])
        return common

    @property
    def _dimension(self) -> int:
        """Return 0 for a feature that is points, 1 for lines, 2 for areas."""
        return int(shapely.get_dimensions(self.shape))

    @cached_property
    def _dimensions(self) -> NDArray[np.int64]:
        """Return the same of each footprint, (n,)."""
        return np.asarray(shapely.get_dimensions(self.others))


def _are_thinner(shapes: Shapes, width_m: float) -> Mask:
    """Return which shapes are nowhere as wide as a width; only those of little area beside their outline are tried.

    Args:
        shapes: Metric CRS, (n,).
        width_m: Metres.
    """
    thin = np.zeros(len(shapes), dtype=bool)
    length = shapely.length(shapes)
    maybe = np.flatnonzero(2 * shapely.area(shapes) < length * width_m)  # a circle of radius area / length fits in
    thin[maybe] = shapely.is_empty(shapely.buffer(shapes[maybe], -width_m / 2))
    return thin


def _along_m(line: BaseGeometry, other: BaseGeometry) -> float:
    """Return how many metres of a line run along another one, both in the metric CRS."""
    reference = LinearReference(line)
    found = reference.stretches(np.array([other], dtype=object))
    return float(reference.lengths_m(found).sum())


def _truths(found: Any) -> Mask:  # noqa: ANN401  what a predicate returns
    return np.asarray(found, dtype=bool)


Columns = dict[str, NDArray[Any]]


def relate(
    footprints: Sequence[BaseGeometry],
    layers: Mapping[str, Layer],
    metric: Metric,
    *,
    on_layer: Callable[[str], None] = lambda _: None,
) -> Relations:
    """Return all relations; `on_layer` hears each layer as it begins.

    Args:
        footprints: Valid geometries, WGS-84.
        layers: Built layers; the lines named in LINES_OF among them.
        metric: The projection of the area, in which everything is measured.
        on_layer: Told the id of each layer.

    Returns:
        Metres, kilometres and degrees (WGS-84), as `Relations` says; all is measured in the metric CRS.
    """
    shapes, numbers = _each_once(footprints, metric)
    tree = STRtree(shapes)
    lines = lines_of(layers, metric)
    outline_m = max((county.precision_m for county in layers.get("counties", ())), default=0.0)
    features: list[tuple[str, str]] = []
    found: list[Columns] = []
    for layer_id, layer in layers.items():
        on_layer(layer_id)
        for feature, shape in zip(layer, metric.to_metric_all([feature.geometry for feature in layer]), strict=True):
            key = (layer_id, feature.id)
            line, number = lines.get(key), len(features)
            found.append(_relations_of(shape, shapes, tree, line, metric, number=number, outline_m=outline_m))
            features.append(key)
    return _spread(_joined(features, found, metric), numbers)


def _each_once(footprints: Sequence[BaseGeometry], metric: Metric) -> tuple[Shapes, NDArray[np.int64]]:
    """Return every different shape once, in metres, and for each footprint the number of its shape."""
    first: dict[bytes, int] = {}
    numbers = [first.setdefault(text, len(first)) for text in shapely.to_wkb(np.array(footprints, dtype=object))]
    known: dict[int, BaseGeometry] = {}
    for number, shape in zip(numbers, footprints, strict=True):
        known.setdefault(number, shape)
    return metric.to_metric_all(list(known.values())), np.array(numbers, dtype=np.int64)


def _spread(relations: Relations, numbers: NDArray[np.int64]) -> Relations:
    """Give the relations of a shape to each footprint that has it.

    Args:
        relations: By feature, then shape; `footprint` is the number of a shape.
        numbers: For each footprint the number of its shape, (footprints,).

    Returns:
        By feature, then footprint; the stretches of a row are repeated with it.
    """
    counts = np.bincount(numbers, minlength=1)
    if counts.max(initial=0) <= 1:  # every footprint has a shape of its own, and they stand in the same order
        return relations
    # each row as often as its shape has footprints, and the how manieth of these it stands for
    rows, turn = _repeated(counts[relations.footprint])
    # footprints sorted by shape; those of shape s stand from starts[s] to before starts[s + 1]
    starts = np.concatenate([[0], np.cumsum(counts)])
    footprints = np.argsort(numbers, kind="stable")
    spread = footprints[starts[relations.footprint[rows]] + turn].astype(np.int32)
    # one number that sorts by feature, then footprint; 64 bits, as the product of the counts may exceed 32
    order = np.argsort(relations.feature[rows].astype(np.int64) * len(numbers) + spread, kind="stable")
    rows, spread = rows[order], spread[order]
    # the stretches of old row r stand from stretches[r] to before stretches[r + 1]; a new row takes all of its old one
    stretches = np.searchsorted(relations.stretch_row, np.arange(len(relations) + 1))
    stretch_row, nth = _repeated(np.diff(stretches)[rows])
    stretch = stretches[rows[stretch_row]] + nth
    columns = {name: getattr(relations, name)[rows] for name in ROW_COLUMNS} | {"footprint": spread}
    of_stretches = {"from_km": relations.from_km[stretch], "to_km": relations.to_km[stretch]}
    return Relations(features=relations.features, stretch_row=stretch_row, **columns, **of_stretches)


def _repeated(counts: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return each number as often as it counts, and which time it is: for 2, 0, 1 these are 0, 0, 2 and 0, 1, 0."""
    numbers = np.repeat(np.arange(len(counts)), counts)
    return numbers, np.arange(len(numbers)) - np.repeat(np.cumsum(counts) - counts, counts)


def _relations_of(  # noqa: PLR0913  two sides, and what is known of each
    shape: BaseGeometry,
    shapes: Shapes,
    tree: STRtree,
    line: LinearReference | None,
    metric: Metric,
    *,
    number: int,
    outline_m: float,
) -> Columns:
    """Return the rows of one feature, by footprint; `stretch_row` counts from the first of them.

    Args:
        shape: The feature, metric CRS.
        shapes: All different footprints, metric CRS, (n,).
        tree: The index of `shapes`.
        line: What its kilometres run along, None where it has none.
        metric: The projection in metres of the area.
        number: Of the feature.
        outline_m: How far outlines of areas are off.

    Returns:
        Columns of the r footprints within 50 km, (r,) each, but for those of stretches, which are as long as these are.
    """
    shapely.prepare(shape)
    near = np.sort(tree.query(shape, predicate="dwithin", distance=MOST_DISTANCE_M))
    others = shapes[near]
    meeting = Meeting(shape, others, outline_m=outline_m)
    ends = meeting.ends
    return {
        "feature": np.full(len(near), number, dtype=np.int32),
        "footprint": near.astype(np.int32),
        "within": meeting.within,
        "intersects": meeting.intersects,
        "touches": meeting.touches,
        "meets": meeting.meets,
        "distance_m": np.hypot(*(ends[:, 1] - ends[:, 0]).T),
        "depth_m": meeting.depth_m,
        **_degrees("nearest", metric.coordinates_to_wgs84(ends[:, 0])),
        **_degrees("at", metric.coordinates_to_wgs84(ends[:, 1])),
        "share": meeting.share,
        **_positions(line, others),
    }


def _degrees(name: str, wgs84: NDArray[np.float64]) -> Columns:
    """Return places (n, 2), WGS-84, as columns of longitude and latitude."""
    return {f"{name}_lon": wgs84[:, 0], f"{name}_lat": wgs84[:, 1]}


def _positions(line: LinearReference | None, others: Shapes) -> Columns:
    """Return kilometre, offset, side and stretches of each footprint on a line; empty without one.

    Args:
        line: What kilometres run along.
        others: Footprints, metric CRS, (r,).

    Returns:
        `km`, `offset_m` (metres) and `side`, (r,); `stretch_row` (index in `others`, ascending), `from_km`, `to_km`,
        one for each stretch.
    """
    nothing = np.full(len(others), np.nan)
    if line is None or not len(others):
        columns = {**dict.fromkeys(("km", "offset_m"), nothing), "side": np.full(len(others), "", dtype="U6")}
        return columns | {
            "stretch_row": np.empty(0, dtype=np.int64),
            **dict.fromkeys(("from_km", "to_km"), np.empty(0)),
        }
    points = _closest_to(line, others)
    at_m = line.locate(points)
    sides = line.sides(points, at_m).astype("U6")
    has_size = shapely.get_dimensions(others) > 0
    near = np.flatnonzero(has_size & shapely.dwithin(line.line, others, ALONG_M))
    found = line.stretches(others[near])
    row = near[found.shape]
    # sorted by row, then from the longest on, of which the first of each row is taken: the least kilometre of equals
    longest = np.lexsort((found.from_m, -line.lengths_m(found), row))
    longest = longest[np.unique(row[longest], return_index=True)[1]]
    at_m[row[longest]] = line.middles_m(found)[longest]
    sides[has_size & shapely.intersects(line.line, others)] = "across"
    sides[row] = "across"
    return {
        "km": at_m / 1000,
        "offset_m": shapely.distance(line.line, others),
        "side": sides,
        "stretch_row": row,
        "from_km": found.from_m / 1000,
        "to_km": found.to_m / 1000,
    }


def _closest_to(line: LinearReference, others: Shapes) -> Shapes:
    """Return the point of each footprint (metric, (r,)) that is nearest to the line, (r,)."""
    is_point = shapely.get_type_id(others) == shapely.GeometryType.POINT
    found = others.copy()
    found[~is_point] = shapely.get_point(shapely.shortest_line(line.line, others[~is_point]), 1)
    return found


def _joined(features: Sequence[tuple[str, str]], found: Sequence[Columns], metric: Metric) -> Relations:
    """Return the columns of all features, one behind the other; without any, columns of their types that are empty."""
    if not found:
        nothing = np.array([], dtype=object)
        found = [_relations_of(shapely.Point(0, 0), nothing, STRtree([]), None, metric, number=0, outline_m=0.0)]
    starts = np.cumsum([0, *(len(columns["feature"]) for columns in found)])
    # rows of each feature count from 0; here from the count of all rows before it
    stretch_row = np.concatenate(
        [columns["stretch_row"] + start for columns, start in zip(found, starts, strict=False)]
    )
    return Relations(
        features=features,
        stretch_row=stretch_row,
        **{name: np.concatenate([columns[name] for columns in found]) for name in (*ROW_COLUMNS, "from_km", "to_km")},
    )
