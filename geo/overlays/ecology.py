"""Ecological zones and rivers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import area_km2, buffer_m, length_km
from geo.errors import GeometryError
from geo.feature import Feature
from geo.text import LocalText

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True)
class RidgeRecord:
    """A mountain park: its ridge line (lon, lat), buffered and cut to a city."""

    id: str
    name: LocalText
    ridge: tuple[tuple[float, float], ...]
    buffer_km: float
    city: str
    status: str
    status_date: str
    official_area_km2: float
    rating: Rating
    precision_m: float
    source: str
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class RingRecord:
    """A zone on both sides of an expressway."""

    id: str
    name: LocalText
    expressway: str
    buffer_km: float
    status: str
    status_date: str
    official_area_km2: float
    rating: Rating
    precision_m: float
    source: str
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class CountyParkRecord:
    """A park known by its counties only; one feature a county."""

    id: str
    name: LocalText
    counties: tuple[str, ...]
    status: str
    status_date: str
    rating: Rating
    precision_m: float
    source: str
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class RiverRecord:
    """A river; its line stands in a file of lines by id."""

    id: str
    name: LocalText
    rating: Rating
    precision_m: float
    source: str
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


def ridge_feature(record: RidgeRecord, cities: Mapping[str, BaseGeometry]) -> Feature:
    """Return a mountain park.

    Raises:
        GeometryError: The ridge crosses itself or lies outside its city.
    """
    ridge = LineString(record.ridge)
    if not ridge.is_simple:
        msg = f"{record.id}: ridge: the line crosses itself; put its points into order"
        raise GeometryError(msg)
    area = buffer_m(ridge, record.buffer_km * 1000).intersection(cities[record.city])
    if area.is_empty:
        msg = f"{record.id}: ridge: no part lies within city {record.city}; the order is lon, lat"
        raise GeometryError(msg)
    return _zone(record, area)


def ring_feature(record: RingRecord, expressways: Mapping[str, BaseGeometry]) -> Feature:
    """Return the zone on both sides of a ring.

    Raises:
        GeometryError: There is no such expressway.
    """
    if record.expressway not in expressways:
        msg = f"{record.id}: expressway: {record.expressway!r} arrived; expected one of {', '.join(expressways)}"
        raise GeometryError(msg)
    return _zone(record, buffer_m(expressways[record.expressway], record.buffer_km * 1000))


def _zone(record: RidgeRecord | RingRecord, area: BaseGeometry) -> Feature:
    return Feature(
        id=record.id,
        name=record.name,
        geometry=area,
        rating=record.rating,
        precision_m=record.precision_m,
        source=record.source,
        status=record.status,
        status_date=record.status_date,
        note=record.note,
        aliases=record.aliases,
        properties={
            "official_area_km2": record.official_area_km2,
            "drawn_area_km2": round(area_km2(area), 1),
            "drawn_as": "outline",
            "county": None,
        },
    )


def county_park_features(record: CountyParkRecord, counties: Mapping[str, Feature]) -> list[Feature]:
    """Return one feature per county of a park.

    Raises:
        GeometryError: A code is no county.
    """
    unknown = [code for code in record.counties if code not in counties]
    if unknown:
        msg = f"{record.id}: counties: {', '.join(unknown)} arrived; expected codes of known counties"
        raise GeometryError(msg)
    return [_county_part(record, counties[code]) for code in record.counties]


def _county_part(record: CountyParkRecord, county: Feature) -> Feature:
    english = f"{record.name.en} ({county.name.en})" if record.name.en and county.name.en else None
    return Feature(
        id=f"{record.id}-{county.id}",
        name=LocalText(f"{record.name.zh}（{county.name.zh}）", english),
        geometry=county.geometry,
        rating=record.rating,
        precision_m=record.precision_m,
        source=record.source,
        status=record.status,
        status_date=record.status_date,
        note=record.note,
        properties={
            "official_area_km2": None,
            "drawn_area_km2": round(area_km2(county.geometry), 1),
            "drawn_as": "counties",
            "county": county.id,
        },
    )


def river_features(
    records: Sequence[RiverRecord], lines: Mapping[str, BaseGeometry], area: BaseGeometry
) -> list[Feature]:
    """Return the rivers, with the length that lies within the area.

    Raises:
        GeometryError: A river has no line.
    """
    missing = [record.id for record in records if record.id not in lines]
    if missing:
        msg = f"rivers: no line for {', '.join(missing)}; run scripts/make_rivers.py"
        raise GeometryError(msg)
    shapely.prepare(area)
    return [
        Feature(
            id=river.id,
            name=river.name,
            geometry=lines[river.id],
            rating=river.rating,
            precision_m=river.precision_m,
            source=river.source,
            status="current",
            note=river.note,
            properties={"length_inside_km": round(length_km(lines[river.id].intersection(area)), 1)},
        )
        for river in records
    ]
