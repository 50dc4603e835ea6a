"""The list of cases under a query: the form with counts, and the cases with what was searched for marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.case import Precision, Theme
from geo.catalogue.case_index import FACETS
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.layers import layer_spec
from geo.query import LAYER_FIELDS, CaseQuery
from geo.query_fields import FIELD_TITLES
from geo.search.highlight import highlights
from geo.text import Lang
from webapp.i18n import LABELS
from webapp.urls import Urls

_OPEN_FIRST = ("theme", "city", "membership", "status", "precision")
_LAYERS_OF = {"city": ("cities",), "county": ("counties",), **LAYER_FIELDS}
_NEAR_LAYERS = ("belts", "corridors", "border_zones", "transit_lines", "expressways", "eco_zones", "transit_stations")


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
class ListPage:
    """The list of cases under a query."""

    lang: Lang
    urls: Urls
    query: CaseQuery
    cases: Sequence[LocatedCase]
    fields: Sequence[Field]
    near_choices: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    precisions: Sequence[tuple[str, str]]
    titles: Mapping[str, str]
    themes: Mapping[str, Theme]
    city_names: Mapping[str, str]
    total: int

    def segments(self, text: str) -> list[tuple[str, bool]]:
        """Split a text into what was searched for and what was not."""
        parts, done = [], 0
        for start, end in highlights(text, self.query.q) if self.query.q else []:
            parts += [(text[done:start], False), (text[start:end], True)]
            done = end
        return [(part, is_hit) for part, is_hit in [*parts, (text[done:], False)] if part]


def list_page(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> ListPage:
    """Return the page of a query."""
    values = {name: catalogue.vocabulary.values(name) for name in FACETS}
    counts = catalogue.index.facets(query, values=values)
    return ListPage(
        lang=lang,
        urls=Urls(lang),
        query=query,
        cases=catalogue.select(query),
        fields=[_field(catalogue, query, name, counts[name], lang) for name in FACETS],
        near_choices=[_near_choice(catalogue, layer_id, lang) for layer_id in _NEAR_LAYERS],
        precisions=[(choice.value, str(LABELS["precision"][choice])) for choice in Precision],
        titles={name: title.in_lang(lang) for name, title in FIELD_TITLES.items()},
        themes={theme.id: theme for theme in catalogue.themes},
        city_names={city.id: city.name.in_lang(lang) for city in catalogue.layer("cities")},
        total=len(catalogue.cases),
    )


def _field(catalogue: Catalogue, query: CaseQuery, name: str, counts: Mapping[str, int], lang: Lang) -> Field:
    chosen = set(getattr(query, name))
    labels = value_labels(catalogue, name, lang)
    choices = [Choice(value, labels[value], count, value in chosen) for value, count in counts.items()]
    return Field(name, FIELD_TITLES[name].in_lang(lang), choices, is_open=name in _OPEN_FIRST or bool(chosen))


def value_labels(catalogue: Catalogue, name: str, lang: Lang) -> dict[str, str]:
    """Return how each value of a choice field is called."""
    if name == "theme":
        return {theme.id: theme.name.in_lang(lang) for theme in catalogue.themes}
    if name in _LAYERS_OF:
        return {f.id: f.name.in_lang(lang) for layer_id in _LAYERS_OF[name] for f in catalogue.layer(layer_id)}
    return {value: str(label) for value, label in LABELS[name].items()}


def _near_choice(catalogue: Catalogue, layer_id: str, lang: Lang) -> tuple[str, list[tuple[str, str]]]:
    names = [(f"{layer_id}:{feature.id}", feature.name.in_lang(lang)) for feature in catalogue.layer(layer_id)]
    return layer_spec(layer_id).title.in_lang(lang), sorted(names, key=lambda pair: pair[1])
