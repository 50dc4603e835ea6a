"""Airports as reference points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import Point

from geo.case import Precision, Rating
from geo.feature import Feature
from geo.layers.spec import COUNTY, TRANSPORT, Family, Geocoded, LayerSpec, LayerStyle
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_AIRPORTS = "airports/airports.toml"


@dataclass(frozen=True)
class AirportRecord(Record):
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


@dataclass(frozen=True)
class AirportRecords:
    """The airports."""

    airports: tuple[AirportRecord, ...]


def _read(reader: "RecordReader") -> AirportRecords:
    return AirportRecords(reader.toml(AirportRecord, _AIRPORTS, "airport"))


def airport_features(records: Sequence[AirportRecord]) -> list[Feature]:
    """Return the airports."""
    return [
        Feature(
            id=airport.id,
            name=airport.name,
            geometry=Point(airport.lon, airport.lat),
            rating=airport.rating,
            precision_m=airport.precision_m,
            sources=(airport.source,),
            status=airport.status,
            status_date=airport.status_date,
            aliases=airport.aliases,
            properties={"county": airport.county},
        )
        for airport in records
    ]


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="airports",
            group=TRANSPORT,
            title=word("Airports"),
            geometry="point",
            style=LayerStyle("#0b2533", weight=2, fill_opacity=1.0, is_shown_first=True, label_from=10),
            files=(_AIRPORTS,),
            columns=(COUNTY,),
            build=lambda records, _: airport_features(records.of(AirportRecords).airports),
            geocoded=Geocoded("airport", Precision.EXACT),
        ),
    ),
)
