"""Areas that no source outlines: drawn as the townships or counties that hold them, and rated so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.boundaries.boundaries import members_area
from geo.boundaries.records import Township
from geo.case import Rating
from geo.crs import area_km2, buffer_m
from geo.errors import GeometryError
from geo.feature import Feature
from geo.text import LocalText


@dataclass(frozen=True)
class PlaceRecord:
    """A lake or a functional zone: counties, or townships with a radius around their centres."""

    id: str
    name: LocalText
    rating: Rating
    precision_m: float
    source: str
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    radius_km: float = 0.0
    official_area_km2: float | None = None
    status: str = "current"
    status_date: str | None = None
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012


def place_features(
    records: Sequence[PlaceRecord], counties: Mapping[str, BaseGeometry], townships: Sequence[Township]
) -> list[Feature]:
    """Return each place as an area.

    Raises:
        GeometryError: A code is unknown, a township has no centre, or nothing is named at all.
    """
    by_code = {township.id: township for township in townships}
    return [_place(record, counties, by_code) for record in records]


def _place(record: PlaceRecord, counties: Mapping[str, BaseGeometry], townships: Mapping[str, Township]) -> Feature:
    unknown = [c for c in record.counties if c not in counties] + [t for t in record.townships if t not in townships]
    if unknown or not (record.counties or record.townships):
        msg = f"{record.id}: {', '.join(unknown) or 'no county and no township'} arrived; expected known codes"
        raise GeometryError(msg)
    parts = [_township_area(record, townships[code], counties) for code in record.townships]
    if record.counties:
        parts.append(members_area(counties, record.counties))
    area = shapely.union_all(parts)
    codes = sorted({*record.counties, *(townships[code].county for code in record.townships)})
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
            "counties": "; ".join(codes),
            "official_area_km2": record.official_area_km2,
            "drawn_area_km2": round(area_km2(area), 1),
            "drawn_as": "townships" if record.townships else "counties",
        },
    )


def _township_area(record: PlaceRecord, township: Township, counties: Mapping[str, BaseGeometry]) -> BaseGeometry:
    if township.lon is None or township.lat is None or record.radius_km <= 0:
        msg = f"{record.id}: {township.name_zh} has no centre, or radius_km is not above 0; name its county instead"
        raise GeometryError(msg)
    circle = buffer_m(Point(township.lon, township.lat), record.radius_km * 1000)
    return circle.intersection(counties[township.county])
