"""Find the places of a text."""

from collections.abc import Sequence
from functools import cached_property

from geo.case import Location
from geo.errors import NotFoundError
from geo.gazetteer.candidates import Candidate, Index
from geo.gazetteer.entry import Entry
from geo.gazetteer.names import MatchType, Spelling
from geo.gazetteer.normalise import normalise

_CONFIDENCE = {MatchType.FULL: 0.95, MatchType.ALIAS: 0.9, MatchType.FORMER: 0.85, MatchType.SHORT: 0.6}


class Gazetteer:
    """The compiled names; immutable, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._entries = {entry.id: entry for entry in entries}

    @cached_property
    def _index(self) -> Index:
        return Index(list(self._entries.values()))

    def entry(self, entry_id: str) -> Entry:
        """Return an entry.

        Raises:
            NotFoundError: No entry has the id.
        """
        try:
            return self._entries[entry_id]
        except KeyError:
            msg = f"the gazetteer has no entry {entry_id!r}"
            raise NotFoundError(msg) from None

    def locate(self, text: str) -> list[Location]:
        """Return the places that a text names, in reading order."""
        candidates = outermost(self._index.find(normalise(text)))
        return [
            _location(candidate, candidate.meanings[0], reason="longest name")
            for candidate in candidates
            if not candidate.meanings[0].entry.is_blocker
        ]

    def place_of(self, mention: str, *, county: str | None = None, cities: Sequence[str] = ()) -> Location | None:
        """Return the one place that a mention of a case record means; None when no name in it is known.

        Args:
            mention: The place as the record names it.
            county: A county that the record states; it beats everything the mention says.
            cities: The cities of the case, which decide between namesakes.
        """
        found = [
            (candidate, spelling)
            for candidate in outermost(self._index.find(normalise(mention)))
            for spelling in candidate.meanings
            if not spelling.entry.is_blocker and _fits(spelling.entry, county, cities)
        ]
        if not found:
            return None
        candidate, spelling = min(found, key=lambda item: _preference(*item, county=county))
        return _location(candidate, spelling, reason=_reason(county))


def outermost(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drop candidates that lie inside a longer one: 龙泉 in 龙泉山城市森林公园."""
    return [one for one in candidates if not any(other.contains(one) for other in candidates)]


def _fits(entry: Entry, county: str | None, cities: Sequence[str]) -> bool:
    if county is not None:
        return county in entry.adcodes
    return not cities or any(code[:4] + "00" in cities for code in entry.adcodes)


def _preference(candidate: Candidate, spelling: Spelling, *, county: str | None) -> tuple[int, int, int, int]:
    """Order meanings: the place itself before the county that holds it, finer before coarser, later before earlier."""
    entry = spelling.entry
    is_container = entry.kind in {"city", "county"}
    outside = sum(code != county for code in entry.adcodes) if county else 0
    return (int(is_container), entry.precision.rank, -candidate.end, outside)


def _reason(county: str | None) -> str:
    return f"county {county} is stated by the record" if county else "named in the mention"


def _location(candidate: Candidate, spelling: Spelling, *, reason: str) -> Location:
    entry = spelling.entry
    return Location(
        name=entry.name,
        entry_id=entry.id,
        kind=entry.kind,
        span=(candidate.start, candidate.end),
        match_type=spelling.match_type.value,
        confidence=_CONFIDENCE[spelling.match_type],
        precision=entry.precision,
        radius_m=entry.radius_m,
        adcodes=entry.adcodes,
        shares=entry.shares,
        lon=entry.lon,
        lat=entry.lat,
        reason=reason,
        feature=entry.feature,
    )
