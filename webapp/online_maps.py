"""Online base maps: an option for places with internet, off by default; addresses from xyzservices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask_babel import lazy_gettext
from xyzservices import TileProvider, providers

from geo.text import word
from webapp.settings import Settings


@dataclass(frozen=True)
class OnlineMap:
    """Tiles of another host: their address with {z} {x} {y}, attribution as text, datum; deep enough for the map."""

    id: str
    title: str
    url: str
    attribution: str
    datum: str = "WGS-84"

    @property
    def host(self) -> str:
        """Return scheme and host, as a Content-Security-Policy names them."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def _osm(_settings: Settings) -> OnlineMap:
    provider = providers.OpenStreetMap.Mapnik
    return OnlineMap("osm", "OpenStreetMap", provider.build_url(), "© OpenStreetMap contributors")


def _tianditu(settings: Settings) -> OnlineMap:
    address = (
        "https://t0.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}"
    )
    name = word("Tianditu").zh
    provider = TileProvider(name="Tianditu.Vector", url=address, attribution=name, key=settings.tianditu_key)
    return OnlineMap("tianditu", str(lazy_gettext("Tianditu")), provider.build_url(), name)


def _amap(_settings: Settings) -> OnlineMap:
    address = providers.Gaode.Normal.build_url().replace("http://", "https://", 1)
    name = word("Amap").zh
    return OnlineMap("amap", str(lazy_gettext("Amap")), address, f"© {name}", datum="GCJ-02")


ONLINE_MAPS: Mapping[str, Callable[[Settings], OnlineMap]] = {"osm": _osm, "tianditu": _tianditu, "amap": _amap}


def online_maps(settings: Settings) -> list[OnlineMap]:
    """Return those that the settings allow."""
    return [ONLINE_MAPS[name](settings) for name in settings.base_maps]
