"""Which of the names in a text matter: those that may mean a place of ours, and those that may say something of these.

A long text holds many names of places elsewhere and many words that are also names of villages; few of them matter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from geo.gazetteer.evidence import FACILITIES, LIST_SIGN, is_station_name
from geo.gazetteer.meanings import Meanings

Match = tuple[int, int, int]  # number of a name, start, end
_SHORT = 60  # characters of a text in which everything stands beside everything
_BEFORE, _AFTER = 40, 12  # characters between a name and one of ours that it says something of, behind it or before it


class Found:
    """All names in a text, and where they start and end."""

    def __init__(self, text: str, matches: Sequence[Match], meanings: Mapping[int, Meanings]) -> None:
        """Take matches in any order, and what each name may mean."""
        self.matches = matches
        self._text, self._meanings = text, meanings

    @cached_property
    def starts(self) -> set[int]:
        """Return where names start."""
        return {start for _, start, _ in self.matches}

    @cached_property
    def ends(self) -> set[int]:
        """Return where names end."""
        return {end for _, _, end in self.matches}

    def that_matter(self, ours: Sequence[Match]) -> list[Match]:
        """Return what may mean a place of ours with all beside it and all that may hold it; nothing where none may.

        Args:
            ours: Matches with a meaning in the area.
        """
        standing = [match for match in ours if not self._meanings[match[0]].needs_others]
        if standing and len(self._text) <= _SHORT:
            return list(self.matches)
        meant = self._that_may_be_meant(ours, standing)
        return list(self._beside(meant)) if meant else []

    def _that_may_be_meant(self, ours: Sequence[Match], standing: Sequence[Match]) -> list[Match]:
        codes = {code for number, _, _ in standing for code in self._meanings[number].speaks_of}
        ends = sorted(end for _, _, end in standing)
        return [match for match in ours if self._may_be_meant(match, codes, ends)]

    def _may_be_meant(self, match: Match, codes: set[str], ends: Sequence[int]) -> bool:
        """Tell whether a name needs no others, or they stand beside it, or the text speaks of what may hold it."""
        number, start, end = match
        meanings = self._meanings[number]
        if not meanings.needs_others or self._is_listed(start, end) or is_station_name(self._text, start, end):
            return True
        if not codes.isdisjoint(meanings.counties):
            return True
        if codes.isdisjoint(meanings.cities):
            return False
        last = bisect_right(ends, start)
        is_beside = last > 0 and start - ends[last - 1] <= _AFTER
        return is_beside or meanings.has_village or self._text.startswith(FACILITIES, end)

    def _is_listed(self, start: int, end: int) -> bool:
        """Tell whether a name stands in a list with another one: 安仁、元通."""
        text = self._text
        is_after = start > 0 and text[start - 1] == LIST_SIGN and start - 1 in self.ends
        return is_after or (text.startswith(LIST_SIGN, end) and end + 1 in self.starts)

    def _beside(self, ours: Sequence[Match]) -> Iterator[Match]:
        meanings = self._meanings
        starts = sorted(start for _, start, _ in ours)
        provinces = {province for number, _, _ in ours for province in meanings[number].provinces}
        for match in self.matches:
            number, start, end = match
            following = bisect_left(starts, start - _AFTER)
            is_beside = following < len(starts) and starts[following] <= end + _BEFORE
            if is_beside or (meanings[number].containers and not provinces.isdisjoint(meanings[number].provinces)):
                yield match
