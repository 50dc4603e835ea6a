"""A position on the maps of others, each in the datum of that map.

Amap and Baidu document such addresses. Tianditu documents none: its page opens, and the position is given as text to
search for there.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from shapely.geometry import Point

from geo.datum import Datum, from_wgs84
from webapp.i18n import labels
from webapp.map.wire_details import OtherMap

_TIANDITU = "https://map.tianditu.gov.cn/"
_AMAP = "https://uri.amap.com/marker"
_BAIDU = "https://api.map.baidu.com/marker"
_US = "tongcheng-atlas"


def other_maps(point: Point, name: str) -> list[OtherMap]:
    """Return the addresses of a point, WGS-84, that the map there shall call by a name."""
    lon, lat = _degrees(point, Datum.WGS84)
    gcj_lon, gcj_lat = _degrees(point, Datum.GCJ02)
    bd_lon, bd_lat = _degrees(point, Datum.BD09)
    amap = {"position": f"{gcj_lon},{gcj_lat}", "name": name, "coordinate": "gaode", "src": _US}
    baidu = {
        "location": f"{bd_lat},{bd_lon}",  # Baidu begins with the latitude, here alone
        "title": name,
        "content": name,
        "coord_type": "bd09ll",
        "output": "html",
        "src": _US,
    }
    return [
        _map("tianditu", "CGCS2000", _TIANDITU, f"{lon},{lat}"),
        _map("amap", "GCJ-02", _address(_AMAP, amap), f"{gcj_lon},{gcj_lat}"),
        _map("baidu", "BD-09", _address(_BAIDU, baidu), f"{bd_lon},{bd_lat}"),
    ]


def _degrees(point: Point, datum: Datum) -> tuple[str, str]:
    """Return longitude and latitude in a datum as texts."""
    lon, lat = from_wgs84(point.x, point.y, datum)
    return f"{float(lon):.6f}", f"{float(lat):.6f}"


def _address(page: str, parameters: Mapping[str, str]) -> str:
    return f"{page}?{urlencode(parameters)}"


def _map(key: str, datum: str, url: str, position: str) -> OtherMap:
    return OtherMap(map=labels()["other_map"][key], datum=datum, url=url, position=position)
