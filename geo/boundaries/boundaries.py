"""Counties and cities as features."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.records import BoundaryRecords
from geo.case import Rating
from geo.crs import area_km2
from geo.feature import Feature


def county_features(records: BoundaryRecords) -> list[Feature]:
    """Return the counties with their polygons, sorted by code."""
    return [
        Feature(
            id=county.id,
            name=county.name,
            geometry=records.shapes[county.id],
            rating=Rating.VERIFIED,
            precision_m=records.precision_m,
            source=records.source,
            status="current",
            status_date=records.date,
            note=county.note,
            aliases=tuple(former.name for former in county.former),
            properties={
                "city": county.city,
                "official_area_km2": county.official_area_km2,
                "area_km2": round(area_km2(records.shapes[county.id]), 1),
            },
        )
        for county in sorted(records.counties, key=lambda county: county.id)
    ]


def city_features(records: BoundaryRecords) -> list[Feature]:
    """Return the cities, each dissolved from its counties, sorted by code."""
    features = []
    for city in sorted(records.cities, key=lambda city: city.id):
        parts = [records.shapes[county.id] for county in records.counties if county.city == city.id]
        geometry = dissolve(parts)
        features.append(
            Feature(
                id=city.id,
                name=city.name,
                geometry=geometry,
                rating=Rating.VERIFIED,
                precision_m=records.precision_m,
                source=f"dissolved from the counties: {records.source}",
                status="current",
                status_date=records.date,
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
