"""The list of cases under a query: the form with counts, and the cases with what was searched for marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Self

from geo.area import Theme
from geo.case import Certainty
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.matched import Match, Matched
from geo.catalogue.near_warnings import near_warnings
from geo.fields import FIELDS, PLACE_CONDITIONS, Field, Kind, Limits, Part, Where
from geo.pinyin import Readings
from geo.query import FIRST_YEAR, LAST_YEAR, LONGEST_TEXT, CaseQuery, conditions
from geo.search import highlights
from geo.text import Lang, LocalText
from webapp.i18n import labels
from webapp.labels import near_choices
from webapp.urls import Urls

_SHOWN_ONCE = frozenset({Kind.NEAR, Kind.YEAR})  # by a control of one value


@dataclass(frozen=True)
class Choice:
    """One value of a field, with how many cases have it where that is counted, and what it means where that is told."""

    value: str
    label: str
    is_chosen: bool
    count: int | None = None
    meaning: str | None = None


@dataclass(frozen=True)
class Control:
    """One field of the form: `kind` says how it is asked for, `value` what its first value is.

    `groups` are the choices of a select, under headings.
    """

    name: str
    label: str
    kind: Literal["text", "number", "ticks", "select"]
    value: str = ""
    choices: Sequence[Choice] = ()
    groups: Sequence[tuple[str, Sequence[Choice]]] = ()
    is_open: bool = True
    least: float = 0
    most: float = 0
    step: str = "any"


@dataclass(frozen=True)
class FormPart:
    """What stands together in the form."""

    id: str
    controls: Sequence[Control]


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
    form: Sequence[FormPart]
    warnings: Sequence[LocalText]
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


def list_page(catalogue: Catalogue, query: CaseQuery, urls: Urls) -> ListPage:
    """Return the page of a query."""
    lang = urls.lang
    return ListPage(
        lang=lang,
        urls=urls,
        query=query,
        sections=_sections(catalogue, query),
        kept=_kept(catalogue, query, lang),
        form=_Form.of(catalogue, query, lang).parts(),
        warnings=near_warnings(catalogue, query, urls.at) if query.has_place else (),
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


def _kept(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> list[Kept]:
    """Return the conditions that no control of the form shows: further ones of a control of one value, and shapes."""
    shown = _shown(catalogue)
    return [
        Kept(name, value, label)
        for name, value, label in conditions(catalogue, query, lang)
        if FIELDS[name] not in shown or (FIELDS[name].kind in _SHOWN_ONCE and value != query.values(name)[0])
    ]


def _shown(catalogue: Catalogue) -> list[Field]:
    return [field for field in catalogue.fields if Where.LIST in field.where and field.part is not Part.DRAWN]


@dataclass(frozen=True)
class _Form:
    """What the form of a query is made from: facets and groups are counted once for all its controls."""

    catalogue: Catalogue
    query: CaseQuery
    lang: Lang
    facets: Mapping[str, Mapping[str, int]]
    groups: Mapping[str, int]

    @classmethod
    def of(cls, catalogue: Catalogue, query: CaseQuery, lang: Lang) -> Self:
        """Count what stands beside the choices."""
        values = {name: catalogue.vocabulary.values(name) for name in catalogue.facets}
        index = catalogue.index
        return cls(catalogue, query, lang, index.facets(query, values=values), index.groups(query))

    def parts(self) -> list[FormPart]:
        """Return the parts in which something is asked; in each of them boxes to tick come last."""
        asked = [field for field in _shown(self.catalogue) if field.part is not Part.GROUPS or self.groups]
        asked.sort(key=lambda field: field.ticked is not None)
        parts = {part: [self.control(field) for field in asked if field.part is part] for part in Part}
        return [FormPart(part.value, controls) for part, controls in parts.items() if controls]

    def control(self, field: Field) -> Control:
        """Return how a field is asked for."""
        makers = {
            Kind.TEXT: self._text,
            Kind.NUMBER: self._number,
            Kind.YEAR: self._year,
            Kind.NEAR: self._features,
            Kind.SINGLE: self._tick if field.ticked else self._select,
        }
        return makers.get(field.kind, self._ticks)(field)

    def _text(self, field: Field) -> Control:
        return Control(field.id, self._title(field), "text", self._first(field), most=LONGEST_TEXT)

    def _year(self, field: Field) -> Control:
        return Control(
            field.id, self._title(field), "number", self._first(field), least=FIRST_YEAR, most=LAST_YEAR, step="1"
        )

    def _number(self, field: Field) -> Control:
        limits, text = field.limits or Limits(0, 0, ""), self._first(field).removesuffix(".0")
        return Control(field.id, self._title(field), "number", text, least=limits.least, most=limits.most)

    def _tick(self, field: Field) -> Control:
        """Return a box for the last value; beside that of the whole region stands how many cases it is about."""
        label = self._title(field)
        last = self.catalogue.vocabulary.values(field.id)[-1]
        count = self.groups.get(field.id) or None
        choice = Choice(last, label, is_chosen=last in self.query.values(field.id), count=count)
        return Control(field.id, label, "ticks", choices=[choice])

    def _ticks(self, field: Field) -> Control:
        is_open = not field.is_place or bool(self.query.values(field.id))
        return Control(field.id, self._title(field), "ticks", choices=self._choices(field), is_open=is_open)

    def _select(self, field: Field) -> Control:
        return Control(field.id, self._title(field), "select", groups=[("", self._choices(field))])

    def _features(self, field: Field) -> Control:
        """Return the choice of what may be near, by layer; before it a feature of any other layer that is chosen."""
        chosen = self._first(field)
        groups = [
            (title, [Choice(value, label, is_chosen=value == chosen) for value, label in features])
            for title, features in near_choices(self.catalogue, self.lang)
        ]
        if chosen and not any(choice.is_chosen for _, choices in groups for choice in choices):
            told = field.told(self.catalogue, chosen).in_lang(self.lang)
            groups.insert(0, ("", [Choice(chosen, told, is_chosen=True)]))
        return Control(field.id, self._title(field), "select", groups=groups)

    def _title(self, field: Field) -> str:
        return field.form_title.in_lang(self.lang)

    def _first(self, field: Field) -> str:
        return next(iter(self.query.values(field.id)), "")

    def _choices(self, field: Field) -> list[Choice]:
        """Return the values of a field, those that nothing has only where they are chosen."""
        counts = self.groups if field.part is Part.GROUPS else self.facets.get(field.id)
        chosen = self.query.values(field.id)
        meanings = labels(self.lang).get(f"{field.id}_meaning", {})
        return [
            Choice(
                value,
                field.told(self.catalogue, value).in_lang(self.lang),
                is_chosen=value in chosen,
                count=None if counts is None else counts[value],
                meaning=meanings.get(value),
            )
            for value in self.catalogue.vocabulary.values(field.id)
            if not field.is_facet or value in chosen or (counts or {}).get(value)
        ]
