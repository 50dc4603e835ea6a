"""The counties of a place: which hold it, how much of it lies in each, and how far it reaches around a point there."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import metric_of
from geo.divisions import city_of
from geo.gazetteer.entry import Entry, Part, PartArea, up_to_step_m

_LEAST_SHARE = 0.0005  # less is a border drawn two ways, not a part
_MOST_OF_IT = 0.9
_SPREAD = 2000  # points over a shape: its 90 % radius is then sure to about 1 %
_INLAND_DEG = 0.0005  # about 50 m


class Counties:
    """County polygons in degrees and in metres, indexed once."""

    def __init__(self, counties: Mapping[str, BaseGeometry], names: Mapping[str, str]) -> None:
        """Take polygons, WGS-84, by code, and the names of counties and cities.

        The polygons are projected to the metric CRS, in which everything is measured.
        """
        self._shapes = counties
        self._names = names
        self._codes = list(counties)
        self._metric = metric_of(shapely.total_bounds(list(counties.values())))
        self._areas = self._metric.to_metric_all(list(counties.values()))
        self._tree = STRtree(self._areas)
        self._wholes: dict[tuple[str, ...], tuple[Point, float]] = {}

    def shares(self, shape: BaseGeometry) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Return codes and shares (sum 1) by area, length or number of points, largest first.

        Args:
            shape: WGS-84. Outside all counties: both tuples are empty.

        Returns:
            Two tuples of the same length; shares from 0 to 1, of what lies in counties, with 4 decimals. Less than
            0.05 % is left out, so that the sum may be that much short of 1.
        """
        metric = self._metric.to_metric(shape)
        nearby = self._tree.query(metric, predicate="intersects")
        parts = {self._codes[i]: _measure(self._areas[i].intersection(metric), like=metric) for i in nearby}
        total = sum(parts.values())
        kept = sorted(
            ((code, part / total) for code, part in parts.items() if part > _LEAST_SHARE * total),
            key=lambda item: -item[1],
        )
        return tuple(code for code, _ in kept), tuple(round(share, 4) for _, share in kept)

    def extent(self, shape: BaseGeometry) -> tuple[Point, float]:
        """Return a point in the middle of a shape, and within how many metres of it 90 % of the shape lie.

        Args:
            shape: Lines or areas, WGS-84.

        Returns:
            The point, WGS-84 with 6 decimals, and the metres, up to the next 100.
        """
        spread = _spread(self._metric.to_metric(shape))
        middle = spread[np.argmin(np.hypot(*(spread - spread.mean(axis=0)).T))]
        reach_m = float(np.quantile(np.hypot(*(spread - middle).T), _MOST_OF_IT))
        (lon, lat), *_ = self._metric.coordinates_to_wgs84(middle[np.newaxis])
        return Point(round(float(lon), 6), round(float(lat), 6)), up_to_step_m(reach_m)

    def whole(self, codes: Sequence[str]) -> tuple[Point, float]:
        """Return the extent of counties together."""
        key = tuple(codes)
        if key not in self._wholes:
            self._wholes[key] = self.extent(self._union(key))
        return self._wholes[key]

    def parts(self, codes: Sequence[str], shape: BaseGeometry | None) -> tuple[Part, ...]:
        """Return what lies in each of several counties, and in each of their cities that holds several but not all.

        Args:
            codes: The counties of a place; fewer than two have no parts.
            shape: The place, WGS-84; None where it is only known by its counties.
        """
        if len(codes) < 2:  # noqa: PLR2004
            return ()
        held = {code: [code] for code in codes} | _cities(codes)
        extents = {code: self._extent_in(counties, shape) for code, counties in held.items()}
        return tuple(
            Part(code, self._names[code], point.x, point.y, radius_m) for code, (point, radius_m) in extents.items()
        )

    def inside(self, code: str, point: Point) -> tuple[Point, float]:
        """Return the point of a county that is nearest to a point, WGS-84, and how many metres it moved there."""
        if shapely.intersects_xy(self._shapes[code], point.x, point.y):
            return point, 0.0
        inland = self._shapes[code].buffer(-_INLAND_DEG)
        moved = shapely.get_point(shapely.shortest_line(inland, point), 0)
        return moved, self._metric.distance_m(point, moved)

    def _extent_in(self, codes: Sequence[str], shape: BaseGeometry | None) -> tuple[Point, float]:
        return self.whole(codes) if shape is None else self.extent(_solid(shape.intersection(self._union(codes))))

    def _union(self, codes: Sequence[str]) -> BaseGeometry:
        return shapely.union_all([self._shapes[code] for code in codes])


def _cities(codes: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(city_of(code), []).append(code)
    return {city: held for city, held in found.items() if 1 < len(held) < len(codes)}


def _measure(part: BaseGeometry, *, like: BaseGeometry) -> float:
    """Return the m² of a part of an area, the metres of a part of a line, or 1 for a point; 0 of nothing."""
    dimension = int(shapely.get_dimensions(like))
    return float({0: 0.0 if part.is_empty else 1.0, 1: part.length, 2: part.area}[dimension])


def _spread(shape: BaseGeometry) -> NDArray[np.float64]:
    """Return rows (x, y) of points that lie evenly along lines or over areas, in metres."""
    if shapely.get_dimensions(shape) == 1:
        lines = shapely.get_parts(shape)
        return np.concatenate([_along(line, math.ceil(_SPREAD * line.length / shape.length)) for line in lines])
    step = math.sqrt(shape.area / _SPREAD)
    west, south, east, north = shape.bounds
    x, y = np.meshgrid(np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step))
    grid = np.column_stack((x.ravel(), y.ravel()))
    shapely.prepare(shape)
    return grid[shapely.contains_xy(shape, grid)]


def _along(line: LineString, count: int) -> NDArray[np.float64]:
    at = (np.arange(count) + 0.5) / count
    return shapely.get_coordinates(shapely.line_interpolate_point(line, at, normalized=True))


def _solid(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape without what only touches it: no points beside lines, no lines beside areas."""
    pieces = shapely.get_parts(shape)
    dimensions = shapely.get_dimensions(pieces)
    return shapely.union_all(pieces[dimensions == dimensions.max()])


def with_part_areas(entries: Sequence[Entry], areas: Sequence[PartArea]) -> tuple[list[Entry], list[str]]:
    """Give places the shares that follow from stated areas of their parts; also return what is wrong with these."""
    stated: dict[str, dict[str, float]] = {}
    for one in areas:
        stated.setdefault(one.place, {})[one.county] = one.area_km2
    known = {entry.id: entry for entry in entries}
    problems = [
        f"data/gazetteer: areas of {place!r} in {', '.join(km2)} arrived; expected a place with exactly these counties"
        for place, km2 in stated.items()
        if place not in known or km2.keys() != set(known[place].adcodes)
    ]
    return [_shared(e, stated[e.id]) if e.id in stated and not problems else e for e in entries], problems


def _shared(entry: Entry, km2: Mapping[str, float]) -> Entry:
    whole = sum(km2.values())
    codes = sorted(km2, key=lambda code: -km2[code])
    return replace(entry, adcodes=tuple(codes), shares=tuple(round(km2[code] / whole, 4) for code in codes))
