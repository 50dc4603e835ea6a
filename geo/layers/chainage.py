"""Official distances and chainage: the kilometres of a line as its operator counts them, beside the drawn ones.

Stops whose official distance from the first is known are fixed by it. The others are fixed by the official length of
the line, backwards from its last stop, and only where drawn line and official length are the same thing: the whole
differs by at most 10 %, and no stretch between fixed stops without an official distance by more than 20 %. Else there
is no official kilometre there: the drawn line is a chord, or does not end where the official one does.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from geo.case import Rating
from geo.feature import Property
from geo.record import Record, is_iso_date

DISTANCES_FILE = "transit/distances.toml"
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


def chainage_of(
    stops: Sequence[tuple[str, float]], distances: Sequence[DistanceRecord], official_length_km: float | None
) -> Chainage | None:
    """Return the chainage of a line; None where only its first stop is fixed.

    Args:
        stops: The name of each drawn stop and its kilometre on the drawn line, in the order of travel.
        distances: Official distances between stops of the line.
        official_length_km: The official length, None where it is not known.
    """
    measured = _measured(stops, distances)
    placed = _placed(stops, distances, official_length_km) if official_length_km else {}
    fixed = {**placed, **measured}
    chosen = fixed if _is_honest(stops, fixed, distances) else measured
    found = [
        Stop(name, round(drawn_km, _DECIMALS), chosen[name], name in measured)
        for name, drawn_km in stops
        if name in chosen
    ]
    return Chainage(tuple(found)) if len(found) > 1 else None


def _measured(stops: Sequence[tuple[str, float]], distances: Sequence[DistanceRecord]) -> dict[str, float]:
    """Return the official kilometre of every stop that distances lead to from the first one."""
    from_stop = {one.from_station: one for one in distances}
    name, km = stops[0][0], 0.0
    found = {name: km}
    while name in from_stop:
        name, km = from_stop[name].to_station, round(km + from_stop[name].km, _DECIMALS)
        found[name] = km
    return found


def _placed(
    stops: Sequence[tuple[str, float]], distances: Sequence[DistanceRecord], length_km: float
) -> Mapping[str, float]:
    """Return the official kilometre of the last stop, and of those that distances lead to from it, backwards."""
    name, drawn_km = stops[-1]
    if abs(length_km - drawn_km) > MOST_STRETCHED * drawn_km:
        return {}
    to_stop = {one.to_station: one for one in distances}
    km = length_km
    found = {name: km}
    while name in to_stop:
        name, km = to_stop[name].from_station, round(km - to_stop[name].km, _DECIMALS)
        found[name] = km
    return found


def _is_honest(
    stops: Sequence[tuple[str, float]], fixed: Mapping[str, float], distances: Sequence[DistanceRecord]
) -> bool:
    """Tell whether no stretch without an official distance is stretched too much."""
    known = {(one.from_station, one.to_station) for one in distances}
    pairs = pairwise((name, drawn_km) for name, drawn_km in stops if name in fixed)
    return all(
        (a, b) in known or abs(fixed[b] - fixed[a] - (to_km - from_km)) <= MOST_STRETCHED_PIECE * (to_km - from_km)
        for (a, from_km), (b, to_km) in pairs
    )


def _text(km: float) -> str:
    return f"{km:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def distance_problems(
    distances: Sequence[DistanceRecord],
    stops: Mapping[str, Sequence[str]],
    lengths_km: Mapping[str, float],
) -> list[str]:
    """Return what is wrong with distances, one sentence a problem.

    Args:
        distances: The records.
        stops: The names of the stations of every line, in the order of travel.
        lengths_km: The official length of every line that has one.
    """
    told = [
        f"data/{DISTANCES_FILE}: {one.id}: {text}"
        for one in distances
        for text in (*_date_problems(one), *_own_problems(one, stops))
    ]
    lines = dict.fromkeys(one.line for one in distances)
    of_lines = {line: [one for one in distances if one.line == line and not _own(one, stops)] for line in lines}
    for line, found in of_lines.items():
        told += [f"data/{DISTANCES_FILE}: {text}" for text in _problems_together(found, stops.get(line, ()))]
        told += [f"data/{DISTANCES_FILE}: {text}" for text in _above_length(line, found, lengths_km)]
    return told


def _date_problems(one: DistanceRecord) -> Iterator[str]:
    if not is_iso_date(one.date):
        yield f"date: arrived {one.date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"


def _own(one: DistanceRecord, stops: Mapping[str, Sequence[str]]) -> list[str]:
    return list(_own_problems(one, stops))


def _own_problems(one: DistanceRecord, stops: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if not (math.isfinite(one.km) and one.km > 0):
        yield f"km: arrived {one.km:g}; expected a number above 0"
    if one.line not in stops:
        yield f"line: arrived {one.line!r}; expected one of {', '.join(stops)}"
        return
    known = stops[one.line]
    named = {"from_station": one.from_station, "to_station": one.to_station}
    unknown = {field: name for field, name in named.items() if name not in known}
    for field, name in unknown.items():
        yield f"{field}: arrived {name!r}; expected a station of {one.line}: {', '.join(known)}"
    if not unknown and known.index(one.from_station) >= known.index(one.to_station):
        yield "to_station: comes not after from_station; expected both in the order of travel"


def _problems_together(found: Sequence[DistanceRecord], known: Sequence[str]) -> Iterator[str]:
    ordered = sorted(found, key=lambda one: known.index(one.from_station))
    for one, after in pairwise(ordered):
        if known.index(after.from_station) < known.index(one.to_station):
            yield f"{one.id} and {after.id} overlap; expected distances that follow each other: leave one out"


def _above_length(line: str, found: Sequence[DistanceRecord], lengths_km: Mapping[str, float]) -> Iterator[str]:
    total_km = sum(one.km for one in found)
    if total_km > lengths_km.get(line, math.inf):
        yield f"{line}: {total_km:g} km in all; expected at most its official length of {lengths_km[line]:g} km"
