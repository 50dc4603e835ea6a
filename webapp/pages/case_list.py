"""The list of cases under a query: the form with counts, and the cases with what was searched for marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from geo.area import Theme
from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.matched import Match, Matched, precision_m
from geo.certainty import ASKED_FOR, Certainty
from geo.query import PLACE_CONDITIONS, CaseQuery
from geo.query_fields import FIELD_TITLES
from geo.search.highlight import highlights
from geo.search.terms import Readings
from geo.text import Lang
from webapp.i18n import labels
from webapp.labels import condition_label, near_choices, value_label
from webapp.urls import Urls

_OPEN_FIRST = ("theme", "city", "membership", "status", "precision")


@dataclass(frozen=True)
class Choice:
    """One value of a filter field, with how many cases have it."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Field:
    """One filter field of the form."""

    name: str
    label: str
    choices: Sequence[Choice]
    is_open: bool


@dataclass(frozen=True)
class Listed:
    """One case of the list, with why it is there under a condition of place."""

    located: LocatedCase
    match: Match | None


@dataclass(frozen=True)
class Section:
    """Cases of one group of matches, under its heading; without a condition of place one section of all, without."""

    certainty: Certainty | None
    cases: Sequence[Listed]


@dataclass(frozen=True)
class GroupChoice:
    """One group of matches in the form: how many cases it has, and whether it takes part."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Kept:
    """A condition that the form keeps until it is unticked."""

    name: str
    value: str
    label: str


@dataclass(frozen=True)
class ListPage:
    """The list of cases under a query."""

    lang: Lang
    urls: Urls
    query: CaseQuery
    sections: Sequence[Section]
    kept: Sequence[Kept]
    groups: Sequence[GroupChoice]
    region_count: int
    precision_m: float
    fields: Sequence[Field]
    near_choices: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    precisions: Sequence[tuple[str, str]]
    titles: Mapping[str, str]
    themes: Mapping[str, Theme]
    city_names: Mapping[str, str]
    total: int
    readings: Readings

    @property
    def count(self) -> int:
        """Count the cases of the list."""
        return sum(len(section.cases) for section in self.sections)

    def segments(self, text: str) -> list[tuple[str, bool]]:
        """Split a text into what was searched for and what was not."""
        parts, done = [], 0
        for start, end in highlights(text, self.query.q, self.readings) if self.query.q else []:
            parts += [(text[done:start], False), (text[start:end], True)]
            done = end
        return [(part, is_hit) for part, is_hit in [*parts, (text[done:], False)] if part]


def without_what_lost_its_place(args: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return parameters as the form means them: it always sends `near`, empty where it was taken back.

    The distance and the groups that belonged to it go too; in any other address they are told as what they are.
    """
    given = {name for name, text in args if text.strip()}
    is_taken_back = "near" in {name for name, _ in args} and "near" not in given
    lost = {"within_km"} if is_taken_back else set()
    if is_taken_back and not given.intersection(PLACE_CONDITIONS):
        lost.add("certainty")
    return [(name, text) for name, text in args if name not in lost]


def list_page(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> ListPage:
    """Return the page of a query."""
    values = {name: catalogue.vocabulary.values(name) for name in catalogue.facets}
    counts = catalogue.index.facets(query, values=values)
    sections, groups = _sections(catalogue, query), catalogue.index.groups(query)
    return ListPage(
        lang=lang,
        urls=Urls(lang),
        query=query,
        sections=sections,
        kept=_kept(catalogue, query, lang),
        groups=_groups(query, groups),
        region_count=groups.get(Certainty.REGION.value, 0),
        precision_m=precision_m(catalogue, query),
        fields=[_field(catalogue, query, name, counts[name], lang) for name in catalogue.facets],
        near_choices=near_choices(catalogue, lang),
        precisions=[(choice.value, labels()["precision"][choice]) for choice in Precision],
        titles={name: title.in_lang(lang) for name, title in FIELD_TITLES.items()},
        themes={theme.id: theme for theme in catalogue.themes},
        city_names={city.id: city.name.in_lang(lang) for city in catalogue.layer("cities")},
        total=len(catalogue.cases),
        readings=catalogue.readings,
    )


def _sections(catalogue: Catalogue, query: CaseQuery) -> list[Section]:
    """Return the cases by group, in the order of the answer."""
    matched, cases = Matched(catalogue, query), catalogue.index.cases
    listed = [Listed(cases[number], matched.of(number)) for number in catalogue.index.numbers(query).tolist()]
    grouped = groupby(listed, key=lambda one: one.match.certainty if one.match else None)
    return [Section(certainty, list(found)) for certainty, found in grouped]


def _groups(query: CaseQuery, counts: Mapping[str, int]) -> list[GroupChoice]:
    """Return the groups that can be asked for; with none chosen all of them answer."""
    return [
        GroupChoice(choice.value, counts[choice.value], choice.value in query.certainty)
        for choice in ASKED_FOR
        if counts
    ]


def _kept(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> list[Kept]:
    """Return the conditions that the form has no field of its own for: further ones of a field of one, and shapes."""
    args = query.to_args()
    first = dict(reversed(args))
    return [
        Kept(name, value, condition_label(catalogue, query, name, value, lang))
        for name, value in args
        if name in {"bbox", "polygon"} or (name in {"near", "year"} and value != first[name])
    ]


def _field(catalogue: Catalogue, query: CaseQuery, name: str, counts: Mapping[str, int], lang: Lang) -> Field:
    chosen = set(getattr(query, name))
    choices = [
        Choice(value, value_label(catalogue, name, value, lang), count, value in chosen)
        for value, count in counts.items()
    ]
    return Field(name, FIELD_TITLES[name].in_lang(lang), choices, is_open=name in _OPEN_FIRST or bool(chosen))
