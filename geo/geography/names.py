"""Streets and villages of a file by name, each with a point and a radius, for the geocoder: WGS-84, metres."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree

from geo.geography.drawn import Drawn
from geo.geography.known import Known

_STREET = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+(?:路|街|巷|道|大道|段|胡同)")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,}")
_PATTERNS = {"street": _STREET, "place": _VILLAGE}
_KINDS = {"street": "road", "place": "village"}  # as the gazetteer calls them
_STEP_M = 50.0
_LEAST_M, _VILLAGE_M = 100, 1000
_OF_LENGTH = 0.9


@dataclass(frozen=True)
class NamedPlace:
    """A street or a village: its county, a point on it, and within how many metres nine tenths of it lie."""

    kind: str
    name: str
    county: str
    lon: float
    lat: float
    radius_m: int


def named_places(things: Sequence[Drawn], known: Known) -> list[NamedPlace]:
    """Return the streets and villages that lie in a county, sorted; a street is all its pieces in one county."""
    wanted = [one for one in things if one.kind in _PATTERNS and _is_name(one)]
    if not wanted:
        return []
    metres = shapely.segmentize(known.metric.to_metric_all([one.shape for one in wanted]), _STEP_M)
    groups = _by_county(wanted, known)
    found = [_middle(key[0], metres[numbers]) for key, numbers in groups.items()]
    lonlats = known.metric.coordinates_to_wgs84(np.array([(x, y) for x, y, _ in found]).reshape(-1, 2)).round(6)
    places = [
        NamedPlace(_KINDS[kind], name, county, lon, lat, radius_m)
        for (kind, name, county), (lon, lat), (_, _, radius_m) in zip(groups, lonlats.tolist(), found, strict=True)
    ]
    return sorted(places, key=lambda one: (one.kind, one.county, one.name))


def _is_name(thing: Drawn) -> bool:
    return bool(thing.names and _PATTERNS[thing.kind].fullmatch(thing.names[0]))


def _by_county(things: Sequence[Drawn], known: Known) -> Mapping[tuple[str, str, str], list[int]]:
    """Return the numbers of things by kind, name and county."""
    codes, areas = list(known.counties), list(known.counties.values())
    points = shapely.point_on_surface([one.shape for one in things])
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, county in zip(*STRtree(areas).query(points, predicate="within").tolist(), strict=True):
        found[things[number].kind, things[number].names[0], codes[county]].append(number)
    return found


def _middle(kind: str, shapes: NDArray[np.object_]) -> tuple[float, float, int]:
    """Return the middle of the longest piece of a street, or of a village, and a radius; everything in metres."""
    if kind != "street":
        return shapes[0].x, shapes[0].y, _VILLAGE_M
    longest = shapes[int(np.argmax(shapely.length(shapes)))]
    middle = longest.interpolate(0.5, normalized=True)
    corners = shapely.get_coordinates(shapes)
    away = np.sort(np.hypot(corners[:, 0] - middle.x, corners[:, 1] - middle.y))
    nine_tenths = int(round(float(away[int(_OF_LENGTH * (len(away) - 1))]), -1))
    return middle.x, middle.y, max(_LEAST_M, nine_tenths)
