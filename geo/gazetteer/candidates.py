"""Where a text may name a place: all names at once (Aho-Corasick), long names consume what they contain."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from geo.gazetteer.entry import Entry, Spelling, spellings
from geo.gazetteer.evidence import is_street, may_be_township
from geo.gazetteer.meanings import Meanings
from geo.gazetteer.relevant import Found
from geo.gazetteer.segment import cut_by_words

_BOTH = (True, True)
_START = itemgetter(1)  # of number, start and end
_IS_CLEARLY_CUT = 4  # no name, not even a short one
IS_CUT = 1  # words that cut through a written name are likelier than it by more, in quarters of a logarithm


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

    What they mean does not depend on what else stands there. None where something else is named, or anything stands
    between them.
    """
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
        ours = [match for match in matches if match[0] < self._ours]
        if not ours:
            return []
        found = Found(text, matches, meanings)
        if not is_mention:
            matches = found.that_matter(ours)
        matches.reverse()  # they come by their ends: so that of those that start together the longest is first
        matches.sort(key=_START)
        kept, reach = list[Candidate](), 0
        for number, start, end in matches:
            if end <= reach or not (is_chinese[number] or _stands_free(text, start, end)):
                continue
            may_be = meanings[number]
            if _is_another_word(text, start, end, may_be):
                continue
            known = start in found.ends, end in found.starts
            cut = cut_by_words(text, start, end, known) if known != _BOTH else 0
            if cut <= IS_CUT or (cut < _IS_CLEARLY_CUT and may_be.is_short):
                kept.append(Candidate(start, end, may_be, cut))
                reach = end
        return kept


def _is_another_word(text: str, start: int, end: int, meanings: Meanings) -> bool:
    """Tell whether a short name or a site is that of a street, or a word that is no township here: 文化街, 合作."""
    if (meanings.is_short or meanings.is_site) and is_street(text, end):
        return True
    return meanings.is_short and meanings.is_common and not may_be_township(text, start, end)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Tell whether a name neither begins nor ends inside a number or a Latin word: 3号线 in 13号线, S3 in S31."""
    begins = start == 0 or not _continues(text[start - 1], text[start])
    return begins and (end == len(text) or not _continues(text[end], text[end - 1]))


def _continues(outer: str, inner: str) -> bool:
    return outer.isascii() and outer.isalnum() and inner.isalnum()
