"""Expressways: straight lines between named nodes, never an alignment."""

from collections.abc import Sequence
from dataclasses import dataclass

from shapely.geometry import LineString

from geo.case import Rating
from geo.crs import length_km
from geo.feature import Feature
from geo.text import LocalText

_CLOSED = {"extra": "forbid"}


@dataclass(frozen=True)
class ExpresswayRecord:
    """An expressway, without its nodes."""

    id: str
    name: LocalText
    status: str
    rating: Rating
    source: str
    status_date: str | None = None
    code: str | None = None
    code_rating: Rating | None = None
    aliases: tuple[str, ...] = ()
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class NodeRecord:
    """A named node of an expressway, WGS-84; a ring ends where it begins."""

    road: str
    seq: int
    name_zh: str
    lon: float
    lat: float
    county: str
    precision_m: float
    rating: Rating
    source: str

    __pydantic_config__ = _CLOSED


def expressway_features(roads: Sequence[ExpresswayRecord], nodes: Sequence[NodeRecord]) -> list[Feature]:
    """Return the expressways that have two nodes; a road that is only a name is left out."""
    by_road = {road.id: sorted((n for n in nodes if n.road == road.id), key=lambda n: n.seq) for road in roads}
    return [_expressway(road, by_road[road.id]) for road in roads if len(by_road[road.id]) > 1]


def _expressway(road: ExpresswayRecord, nodes: Sequence[NodeRecord]) -> Feature:
    geometry = LineString([(node.lon, node.lat) for node in nodes])
    return Feature(
        id=road.id,
        name=road.name,
        geometry=geometry,
        rating=Rating.SCHEMATIC,
        precision_m=max(node.precision_m for node in nodes) + 2000,
        source=road.source,
        status=road.status,
        status_date=road.status_date,
        note=road.note,
        aliases=road.aliases,
        properties={
            "code": road.code,
            "code_rating": road.code_rating.value if road.code_rating else None,
            "fact_rating": road.rating.value,
            "drawn_length_km": round(length_km(geometry), 1),
            "nodes": " – ".join(node.name_zh for node in nodes),
        },
    )
