"""Border zones: the land near the border that two counties share, on both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.boundaries.borders import shared_border
from geo.case import Rating
from geo.corridors.recipes import BorderZoneRecord
from geo.crs import area_km2, buffer_m, length_km
from geo.errors import GeometryError
from geo.feature import Feature, Scalar
from geo.words import word


def border_line(record: BorderZoneRecord, counties: Mapping[str, BaseGeometry]) -> MultiLineString:
    """Return the borders that the pairs of a zone share, WGS-84.

    Raises:
        GeometryError: A code is no county, or a pair touches in points only or not at all.
    """
    unknown = sorted({code for pair in record.pairs for code in pair if code not in counties})
    if unknown or not record.pairs:
        msg = f"{record.id}: pairs: {', '.join(unknown) or 'none'} arrived; expected pairs of known county codes"
        raise GeometryError(msg)
    parts: list[LineString] = []
    for a, b in record.pairs:
        border = shared_border(counties[a], counties[b])
        if border.is_empty:
            msg = f"{record.id}: pairs: {a} and {b} share no border; a zone needs a border of some length"
            raise GeometryError(msg)
        parts.extend(part for part in shapely.get_parts(border))
    return MultiLineString(parts)


def border_zone(border: BaseGeometry, sides: Sequence[BaseGeometry], *, width_km: float) -> BaseGeometry:
    """Return the land of the sides within a distance of a border, WGS-84.

    Args:
        border: Border lines.
        sides: The areas on both sides.
        width_km: Distance to each side, above 0.

    Raises:
        GeometryError: The width is not above 0.
    """
    if width_km <= 0:
        msg = f"width_km: {width_km} arrived; expected a number above 0"
        raise GeometryError(msg)
    return buffer_m(border, width_km * 1000).intersection(shapely.union_all(list(sides)))


def border_zone_feature(record: BorderZoneRecord, counties: Mapping[str, BaseGeometry], *, width_km: float) -> Feature:
    """Return both sides of a zone as one feature, with the area of each side."""
    border = border_line(record, counties)
    codes = list(dict.fromkeys(code for pair in record.pairs for code in pair))
    area = border_zone(border, [counties[code] for code in codes], width_km=width_km)
    sides: dict[str, Scalar] = {code: round(area_km2(area.intersection(counties[code])), 1) for code in codes}
    return Feature(
        id=record.id,
        name=record.name,
        geometry=shapely.make_valid(area),
        rating=Rating.SCHEMATIC,
        precision_m=width_km * 1000,
        source=f"{record.source}; border: data/boundaries",
        status=record.status,
        status_date=record.status_date,
        note=record.note,
        aliases=record.aliases,
        properties={
            "counties": "; ".join(codes),
            "pair_rating": record.pair_rating.value,
            "is_pilot": record.is_pilot,
            "batch": record.batch,
            "width_km": width_km,
            "border_km": round(length_km(border), 2),
            "area_km2": round(area_km2(area), 1),
            "area_by_side_km2": "; ".join(f"{code}: {value}" for code, value in sides.items()),
        },
    )


def side_features(zone: Feature, counties: Mapping[str, Feature]) -> list[Feature]:
    """Return the part of a zone in each of its counties; the id is that of the zone and the county's code."""
    return [_side(zone, counties[code]) for code in str(zone.properties["counties"]).split("; ")]


def _side(zone: Feature, county: Feature) -> Feature:
    part = polygons_of(zone.geometry.intersection(county.geometry))
    return replace(
        zone,
        id=f"{zone.id}-{county.id}",
        name=word("{zone}, {county} side", zone=zone.name, county=county.name),
        geometry=part,
        aliases=(),
        properties={
            "border_zone": zone.id,
            "county": county.id,
            "width_km": zone.properties["width_km"],
            "area_km2": round(area_km2(part), 1),
        },
    )


def border_line_features(zones: Sequence[BorderZoneRecord], counties: Mapping[str, Feature]) -> list[Feature]:
    """Return one feature for each pair of counties whose border a zone follows; the id joins both codes."""
    shapes = {code: county.geometry for code, county in counties.items()}
    pairs = sorted({(min(pair), max(pair)) for zone in zones for pair in zone.pairs})
    return [_border_line(a, b, zones, counties, shapes) for a, b in pairs]


def _border_line(
    a: str,
    b: str,
    zones: Sequence[BorderZoneRecord],
    counties: Mapping[str, Feature],
    shapes: Mapping[str, BaseGeometry],
) -> Feature:
    using = [zone for zone in zones if any({a, b} == set(pair) for pair in zone.pairs)]
    line = border_line(replace(using[0], pairs=((a, b),)), shapes)
    return Feature(
        id=f"{a}-{b}",
        name=word("{one}–{other} border", one=counties[a].name, other=counties[b].name),
        geometry=line,
        rating=counties[a].rating,
        precision_m=counties[a].precision_m,
        source=counties[a].source,
        status="current",
        status_date=counties[a].status_date,
        properties={
            "border_zones": "; ".join(zone.id for zone in using),
            "counties": f"{a}; {b}",
            "border_km": round(length_km(line), 2),
        },
    )


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return the areas of a shape, without the lines and points that an intersection leaves."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)
