"""Find the places of a text."""

import math
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar, cast

from geo.case import Location, Possible, Precision
from geo.errors import NotFoundError
from geo.folding import Folded, folded
from geo.gazetteer.candidates import Candidate, Index, address_head
from geo.gazetteer.choose import Choice, Reader
from geo.gazetteer.entry import HOLDERS, SURENESS, UNDECIDED, Entry, MatchType, Spelling
from geo.gazetteer.typed import TypedNames
from geo.gazetteer.within import placed

_T = TypeVar("_T")
_MOST_MADE = 20_000  # some megabytes
_NOWHERE = 0, 0  # the span of what a text names that names nothing
_CONFIDENCE_OF_MENTIONS = {
    MatchType.FULL: 0.95,
    MatchType.ALIAS: 0.93,
    MatchType.FORMER: 0.93,
    MatchType.VILLAGE: 0.85,
    MatchType.SHORT: 0.75,
}
_NO_CENTRE = "no source gives its centre: its county stands for it"
_STATED_COUNTY = 0.04  # a county that the record states rules out namesakes


class Gazetteer:
    """The compiled names; immutable, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._entries = {entry.id: entry for entry in entries}
        self._made: dict[tuple[object, int, str], object] = {}

    @cached_property
    def _index(self) -> Index:
        return Index(list(self._entries.values()))

    @cached_property
    def _typed(self) -> TypedNames:
        return TypedNames(list(self._entries.values()))

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
        """Return the places that a text names, in reading order; a place that stays undecided has no county."""
        return list(self.answer(text, tuple))

    def answer(self, text: str, make: Callable[[Sequence[Location]], _T]) -> _T:
        """Return what is made of the places that a text names; made once for all addresses in one place.

        Args:
            text: What to read.
            make: Makes something that nobody changes, such as bytes, of the places alone.
        """
        reading = folded(text)
        candidates = self._typed.more_candidates(reading.text, self._index.find(reading.text))
        head = _NOWHERE if not candidates else None if reading.kept else address_head(candidates)
        if head is None:
            return make(self._read(reading, candidates))
        key = make, head[0], reading.text[head[0] : head[1]]
        if key not in self._made:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            self._made[key] = make(self._read(reading, candidates))
        return cast("_T", self._made[key])

    def _read(self, reading: Folded, candidates: Sequence[Candidate]) -> list[Location]:
        if not candidates:
            return []
        choices = Reader(reading.text, candidates).choices()
        found = [self._location(candidate, choice) for candidate, choice in choices]
        return _as_written(placed(reading.text, found, self._entries), reading)

    def place_of(self, mention: str, *, county: str | None = None, cities: Sequence[str] = ()) -> Location | None:
        """Return the one place that a mention of a case record means; None when no name in it decides.

        Args:
            mention: The place as the record names it.
            county: A county that the record states; it beats everything the mention says.
            cities: The cities of the case, which decide between namesakes.
        """
        reading = folded(mention)
        found = [
            (_unfolded(candidate, reading), spelling)
            for candidate in self._index.find(reading.text, is_mention=True)
            for spelling in candidate.meanings
            if not spelling.entry.is_blocker and _fits(spelling.entry, county, cities)
        ]
        if not found:
            return None
        ranked = sorted(found, key=lambda item: _preference(*item, county=county))
        candidate, spelling = ranked[0]
        equal = [s for c, s in ranked if _preference(c, s, county=county) == _preference(*ranked[0], county=county)]
        if any(other.entry.id != spelling.entry.id for other in equal):
            return None  # namesakes, and nothing that decides
        reason = f"county {county} is stated by the record" if county else "named in the mention"
        confidence = _CONFIDENCE_OF_MENTIONS[spelling.match_type] + (_STATED_COUNTY if county else 0.0)
        rejected = tuple(s.entry.id for c, s in ranked[1:] if c == candidate)
        return _located(candidate, spelling, confidence=round(confidence, 2), reason=reason, rejected=rejected)

    def _location(self, candidate: Candidate, choice: Choice) -> Location:
        rejected = tuple(spelling.entry.id for spelling in choice.rejected)
        if choice.spelling is not None:
            return _located(
                candidate, choice.spelling, confidence=choice.confidence, reason=choice.reason, rejected=rejected
            )
        cities = {city for spelling in choice.rejected for city in spelling.entry.cities}
        if len(cities) == 1:
            city = self._entries[f"city:{cities.pop()}"]
            spelling = Spelling(city.name, city, MatchType.ALIAS)
            return _located(candidate, spelling, confidence=choice.confidence, reason=choice.reason, rejected=rejected)
        return _undecided(candidate, choice, rejected)


def _unfolded(candidate: Candidate, reading: Folded) -> Candidate:
    """Return a candidate where it stands in the text as it came."""
    if not reading.kept:
        return candidate
    start, end = reading.span(candidate.start, candidate.end)
    return candidate._replace(start=start, end=end)


def _as_written(locations: list[Location], reading: Folded) -> list[Location]:
    """Return locations where they stand in the text as it came."""
    return [one._replace(span=reading.span(*one.span)) for one in locations] if reading.kept else locations


def _fits(entry: Entry, county: str | None, cities: Sequence[str]) -> bool:
    if county is not None:
        return county in entry.adcodes
    return not cities or bool(set(entry.cities) & set(cities))


def _preference(candidate: Candidate, spelling: Spelling, *, county: str | None) -> tuple[int, int, int, int, int, int]:
    """Order meanings: the place before the county that holds it, finer before coarser, later before earlier.

    What a name is in full goes before what is only called so for short: 龙门山 is the range before it is 龙门山镇.
    """
    entry = spelling.entry
    is_container = entry.kind in HOLDERS
    outside = sum(code != county for code in entry.adcodes) if county else 0
    is_short = spelling.match_type is MatchType.SHORT
    return (
        int(is_container), int(is_short), entry.precision.rank, -candidate.end, SURENESS[spelling.match_type], outside
    )  # fmt: skip


def _located(
    candidate: Candidate, spelling: Spelling, *, confidence: float, reason: str, rejected: tuple[str, ...]
) -> Location:
    entry = spelling.entry
    return Location(
        name=entry.name,
        entry_id=entry.id,
        kind=entry.kind,
        span=(candidate.start, candidate.end),
        match_type=spelling.match_type,
        confidence=confidence,
        precision=entry.precision,
        radius_m=entry.radius_m,
        adcodes=entry.adcodes,
        shares=entry.shares,
        lon=entry.lon,
        lat=entry.lat,
        reason=f"{reason}; {_NO_CENTRE}" if entry.is_without_centre else reason,
        rejected=rejected,
        feature=entry.feature,
    )


def _undecided(candidate: Candidate, choice: Choice, rejected: tuple[str, ...]) -> Location:
    return Location(
        name=candidate.text,
        entry_id="",
        kind=UNDECIDED,
        span=(candidate.start, candidate.end),
        match_type=UNDECIDED,
        confidence=choice.confidence,
        precision=Precision.REGION,
        radius_m=math.nan,
        adcodes=(),
        shares=(),
        lon=math.nan,
        lat=math.nan,
        reason=choice.reason,
        rejected=rejected,
        candidates=tuple(Possible(s.entry.id, s.entry.name, s.entry.adcodes) for s in choice.rejected),
    )
