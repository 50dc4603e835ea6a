"""Official distances and chainage: the kilometres of a line as its operator counts them, beside the drawn ones.

Stops whose official distance from the first is known are fixed by it. The others are fixed by the official length of
the line, backwards from its last stop, and only where drawn line and official length are the same thing: the whole
differs by at most 10 %, and no stretch between fixed stops without an official distance by more than 20 %. Else there
is no official kilometre there: the drawn line is a chord, or does not end where the official one does.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from geo.case import Rating
from geo.feature import Property
from geo.record import Record, is_iso_date

DISTANCES_FILE = "transit/distances.csv"
MOST_STRETCHED = 0.10  # of the drawn length, the whole line
MOST_STRETCHED_PIECE = 0.20  # of the drawn length, between two fixed stops without an official distance
_SIGNS = {True: "=", False: "≈"}
_DECIMALS = 3


@dataclass(frozen=True)
class DistanceRecord(Record):
    """How far two stops of a line are from each other along its track, in km; `date`: when the source said so, ISO."""

    line: str
    from_station: str
    to_station: str
    km: float
    date: str
    rating: Rating
    source: str

    @property
    def id(self) -> str:
        """Return line and stops."""
        return f"{self.line} {self.from_station}–{self.to_station}"


class Basis(StrEnum):
    """What an official kilometre rests on."""

    DISTANCES = "distances"
    LENGTH = "length"


@dataclass(frozen=True)
class OfficialKm:
    """An official kilometre, to the metre."""

    km: float
    basis: Basis


@dataclass(frozen=True)
class Stop:
    """A fixed stop: its kilometre on the drawn line, its official one, and whether only distances were needed."""

    name: str
    drawn_km: float
    official_km: float
    is_measured: bool

    def __str__(self) -> str:
        """Return a text such as `资阳临空 22.302 = 22.816`, with ≈ where the official length was needed."""
        return f"{self.name} {_text(self.drawn_km)} {_SIGNS[self.is_measured]} {_text(self.official_km)}"


@dataclass(frozen=True)
class Chainage:
    """Fixed stops in the order of travel, at least two; between them official kilometres are in proportion."""

    stops: tuple[Stop, ...]

    @property
    def told(self) -> tuple[str, ...]:
        """Return the texts that `parse_chainage` reads."""
        return tuple(map(str, self.stops))

    def official(self, drawn_km: float) -> OfficialKm | None:
        """Return the official kilometre of a drawn one, taken to the metre; None beyond the last fixed stop."""
        km = round(drawn_km, _DECIMALS)
        drawn = [stop.drawn_km for stop in self.stops]
        if not drawn[0] <= km <= drawn[-1]:
            return None
        after = max(1, int(np.searchsorted(drawn, km)))
        found = float(np.interp(km, drawn, [stop.official_km for stop in self.stops]))
        basis = Basis.DISTANCES if self.stops[after].is_measured else Basis.LENGTH
        return OfficialKm(round(found, _DECIMALS), basis)


def parse_chainage(told: Property) -> Chainage | None:
    """Return what stands in the column `chainage` of a line; None where nothing does."""
    if not isinstance(told, tuple) or not told:
        return None
    parts = (one.rsplit(" ", 3) for one in told)
    return Chainage(
        tuple(Stop(name, float(drawn), float(official), sign == _SIGNS[True]) for name, drawn, sign, official in parts)
    )


Stops = Sequence[tuple[str, float | None]]
Spans = Mapping[tuple[int, int], float]  # km by the positions of two stops
Fixed = Mapping[int, float]  # km by the position of a stop


def chainage_of(stops: Stops, distances: Sequence[DistanceRecord], official_length_km: float | None) -> Chainage | None:
    """Return the chainage of a line; None where only its first stop is fixed.

    Args:
        stops: The name of each stop from the first to the last that are drawn, in the order of travel, and its
            kilometre on the drawn line; None of one that is not drawn. A loop names its first stop again as its last.
        distances: Official distances between stops of the line.
        official_length_km: The official length, None where it is not known.
    """
    spans = spans_of([name for name, _ in stops], distances)
    measured = _measured(spans)
    placed = _placed(stops, spans, official_length_km) if official_length_km else {}
    fixed = {**placed, **measured}
    chosen = fixed if _is_honest(stops, fixed, spans) else measured
    found = [
        Stop(name, round(drawn_km, _DECIMALS), chosen[at], at in measured)
        for at, (name, drawn_km) in enumerate(stops)
        if at in chosen and drawn_km is not None
    ]
    return Chainage(tuple(found)) if len(found) > 1 else None


def spans_of(names: Sequence[str], distances: Iterable[DistanceRecord]) -> Spans:
    """Return the distances that lie on a way from end to end, by the positions of their stops."""
    found = ((_positions(one, names), one.km) for one in distances)
    return {positions: km for positions, km in found if positions is not None}


def total_km(names: Sequence[str], distances: Iterable[DistanceRecord]) -> float | None:
    """Return how far the last of some stops is from the first, None where a distance between them is not known."""
    return _measured(spans_of(names, distances)).get(len(names) - 1)


def _positions(one: DistanceRecord, names: Sequence[str]) -> tuple[int, int] | None:
    """Return where both stops stand, the second behind the first: of a loop its last stop, not its first."""
    if one.from_station not in names:
        return None
    start = names.index(one.from_station)
    if one.to_station not in names[start + 1 :]:
        return None
    return start, names.index(one.to_station, start + 1)


def _measured(spans: Spans) -> Fixed:
    """Return the official kilometre of every stop that distances lead to from the first one."""
    ends = {start: (end, km) for (start, end), km in spans.items()}
    at, km = 0, 0.0
    found = {at: km}
    while at in ends:
        at, km = ends[at][0], round(km + ends[at][1], _DECIMALS)
        found[at] = km
    return found


def _placed(stops: Stops, spans: Spans, length_km: float) -> Fixed:
    """Return the official kilometre of the last stop, and of those that distances lead to from it, backwards."""
    at, drawn_km = len(stops) - 1, stops[-1][1] or 0.0
    if abs(length_km - drawn_km) > MOST_STRETCHED * drawn_km:
        return {}
    starts = {end: (start, km) for (start, end), km in spans.items()}
    km = length_km
    found = {at: km}
    while at in starts:
        at, km = starts[at][0], round(km - starts[at][1], _DECIMALS)
        found[at] = km
    return found


def _is_honest(stops: Stops, fixed: Fixed, spans: Spans) -> bool:
    """Tell whether no stretch without an official distance is stretched too much."""
    drawn = [(at, km) for at, (_, km) in enumerate(stops) if at in fixed and km is not None]
    return all(
        (a, b) in spans or abs(fixed[b] - fixed[a] - (to_km - from_km)) <= MOST_STRETCHED_PIECE * (to_km - from_km)
        for (a, from_km), (b, to_km) in pairwise(drawn)
    )


def _text(km: float) -> str:
    return f"{km:.{_DECIMALS}f}".rstrip("0").rstrip(".")


Ways = Sequence[Sequence[str]]  # the names of the stops from end to end: of the line itself, then of its branches


def distance_problems(
    distances: Sequence[DistanceRecord], ways: Mapping[str, Ways], lengths_km: Mapping[str, float]
) -> list[str]:
    """Return what is wrong with distances, one sentence a problem.

    Args:
        distances: The records.
        ways: The names of the stations of every line, in the order of travel: its own, then those of each branch.
        lengths_km: The official length of every line that has one.
    """
    told = [
        f"data/{DISTANCES_FILE}: {one.id}: {text}"
        for one in distances
        for text in (*_date_problems(one), *_own_problems(one, ways))
    ]
    lines = dict.fromkeys(one.line for one in distances)
    fit = [one for one in distances if not list(_own_problems(one, ways))]
    of_lines = {line: [one for one in fit if one.line == line] for line in lines}
    for line, found in of_lines.items():
        texts = (*_problems_together(found, ways.get(line, ())), *_above_length(line, found, lengths_km))
        told += [f"data/{DISTANCES_FILE}: {text}" for text in texts]
    return told


def _date_problems(one: DistanceRecord) -> Iterator[str]:
    if not is_iso_date(one.date):
        yield f"date: arrived {one.date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"


def _own_problems(one: DistanceRecord, ways: Mapping[str, Ways]) -> Iterator[str]:
    if not (math.isfinite(one.km) and one.km > 0):
        yield f"km: arrived {one.km:g}; expected a number above 0"
    if one.line not in ways:
        yield f"line: arrived {one.line!r}; expected one of {', '.join(ways)}"
        return
    known = list(dict.fromkeys(name for way in ways[one.line] for name in way))
    named = {"from_station": one.from_station, "to_station": one.to_station}
    unknown = {field: name for field, name in named.items() if name not in known}
    for field, name in unknown.items():
        yield f"{field}: arrived {name!r}; expected a station of {one.line}: {', '.join(known)}"
    if not unknown and all(_positions(one, way) is None for way in ways[one.line]):
        yield "to_station: comes not after from_station; expected both in the order of travel"


def _problems_together(found: Sequence[DistanceRecord], ways: Ways) -> Iterator[str]:
    for way in ways:
        placed = sorted((at, one.id) for one in found if (at := _positions(one, way)) is not None)
        for ((_, end), one), ((start, _), after) in pairwise(placed):
            if start < end:
                yield f"{one} and {after} overlap; expected distances that follow each other: leave one out"


def _above_length(line: str, found: Sequence[DistanceRecord], lengths_km: Mapping[str, float]) -> Iterator[str]:
    sum_km = sum(one.km for one in found)
    if sum_km > lengths_km.get(line, math.inf):
        yield f"{line}: {sum_km:g} km in all; expected at most its official length of {lengths_km[line]:g} km"
