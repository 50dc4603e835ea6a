"""Kilometres along a line: from points to places on it and back."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError

Metres = NDArray[np.float64]
ON_THE_LINE_M = 1.0


@dataclass(frozen=True)
class LinearReference:
    """A line in metres; its parts follow each other, so that distances run on from one to the next."""

    line: BaseGeometry

    @cached_property
    def parts(self) -> tuple[LineString, ...]:
        """Return the parts, merged where they meet.

        Raises:
            GeometryError: Not a line, or an empty one.
        """
        merged = shapely.line_merge(self.line) if self.line.geom_type == "MultiLineString" else self.line
        parts = tuple(part for part in shapely.get_parts(merged) if isinstance(part, LineString) and part.length > 0)
        if not parts:
            msg = f"a {self.line.geom_type} of length 0 arrived; expected a line"
            raise GeometryError(msg)
        return parts

    @cached_property
    def starts_m(self) -> Metres:
        """Return how far from the beginning each part starts."""
        return np.concatenate([[0.0], np.cumsum([part.length for part in self.parts])])

    @property
    def length_m(self) -> float:
        """Return the length of all parts."""
        return float(self.starts_m[-1])

    def locate(self, points: NDArray[np.object_]) -> Metres:
        """Return the metres from the start at which each point (metric) is nearest to the line."""
        distances = np.array([shapely.distance(part, points) for part in self.parts])
        along = np.array([shapely.line_locate_point(part, points) for part in self.parts])
        nearest = distances.argmin(axis=0)
        located: Metres = along[nearest, np.arange(len(points))] + self.starts_m[nearest]
        return located

    def sides(self, points: NDArray[np.object_], at_m: Metres) -> NDArray[np.str_]:
        """Return on which side of the direction of travel each point lies: left, right, or on."""
        before, after = self.points_at(at_m - ON_THE_LINE_M), self.points_at(at_m + ON_THE_LINE_M)
        along_x, along_y = shapely.get_x(after) - shapely.get_x(before), shapely.get_y(after) - shapely.get_y(before)
        to_x, to_y = shapely.get_x(points) - shapely.get_x(before), shapely.get_y(points) - shapely.get_y(before)
        cross = along_x * to_y - along_y * to_x
        sides: NDArray[np.str_] = np.where(cross > 0, "left", "right")
        on_it = shapely.distance(self.points_at(at_m), points) <= ON_THE_LINE_M
        return np.where(on_it, "on", sides)

    def points_at(self, at_m: Metres) -> NDArray[np.object_]:
        """Return the points at distances from the start; beyond an end, the end."""
        at_m = np.clip(at_m, 0.0, self.length_m)
        part = np.clip(np.searchsorted(self.starts_m, at_m, side="right") - 1, 0, len(self.parts) - 1)
        lines = np.array(self.parts, dtype=object)[part]
        found: NDArray[np.object_] = shapely.line_interpolate_point(lines, at_m - self.starts_m[part])
        return found

    def point_at(self, at_m: float) -> Point:
        """Return the point at a distance from the start.

        Raises:
            GeometryError: Before the start or behind the end.
        """
        if not 0 <= at_m <= self.length_m:
            msg = f"{at_m / 1000:.3f} km arrived; the line runs from 0 to {self.length_m / 1000:.3f} km"
            raise GeometryError(msg)
        return Point(self.points_at(np.array([at_m]))[0])

    def span(self, shape: BaseGeometry) -> tuple[float, float]:
        """Return from where to where a shape covers the line, in metres from its start; it must meet the line."""
        met = shapely.intersection(self.line, shape)
        corners: NDArray[np.object_] = np.atleast_1d(shapely.points(shapely.get_coordinates(met)))  # type: ignore[arg-type]
        located = self.locate(corners)
        return float(located.min()), float(located.max())
