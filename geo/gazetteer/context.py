"""What a text says outright: its counties, its cities, and places elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.codes import city_of, is_city
from geo.gazetteer.candidates import Candidate
from geo.gazetteer.evidence import county_short_holds, is_street
from geo.gazetteer.names import MatchType, Spelling

_CONTAINERS = frozenset({"county", "city", "elsewhere", "zone"})
_JOINED = frozenset("、，,和与及同至到往—-–~")
_NEAR = 8  # characters between a county and the township it introduces


@dataclass(frozen=True)
class Context:
    """Codes of the counties and cities that a text names, and where each stands; whether it speaks of elsewhere.

    `neighbours` are the counties that share a border with a named one.
    """

    counties: frozenset[str]
    cities: frozenset[str]
    neighbours: frozenset[str]
    text: str
    positions: tuple[tuple[int, tuple[str, ...]], ...]
    is_elsewhere: bool

    def codes_before(self, start: int) -> tuple[str, ...]:
        """Return the codes of the county, city or zone that stands last before a place and near it."""
        near = [codes for end, codes in self.positions if start - _NEAR <= end <= start]
        return near[-1] if near else ()

    def codes_above(self, start: int) -> tuple[str, ...]:
        """Return the codes that stand before a place and hold it: none where the two are joined as equals (A、B)."""
        codes = self.codes_before(start)
        end = max((end for end, _ in self.positions if end <= start), default=start)
        return () if _JOINED.intersection(self.text[end:start]) else codes

    def container_at(self, start: int) -> tuple[str, ...]:
        """Return the codes of the county, city or zone that ends where a place begins."""
        return next((codes for end, codes in self.positions if end == start), ())


def read_context(text: str, candidates: Sequence[Candidate]) -> Context:
    """Collect counties and cities that are written out, or whose short names hold."""
    positions: list[tuple[int, tuple[str, ...]]] = []
    neighbours: set[str] = set()
    is_elsewhere = False
    for candidate in candidates:
        spelling = _administrative(candidate)
        if spelling is None:
            continue
        if spelling.entry.kind == "elsewhere":
            is_elsewhere = is_elsewhere or not is_street(text, candidate)
        elif _holds(text, candidate, spelling):
            positions.append((candidate.end, spelling.entry.adcodes))
            neighbours.update(spelling.entry.neighbours)
    named = [code for _, codes in positions if len(codes) == 1 for code in codes]
    counties = frozenset(code for code in named if not is_city(code))
    cities = frozenset(city_of(code) for code in named)
    return Context(counties, cities, frozenset(neighbours), text, tuple(positions), is_elsewhere)


def _administrative(candidate: Candidate) -> Spelling | None:
    """Return the meaning that may hold other places: a county, a city, a functional zone."""
    return next((s for s in candidate.meanings if s.entry.kind in _CONTAINERS), None)


def _holds(text: str, candidate: Candidate, spelling: Spelling) -> bool:
    if spelling.match_type is MatchType.VILLAGE:
        return False
    if spelling.match_type is not MatchType.SHORT:
        return True
    if spelling.entry.kind == "city":
        return not is_street(text, candidate)
    return county_short_holds(text, candidate, has_context=False)
