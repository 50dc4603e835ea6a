"""Official distances between stops of a transit line: their records, and what is wrong with them."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.case import Rating

DISTANCES_FILE = "transit/distances.toml"


@dataclass(frozen=True)
class DistanceRecord:
    """How far two stops of a line are from each other along its track, in km; `date`: when the source said so, ISO."""

    line: str
    from_station: str
    to_station: str
    km: float
    date: str
    rating: Rating
    source: str

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  read by geo.catalogue.records

    @property
    def id(self) -> str:
        """Return line and stops."""
        return f"{self.line} {self.from_station}–{self.to_station}"


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
    told = [f"data/{DISTANCES_FILE}: {one.id}: {text}" for one in distances for text in _own_problems(one, stops)]
    lines = dict.fromkeys(one.line for one in distances)
    of_lines = {line: [one for one in distances if one.line == line and not _own(one, stops)] for line in lines}
    for line, found in of_lines.items():
        told += [f"data/{DISTANCES_FILE}: {text}" for text in _problems_together(found, stops.get(line, ()))]
        told += [f"data/{DISTANCES_FILE}: {text}" for text in _above_length(line, found, lengths_km)]
    return told


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
