"""How lines are drawn: through their stations where these lie close, straight and schematic between those that do not.

A stretch is through its stations where both are known to 300 m and lie at most 3 km apart: the track is then hardly
ever farther than 300 m from the straight line. Any longer stretch is schematic, and so is the line as a whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import Metric, length_km
from geo.feature import Feature
from geo.layers.spec import DRAWN_LENGTH, OFFICIAL_LENGTH
from geo.layers.stations import Path, StationRecord, located
from geo.text import LocalText, word

LONGEST_GAP_KM = 3.0
THROUGH_STATIONS_M = 300.0
_SCHEMATIC_M = 2000.0  # how far the track may be from a straight line over a longer stretch, beside its ends
LEAST_SHARE = 0.93  # of its official length, where a source tells it; a line drawn shorter is told as such
SCHEMATIC_STRETCHES = "schematic_stretches"  # the column that tells them
_TOLD = re.compile(r".* \((\d+\.\d{3})–(\d+\.\d{3})\)")


class Edge(NamedTuple):
    """The straight piece between two stations of a path: where it begins and ends on the drawn line, in km."""

    path: int
    start: StationRecord
    end: StationRecord
    from_km: float
    to_km: float

    @property
    def is_schematic(self) -> bool:
        """Tell whether the track may run anywhere between its ends."""
        off_m = max(self.start.precision_m or 0.0, self.end.precision_m or 0.0)
        return self.to_km - self.from_km > LONGEST_GAP_KM or off_m > THROUGH_STATIONS_M


@dataclass(frozen=True)
class DrawnLine:
    """A line through its stations, branches behind the line itself; kilometres run on from one to the next.

    Args:
        paths: Its located stations from end to end, at least two a path; the line itself, then its branches.
        metric: The projection of the area, in which kilometres are counted.
    """

    paths: Sequence[Path]
    metric: Metric

    @property
    def geometry(self) -> BaseGeometry:
        """Return the shape, WGS-84: a line, or lines where it has branches."""
        parts = [LineString([stop.lonlat for stop in path if stop.lonlat]) for path in self.paths]
        return parts[0] if len(parts) == 1 else MultiLineString(parts)

    def edges(self) -> Iterator[Edge]:
        """Yield the pieces of all paths, in the order of travel."""
        km = 0.0
        for number, path in enumerate(self.paths):
            for start, end in pairwise(path):
                piece = self.metric.to_metric(LineString([start.lonlat or (), end.lonlat or ()]))
                yield Edge(number, start, end, km, km + piece.length / 1000)
                km += piece.length / 1000

    @property
    def rating(self) -> Rating:
        """Return schematic when any piece is."""
        return Rating.SCHEMATIC if any(edge.is_schematic for edge in self.edges()) else Rating.THROUGH_STATIONS

    @property
    def precision_m(self) -> float:
        """Return how far the drawn line may be from the track, in metres."""
        if not self.rating.is_schematic:
            return THROUGH_STATIONS_M
        return max(stop.precision_m or 0 for path in self.paths for stop in path) + _SCHEMATIC_M

    @property
    def schematic_stretches(self) -> tuple[str, ...]:
        """Return texts such as `天府站–三岔 18.058 km (15.232–33.290)`: from where to where, how long, at which km."""
        return tuple(map(_told, _runs(self.edges())))


def drawn_paths(paths: Iterable[Path]) -> list[Path]:
    """Return the paths with at least two located stations, without the others; none where the line itself has less."""
    found = [tuple(located(path)) for path in paths]
    if not found or len(found[0]) < 2:  # noqa: PLR2004  a line has two ends
        return []
    return [path for path in found if len(path) > 1]


def _runs(edges: Iterable[Edge]) -> Iterator[list[Edge]]:
    """Yield the schematic pieces, those together that follow each other."""
    for (_, is_schematic), run in groupby(edges, key=lambda edge: (edge.path, edge.is_schematic)):
        if is_schematic:
            yield list(run)


def _told(run: Sequence[Edge]) -> str:
    first, last = run[0], run[-1]
    span_km = last.to_km - first.from_km
    return f"{first.start.name_zh}–{last.end.name_zh} {span_km:.1f} km ({first.from_km:.3f}–{last.to_km:.3f})"


def drawn_short(feature: Feature) -> LocalText | None:
    """Return what must be said beside every distance to a line that is drawn too short; nothing of any other."""
    drawn_km, official_km = (feature.properties.get(column.name) for column in (DRAWN_LENGTH, OFFICIAL_LENGTH))
    is_recalled = feature.properties.get(f"{OFFICIAL_LENGTH.name}_rating") == Rating.RECALLED.value
    if is_recalled or not isinstance(drawn_km, float) or not isinstance(official_km, float):
        return None
    if drawn_km / official_km >= LEAST_SHARE:
        return None
    return word(
        "{place} is drawn {drawn} km long, officially it has {official} km: it is not drawn whole, or runs elsewhere "
        "in part, so that a distance to it may be far too great or too small.",
        place=feature.name,
        drawn=f"{drawn_km:.1f}",
        official=f"{official_km:.1f}",
    )


class Piece(NamedTuple):
    """A piece of a drawn line, WGS-84, and whether it must be drawn as schematic."""

    line: LineString
    is_schematic: bool


def drawn_pieces(feature: Feature) -> list[Piece]:
    """Return a line cut where it changes between through its stations and schematic, in the order of travel.

    One that tells no schematic stretches is as a whole what its rating says.
    """
    told = feature.properties.get(SCHEMATIC_STRETCHES)
    spans = [_span(text) for text in told] if isinstance(told, tuple) else []
    pieces, km = list[Piece](), 0.0
    for part in shapely.get_parts(feature.geometry):
        edges = []
        for ends in pairwise(part.coords):
            edge_km = length_km(LineString(ends))
            middle, km = km + edge_km / 2, km + edge_km
            edges.append((ends, any(start < middle < end for start, end in spans) if spans else feature.is_schematic))
        for is_schematic, run in groupby(edges, key=lambda edge: edge[1]):
            (first, second), *rest = (ends for ends, _ in run)
            pieces.append(Piece(LineString([first, second, *(end for _, end in rest)]), is_schematic))
    return pieces


def _span(text: str) -> tuple[float, float]:
    found = _TOLD.fullmatch(text)
    if found is None:
        msg = f"{text!r} arrived; expected <station>–<station> <km> km (<from km>–<to km>)"
        raise ValueError(msg)
    return float(found[1]), float(found[2])
