"""All spellings that stand in a text, and which of them remain once long names consume what they contain."""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from geo.gazetteer.entry import Doubt, Entry
from geo.gazetteer.names import Spelling, spellings


class Candidate(NamedTuple):
    """One spelling at one place of a text, with everything it may mean; `end` is exclusive."""

    start: int
    end: int
    meanings: tuple[Spelling, ...]

    @property
    def text(self) -> str:
        """Return the spelling."""
        return self.meanings[0].text

    def is_doubted(self, doubt: Doubt) -> bool:
        """Tell whether records say of the name that it is another word as often, in one of the ways of a doubt."""
        return any((self.text, doubt) in meaning.entry.doubts for meaning in self.meanings)


class Index:
    """Finds candidates; built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index every spelling of every entry; the surest spelling of an entry wins over its others."""
        self._found: dict[str, list[Spelling]] = {}
        for entry in entries:
            for spelling in spellings(entry):
                known = self._found.setdefault(spelling.text, [])
                if all(other.entry is not entry for other in known):
                    known.append(spelling)

    @cached_property
    def _automaton(self) -> tuple[AhoCorasick, list[tuple[Spelling, ...]]]:
        return AhoCorasick(list(self._found)), [tuple(found) for found in self._found.values()]

    def find(self, text: str) -> list[Candidate]:
        """Return the candidates of a text that lie in no longer one, in reading order."""
        automaton, meanings = self._automaton
        matches = automaton.find_matches_as_indexes(text, overlapping=True)
        if not matches:
            return []
        matches.sort(key=lambda match: (match[1], -match[2]))
        kept, reach = [], 0
        for number, start, end in matches:
            if end > reach:
                kept.append(Candidate(start, end, meanings[number]))
                reach = end
        return kept
