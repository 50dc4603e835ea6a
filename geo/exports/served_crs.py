"""The coordinate systems of answers: their URIs, their axes, how they are declared.

Coordinates stand in the order that each system defines: CRS84 and 3857 east first, 4326, 4490 and 4544 north first.

GCJ-02 and BD-09 have no EPSG code and no published definition. They are written as local ("engineering") systems:
programs keep the name and refuse to transform the numbers, instead of taking them for WGS-84.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

from geo.crs import WGS84
from geo.datum import Datum
from geo.errors import QueryError
from geo.query import Bbox
from geo.text import LocalText, word

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


ProjJson = Mapping[str, object]  # a coordinate reference system as PROJ writes it
_CRS84_URI = "http://www.opengis.net/def/crs/OGC/0/CRS84"
_EPSG: Mapping[Datum, int] = {Datum.WGS84: 4326, Datum.CGCS2000: 4490}
_LOCAL = (
    'ENGCRS["{name} (not WGS-84)",EDATUM["{name}"],CS[Cartesian,2],AXIS["longitude (lon)",east,ORDER[1]],'
    'AXIS["latitude (lat)",north,ORDER[2]],ANGLEUNIT["degree",0.0174532925199433]]'
)


@cache
def crs_of(datum: Datum) -> CRS:
    """Return the system that GIS files name: by EPSG code, or a local one called e.g. "GCJ-02 (not WGS-84)"."""
    if datum in _EPSG:
        return CRS.from_epsg(_EPSG[datum])
    return CRS.from_wkt(_LOCAL.format(name=datum.label))


@cache
def coord_ref_sys(datum: Datum) -> str | ProjJson:
    """Return the `coordRefSys` of JSON-FG: an address of OGC, or where there is none the system itself as PROJJSON."""
    if datum is Datum.WGS84:
        return _CRS84_URI
    if datum in _EPSG:
        return f"http://www.opengis.net/def/crs/EPSG/0/{_EPSG[datum]}"
    system: ProjJson = crs_of(datum).to_json_dict()
    return system


def is_lat_first(datum: Datum) -> bool:
    """Tell whether coordinates that refer to `coord_ref_sys` come as latitude, longitude: EPSG:4490 says so."""
    return datum is Datum.CGCS2000
