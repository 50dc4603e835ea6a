"""Counties with their borders, and the cities that they make up: what every other layer stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import shapely
from shapely import STRtree
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import area_km2
from geo.dated import About, Fact, former_values
from geo.divisions import same_city
from geo.feature import Feature
from geo.layers.spec import (
    ADMINISTRATIVE,
    AREA,
    OFFICIAL_AREA,
    OFFICIAL_AREA_RATING,
    Column,
    Family,
    Geocoded,
    LayerSpec,
    LayerStyle,
    text,
)
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_SOURCE, _CITIES = "boundaries/SOURCE.toml", "boundaries/cities.toml"
_COUNTIES, _SHAPES = "boundaries/counties.toml", "boundaries/counties.geojson"
_TOWNSHIPS = "townships/townships.csv"
Pair = tuple[str, str]


@dataclass(frozen=True)
class CityRecord(Record):
    """A city, with what else it is called; its area is dissolved from its counties."""

    id: str
    name: LocalText
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountyRecord(Record):
    """A county in its city; `fact`: its former names, codes and cities, and its official area."""

    id: str
    name: LocalText
    city: str
    note: LocalText | None = None
    fact: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Township(Record):
    """A township or sub-district; WGS-84 centre and diagonal of its bounding box where a source gives one."""

    id: str
    name_zh: str
    county: str
    lon: float | None
    lat: float | None
    coord_source: str | None
    box_m: float | None = None


@dataclass(frozen=True)
class BoundaryRecords:
    """Everything recorded about boundaries; `shapes` are the county polygons by code, WGS-84."""

    cities: tuple[CityRecord, ...]
    counties: tuple[CountyRecord, ...]
    shapes: dict[str, BaseGeometry]
    townships: tuple[Township, ...]
    source: str
    precision_m: float
    date: str


def _read(reader: "RecordReader") -> BoundaryRecords:
    source = reader.sources.toml(_SOURCE)
    counties, found = reader.toml(CountyRecord, _COUNTIES, "county"), reader.geometries(_SHAPES)
    reader.problems += [
        f"data/boundaries: {code}: stands in only one of counties.toml, counties.geojson"
        for code in sorted({county.id for county in counties} ^ set(found))
    ]
    return BoundaryRecords(
        cities=reader.toml(CityRecord, _CITIES, "city"),
        counties=counties,
        shapes=found,
        townships=reader.csv(Township, _TOWNSHIPS) if reader.has(_TOWNSHIPS) else (),
        source=str(source.get("origin")),
        precision_m=reader.number(_SOURCE, "precision_m"),
        date=str(source.get("date")),
    )


def county_features(records: BoundaryRecords) -> list[Feature]:
    """Return the counties with their polygons, sorted by code."""
    return [
        Feature(
            id=county.id,
            name=county.name,
            geometry=records.shapes[county.id],
            rating=Rating.VERIFIED,
            precision_m=records.precision_m,
            sources=(records.source,),
            status="current",
            status_date=records.date,
            note=county.note,
            aliases=tuple(name for name, _ in former_values(county.fact, About.NAME)),
            properties={
                "code": county.id,
                "city": county.city,
                "official_area_km2": None,
                "official_area_km2_rating": None,
                "area_km2": round(area_km2(records.shapes[county.id]), 1),
            },
            facts=county.fact,
        ).dated(date.max)
        for county in sorted(records.counties, key=lambda county: county.id)
    ]


def city_features(records: BoundaryRecords) -> list[Feature]:
    """Return the cities, each dissolved from the counties whose code begins alike, sorted by code."""
    features = []
    for city in sorted(records.cities, key=lambda city: city.id):
        parts = [shape for code, shape in records.shapes.items() if same_city(code, city.id)]
        geometry = dissolve(parts)
        features.append(
            Feature(
                id=city.id,
                name=city.name,
                geometry=geometry,
                rating=Rating.VERIFIED,
                precision_m=records.precision_m,
                sources=(f"dissolved from the counties: {records.source}",),
                status="current",
                status_date=records.date,
                aliases=city.aliases,
                properties={"counties": len(parts), "area_km2": round(area_km2(geometry), 1)},
            )
        )
    return features


def dissolve(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the union of areas that share exact borders; empty for none."""
    return shapely.union_all(shapes)


def members_area(shapes: Mapping[str, BaseGeometry], codes: Sequence[str]) -> BaseGeometry:
    """Return the union of the counties with these codes.

    Raises:
        KeyError: A code is no county; records are checked before.
    """
    return dissolve([shapes[code] for code in codes])


def shared_border(a: BaseGeometry, b: BaseGeometry) -> LineString | MultiLineString:
    """Return the line two areas share; empty when they touch in points only or not at all."""
    common = shapely.intersection(shapely.boundary(a), shapely.boundary(b))
    parts = [part for part in shapely.get_parts(common) if part.geom_type == "LineString" and not part.is_empty]
    merged = shapely.line_merge(MultiLineString(parts))
    return merged if isinstance(merged, LineString | MultiLineString) else MultiLineString()


def touching_pairs(shapes: Mapping[str, BaseGeometry]) -> list[Pair]:
    """List the pairs that meet at all, in a line or in a point, sorted."""
    codes = sorted(shapes)
    tree = STRtree([shapes[code] for code in codes])
    found = set()
    for number, code in enumerate(codes):
        for other in tree.query(shapes[code], predicate="intersects"):
            if number < other:
                found.add((code, codes[other]))
    return sorted(found)


def adjacent_pairs(shapes: Mapping[str, BaseGeometry]) -> list[Pair]:
    """List the pairs that share a line: adjacency means a border of some length, sorted."""
    return [(a, b) for a, b in touching_pairs(shapes) if not shared_border(shapes[a], shapes[b]).is_empty]


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="cities",
            group=ADMINISTRATIVE,
            title=word("Cities"),
            geometry="area",
            style=LayerStyle("#3b4a54", weight=2.2, fill_opacity=0.01),
            files=(_CITIES, _COUNTIES, _SHAPES),
            columns=(Column("counties", "integer", word("Number of counties")), AREA),
            build=lambda records, _: city_features(records.of(BoundaryRecords)),
            is_required=True,
            geocoded=Geocoded("city", Precision.CITY),
            is_covered=True,
            base_name_from=7,
        ),
        LayerSpec(
            id="counties",
            group=ADMINISTRATIVE,
            title=word("Counties"),
            geometry="area",
            style=LayerStyle("#7b8a92", weight=1.2, fill_opacity=0.01),
            files=(_COUNTIES, _SHAPES),
            columns=(
                text("code", word("Administrative code")),
                text("city", word("City code"), of_layer="cities"),
                OFFICIAL_AREA,
                OFFICIAL_AREA_RATING,
                AREA,
            ),
            build=lambda records, _: county_features(records.of(BoundaryRecords)),
            is_required=True,
            geocoded=Geocoded("county", Precision.COUNTY),
            is_covered=True,
            base_name_from=9,
        ),
    ),
)
