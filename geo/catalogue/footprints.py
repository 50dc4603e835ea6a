"""A case with its footprints, and how every mention of a case gets one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.area import Area
from geo.case import Case, Footprint, Location, Place, PlaceRole, Precision, Rating, StatedPoint
from geo.datum import Datum
from geo.feature import Feature, Layer
from geo.gazetteer.gazetteer import Gazetteer
from geo.shift import to_wgs84
from geo.text import LIST_SEPARATOR, LocalText, joined

_SURE_OF_A_FALLBACK = 0.3
SURE_OF_A_POINT = 0.9
_COARSE_POINT_M = 1000.0  # as of points of layers: coarser is known by its town


@dataclass(frozen=True)
class Locator:
    """What is needed to locate mentions: the area, the gazetteer and the layers its entries point to."""

    area: Area
    gazetteer: Gazetteer
    layers: Mapping[str, Layer]

    def footprints(self, case: Case) -> tuple[Footprint, ...]:
        """Return the footprints of a case, in the order of its mentions.

        A case whose mentions are exactly the cities of the area gets one footprint of the whole region. A mention that
        does not resolve falls back to its county, or to the cities of the case, with `is_fallback` set.
        """
        found = [(place, self._locate(place, case)) for place in case.places]
        city_codes = {location.adcodes for _, location in found if location and location.precision is Precision.CITY}
        all_cities = {(city.id,) for city in self.layers["cities"]}
        if city_codes == all_cities and len(found) == len(all_cities):
            return (self._region(case),)
        return tuple(
            self._footprint(case, place, location, number) for number, (place, location) in enumerate(found, start=1)
        )

    def _locate(self, place: Place, case: Case) -> Location | None:
        return self.gazetteer.place_of(place.mention, county=place.county, cities=case.cities)

    def _region(self, case: Case) -> Footprint:
        cities, called = self.layers["cities"], self.area.short.in_lang("en")
        return Footprint(
            id=f"{case.id}-1",
            case_id=case.id,
            name=self.area.whole,
            mention=LIST_SEPARATOR.join(place.mention for place in case.places),
            role=PlaceRole.JURISDICTION,
            geometry=shapely.union_all([city.geometry for city in cities]),
            precision=Precision.REGION,
            radius_m=0.0,
            rating=Rating.VERIFIED,
            method="all-cities",
            confidence=1.0,
            evidence=f"The places of the case are exactly {called}: it holds for the whole region.",
            counties=tuple(county.id for county in self.layers["counties"]),
            entry_id=f"region:{self.area.id}",
        )

    def _footprint(self, case: Case, place: Place, location: Location | None, number: int) -> Footprint:
        if place.point is not None:
            return self._at_point(case, place, place.point, number)
        if location is None:
            return self._fallback(case, place, number)
        entry = self.gazetteer.entry(location.entry_id)
        feature = self._feature(location)
        geometry = feature.geometry if feature else self._shape(location)
        radius_m = feature.precision_m if feature else location.radius_m
        return Footprint(
            id=f"{case.id}-{number}",
            case_id=case.id,
            name=LocalText(location.name, entry.name_en),
            mention=place.mention,
            role=place.role,
            geometry=geometry,
            precision=location.precision,
            radius_m=radius_m if isinstance(geometry, Point) else 0.0,
            rating=entry.rating,
            method=location.match_type,
            confidence=location.confidence,
            evidence=f"{location.reason}; {entry.source}",
            counties=tuple(code for code in location.adcodes if code in self.layers["counties"]),
            entry_id=location.entry_id,
        )

    def _at_point(self, case: Case, place: Place, point: StatedPoint, number: int) -> Footprint:
        """Return the point that a source states; as fine as it says, as sure as the first source of the case."""
        lon, lat = to_wgs84(point.lon, point.lat, Datum(point.datum))
        is_coarse = point.radius_m > _COARSE_POINT_M
        return Footprint(
            id=f"{case.id}-{number}",
            case_id=case.id,
            name=LocalText(place.mention),
            mention=place.mention,
            role=place.role,
            geometry=Point(round(float(lon), 7), round(float(lat), 7)),
            precision=Precision.TOWN if is_coarse else Precision.EXACT,
            radius_m=point.radius_m,
            rating=case.sources[0].rating,
            method="coordinates",
            confidence=SURE_OF_A_POINT,
            evidence=f"coordinates of the source in {Datum(point.datum).label}; {case.sources[0].title}",
            counties=(place.county,) if place.county else (),
            entry_id="",
        )

    def _feature(self, location: Location) -> Feature | None:
        if location.feature is None:
            return None
        layer_id, feature_id = location.feature
        return self.layers[layer_id].feature(feature_id)

    def _shape(self, location: Location) -> BaseGeometry:
        """Return a point with a radius, or the union of the counties where nothing finer is known."""
        if location.precision is not Precision.COUNTY:
            return Point(location.lon, location.lat)
        return _union([self.layers["counties"].feature(code).geometry for code in location.adcodes])

    def _fallback(self, case: Case, place: Place, number: int) -> Footprint:
        layer, codes = ("counties", [place.county]) if place.county else ("cities", list(case.cities))
        features = [self.layers[layer].feature(code) for code in codes if code]
        return Footprint(
            id=f"{case.id}-{number}",
            case_id=case.id,
            name=joined([feature.name for feature in features]),
            mention=place.mention,
            role=place.role,
            geometry=_union([feature.geometry for feature in features]),
            precision=Precision.COUNTY if place.county else Precision.CITY,
            radius_m=0.0,
            rating=Rating.PROXY,
            method="fallback",
            confidence=_SURE_OF_A_FALLBACK,
            evidence=f"{place.mention} is in no list of names; shown as the {layer} that the record states",
            counties=tuple(codes) if place.county else (),
            entry_id="",
            is_fallback=True,
        )


def _union(geometries: Sequence[BaseGeometry]) -> BaseGeometry:
    return geometries[0] if len(geometries) == 1 else shapely.union_all(geometries)


@dataclass(frozen=True)
class LocatedCase:
    """A case and where it was located; at least one footprint."""

    case: Case
    footprints: tuple[Footprint, ...]

    @property
    def id(self) -> str:
        """Return the stable id of the case."""
        return self.case.id

    @cached_property
    def best(self) -> Footprint:
        """Return the finest footprint, the first of several."""
        return min(self.footprints, key=lambda footprint: footprint.precision.rank)

    @cached_property
    def label_point(self) -> Point:
        """Return a point inside the best footprint, WGS-84: where a label may stand, never a site."""
        return label_point(self.best.geometry)

    @property
    def is_region_wide(self) -> bool:
        """Tell whether the case holds for the whole area."""
        return self.best.precision is Precision.REGION

    @property
    def is_schematic(self) -> bool:
        """Tell whether any footprint is schematic."""
        return any(footprint.is_schematic for footprint in self.footprints)

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """List the counties that the footprints touch, sorted; none for a region-wide case."""
        if self.is_region_wide:
            return ()
        return tuple(sorted({code for footprint in self.footprints for code in footprint.counties}))

    @cached_property
    def years(self) -> range:
        """Return the years the case covers; an open end reaches to the date of its status."""
        period = self.case.period
        start = period.start_date or period.end_date
        if start is None:
            return range(0)
        end = period.end_date or self.case.status_as_of or start
        return range(int(start[:4]), max(int(start[:4]), int(end[:4])) + 1)


def label_point(geometry: BaseGeometry) -> Point:
    """Return a point inside a geometry: the middle of its longest line, or inside its area."""
    if isinstance(geometry, MultiLineString):
        geometry = max(geometry.geoms, key=lambda line: line.length)
    if isinstance(geometry, LineString):
        return geometry.interpolate(0.5, normalized=True)
    return geometry.representative_point()
