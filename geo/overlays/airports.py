"""Airports as reference points."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import Point

from geo.case import Rating
from geo.feature import Feature
from geo.text import LocalText


@dataclass(frozen=True)
class AirportRecord:
    """An airport by its reference point, WGS-84."""

    id: str
    name: LocalText
    lon: float
    lat: float
    county: str
    precision_m: float
    status: str
    status_date: str
    rating: Rating
    source: str
    aliases: tuple[str, ...] = ()

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012


def airport_features(records: Sequence[AirportRecord]) -> list[Feature]:
    """Return the airports."""
    return [
        Feature(
            id=airport.id,
            name=airport.name,
            geometry=Point(airport.lon, airport.lat),
            rating=airport.rating,
            precision_m=airport.precision_m,
            source=airport.source,
            status=airport.status,
            status_date=airport.status_date,
            aliases=airport.aliases,
            properties={"county": airport.county},
        )
        for airport in records
    ]
