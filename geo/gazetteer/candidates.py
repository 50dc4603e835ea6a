"""Where a text may name a place: all names at once (Aho-Corasick), long names consume what they contain."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from geo.gazetteer.entry import ELSEWHERE, SURENESS, WRITTEN, Doubt, Entry, MatchType, Spelling, spellings
from geo.gazetteer.evidence import is_street, may_be_township, may_hold_each_other
from geo.gazetteer.lexicon import load_words
from geo.gazetteer.segment import cut_by_words

_DIVISIONS = frozenset({"city", "county", "town"})
_BOTH = (True, True)
_START = itemgetter(1)  # of number, start and end
_WATERS = frozenset({"river", "lake"})  # their names say what they are: 岷江
_BARE = 2  # characters of a name without its kind
_OFTEN = (10, 100, 1000, 10_000)  # times that a word stands in texts
_IS_CLEARLY_CUT = 4  # no name, not even a short one
IS_CUT = 1  # words that cut through a written name are likelier than it by more, in quarters of a logarithm


class Meanings(tuple[Spelling, ...]):  # noqa: SLOT001  it keeps what was worked out
    """Everything that one spelling may mean; what is asked of it again and again is worked out once."""

    @cached_property
    def ours(self) -> tuple[Spelling, ...]:
        """List what lies in the area."""
        return tuple(s for s in self if not s.entry.is_blocker)

    @cached_property
    def division(self) -> Spelling | None:
        """Return the county or city of ours that it names."""
        return next((s for s in self.ours if s.entry.kind in {"county", "city"} and not s.is_village), None)

    @cached_property
    def elsewhere(self) -> Spelling | None:
        """Return the division outside the area that it names most surely: of 西安 the city, not a district."""
        outside = (s for s in self if s.entry.kind == ELSEWHERE)
        return min(outside, key=lambda s: SURENESS[s.match_type], default=None)

    @cached_property
    def containers(self) -> tuple[Spelling, ...]:
        """List what may hold other places: our county or city, else functional zones, else what lies outside."""
        if self.division is not None:
            return (self.division,)
        zones = tuple(s for s in self.ours if s.entry.kind == "zone")
        outside = self.elsewhere
        if zones or outside is None or (self.ours and outside.match_type is MatchType.SHORT):
            return zones
        return (outside,)

    @cached_property
    def places(self) -> tuple[Spelling, ...]:
        """List what is no division: sites, zones, lines, waters."""
        return tuple(s for s in self.ours if s.entry.kind not in {"county", "city", "town"})

    @cached_property
    def is_site(self) -> bool:
        """Tell whether it can only be a place that is no division: one that a street is called after is not meant."""
        return bool(self) and len(self.places) == len(self)

    @cached_property
    def is_division_in_full(self) -> bool:
        """Tell whether it can only be a county, city or township of ours, whose name is written in full."""
        return len(self.ours) == len(self) and all(s.entry.kind in _DIVISIONS and s.match_type in WRITTEN for s in self)

    @cached_property
    def is_bare(self) -> bool:
        """Tell whether a place that is no division is named by what may be any word, or a place elsewhere."""
        if self.is_short or self.elsewhere is not None:
            return True
        return len(self[0].text) <= _BARE and all(s.entry.kind not in _WATERS for s in self.places)

    @cached_property
    def is_common(self) -> bool:
        """Tell whether it is a township by a name that is another word as often."""
        return self.is_doubted("common") and all(s.entry.kind == "town" for s in self)

    @cached_property
    def needs_others(self) -> bool:
        """Tell whether it means a place only where others are named: by a short name of a township, or a village."""
        return all(s.is_village or (s.match_type is MatchType.SHORT and s.entry.kind == "town") for s in self.ours)

    @cached_property
    def is_unmistakable(self) -> bool:
        """Tell whether it names a site, or a township of a name that there is nowhere else, for sure."""
        if self.division is not None or self.is_bare:
            return False
        towns = [s for s in self.ours if s.entry.kind == "town"]
        return bool(self.ours) and all(not s.entry.namesakes and not s.is_village for s in towns)

    @cached_property
    def is_short(self) -> bool:
        """Tell whether it names everything only by a name without its kind."""
        return all(s.match_type is MatchType.SHORT for s in self)

    @cached_property
    def as_word(self) -> tuple[str, ...]:
        """Return the features of how often the name stands as a word in any text, and whether as that of a place."""
        words, name = load_words(), self[0].text
        kind = "place" if words.is_place(name) else "word"
        return tuple(f"a {kind} {least}" for least in _OFTEN if words.get(name, 0) >= 4 * math.log(least))

    @cached_property
    def is_coined(self) -> bool:
        """Tell whether it is a full name of a place that is no word elsewhere: 锦里."""
        return all(s.match_type in WRITTEN for s in self) and self[0].text not in load_words()

    def is_doubted(self, doubt: Doubt) -> bool:
        """Tell whether records say of the name that it is another word as often, in one of the ways of a doubt."""
        return any((s.text, doubt) in s.entry.doubts for s in self)


class Candidate(NamedTuple):
    """One spelling at one place of a text, with everything it may mean; `end` is exclusive.

    `cut`: how strongly words of the text cut through it, as `cut_by_words` tells.
    """

    start: int
    end: int
    meanings: Meanings
    cut: int = 0

    @property
    def text(self) -> str:
        """Return the spelling."""
        return self.meanings[0].text


def address_head(candidates: Sequence[Candidate]) -> tuple[int, int] | None:
    """Return the span of the county or city, and what follows it down to a township, that are all that a text names.

    What they mean does not depend on what else stands there. An empty span where a text names nothing; None where
    something else is named, or anything stands between them.
    """
    if not candidates:
        return 0, 0
    if candidates[0].meanings.division is None:
        return None
    end = candidates[0].start
    for candidate in candidates:
        if candidate.start != end or not candidate.meanings.is_division_in_full:
            return None
        end = candidate.end
    return candidates[0].start, end


class _Met(dict[int, Meanings]):
    """What the names mean that texts held so far, by number: of the many that are known, few ever do."""

    def __init__(self, found: Sequence[Sequence[Spelling]]) -> None:
        """Take what every name means."""
        self._found = found

    def __missing__(self, number: int) -> Meanings:
        """Return what a name means that is met first."""
        meanings = self[number] = Meanings(self._found[number])
        return meanings


class Index:
    """Finds candidates; built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index every spelling of every entry; the surest spelling of an entry wins over its others."""
        self._found: dict[str, list[Spelling]] = {}
        self._add(entry for entry in entries if not entry.is_blocker)
        self._ours = len(self._found)  # names of nothing of ours have higher numbers
        self._add(entry for entry in entries if entry.is_blocker)

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            for spelling in spellings(entry):
                known = self._found.get(spelling.text)
                if known is None:
                    self._found[spelling.text] = [spelling]
                elif all(other.entry is not entry for other in known):
                    known.append(spelling)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, Mapping[int, Meanings], list[bool]]:
        """Return what finds names by number, what each may mean, and whether it is all Chinese."""
        is_chinese = [not (name[0].isascii() or name[-1].isascii()) for name in self._found]
        return AhoCorasick(list(self._found)), _Met(list(self._found.values())), is_chinese

    def find(self, text: str, *, is_mention: bool = False) -> list[Candidate]:
        """Return the candidates of a text that lie in no longer one, in reading order; none where none may be of ours.

        A written name that words cut through gives way to the shorter ones in it: 成都市民 holds 成都.

        Args:
            text: Normalised.
            is_mention: It is a name out of a record, so that a short one needs no others.
        """
        automaton, meanings, is_chinese = self._automaton
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        ours = [number for number, _, _ in matches if number < self._ours]
        if not ours or not (is_mention or may_hold_each_other(text) or not all(meanings[n].needs_others for n in ours)):
            return []
        matches.reverse()  # they come by their ends: so that of those that start together the longest is first
        matches.sort(key=_START)
        starts, ends = {start for _, start, _ in matches}, {end for _, _, end in matches}
        kept, reach = list[Candidate](), 0
        for number, start, end in matches:
            if end <= reach or not (is_chinese[number] or _stands_free(text, start, end)):
                continue
            if meanings[number].is_short and _is_another_word(text, start, end, meanings[number]):
                continue
            if meanings[number].is_site and is_street(text, end):
                continue
            known = start in ends, end in starts
            cut = cut_by_words(text, start, end, known) if known != _BOTH else 0
            if cut <= IS_CUT or (cut < _IS_CLEARLY_CUT and meanings[number].is_short):
                kept.append(Candidate(start, end, meanings[number], cut))
                reach = end
        return kept


def _is_another_word(text: str, start: int, end: int, meanings: Meanings) -> bool:
    """Tell whether a short name is that of a street, or a word that is no township here: 文化街, 合作."""
    return is_street(text, end) or (meanings.is_common and not may_be_township(text, start, end))


def _stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether a name neither begins nor ends inside a number or a Latin word: 3号线 in 13号线, S3 in S31."""
    begins = start == 0 or not _continues(text[start - 1], text[start])
    return begins and (end == len(text) or not _continues(text[end], text[end - 1]))


def _continues(outer: str, inner: str) -> bool:
    return outer.isascii() and outer.isalnum() and inner.isalnum()
