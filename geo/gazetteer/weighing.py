"""What speaks for and against a name in a text, and how probable that makes what it may mean."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from geo.divisions import province_of
from geo.gazetteer.candidates import Candidate
from geo.gazetteer.context import HELD, Context
from geo.gazetteer.entry import Entry, MatchType, Spelling
from geo.gazetteer.evidence import (
    begins_address,
    begins_in_word,
    cut,
    is_firm,
    is_organ,
    is_other_thing,
    is_person,
    is_street,
    may_be_of_town,
    surroundings,
)
from geo.gazetteer.probability import named, probability

_BESIDE = 1  # characters between a place elsewhere and a county that lies in it
_JOINS = frozenset("、和与")


class Weighing:
    """A text with its candidates, and what it names for sure so far."""

    def __init__(self, text: str, candidates: Sequence[Candidate], context: Context) -> None:
        """Take a normalised text, what `Index.find` found in it, and what holds other places."""
        self.text, self.candidates, self.context = text, candidates, context

    @cached_property
    def _starts(self) -> set[int]:
        return {candidate.start for candidate in self.candidates}

    @cached_property
    def _ends(self) -> set[int]:
        return {candidate.end for candidate in self.candidates}

    def short_division(self, candidate: Candidate, spelling: Spelling) -> float:
        """Return how probable it is that a short name means the division."""
        entry, text = spelling.entry, self.text
        if entry.kind == "city" and is_street(text, candidate.end):
            return 0.0
        if entry.kind != "city" and is_other_thing(text, candidate.end) and not self._names_what_follows(candidate):
            return 0.0
        within = HELD if may_be_of_town(text, candidate.end) else _BESIDE
        if entry.kind == "county" and self.context.is_held_elsewhere(candidate.start, within=within):
            return 0.0
        return probability(self.features(candidate, spelling))

    def _names_what_follows(self, candidate: Candidate) -> bool:
        return may_be_of_town(self.text, candidate.end) and not candidate.meanings.is_doubted("risky")

    def features(self, candidate: Candidate, spelling: Spelling) -> list[str]:
        """List how a place is named and what speaks for and against it, as `probability` takes it."""
        entry, start = spelling.entry, candidate.start
        how = named(entry.kind, is_bare=spelling.match_type is MatchType.SHORT or candidate.meanings.is_bare)
        if how == "town written" and self.context.at(start):
            return [how, "its container", "after a name", "ours"]  # 武侯区浆洗街街道: nothing else is weighed
        found = [
            how,
            *cut(candidate.cut),
            *surroundings(self.text, start, candidate.end),
            *candidate.meanings.as_word,
            *self._around(entry, start),
        ]
        if not candidate.cut:
            found.append("ours")
        if entry.kind != "city":
            found += self._other_meanings(candidate, entry)
        if begins_in_word(self.text, start, candidate.end):
            found.append("in a word")
        if start in self._ends:
            found.append("after a name")
        if candidate.end in self._starts:
            found.append("before a name")
        if (
            candidate.meanings.is_doubted("alone")
            and "its container" not in found
            and not self._is_county_by_form(candidate)
        ):
            found.append("doubted")
        return found

    def _is_county_by_form(self, candidate: Candidate) -> bool:
        """Tell whether a name that is no county by itself stands as one: in a list, an address, or of an office."""
        start, end = candidate.start, candidate.end
        return self._is_listed(candidate) or begins_address(self.text, start, end) or is_organ(self.text, end)

    def sureness(self, candidate: Candidate, meanings: Sequence[Spelling]) -> float:
        """Return how probable it is that a name means the likeliest of some places."""
        return max((probability(self.features(candidate, s)) for s in meanings), default=0.0)

    def _other_meanings(self, candidate: Candidate, entry: Entry) -> Iterator[str]:
        """Yield the features of a firm or a person of the name; right behind its city a firm is named after it."""
        text, start, end = self.text, candidate.start, candidate.end
        is_word = candidate.meanings.is_doubted("risky")
        if is_word and is_firm(text, end) and set(entry.cities).isdisjoint(self.context.at(start)):
            yield "firm after"
        if is_person(text, start, end, may_be=is_word):
            yield "called so"

    def _is_listed(self, candidate: Candidate) -> bool:
        """Tell whether a name stands in a list with another name: 锦江、青羊."""
        text, start, end = self.text, candidate.start, candidate.end
        before = start - 1 in self._ends and text[start - 1] in _JOINS
        return before or (end + 1 in self._starts and text[end] in _JOINS) or text.startswith("等区", end)

    def _around(self, entry: Entry, start: int) -> Iterator[str]:
        """Yield the features of what else the text names."""
        context, province = self.context, province_of(entry.adcodes[0])
        if not {*entry.adcodes, *entry.cities}.isdisjoint(context.near(start)):
            yield "its container"
        elif not context.about.isdisjoint(entry.cities):
            yield "its city"
        elif province in context.provinces:
            yield "its province"
        last = context.last_in_sentence(start)
        if last is not None and province not in map(province_of, last.codes[:1]):
            yield "elsewhere"
