"""Geometries for drawing, small: whole numbers, each corner as the step from the one before.

static/map/geometry.js reads them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

Kind = Literal["point", "line", "area"]
_KINDS: tuple[Kind, ...] = ("point", "line", "area")
FINE_DIGITS = 5  # about 1 m
COARSE_DIGITS = 4  # about 10 m, a thirtieth of what the boundaries claim


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The corners of one line or ring: the first in units of the geometry, each other one as its step from the last."""

    lon: Sequence[int]
    lat: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Thin:
    """A geometry in units of 10^-digits degrees, WGS-84. The rings of an area fill by the even-odd rule."""

    kind: Kind
    digits: int
    parts: Sequence[Steps]


def thin(geometry: BaseGeometry, *, digits: int = FINE_DIGITS, simplified_deg: float = 0.0) -> Thin:
    """Return a geometry for drawing; what is finer than the digits is lost. A collection becomes its largest kind."""
    if simplified_deg:
        geometry = shapely.simplify(geometry, simplified_deg)
    parts = shapely.get_parts(geometry)
    dimension = int(shapely.get_dimensions(parts).max())
    chosen = [part for part in parts if shapely.get_dimensions(part) == dimension]
    lines = [line for part in chosen for line in _lines(part)]
    return Thin(kind=_KINDS[dimension], digits=digits, parts=[_steps(line, digits) for line in lines if len(line)])


def _lines(part: BaseGeometry) -> Iterable[NDArray[np.float64]]:
    if isinstance(part, Polygon):
        rings = [part.exterior, *part.interiors]
        return [np.asarray(ring.coords)[:-1, :2] for ring in rings]
    return [np.asarray(part.coords)[:, :2]]


def _steps(coordinates: NDArray[np.float64], digits: int) -> Steps:
    whole = np.rint(coordinates * 10**digits).astype(np.int64)
    is_new = np.concatenate([[True], np.any(np.diff(whole, axis=0) != 0, axis=1)])
    lon, lat = np.diff(whole[is_new], axis=0, prepend=0).T
    return Steps(lon=lon.tolist(), lat=lat.tolist())
