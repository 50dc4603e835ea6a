"""Border zones: the land near the border that two counties share, on both sides; their sides, and the borders."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import area_km2, buffer_m, length_km
from geo.errors import GeometryError
from geo.feature import Feature
from geo.layers.boundaries import shared_border
from geo.layers.spec import (
    AREA,
    COUNTIES,
    COUNTY,
    DEVELOPMENT,
    Built,
    Column,
    Described,
    Family,
    Geocoded,
    LayerRecords,
    LayerSpec,
    LayerStyle,
    each,
    feature_of,
    number,
    shapes,
    text,
    texts,
)
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_ZONES = "border_zones/border_zones.toml"


@dataclass(frozen=True)
class BorderZoneRecord(Described):
    """A border zone: pairs of counties; the zone lies on both sides of the borders they share."""

    pairs: tuple[tuple[str, str], ...]
    is_pilot: bool
    pair_rating: Rating
    batch: str | None = None

    @property
    def counties(self) -> tuple[str, ...]:
        """Return the codes of the counties on both sides, in the order of the pairs."""
        return tuple(dict.fromkeys(code for pair in self.pairs for code in pair))


@dataclass(frozen=True)
class BorderZoneRecords:
    """The border zones, and how far they reach to each side, in km."""

    zones: tuple[BorderZoneRecord, ...]
    width_km: float


def _read(reader: "RecordReader") -> BorderZoneRecords:
    return BorderZoneRecords(
        zones=reader.toml(BorderZoneRecord, _ZONES, "border_zone"), width_km=reader.number(_ZONES, "width_km")
    )


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
    codes = record.counties
    area = border_zone(border, [counties[code] for code in codes], width_km=width_km)
    sides = {code: round(area_km2(area.intersection(counties[code])), 1) for code in codes}
    return feature_of(
        record,
        shapely.make_valid(area),
        rating=Rating.SCHEMATIC,
        precision_m=width_km * 1000,
        also_from=("border: data/boundaries",),
        properties={
            "counties": codes,
            "pair_rating": record.pair_rating.value,
            "is_pilot": record.is_pilot,
            "batch": record.batch,
            "width_km": width_km,
            "border_km": round(length_km(border), 2),
            "area_km2": round(area_km2(area), 1),
            "area_by_side_km2": tuple(f"{code}: {value}" for code, value in sides.items()),
        },
    )


def side_features(record: BorderZoneRecord, zone: Feature, counties: Mapping[str, Feature]) -> list[Feature]:
    """Return the part of a zone in each of its counties; the id is that of the zone and the county's code."""
    return [_side(zone, counties[code]) for code in record.counties]


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
        sources=counties[a].sources,
        status="current",
        status_date=counties[a].status_date,
        properties={
            "border_zones": tuple(zone.id for zone in using),
            "counties": (a, b),
            "border_km": round(length_km(line), 2),
        },
    )


def polygons_of(shape: BaseGeometry) -> BaseGeometry:
    """Return the areas of a shape, without the lines and points that an intersection leaves."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts)


def _zones(records: LayerRecords, built: Built) -> list[Feature]:
    found, counties = records.of(BorderZoneRecords), shapes(built["counties"])
    return each(lambda record: border_zone_feature(record, counties, width_km=found.width_km), found.zones)


def _sides(records: LayerRecords, built: Built) -> list[Feature]:
    zones, counties = built["border_zones"], {county.id: county for county in built["counties"]}
    return [
        side
        for record in records.of(BorderZoneRecords).zones
        for side in side_features(record, zones.feature(record.id), counties)
    ]


def _lines(records: LayerRecords, built: Built) -> list[Feature]:
    counties = {county.id: county for county in built["counties"]}
    return border_line_features(records.of(BorderZoneRecords).zones, counties)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="border_zones",
            group=DEVELOPMENT,
            title=word("Border zones"),
            geometry="area",
            style=LayerStyle("#c0392b", weight=1.4, fill_opacity=0.14, label_from=10),
            files=(_ZONES,),
            columns=(
                COUNTIES,
                text("pair_rating", word("Rating of the pair"), labels="rating"),
                Column("is_pilot", "boolean", word("One of the seven pilots")),
                text("batch", word("Batch of demonstration sites")),
                number("width_km", word("Width to each side, km")),
                number("border_km", word("Length of the border, km")),
                AREA,
                texts("area_by_side_km2", word("Area of each side, km²")),
            ),
            build=_zones,
            geocoded=Geocoded("border_zone", Precision.ZONE),
            is_near_choice=True,
            is_told_at_points=True,
            fact="inside",
            kinship="place",
        ),
        LayerSpec(
            id="border_zone_sides",
            group=DEVELOPMENT,
            title=word("Sides of the border zones"),
            geometry="area",
            style=LayerStyle("#c0392b", weight=1.4, fill_opacity=0.14, label_from=10),
            files=(_ZONES,),
            columns=(
                text("border_zone", word("Id of the border zone"), of_layer="border_zones"),
                COUNTY,
                number("width_km", word("Width, km")),
                AREA,
            ),
            build=_sides,
        ),
        LayerSpec(
            id="border_lines",
            group=DEVELOPMENT,
            title=word("Borders of the border zones"),
            geometry="line",
            style=LayerStyle("#c0392b", weight=2.6),
            files=(_ZONES,),
            columns=(
                texts("border_zones", word("Ids of the border zones"), of_layer="border_zones"),
                COUNTIES,
                number("border_km", word("Length of the border, km")),
            ),
            build=_lines,
        ),
    ),
)
