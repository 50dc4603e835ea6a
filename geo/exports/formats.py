"""The table of export formats that downloads, command line, docs and tests loop over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geo.errors import NotFoundError
from geo.exports import geojson
from geo.exports.collection import Collection
from geo.text import LocalText


@dataclass(frozen=True)
class Format:
    """One way to write a collection; `suffix` ends the file name and chooses the format."""

    id: str
    suffix: str
    media_type: str
    title: LocalText
    write: Callable[[Collection], bytes]


FORMATS: Mapping[str, Format] = {
    "geojson": Format(
        id="geojson",
        suffix="geojson",
        media_type=geojson.MEDIA_TYPE,
        title=LocalText("GeoJSON（RFC 7946）", "GeoJSON (RFC 7946)"),
        write=geojson.write_geojson,
    ),
}


def format_named(format_id: str) -> Format:
    """Return a format by its id.

    Raises:
        NotFoundError: No format has the id.
    """
    if format_id not in FORMATS:
        msg = f"no format is called {format_id!r}; known are {', '.join(FORMATS)}"
        raise NotFoundError(msg)
    return FORMATS[format_id]
