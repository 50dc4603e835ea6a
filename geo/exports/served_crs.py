"""The coordinate systems that features are served in (OGC API – Features, Part 2), by their URIs.

Coordinates stand in the order that each system defines: CRS84 and 3857 east first, 4326, 4490 and 4544 north first.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from geo.crs import WGS84
from geo.errors import QueryError
from geo.query_shapes import Bbox
from geo.text import LocalText
from geo.words import word

_DEFINITIONS = "http://www.opengis.net/def/crs"
_POINTS_A_SIDE = 21
_FARTHEST = 1e8  # metres; beyond every place on Earth
_CURIE = re.compile(r"\[(?P<authority>OGC|EPSG):(?P<code>\w+)\]")


@dataclass(frozen=True)
class ServedCrs:
    """One coordinate system; `decimals` keep about a decimetre, or a millimetre in metres."""

    authority: str
    version: str
    code: str
    title: LocalText
    decimals: int

    @property
    def uri(self) -> str:
        """Return the URI that requests and answers name it by."""
        return f"{_DEFINITIONS}/{self.authority}/{self.version}/{self.code}"

    def from_wgs84(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a WGS-84 (lon, lat) shape in this system and its order of axes."""
        return shape if self is CRS84 else shapely.transform(shape, self._forward)

    def to_wgs84(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in this system as WGS-84 (lon, lat)."""
        return shape if self is CRS84 else shapely.transform(shape, self._backward)

    def box_to_wgs84(self, corners: Bbox) -> Bbox:
        """Return a box of this system, corners in its order of axes, as west, south, east, north in WGS-84.

        Raises:
            QueryError: The system is not defined there.
        """
        if self is CRS84:
            return corners
        bounds = self.to_wgs84(_outline(corners)).bounds
        if not np.isfinite(bounds).all() or max(map(abs, corners)) > _FARTHEST:
            raise QueryError([f"bbox: {corners} lies outside {self.uri}"])
        west, south, east, north = bounds
        return west, south, east, north

    def _forward(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._from_wgs84.transform(xy[:, 1], xy[:, 0]))

    def _backward(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        lat, lon = self._from_wgs84.transform(xy[:, 0], xy[:, 1], direction="INVERSE")
        return np.column_stack((lon, lat))

    @cached_property
    def _from_wgs84(self) -> Transformer:
        return Transformer.from_crs(WGS84, f"{self.authority}:{self.code}")


def _outline(corners: Bbox) -> shapely.MultiPoint:
    """Return points all around a box, as many on each side whatever its size; also of a box that is a point."""
    a, b, c, d = corners
    along, up = np.linspace(a, c, _POINTS_A_SIDE), np.linspace(b, d, _POINTS_A_SIDE)
    sides = [np.column_stack(np.broadcast_arrays(x, y)) for x, y in ((along, b), (along, d), (a, up), (c, up))]
    return shapely.MultiPoint(np.vstack(sides))


CRS84 = ServedCrs("OGC", "1.3", "CRS84", word("WGS-84, lon lat"), 6)
SERVED_CRS: Mapping[str, ServedCrs] = {
    crs.uri: crs
    for crs in (
        CRS84,
        ServedCrs("EPSG", "0", "4326", word("WGS-84, lat lon"), 6),
        ServedCrs("EPSG", "0", "4490", word("CGCS2000, lat lon"), 6),
        ServedCrs("EPSG", "0", "4544", word("CGCS2000, 3° zone 105°E, metres"), 3),
        ServedCrs("EPSG", "0", "3857", word("Web Mercator, metres"), 3),
    )
}


def served_crs(text: str, *, name: str) -> ServedCrs:
    """Return the system that a parameter names by its URI or safe CURIE, such as [EPSG:4490].

    Raises:
        QueryError: No system is called so here.
    """
    curie = _CURIE.fullmatch(text)
    for crs in SERVED_CRS.values():
        if text == crs.uri or (curie and curie["authority"] == crs.authority and curie["code"] == crs.code):
            return crs
    raise QueryError([f"{name}: unknown coordinate system {text[:80]!r}; known are {', '.join(SERVED_CRS)}"])
