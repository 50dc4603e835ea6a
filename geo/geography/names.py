"""Streets and villages of a file by name, each with a point and a radius, for the geocoder: WGS-84, metres."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.geography.drawn import Drawn
from geo.geography.known import Known

_STREET = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+(?:路|街|巷|道|大道|段|胡同)")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,}")
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
    """Return the streets and villages that lie in a county, sorted; of one name in one county the longest street."""
    wanted = [one for one in things if one.kind in {"street", "place"}]
    groups = _by_county(wanted, known)
    places = [
        _street(name, county, shapes, known) if kind == "street" else _village(name, county, shapes)
        for (kind, name, county), shapes in groups.items()
    ]
    return sorted(places, key=lambda one: (one.kind, one.county, one.name))


def _by_county(things: Sequence[Drawn], known: Known) -> Mapping[tuple[str, str, str], list[BaseGeometry]]:
    codes, areas = list(known.counties), list(known.counties.values())
    found: dict[tuple[str, str, str], list[BaseGeometry]] = defaultdict(list)
    if not things:
        return found
    points = shapely.point_on_surface([one.shape for one in things])
    number, county = STRtree(areas).query(points, predicate="within")
    for at, where in zip(number.tolist(), county.tolist(), strict=True):
        thing = things[at]
        pattern = _STREET if thing.kind == "street" else _VILLAGE
        for name in thing.names[:1]:
            if pattern.fullmatch(name):
                found[thing.kind, name, codes[where]].append(thing.shape)
    return found


def _street(name: str, county: str, shapes: Sequence[BaseGeometry], known: Known) -> NamedPlace:
    metric = known.metric
    metres = shapely.segmentize(metric.to_metric(shapely.union_all(shapes)), 50.0)
    corners = shapely.get_coordinates(metres)
    middle = shapely.line_interpolate_point(_longest(metres), 0.5, normalized=True)
    away = np.sort(np.hypot(corners[:, 0] - middle.x, corners[:, 1] - middle.y))
    radius_m = max(_LEAST_M, int(round(float(away[int(_OF_LENGTH * (len(away) - 1))]), -1)))
    point = metric.to_wgs84(middle)
    return NamedPlace("road", name, county, round(point.x, 6), round(point.y, 6), radius_m)


def _longest(shape: BaseGeometry) -> LineString:
    merged = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
    lines: list[LineString] = list(shapely.get_parts(merged))
    return max(lines, key=lambda line: line.length)


def _village(name: str, county: str, shapes: Sequence[BaseGeometry]) -> NamedPlace:
    point = shapes[0].centroid
    return NamedPlace("village", name, county, round(point.x, 6), round(point.y, 6), _VILLAGE_M)
