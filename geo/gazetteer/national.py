"""All divisions of China with a point in each, as they came with the package; read when a catalogue is built.

scripts/make_national.py writes the file, geo/national/SOURCE.toml says out of what.
"""

import csv
import gzip
import io
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from geo.files import NATIONAL

FILE = NATIONAL / "china.csv.gz"
AMBIGUOUS = NATIONAL / "ambiguous.toml"
HEADER = ("code", "name", "lon", "lat", "radius_km", "former")
_COUNTY_DIGITS = 6


class Place(NamedTuple):
    """A province, city, county (code of six digits) or township (nine).

    The point (lon, lat) lies in the division, WGS-84; a circle of the radius around it holds nine tenths of the land of
    a province, city or county. A township has the centre of its bounding box and no radius, or neither. `former` are
    pairs of a name and the year until which it held.
    """

    code: str
    name: str
    point: tuple[float, float] | None
    radius_m: float = 0.0
    former: tuple[tuple[str, str], ...] = ()

    @property
    def is_township(self) -> bool:
        """Tell whether it is a township."""
        return len(self.code) > _COUNTY_DIGITS

    @property
    def county(self) -> str:
        """Return the code of the county of a township; of others, their own."""
        return self.code[:_COUNTY_DIGITS]


@cache
def any_towns_names() -> frozenset[str]:
    """Return the names of counties that parts of any town have: they mean one only beside the name of its city."""
    return frozenset(tomllib.loads(AMBIGUOUS.read_text(encoding="utf-8"))["any_towns"])


@cache
def load_places() -> tuple[Place, ...]:
    """Read all divisions that came with the package by code, once."""
    return tuple(read_places(FILE.read_bytes()))


def read_places(content: bytes) -> Iterator[Place]:
    """Read what `place_file` wrote."""
    rows = csv.reader(io.StringIO(gzip.decompress(content).decode(), newline=""))
    next(rows)
    for code, name, lon, lat, radius_km, former in rows:
        years = tuple(one.split(":") for one in former.split())
        point = (float(lon), float(lat)) if lon else None
        yield Place(code, name, point, float(radius_km or 0) * 1000, tuple((name, until) for name, until in years))


def place_file(places: Iterable[Place]) -> bytes:
    """Return the file that `load_places` reads, the same for the same places; radii are of whole kilometres."""
    text = io.StringIO(newline="")
    written = csv.writer(text, lineterminator="\n")
    written.writerow(HEADER)
    for place in sorted(places, key=lambda place: place.code):
        digits = 2 if place.is_township else 4
        point = [f"{degrees:.{digits}f}" for degrees in place.point or ()] or ["", ""]
        radius_km = f"{place.radius_m / 1000:.0f}" if place.radius_m else ""
        written.writerow((place.code, place.name, *point, radius_km, " ".join(map(":".join, place.former))))
    return gzip.compress(text.getvalue().encode(), mtime=0)
