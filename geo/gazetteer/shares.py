"""Which counties hold a shape, and which part of it each."""

from collections.abc import Mapping

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.crs import metric_of

_LEAST_SHARE = 0.0005  # less is a border drawn two ways, not a part


class CountyShares:
    """County polygons in metres, indexed once."""

    def __init__(self, counties: Mapping[str, BaseGeometry]) -> None:
        """Take polygons by code, WGS-84; they are projected to the metric CRS, in which shares are measured."""
        self._codes = list(counties)
        self._metric = metric_of(shapely.total_bounds(list(counties.values())))
        self._areas = self._metric.to_metric_all(list(counties.values()))
        self._tree = STRtree(self._areas)

    def of(self, shape: BaseGeometry) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return codes and shares (sum 1) by area, length or number of points, largest first.

        Args:
            shape: WGS-84. Outside all counties: both tuples are empty.

        Returns:
            Two tuples of the same length; shares from 0 to 1, of what lies in counties, with 4 decimals. Less than
            0.05 % is left out, so that the sum may be that much short of 1.
        """
        metric = self._metric.to_metric(shape)
        nearby = self._tree.query(metric, predicate="intersects")
        parts = {self._codes[i]: _measure(self._areas[i].intersection(metric), like=metric) for i in nearby}
        total = sum(parts.values())
        kept = sorted(
            ((code, part / total) for code, part in parts.items() if part > _LEAST_SHARE * total),
            key=lambda item: -item[1],
        )
        return tuple(code for code, _ in kept), tuple(round(share, 4) for _, share in kept)


def _measure(part: BaseGeometry, *, like: BaseGeometry) -> float:
    """Return the m² of a part of an area, the metres of a part of a line, or 1 for a point; 0 of nothing."""
    dimension = int(shapely.get_dimensions(like))
    return float({0: 0.0 if part.is_empty else 1.0, 1: part.length, 2: part.area}[dimension])
