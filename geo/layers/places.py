"""Lakes and functional zones that no source outlines: drawn as the townships or counties that hold them, so rated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import area_km2, buffer_m
from geo.errors import GeometryError
from geo.feature import Feature
from geo.layers.boundaries import BoundaryRecords, Township, members_area
from geo.layers.spec import (
    COUNTIES,
    DEVELOPMENT,
    DRAWN_AREA,
    DRAWN_AS,
    ECOLOGY,
    OFFICIAL_AREA,
    Built,
    Described,
    Family,
    Geocoded,
    LayerRecords,
    LayerSpec,
    LayerStyle,
    feature_of,
    shapes,
)
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_LAKES, _ZONES = "ecology/lakes.toml", "zones/zones.toml"
_COLUMNS = (COUNTIES, OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS)


@dataclass(frozen=True, kw_only=True)
class PlaceRecord(Described):
    """A lake or a functional zone: counties, or townships with a radius around their centres."""

    rating: Rating
    precision_m: float
    counties: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    radius_km: float = 0.0
    official_area_km2: float | None = None
    status: str = "current"
    status_date: str | None = None


@dataclass(frozen=True)
class PlaceRecords:
    """Lakes and functional zones; a folder may have only one of them."""

    lakes: tuple[PlaceRecord, ...]
    zones: tuple[PlaceRecord, ...]


def _read(reader: "RecordReader") -> PlaceRecords:
    return PlaceRecords(
        lakes=reader.toml(PlaceRecord, _LAKES, "lake") if reader.has(_LAKES) else (),
        zones=reader.toml(PlaceRecord, _ZONES, "zone") if reader.has(_ZONES) else (),
    )


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
    codes = tuple(sorted({*record.counties, *(townships[code].county for code in record.townships)}))
    return feature_of(
        record,
        area,
        rating=record.rating,
        precision_m=record.precision_m,
        properties={
            "counties": codes,
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


def _build(places: Sequence[PlaceRecord], records: LayerRecords, built: Built) -> list[Feature]:
    return place_features(places, shapes(built["counties"]), records.of(BoundaryRecords).townships)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="lakes",
            group=ECOLOGY,
            title=word("Lakes"),
            geometry="area",
            style=LayerStyle("#2b7bba", weight=1.2, fill_opacity=0.18, label_from=10),
            files=(_LAKES,),
            columns=_COLUMNS,
            build=lambda records, built: _build(records.of(PlaceRecords).lakes, records, built),
            geocoded=Geocoded("lake", Precision.ZONE),
            base="lake",
        ),
        LayerSpec(
            id="zones",
            group=DEVELOPMENT,
            title=word("Functional zones"),
            geometry="area",
            style=LayerStyle("#6d4c41", weight=1.4, fill_opacity=0.1, label_from=10),
            files=(_ZONES,),
            columns=_COLUMNS,
            build=lambda records, built: _build(records.of(PlaceRecords).zones, records, built),
            geocoded=Geocoded("zone", Precision.ZONE),
        ),
    ),
)
