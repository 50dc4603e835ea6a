"""Find the places that a text names in English or pinyin.

A name is read word by word, in any case, with or without spaces between its syllables. What needs evidence holds beside
a city or county that it lies in; what stands beside a place elsewhere is no place of ours.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.divisions import city_of, is_city, same_city
from geo.gazetteer.candidates import Candidate
from geo.gazetteer.entry import DIVISIONS, HOLDERS, Entry, MatchType, Spelling
from geo.gazetteer.latin_names import SYLLABLE
from geo.gazetteer.latin_words import Word, read_words
from geo.gazetteer.meanings import Meanings

_LONGEST = 12  # words of a name


class _Known(NamedTuple):
    """What a key stands for: entries of ours, most general first, or a place elsewhere, or either."""

    ours: tuple[Entry, ...] = ()
    is_elsewhere: bool = False
    is_short: bool = False


class Name(NamedTuple):
    """The words of a text from `first` until before `end` that are a name."""

    first: int
    end: int
    known: _Known

    @property
    def kind(self) -> str:
        """Return the kind of what it names, or nothing where that is no place of ours."""
        return self.known.ours[0].kind if self.known.ours else ""


class LatinIndex:
    """Finds names in Latin letters; its keys are made when a text first has such letters; thread-safe to read."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """Take compiled entries."""
        self._entries = entries

    def find(self, text: str, candidates: Sequence[Candidate] = ()) -> list[Candidate]:
        """Return the places that a folded text names in Latin letters, in reading order.

        Args:
            text: Folded.
            candidates: Those that it names in Chinese; what needs evidence may find it in them.
        """
        words = read_words(text)
        names = list(self._names(words)) if words else []
        return list(_Reading(text, words, names, candidates).candidates()) if names else []

    def _names(self, words: Sequence[Word]) -> Iterator[Name]:
        at = 0
        while at < len(words):
            name = self._longest(words, at)
            if name is not None:
                yield name
            at = name.end if name else at + 1

    def _longest(self, words: Sequence[Word], first: int) -> Name | None:
        key, found = "", None
        for last in range(first, min(first + _LONGEST, len(words))):
            if last > first and not words[last].follows:
                break
            key += words[last].letters
            if key in self._known:
                found = Name(first, last + 1, self._known[key])
        return found

    @cached_property
    def _known(self) -> Mapping[str, _Known]:
        elsewhere = {key for e in self._entries if e.is_blocker for key in (*e.latin, *e.latin_short)}
        ours = [entry for entry in self._entries if not entry.is_blocker]
        full, short = _by_key((e.latin, e) for e in ours), _by_key((e.latin_short, e) for e in ours)
        return dict.fromkeys(elsewhere, _Known(is_elsewhere=True)) | {
            key: _Known(_foremost([*full.get(key, ()), *short.get(key, ())]), key in elsewhere, key not in full)
            for key in full | short
        }


def _by_key(named: Iterable[tuple[Sequence[str], Entry]]) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for keys, entry in named:
        for key in keys:
            found.setdefault(key, []).append(entry)
    return found


def _foremost(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Keep the city of a name, else the county, else everything."""
    if len(entries) == 1:
        return (entries[0],)
    ranked = [[e for e in entries if e.kind == kind] for kind in ("city", "county")]
    return tuple(dict.fromkeys(next(filter(None, ranked), entries), None))


_OTHER_DIVISIONS = frozenset(("district", "county", "qu", "xian"))  # of which none is called as a city is
_STREETS = frozenset(
    ("road", "street", "avenue", "boulevard", "lane", "alley", "highway", "lu", "jie", "dadao", "xiang")
)
# What makes a name that of a house or a firm: Jinjiang Inn.
_OTHER_THINGS = _STREETS | frozenset(
    (
        "bridge", "inn", "hotel", "hostel", "restaurant", "cafe", "bar", "bank", "group", "company", "co", "ltd",
        "inc", "corp", "network", "networks", "holdings", "technology", "brand", "tower", "mansion", "building",
        "plaza", "garden", "gardens", "estate", "apartment", "apartments", "beer", "tea", "airlines",
    )
)  # fmt: skip
_DIRECTIONS = frozenset(("east", "west", "north", "south", "middle", "dong", "xi", "nan", "bei", "zhong"))
_JOINING = frozenset(("in", "of"))
_KINDS = frozenset(("district", "county", "city", "town", "township", "subdistrict", "qu", "xian", "shi", "zhen"))
_SYLLABLE = re.compile(SYLLABLE)


@dataclass(frozen=True)
class _Reading:
    """The names of a text, and which of them hold."""

    text: str
    words: Sequence[Word]
    names: Sequence[Name]
    chinese: Sequence[Candidate]

    def candidates(self) -> Iterator[Candidate]:
        for number, name in enumerate(self.names):
            entries = self._meanings(number)
            if entries:
                start, end = self.words[name.first].start, self.words[name.end - 1].end
                yield Candidate(
                    start, end, Meanings(Spelling(self.text[start:end], e, MatchType.LATIN) for e in entries)
                )

    def _meanings(self, number: int) -> Sequence[Entry]:
        """Return what a name may mean here; nothing where it is no place of ours."""
        name = self.names[number]
        if not name.known.ours or self._is_other_thing(name) or self._is_abroad(number):
            return ()
        if name.kind == "city":
            return name.known.ours
        holders = self._holders_beside(number)
        inside = _inside(name.known.ours, holders)
        return inside or (() if holders and name.known.is_short else self._by_itself(name))

    def _by_itself(self, name: Name) -> Sequence[Entry]:
        """Return what a name means that no city or county beside it explains."""
        if name.known.is_short or name.kind == "town":
            fitting = _inside(name.known.ours, self._codes) if self._stands_free(name) else ()
            return fitting or (name.known.ours if self._is_unmistakable(name) else ())
        if name.known.is_elsewhere and self._speaks_of_elsewhere:
            return _inside(name.known.ours, self._codes)
        return name.known.ours

    @cached_property
    def _codes(self) -> frozenset[str]:
        """Return the codes of the cities and counties that need no evidence, and of the cities of these counties."""
        sure = [code for name in self.names if self._is_sure(name) for code in name.known.ours[0].adcodes]
        return _written_codes(self.chinese).union(sure, map(city_of, sure))

    def _is_sure(self, name: Name) -> bool:
        is_holder = name.kind in HOLDERS and not name.known.is_elsewhere and not self._is_other_thing(name)
        return is_holder and (not name.known.is_short or self._is_unmistakable(name))

    @cached_property
    def _speaks_of_elsewhere(self) -> bool:
        return any(not name.known.ours for name in self.names)

    def _holders_beside(self, number: int) -> frozenset[str]:
        """Return the codes of the cities, and but for a county of the counties, that stand beside a name."""
        kinds = {"city"} if self.names[number].kind == "county" else HOLDERS
        beside = [other for other in (self._before(number), self._after(number)) if other is not None]
        holders = [other for other in beside if other.kind in kinds and not self._is_other_thing(other)]
        return frozenset(code for other in holders for entry in other.known.ours for code in entry.adcodes)

    def _is_abroad(self, number: int) -> bool:
        """Tell whether a place elsewhere holds the name: follows it, or introduces one that is not written out."""
        name, before, after = self.names[number], self._before(number), self._after(number)
        if name.kind == "city" and not name.known.is_elsewhere:
            return False
        if after is not None and not after.known.ours:
            return True
        is_introduced = self.words[name.first].follows or name.known.is_short or name.known.is_elsewhere
        return before is not None and not before.known.ours and is_introduced

    def _before(self, number: int) -> Name | None:
        return self._beside(self.names[number - 1], self.names[number]) if number else None

    def _after(self, number: int) -> Name | None:
        if number + 1 == len(self.names):
            return None
        other = self.names[number + 1]
        return other if self._beside(self.names[number], other) else None

    def _beside(self, left: Name, right: Name) -> Name | None:
        between = self.words[left.end : right.first]
        if not all(word.letters in _JOINING for word in between):
            return None
        return left if all(word.is_beside for word in self.words[left.end : right.first + 1]) else None

    def _is_other_thing(self, name: Name) -> bool:
        """Tell whether what follows makes the name of a division that of a street, a house or a firm."""
        following = self._following(name)
        is_thing = following in _OTHER_THINGS
        if name.kind == "city":
            return following in _STREETS | _OTHER_DIVISIONS or (is_thing and self._speaks_of_elsewhere)
        return name.kind in DIVISIONS and is_thing

    def _following(self, name: Name) -> str:
        """Return the word that goes on after a name, but for directions."""
        at = name.end
        while at < len(self.words) and self.words[at].follows and self.words[at].letters in _DIRECTIONS:
            at += 1
        return self.words[at].letters if at < len(self.words) and self.words[at].follows else ""

    def _stands_free(self, name: Name) -> bool:
        """Tell whether a name is one word and no part of that of a person or of something else."""
        after = self.words[name.end : name.end + 1]
        goes_on = any(word.follows and word.is_capital and word.letters not in _KINDS for word in after)
        return not goes_on and not self._may_be_given(name)

    def _is_unmistakable(self, name: Name) -> bool:
        """Tell whether the short name of a county is nothing else."""
        is_county = name.kind == "county" and not name.known.is_elsewhere
        is_word = any(doubt == "alone" for entry in name.known.ours for _, doubt in entry.doubts)
        return is_county and not is_word and not self._may_be_given(name)

    def _may_be_given(self, name: Name) -> bool:
        """Tell whether a name may be that of a person: Jin Tang, Zhang Chenghua."""
        before = self.words[max(name.first - 1, 0)]
        has_family = before.is_capital and _SYLLABLE.fullmatch(before.letters) is not None
        return name.end - name.first > 1 or (self.words[name.first].follows and has_family)


def _written_codes(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return the codes of the cities, and of the counties that are written out."""
    divisions = (spelling for c in candidates for spelling in c.meanings if spelling.entry.kind in HOLDERS)
    written = (s.entry for s in divisions if s.entry.kind == "city" or s.match_type is not MatchType.SHORT)
    return frozenset(code for entry in written for code in entry.adcodes)


def _inside(entries: Sequence[Entry], codes: Collection[str]) -> tuple[Entry, ...]:
    """Keep what lies in one of the cities or counties."""
    return tuple(e for e in entries if any(_lies_in(code, holder) for code in e.adcodes for holder in codes))


def _lies_in(code: str, holder: str) -> bool:
    return code == holder or (is_city(holder) and same_city(code, holder))
