"""What lies at coordinates: city, county, nearest township, belts, border zones, ecological zones."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypedDict

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.crs import metric_of
from geo.datum import Datum
from geo.divisions import city_of
from geo.errors import LocateError
from geo.feature import Feature, Layer, read_layers
from geo.gazetteer.entry import Entry
from geo.gazetteer.table import load_entries
from geo.layers.table import layers_with
from geo.numbers import LAT_RANGE, LON_RANGE
from geo.shift import to_wgs84

NEAR_BORDER_M = 500.0
_ZONES = layers_with(lambda spec: spec.is_told_at_points)


@dataclass(frozen=True)
class Found:
    """What lies at a point; nothing where it is outside the area."""

    lon: float
    lat: float
    county: Feature | None
    city: Feature | None
    township: Entry | None
    township_m: float | None
    zones: Mapping[str, Sequence[Feature]]
    near_border: bool


class Reverse:
    """Indexed once; immutable, thread-safe to read."""

    def __init__(self, layers: Mapping[str, Layer], entries: Sequence[Entry]) -> None:
        """Take built layers and compiled entries."""
        self._layers = layers
        self._townships: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.kind == "town" and entry.precision is Precision.TOWN:
                self._townships.setdefault(entry.adcodes[0], []).append(entry)
        self._counties = list(layers["counties"])
        self._metric = metric_of(layers["counties"].bounds)
        for county in self._counties:
            shapely.prepare(county.geometry)

    @cached_property
    def _borders(self) -> Mapping[str, BaseGeometry]:
        return {county.id: self._metric.to_metric(county.geometry.boundary) for county in self._counties}

    @cached_property
    def _centres(self) -> Mapping[str, STRtree]:
        return {
            code: STRtree([self._metric.to_metric(Point(entry.lon, entry.lat)) for entry in townships])
            for code, townships in self._townships.items()
        }

    def reverse(self, lon: float, lat: float, *, datum: Datum = Datum.WGS84) -> Found:
        """Return what lies at a point.

        Raises:
            LocateError: Not numbers, swapped, or not in China.
        """
        check_coordinates(lon, lat)
        x, y = (float(value) for value in to_wgs84(lon, lat, datum))
        point = Point(x, y)
        county = next((c for c in self._counties if shapely.intersects_xy(c.geometry, x, y)), None)
        if county is None:
            return Found(x, y, None, None, None, None, dict.fromkeys(_ZONES, ()), near_border=False)
        metric = self._metric.to_metric(point)
        township, township_m = self._nearest_township(county.id, metric)
        return Found(
            lon=x,
            lat=y,
            county=county,
            city=self._layers["cities"].feature(city_of(county.id)),
            township=township,
            township_m=township_m,
            zones={name: [f for f in self._layers.get(name, ()) if f.geometry.intersects(point)] for name in _ZONES},
            near_border=bool(self._borders[county.id].distance(metric) <= NEAR_BORDER_M),
        )

    def _nearest_township(self, county: str, point: Point) -> tuple[Entry, float] | tuple[None, None]:
        """Return the township of a county whose centre is nearest, and the metres to it; none where none is known."""
        if county not in self._centres:
            return None, None
        number, distances = self._centres[county].query_nearest(point, return_distance=True, all_matches=False)
        return self._townships[county][int(number[0])], float(distances[0])

    def reverse_many(self, points: NDArray[np.float64]) -> NDArray[np.str_]:
        """Return the county code of each row (lon, lat), WGS-84; empty outside. On a border, the lowest code.

        Raises:
            LocateError: Not an array of two columns.
        """
        if points.ndim != 2 or points.shape[1] != 2:  # noqa: PLR2004
            msg = f"an array of shape {points.shape} arrived; expected rows of lon, lat"
            raise LocateError(msg)
        x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
        codes = np.zeros(len(points), dtype="U6")
        for county in reversed(self._counties):
            west, south, east, north = county.geometry.bounds
            near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
            codes[near[shapely.intersects_xy(county.geometry, x[near], y[near])]] = county.id
        return codes


def open_reverse(catalogue: Path) -> Reverse:
    """Open the layers and townships of a catalogue file.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    return Reverse(read_layers(catalogue, ("cities", "counties", *_ZONES)), load_entries(catalogue))


def check_coordinates(lon: float, lat: float) -> None:
    """Refuse coordinates that cannot be meant.

    Raises:
        LocateError: Not numbers, swapped, or not in China.
    """
    if not (math.isfinite(lon) and math.isfinite(lat)):
        msg = f"{lon},{lat} arrived; expected two numbers, lon,lat in degrees"
        raise LocateError(msg)
    if _inside(lon, LON_RANGE) and _inside(lat, LAT_RANGE):
        return
    if _inside(lat, LON_RANGE) and _inside(lon, LAT_RANGE):
        msg = f"{lon},{lat} arrived; the order is lon,lat: did you mean {lat},{lon}?"
        raise LocateError(msg)
    msg = f"{lon},{lat} arrived; expected lon,lat in degrees within China, such as 116.39,39.91"
    raise LocateError(msg)


def _inside(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


class FeatureThere(TypedDict):
    """A feature that holds the point."""

    id: str
    name_zh: str
    name_en: str | None
    schematic: bool


class NearestTownship(TypedDict):
    """The township of the county whose approximate centre is nearest; its border is not known."""

    id: str
    name_zh: str
    distance_m: int
    note: str


class ReverseDocument(TypedDict):
    """What lies at a point, degrees, WGS-84; `near_border`: the border of the county is nearer than it is exact."""

    lon: float
    lat: float
    inside: bool
    city: FeatureThere | None
    county: FeatureThere | None
    township: NearestTownship | None
    belts: list[FeatureThere]
    border_zones: list[FeatureThere]
    eco_zones: list[FeatureThere]
    near_border: bool


def reverse_document(found: Found) -> ReverseDocument:
    """Return what lies at a point as a plain document."""
    return {
        "lon": round(found.lon, 6),
        "lat": round(found.lat, 6),
        "inside": found.county is not None,
        "city": _there(found.city) if found.city else None,
        "county": _there(found.county) if found.county else None,
        "township": _township(found),
        "belts": [_there(feature) for feature in found.zones["belts"]],
        "border_zones": [_there(feature) for feature in found.zones["border_zones"]],
        "eco_zones": [_there(feature) for feature in found.zones["eco_zones"]],
        "near_border": found.near_border,
    }


def _there(feature: Feature) -> FeatureThere:
    return {"id": feature.id, "name_zh": feature.name.zh, "name_en": feature.name.en, "schematic": feature.is_schematic}


def _township(found: Found) -> NearestTownship | None:
    if found.township is None or found.township_m is None:
        return None
    entry = found.township
    return {
        "id": entry.id.removeprefix("town:"),
        "name_zh": entry.name,
        "distance_m": round(found.township_m),
        "note": "distance to an approximate centre, about 2 km off",
    }
