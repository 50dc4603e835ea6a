"""Counties that are mistyped by one character, right after their city: 成都市泉驿区.

What stands for anything else as it is typed is no typo: a word (成都市金融区), or a place elsewhere unless what follows
lies in the county.
"""

import re
from collections.abc import Iterator, Sequence

from geo.gazetteer.candidates import Candidate
from geo.gazetteer.entry import Entry, MatchType, Spelling
from geo.gazetteer.lexicon import load_words
from geo.gazetteer.meanings import Meanings

_KINDS = "区市县"
_TYPED = re.compile(rf"[ ,，]?([\u4e00-\u9fff]{{2,4}}?[{_KINDS}])")
_ANY = "\x00"  # in place of a wrong character
_SHORTEST_LOSING = 4  # characters of a name that may lose one


class Typos:
    """Built once, thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._found: dict[tuple[str, str], list[Entry]] = {}
        for entry in entries:
            if entry.kind == "county":
                for form in (*_with_any(entry.name), *_losing(entry.name)):
                    self._found.setdefault((entry.cities[0], form), []).append(entry)

    def find(self, text: str, candidates: Sequence[Candidate]) -> Iterator[Candidate]:
        """Yield the mistyped counties of a folded text; each takes the place of the candidates it covers."""
        for number, candidate in enumerate(candidates):
            city = candidate.meanings.division
            if city is None or city.entry.kind != "city" or _is_followed(candidates, number, text):
                continue
            typed = _TYPED.match(text, candidate.end)
            county = self._meant(typed[1], city.entry) if typed else None
            if typed and county and _is_free(typed.end(), county, candidates, number + 1):
                yield Candidate(*typed.span(1), Meanings((Spelling(typed[1], county, MatchType.TYPO),)))

    def _meant(self, typed: str, city: Entry) -> Entry | None:
        """Return the one county of a city that differs by one character."""
        is_word = typed[:-1] in load_words() and not load_words().is_place(typed[:-1])
        forms = (typed,) if is_word else (typed, *_with_any(typed))
        found = {e.id: e for form in forms for e in self._found.get((city.adcodes[0], form), ())}
        return next(iter(found.values())) if len(found) == 1 else None


def _with_any(name: str) -> Iterator[str]:
    """Yield a name with one of its characters, but its kind, left open."""
    return (f"{name[:at]}{_ANY}{name[at + 1 :]}" for at in range(len(name) - 1))


def _losing(name: str) -> Iterator[str]:
    """Yield a long name without one of its characters but its kind."""
    return (name[:at] + name[at + 1 :] for at in range(len(name) - 1) if len(name) >= _SHORTEST_LOSING)


def _is_followed(candidates: Sequence[Candidate], number: int, text: str) -> bool:
    """Tell whether a county that is written as it should be follows at once, as it mostly does."""
    following = candidates[number + 1] if number + 1 < len(candidates) else None
    is_beside = following is not None and following.start == candidates[number].end
    return is_beside and following is not None and text[following.end - 1] in _KINDS and bool(following.meanings.ours)


def _is_free(end: int, county: Entry, candidates: Sequence[Candidate], number: int) -> bool:
    """Tell whether no name from a number on reaches the end of what is typed, or one elsewhere of what is ours."""
    for at in range(number, len(candidates)):
        candidate = candidates[at]
        if candidate.start >= end:
            return True
        if candidate.end >= end:
            return candidate.end == end and not candidate.meanings.ours and _goes_on_in(county, end, candidates, at + 1)
    return True


def _goes_on_in(county: Entry, end: int, candidates: Sequence[Candidate], number: int) -> bool:
    """Tell whether a name follows at once that lies in the county."""
    following = candidates[number] if number < len(candidates) else None
    return (
        following is not None
        and following.start == end
        and any(county.adcodes[0] in spelling.entry.adcodes for spelling in following.meanings)
    )
