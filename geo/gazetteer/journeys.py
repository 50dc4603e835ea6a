"""Stations without 站 at the ends of a journey: 成都东到资阳北. Alone, such words may be anything."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from geo.gazetteer.candidates import Candidate
from geo.gazetteer.entry import ELSEWHERE, HOLDERS, Entry, MatchType, Spelling, spellings
from geo.gazetteer.meanings import Meanings

_STATION = "站"
_SHORTEST, _LONGEST = 2, 8  # characters of a station without its kind
JOINS = "到至往→⇌~～–—-"  # signs of a class in a pattern
_JOIN = re.compile(f"—+|[{JOINS}]")


class Journeys:
    """Finds stations without 站 of which two are joined; built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._entries = entries

    @cached_property
    def _stations(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self._entries:
            bare = entry.name.removesuffix(_STATION)
            if entry.kind == "station" and entry.name.endswith(_STATION) and _SHORTEST <= len(bare) <= _LONGEST:
                found.setdefault(bare, []).append(entry)
        return {bare: tuple(stations) for bare, stations in found.items()}

    @cached_property
    def _divisions(self) -> frozenset[str]:
        divisions = (entry for entry in self._entries if entry.kind in HOLDERS | {ELSEWHERE})
        return frozenset(spelling.text for entry in divisions for spelling in spellings(entry))

    @cached_property
    def _borders(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the first and the last characters of stations, which most texts are soon done with."""
        return frozenset(name[0] for name in self._stations), frozenset(name[-1] for name in self._stations)

    def find(self, text: str) -> Iterator[Candidate]:
        """Yield the stations at both ends of each journey of a folded text but those called as a city or county."""
        starts, ends = self._borders
        for join in _JOIN.finditer(text):
            if text[join.start() - 1 : join.start()] not in ends or text[join.end() : join.end() + 1] not in starts:
                continue
            left = self._first(text, ((max(join.start() - length, 0), join.start()) for length in _LENGTHS))
            right = left and self._first(text, ((join.end(), join.end() + length) for length in _LENGTHS))
            if left and right:
                yield from (station for station in (left, right) if station.text not in self._divisions)

    def _first(self, text: str, spans: Iterable[tuple[int, int]]) -> Candidate | None:
        for start, end in spans:
            bare = text[start:end]
            stations = self._stations.get(bare, ())
            if stations:
                meanings = (Spelling(bare, station, MatchType.ABBREVIATION) for station in stations)
                return Candidate(start, start + len(bare), Meanings(meanings))
        return None


_LENGTHS = range(_LONGEST, _SHORTEST - 1, -1)
