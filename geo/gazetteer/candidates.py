"""All spellings that stand in a text, overlapping ones too (Aho-Corasick)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ahocorasick_rs import AhoCorasick

from geo.gazetteer.entry import Entry
from geo.gazetteer.names import Spelling, spellings


@dataclass(frozen=True)
class Candidate:
    """One spelling at one place of a text, with everything it may mean; `end` is exclusive."""

    start: int
    end: int
    text: str
    meanings: tuple[Spelling, ...]

    @property
    def length(self) -> int:
        """Return the number of characters."""
        return self.end - self.start

    def contains(self, other: "Candidate") -> bool:
        """Tell whether another candidate lies strictly inside this one."""
        return self.start <= other.start and other.end <= self.end and self.length > other.length


class Index:
    """Finds candidates; built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Index every spelling of every entry."""
        meanings: dict[str, list[Spelling]] = {}
        for entry in entries:
            for spelling in spellings(entry):
                known = meanings.setdefault(spelling.text, [])
                if all(other.entry.id != entry.id for other in known):
                    known.append(spelling)
        self._meanings = {text: tuple(found) for text, found in meanings.items()}

    @cached_property
    def _texts(self) -> list[str]:
        return list(self._meanings)

    @cached_property
    def _automaton(self) -> AhoCorasick:
        return AhoCorasick(self._texts)

    def find(self, text: str) -> list[Candidate]:
        """Return all candidates of a text, sorted by start, longest first."""
        found = [
            Candidate(start, end, self._texts[number], self._meanings[self._texts[number]])
            for number, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
        ]
        return sorted(found, key=lambda candidate: (candidate.start, -candidate.end))
