"""The borders of counties as lines that areas share: each line once, so that whoever draws it draws the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.layers.boundaries import dissolve

_ON_IT_DEG = 1e-7  # about 1 cm


@dataclass(frozen=True)
class Borders:
    """Lines between corners where counties meet, WGS-84, and the counties at each: two, or one at the outer edge.

    `rings` are those of each county, outer and inner alike, as the numbers of its lines from 1 on; a line that is
    walked from its end to its beginning is negative.
    """

    lines: tuple[LineString, ...]
    beside: tuple[tuple[str, ...], ...]
    rings: Mapping[str, tuple[tuple[int, ...], ...]]


def borders_of(counties: Mapping[str, BaseGeometry]) -> Borders:
    """Return the borders of counties that share exact borders, by code; none are simplified."""
    merged = shapely.line_merge(dissolve([shapely.boundary(shape) for shape in counties.values()]))
    lines = tuple(part for part in shapely.get_parts(merged) if isinstance(part, LineString))
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    is_beside = {
        code: shapely.distance(shapely.boundary(shape), middles) < _ON_IT_DEG for code, shape in counties.items()
    }
    return Borders(
        lines=lines,
        beside=tuple(tuple(code for code, found in is_beside.items() if found[at]) for at in range(len(lines))),
        rings={code: _rings(lines, np.flatnonzero(found)) for code, found in is_beside.items()},
    )


def _rings(lines: Sequence[LineString], numbers: NDArray[np.intp]) -> tuple[tuple[int, ...], ...]:
    """Put lines, by their numbers from 0 on, one behind the other until each ring is closed."""
    left = {int(number): (lines[number].coords[0], lines[number].coords[-1]) for number in numbers}
    rings = []
    while left:
        first = min(left)
        start, end = left.pop(first)
        ring = [first + 1]
        while end != start and (step := _next(left, end)):
            ring.append(step)
            ends = left.pop(abs(step) - 1)
            end = ends[1] if step > 0 else ends[0]
        rings.append(tuple(ring))
    return tuple(rings)


def _next(left: Mapping[int, tuple[tuple[float, ...], tuple[float, ...]]], corner: tuple[float, ...]) -> int:
    """Return the number of a line that begins at a corner, negative where it ends there; 0 for none."""
    for number, (start, end) in left.items():
        if start == corner:
            return number + 1
        if end == corner:
            return -(number + 1)
    return 0
