"""What a text says outright: its counties, its cities, and places elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.gazetteer.candidates import Candidate
from geo.gazetteer.evidence import county_short_holds, is_street
from geo.gazetteer.names import MatchType, Spelling

_NEAR = 8  # characters between a county and the township it introduces


@dataclass(frozen=True)
class Context:
    """Codes of the counties and cities that a text names, and where each stands; whether it speaks of elsewhere."""

    counties: frozenset[str]
    cities: frozenset[str]
    positions: tuple[tuple[int, str], ...]
    is_elsewhere: bool

    def county_before(self, start: int) -> str | None:
        """Return the county, or city, that stands last before a place and near it."""
        near = [code for end, code in self.positions if start - _NEAR <= end <= start]
        return near[-1] if near else None


def read_context(text: str, candidates: Sequence[Candidate]) -> Context:
    """Collect counties and cities that are written out, or whose short names hold."""
    positions: list[tuple[int, str]] = []
    is_elsewhere = False
    for candidate in candidates:
        spelling = _administrative(candidate)
        if spelling is None:
            continue
        if spelling.entry.kind == "elsewhere":
            is_elsewhere = is_elsewhere or not is_street(text, candidate)
        elif _holds(text, candidate, spelling):
            positions.append((candidate.end, spelling.entry.adcodes[0]))
    counties = frozenset(code for _, code in positions if not code.endswith("00"))
    cities = frozenset(code[:4] + "00" for _, code in positions)
    return Context(counties, cities, tuple(positions), is_elsewhere)


def _administrative(candidate: Candidate) -> Spelling | None:
    return next((s for s in candidate.meanings if s.entry.kind in {"county", "city", "elsewhere"}), None)


def _holds(text: str, candidate: Candidate, spelling: Spelling) -> bool:
    if spelling.match_type is MatchType.VILLAGE:
        return False
    if spelling.match_type is not MatchType.SHORT:
        return True
    if spelling.entry.kind == "city":
        return not is_street(text, candidate)
    return county_short_holds(text, candidate, has_context=False)
