"""Names as people type them, beside those that stand in a text as they are recorded."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from geo.gazetteer.candidates import Candidate
from geo.gazetteer.entry import Entry, MatchType, Spelling
from geo.gazetteer.journeys import JOINS, Journeys
from geo.gazetteer.latin import LatinIndex
from geo.gazetteer.latin_names import key_of
from geo.gazetteer.typos import Typos

_MAY_HOLD_MORE = re.compile(f"[A-Za-z{JOINS}]")  # what most texts do not; one sign is found faster than several


class TypedNames:
    """Built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._journeys = Journeys(entries)
        self._latin = LatinIndex(entries)
        self._typos = Typos(entries)

    def more_candidates(self, text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates of a folded text with those it holds in other forms, in reading order."""
        more = list(self._typos.find(text, candidates)) if candidates else []
        if _MAY_HOLD_MORE.search(text) is not None:
            more += [*self._journeys.find(text), *self._latin.find(text, candidates)]
        return _apart([*more, *candidates]) if more else list(candidates)


def _apart(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates in reading order without those that lie in a longer one."""
    kept: list[Candidate] = []
    for candidate in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if not kept or candidate.end > kept[-1].end:
            kept.append(candidate)
    return kept


class Said(NamedTuple):
    """How a name is typed otherwise, as `probability.PRIORS` calls it, and why it means its place."""

    named: str
    reason: str


def how_typed(spelling: Spelling) -> Said | None:
    """Return what is to be said of a name that was typed otherwise; None where it stands as it is recorded."""
    entry = spelling.entry
    if spelling.match_type is MatchType.LATIN:
        is_whole = key_of(spelling.text) in entry.latin
        named, how = ("latin written", "written") if is_whole else ("latin bare", "short name")
        return Said(named, f"{how} in Latin letters")
    if spelling.match_type is MatchType.ABBREVIATION:
        return Said("abbreviation", "an end of a journey")
    if spelling.match_type is MatchType.TYPO:
        return Said("typo", f"one character differs from {entry.name}")
    return None
