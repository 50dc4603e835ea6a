"""Geometries for drawing, small: whole numbers, each corner as the step from the one before.

A thin geometry is `[kind, digits, parts]`: kind "point", "line" or "area"; each part a flat list lon, lat, lon, lat …
in units of 10^-digits degrees, WGS-84. The rings of an area fill by the even-odd rule. static/map/geometry.js reads it.
"""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

Thin = tuple[str, int, list[list[int]]]
_KINDS = ("point", "line", "area")
FINE_DIGITS = 5  # about 1 m
COARSE_DIGITS = 4  # about 10 m, a thirtieth of what the boundaries claim


def thin(geometry: BaseGeometry, *, digits: int = FINE_DIGITS, simplified_deg: float = 0.0) -> Thin:
    """Return a geometry for drawing; what is finer than the digits is lost. A collection becomes its largest kind."""
    if simplified_deg:
        geometry = shapely.simplify(geometry, simplified_deg)
    parts = shapely.get_parts(geometry)
    dimension = int(shapely.get_dimensions(parts).max())
    chosen = [part for part in parts if shapely.get_dimensions(part) == dimension]
    lines = [line for part in chosen for line in _lines(part)]
    return _KINDS[dimension], digits, [part for line in lines if (part := _steps(line, digits))]


def _lines(part: BaseGeometry) -> Iterable[NDArray[np.float64]]:
    if isinstance(part, Polygon):
        rings = [part.exterior, *part.interiors]
        return [np.asarray(ring.coords)[:-1, :2] for ring in rings]
    return [np.asarray(part.coords)[:, :2]]


def _steps(coordinates: NDArray[np.float64], digits: int) -> list[int]:
    whole = np.rint(coordinates * 10**digits).astype(np.int64)
    is_new = np.concatenate([[True], np.any(np.diff(whole, axis=0) != 0, axis=1)])
    steps = np.diff(whole[is_new], axis=0, prepend=0)
    found: list[int] = steps.ravel().tolist()
    return found
