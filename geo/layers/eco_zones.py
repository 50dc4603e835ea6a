"""Ecological zones: mountain parks, the zones along ring roads, and parks known by their counties only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import area_km2, buffer_m
from geo.errors import GeometryError
from geo.feature import Feature
from geo.layers.spec import (
    COUNTY,
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
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_ZONES = "ecology/eco_zones.toml"


@dataclass(frozen=True)
class RidgeRecord(Described):
    """A mountain park: its ridge line (lon, lat), buffered and cut to a city."""

    ridge: tuple[tuple[float, float], ...]
    buffer_km: float
    city: str
    official_area_km2: float
    rating: Rating
    precision_m: float


@dataclass(frozen=True)
class RingRecord(Described):
    """A zone on both sides of an expressway."""

    expressway: str
    buffer_km: float
    official_area_km2: float
    rating: Rating
    precision_m: float


@dataclass(frozen=True)
class CountyParkRecord(Record):
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


@dataclass(frozen=True)
class EcoZoneRecords:
    """Zones of three kinds, at least one of any kind."""

    ridges: tuple[RidgeRecord, ...]
    rings: tuple[RingRecord, ...]
    county_parks: tuple[CountyParkRecord, ...]


def _read(reader: "RecordReader") -> EcoZoneRecords:
    records = EcoZoneRecords(
        ridges=reader.toml_if_any(RidgeRecord, _ZONES, "ridge"),
        rings=reader.toml_if_any(RingRecord, _ZONES, "ring"),
        county_parks=reader.toml_if_any(CountyParkRecord, _ZONES, "county_park"),
    )
    if not reader.problems and not (records.ridges or records.rings or records.county_parks):
        reader.problems.append(f"data/{_ZONES}: holds no [[ridge]], [[ring]] or [[county_park]]; expected at least one")
    return records


def ridge_feature(record: RidgeRecord, cities: Mapping[str, BaseGeometry]) -> Feature:
    """Return a mountain park.

    Raises:
        GeometryError: There is no such city, or the ridge crosses itself or lies outside its city.
    """
    ridge = LineString(record.ridge)
    if not ridge.is_simple:
        msg = f"{record.id}: ridge: the line crosses itself; put its points into order"
        raise GeometryError(msg)
    if record.city not in cities:
        msg = f"{record.id}: city: {record.city!r} arrived; expected one of {', '.join(cities)}"
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
        known = ", ".join(expressways) or "those that the folder has, which are none"
        msg = f"{record.id}: expressway: {record.expressway!r} arrived; expected one of {known}"
        raise GeometryError(msg)
    return _zone(record, buffer_m(expressways[record.expressway], record.buffer_km * 1000))


def _zone(record: RidgeRecord | RingRecord, area: BaseGeometry) -> Feature:
    return feature_of(
        record,
        area,
        rating=record.rating,
        precision_m=record.precision_m,
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
        sources=(record.source,),
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


def _build(records: LayerRecords, built: Built) -> list[Feature]:
    found, cities = records.of(EcoZoneRecords), shapes(built["cities"])
    roads = shapes(built["expressways"]) if "expressways" in records.layers else {}
    counties = {county.id: county for county in built["counties"]}
    return [
        *(ridge_feature(record, cities) for record in found.ridges),
        *(ring_feature(record, roads) for record in found.rings),
        *(part for record in found.county_parks for part in county_park_features(record, counties)),
    ]


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="eco_zones",
            group=ECOLOGY,
            title=word("Ecological zones"),
            geometry="area",
            style=LayerStyle("#2e7d32", weight=1.4, fill_opacity=0.16, is_shown_first=True, label_from=9),
            files=(_ZONES,),
            columns=(OFFICIAL_AREA, DRAWN_AREA, DRAWN_AS, COUNTY),
            build=_build,
            geocoded=Geocoded("park", Precision.ZONE),
            is_near_choice=True,
            is_told_at_points=True,
            fact="inside",
            kinship="place",
        ),
    ),
)
