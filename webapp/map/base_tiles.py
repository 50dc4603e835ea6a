"""The vector tiles of an imported extract, as the map fetches and draws them."""

import hashlib
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path

from flask import Response

from geo.catalogue.base_tiles import LEAST_ZOOM, MOST_ZOOM, TILE_LAYERS, about_tiles
from geo.styles import TILE_SCHEMES
from geo.text import LocalText, word
from webapp.map.wire import BaseTiles
from webapp.negotiate import respond_file

MEDIA_TYPE = "application/vnd.pmtiles"
TILE_TITLES: dict[str, LocalText] = {
    "woods": word("Woods (imported)"),
    "builtup": word("Built-up land (imported)"),
    "water": word("Water (imported)"),
    "secondary": word("Secondary roads (imported)"),
    "primary": word("Primary roads (imported)"),
    "trunk": word("Trunk roads (imported)"),
    "motorway": word("Motorways (imported)"),
}


class TileFile:
    """The file of tiles as it was when the application began: a build may replace it at any time."""

    def __init__(self, path: Path) -> None:
        """Keep the file open."""
        with path.open("rb") as file:
            self._content = mmap(file.fileno(), 0, access=ACCESS_READ)

    def respond(self) -> Response:
        """Return the file, or the part that this request asks for."""
        return respond_file(self._content, etag=self._etag, media_type=MEDIA_TYPE)

    @cached_property
    def _etag(self) -> str:
        return hashlib.sha256(self._content).hexdigest()[:32]


def tiles_part(path: Path | None, url: str, *, shown: str = "") -> BaseTiles | None:
    """Return what the map needs to know of its tiles; None where there are none.

    `shown` is what stands below every map anyway.
    """
    if path is None:
        return None
    return BaseTiles(
        url=url,
        layers=TILE_LAYERS,
        from_zoom=LEAST_ZOOM,
        to_zoom=MOST_ZOOM,
        attribution=_beside(shown, about_tiles(path).get("attribution", "")),
        schemes=TILE_SCHEMES,
    )


def _beside(shown: str, told: str) -> str:
    """Return what the tiles ask to be named, but for what stands below every map anyway."""
    return "; ".join(one for one in told.split("; ") if one and one not in shown)
