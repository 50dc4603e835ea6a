"""What a text names for sure, and where: the counties, cities and zones that hold what stands after them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from geo.divisions import city_of, is_county, province_of
from geo.gazetteer.candidates import Candidate
from geo.gazetteer.entry import ELSEWHERE, Entry
from geo.gazetteer.evidence import JOINS, LIST_SIGN, SENTENCE_ENDS

_COMMAS = frozenset("，,")
_JOINED = JOINS | _COMMAS | SENTENCE_ENDS
_SETS = ("在", "位于", "到了")
_NEAR = 8  # characters between a county and what it introduces
HELD = 16  # between a place elsewhere and what it still holds, where nothing else is named
_LIST = 3  # names in a row that speak for each other
_SAME_MATTER = 40  # characters after a place elsewhere that are still about it


class Container(NamedTuple):
    """A county, city or zone of ours, or a division elsewhere, that a text names; `end` is exclusive.

    `codes` are those that it lies in; `neighbours` the counties next to it.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    is_elsewhere: bool = False
    neighbours: tuple[str, ...] = ()


def container(start: int, end: int, entries: Sequence[Entry]) -> Container:
    """Return what holds other places: one entry, or several zones that a name may mean."""
    first = entries[0]
    codes = tuple(dict.fromkeys(code for entry in entries for code in entry.adcodes))
    return Container(start, end, codes, first.kind == ELSEWHERE, first.neighbours)


class Context:
    """The containers of a text in reading order, and the counties and cities of ours that they name."""

    def __init__(self, text: str, containers: Sequence[Container], about: Iterable[str] = ()) -> None:
        """Take containers in reading order, none of which lies in another one, and the cities of other sure places.

        `counties` and `cities` are those of containers; `about` has the cities of all.
        """
        self.text = text
        self.containers = containers
        self._ends = [container.end for container in containers]
        ours = (one.codes for one in containers if not one.is_elsewhere)
        named = [codes[0] for codes in ours if len(codes) == 1]
        self.counties = frozenset(filter(is_county, named))
        self.cities = frozenset(map(city_of, named))
        self.about = self.cities.union(about)

    @cached_property
    def provinces(self) -> frozenset[str]:
        """Return the codes of the provinces that are named, or of which a place is."""
        codes = (code for one in self.containers for code in one.codes[:1])
        return frozenset(map(province_of, (*codes, *self.about)))

    @cached_property
    def neighbours(self) -> frozenset[str]:
        """Return the codes of the counties that share a border with a named one."""
        return frozenset(code for one in self.containers for code in one.neighbours)

    def before(self, start: int) -> Container | None:
        """Return the container that ends last before a place."""
        number = bisect_right(self._ends, start)
        return self.containers[number - 1] if number else None

    def near(self, start: int) -> tuple[str, ...]:
        """Return the codes of the container of ours that stands last before a place and near it."""
        one = self.before(start)
        return () if one is None or one.is_elsewhere or start - one.end > _NEAR else one.codes

    def above(self, start: int) -> tuple[str, ...]:
        """Return the codes of the container of ours that holds a place: near it, and not joined as an equal (A、B)."""
        codes, one = self.near(start), self.before(start)
        return () if one is None or not codes or _JOINED.intersection(self.text[one.end : start]) else codes

    def at(self, start: int) -> tuple[str, ...]:
        """Return the codes of the container of ours that ends where a place begins."""
        one = self.before(start)
        return one.codes if one is not None and not one.is_elsewhere and one.end == start else ()

    def is_held_elsewhere(self, start: int, *, within: int = HELD) -> bool:
        """Tell whether a place stands within so many characters after one elsewhere, which holds it: 西安的锦江宾馆."""
        one = self.before(start)
        if one is None or not one.is_elsewhere or start - one.end > within:
            return False
        return not _JOINED.intersection(self.text[one.end : start])

    def is_set_elsewhere(self, start: int) -> bool:
        """Tell whether a clause begins with a place that follows one that says where all is: 在西安，锦江宾馆."""
        number = bisect_right(self._ends, start) - 1
        if number < 0 or self.text[self.containers[number].end : start] not in _COMMAS:
            return False
        while number and self.containers[number - 1].end == self.containers[number].start:
            number -= 1
        first = self.containers[number]
        return first.is_elsewhere and self.text[: first.start].endswith(_SETS)

    def is_about_elsewhere(self, start: int) -> bool:
        """Tell whether what was named last before a place, in its sentence, lies elsewhere."""
        one = self.last_in_sentence(start)
        return one is not None and one.is_elsewhere

    def last_in_sentence(self, start: int) -> Container | None:
        """Return what was named last before a place, in its sentence and not far from it."""
        one = self.before(start)
        if one is None or start - one.end > _SAME_MATTER:
            return None
        return None if SENTENCE_ENDS.intersection(self.text[one.end : start]) else one


def listed_cities(text: str, candidates: Sequence[Candidate]) -> dict[int, frozenset[str]]:
    """Return for each name in a list of ours (A、B、C) the cities that all of the list may lie in, by its start."""
    found: dict[int, frozenset[str]] = {}
    for group in _lists(text, candidates):
        if len(group) >= _LIST:
            cities = frozenset.intersection(*(candidate.meanings.cities for candidate in group))
            found.update(dict.fromkeys((c.start for c in group), cities))
    return found


def _lists(text: str, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    groups: list[list[Candidate]] = []
    for candidate in candidates:
        if groups and text[groups[-1][-1].end : candidate.start] == LIST_SIGN:
            groups[-1].append(candidate)
        else:
            groups.append([candidate])
    return groups
