"""How the footprints near a feature meet it: within, by more than an edge, how deep, by which share, and where."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.feature import AREA_DIMENSION
from geo.relations.linear import ALONG_M, LinearReference

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
