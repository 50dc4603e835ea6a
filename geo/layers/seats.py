"""Where the seats of cities and counties lie, and where the names of neighbouring cities stand on the map."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import Point

from geo.case import Rating
from geo.errors import RecordError
from geo.feature import Feature
from geo.layers.spec import ADMINISTRATIVE, Built, Family, LayerRecords, LayerSpec, LayerStyle, text
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_SEATS, _NEIGHBOURS = "base/seats.csv", "base/neighbours.csv"
_NEIGHBOUR_OFF_M = 50_000.0  # a name stands somewhere in its area


@dataclass(frozen=True)
class SeatRecord(Record):
    """The seat of a city or county, by the code of that: the point of a town, WGS-84."""

    id: str
    town: str
    lon: float
    lat: float
    precision_m: float
    rating: Rating
    source: str


@dataclass(frozen=True)
class NeighbourRecord(Record):
    """A city outside of the area, and a point in the part of it that the map shows, WGS-84."""

    id: str
    name_zh: str
    name_en: str
    lon: float
    lat: float


@dataclass(frozen=True)
class SeatRecords:
    """Seats and neighbours; a folder may have only one of them. `neighbours_source` is where the latter come from."""

    seats: tuple[SeatRecord, ...]
    neighbours: tuple[NeighbourRecord, ...]
    source: str


def _read(reader: "RecordReader") -> SeatRecords:
    return SeatRecords(
        seats=reader.csv(SeatRecord, _SEATS) if reader.has(_SEATS) else (),
        neighbours=reader.csv(NeighbourRecord, _NEIGHBOURS) if reader.has(_NEIGHBOURS) else (),
        source=str(reader.sources.toml("base/SOURCE.toml").get("origin")),
    )


def seat_features(records: SeatRecords, built: Built) -> list[Feature]:
    """Return the seats, each under code and name of its city or county.

    Raises:
        RecordError: Codes that are neither; one sentence each.
    """
    names = {feature.id: feature.name for layer in ("counties", "cities") for feature in built[layer]}
    unknown = [seat.id for seat in records.seats if seat.id not in names]
    if unknown:
        raise RecordError(
            [f"data/{_SEATS}: {code}: arrived; expected a city or county of the area" for code in unknown]
        )
    return [
        Feature(
            id=seat.id,
            name=names[seat.id],
            geometry=Point(seat.lon, seat.lat),
            rating=seat.rating,
            precision_m=seat.precision_m,
            sources=(seat.source,),
            status="current",
            properties={"town": seat.town},
        )
        for seat in records.seats
    ]


def neighbour_features(records: SeatRecords) -> list[Feature]:
    """Return the neighbouring cities as points that carry a name, and no more."""
    return [
        Feature(
            id=one.id,
            name=LocalText(one.name_zh, one.name_en),
            geometry=Point(one.lon, one.lat),
            rating=Rating.SCHEMATIC,
            precision_m=_NEIGHBOUR_OFF_M,
            sources=(records.source,),
            status="current",
            note=word("Where its name stands on the map, not its seat"),
        )
        for one in records.neighbours
    ]


def _seats(records: LayerRecords, built: Built) -> list[Feature]:
    return seat_features(records.of(SeatRecords), built)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="seats",
            group=ADMINISTRATIVE,
            title=word("Seats of cities and counties"),
            geometry="point",
            style=LayerStyle("#3b4a54", fill_opacity=1.0),
            files=(_SEATS,),
            columns=(text("town", word("Town, as the source calls it")),),
            build=_seats,
            base="seat",
        ),
        LayerSpec(
            id="neighbours",
            group=ADMINISTRATIVE,
            title=word("Neighbouring cities"),
            geometry="point",
            style=LayerStyle("#8a959b", fill_opacity=1.0),
            files=(_NEIGHBOURS,),
            columns=(),
            build=lambda records, _: neighbour_features(records.of(SeatRecords)),
            base_name_from=7,
        ),
    ),
)
