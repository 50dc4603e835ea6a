"""How each datum is named where a file refers to a coordinate reference system.

GCJ-02 and BD-09 have no EPSG code and no published definition. They are written as local ("engineering") systems:
programs keep the name and refuse to transform the numbers, instead of taking them for WGS-84.
"""

from collections.abc import Mapping
from functools import cache

from pyproj import CRS

from geo.datum import Datum

ProjJson = Mapping[str, object]  # a coordinate reference system as PROJ writes it
CRS84 = "http://www.opengis.net/def/crs/OGC/0/CRS84"
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
        return CRS84
    if datum in _EPSG:
        return f"http://www.opengis.net/def/crs/EPSG/0/{_EPSG[datum]}"
    system: ProjJson = crs_of(datum).to_json_dict()
    return system


def is_lat_first(datum: Datum) -> bool:
    """Tell whether coordinates that refer to `coord_ref_sys` come as latitude, longitude: EPSG:4490 says so."""
    return datum is Datum.CGCS2000
