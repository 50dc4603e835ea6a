"""Expressways: straight lines between named nodes, never an alignment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import LineString

from geo.case import Precision, Rating
from geo.crs import length_km
from geo.dated import NOT_KNOWN
from geo.feature import Feature
from geo.layers.spec import (
    DRAWN_LENGTH,
    OFFICIAL_LENGTH,
    OFFICIAL_LENGTH_RATING,
    OPEN_DATE,
    OPEN_DATE_RATING,
    STATUS_RATING,
    TRANSPORT,
    Built,
    Described,
    Family,
    Geocoded,
    LayerRecords,
    LayerSpec,
    LayerStyle,
    feature_of,
    text,
    texts,
)
from geo.record import Record
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_OF_FACTS = (
    "code",
    "code_rating",
    "status_rating",
    "open_date",
    "open_date_rating",
    "official_length_km",
    "official_length_km_rating",
)
_ROADS, _NODES = "expressways/expressways.toml", "expressways/nodes.csv"


@dataclass(frozen=True, kw_only=True)
class ExpresswayRecord(Described):
    """An expressway, without its nodes."""

    status: str = NOT_KNOWN
    status_date: str | None = None


@dataclass(frozen=True)
class NodeRecord(Record):
    """A named node of an expressway, WGS-84; a ring ends where it begins."""

    road: str
    seq: int
    name_zh: str
    lon: float
    lat: float
    county: str | None
    precision_m: float
    rating: Rating
    source: str


@dataclass(frozen=True)
class ExpresswayRecords:
    """Expressways with their nodes."""

    roads: tuple[ExpresswayRecord, ...]
    nodes: tuple[NodeRecord, ...]


def _read(reader: "RecordReader") -> ExpresswayRecords:
    return ExpresswayRecords(
        roads=reader.toml(ExpresswayRecord, _ROADS, "expressway"), nodes=reader.csv(NodeRecord, _NODES)
    )


def expressway_features(roads: Sequence[ExpresswayRecord], nodes: Sequence[NodeRecord]) -> list[Feature]:
    """Return the expressways that have two nodes; a road that is only a name is left out."""
    by_road = {road.id: sorted((n for n in nodes if n.road == road.id), key=lambda n: n.seq) for road in roads}
    return [_expressway(road, by_road[road.id]) for road in roads if len(by_road[road.id]) > 1]


def _expressway(road: ExpresswayRecord, nodes: Sequence[NodeRecord]) -> Feature:
    geometry = LineString([(node.lon, node.lat) for node in nodes])
    return feature_of(
        road,
        geometry,
        rating=Rating.SCHEMATIC,
        precision_m=max(node.precision_m for node in nodes) + 2000,
        properties={
            **dict.fromkeys(_OF_FACTS),
            "drawn_length_km": round(length_km(geometry), 1),
            "nodes": tuple(node.name_zh for node in nodes),
        },
    )


def _build(records: LayerRecords, _: Built) -> list[Feature]:
    found = records.of(ExpresswayRecords)
    return expressway_features(found.roads, found.nodes)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="expressways",
            group=TRANSPORT,
            title=word("Expressways"),
            geometry="line",
            style=LayerStyle("#a97c1f", weight=1.4, is_shown_first=True, label_from=10),
            files=(_ROADS, _NODES),
            columns=(
                text("code", word("Road number")),
                text("code_rating", word("Rating of the number"), labels="rating"),
                STATUS_RATING,
                OPEN_DATE,
                OPEN_DATE_RATING,
                OFFICIAL_LENGTH,
                OFFICIAL_LENGTH_RATING,
                DRAWN_LENGTH,
                texts("nodes", word("Nodes"), joined_by=" – "),
            ),
            build=_build,
            geocoded=Geocoded("road", Precision.LINE),
            is_near_choice=True,
            kilometres_on="expressways",
            fact="about",
            kinship="line",
        ),
    ),
)
