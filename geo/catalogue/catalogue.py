"""Everything the product knows, in memory and immutable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.case import Area, Membership, Precision, Status, Theme
from geo.catalogue.located import LocatedCase
from geo.errors import NotFoundError
from geo.feature import Layer
from geo.gazetteer.entry import Entry
from geo.query import CaseQuery, Vocabulary
from geo.text import LocalText


@dataclass(frozen=True)
class Catalogue:
    """Cases with their footprints, layers, themes and names.

    `data_digest` is the hash of the raw records it was built from; `digest` that of the stored file.
    """

    cases: Mapping[str, LocatedCase]
    layers: Mapping[str, Layer]
    themes: Sequence[Theme]
    area: Area
    entries: Sequence[Entry]
    data_digest: str
    digest: str = ""

    def case(self, case_id: str) -> LocatedCase:
        """Return a case.

        Raises:
            NotFoundError: No case has the id.
        """
        try:
            return self.cases[case_id]
        except KeyError:
            msg = f"no case has the id {case_id!r}; ids look like A01"
            raise NotFoundError(msg) from None

    def layer(self, layer_id: str) -> Layer:
        """Return a layer.

        Raises:
            NotFoundError: No layer has the id.
        """
        try:
            return self.layers[layer_id]
        except KeyError:
            msg = f"no layer has the id {layer_id!r}; known are {', '.join(self.layers)}"
            raise NotFoundError(msg) from None

    def theme(self, theme_id: str) -> Theme:
        """Return a theme by its id; every case has a known one."""
        return next(theme for theme in self.themes if theme.id == theme_id)

    def name_of(self, layer_id: str, feature_id: str) -> LocalText:
        """Return the name of a feature, such as a county by its code."""
        return self.layer(layer_id).feature(feature_id).name

    def select(self, query: CaseQuery) -> list[LocatedCase]:
        """Return the cases that fulfil a query, sorted by id."""
        return [case for case in self.cases.values() if case.matches(query)]

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Return what the choice fields of a query accept."""
        return Vocabulary(
            {
                "theme": _spellings({theme.id: theme.name for theme in self.themes}),
                "city": _place_spellings(self.layers["cities"]),
                "county": _place_spellings(self.layers["counties"]),
                "membership": {choice.value: choice.value for choice in Membership},
                "status": {choice.value: choice.value for choice in Status},
                "precision": {choice.value: choice.value for choice in Precision},
            }
        )


def _spellings(names: Mapping[str, LocalText]) -> dict[str, str]:
    return {
        spelling.lower(): key
        for key, name in names.items()
        for spelling in (key, name.zh, name.en)
        if spelling is not None
    }


def _place_spellings(layer: Layer) -> dict[str, str]:
    names = {feature.id: feature.name for feature in layer}
    short = {name.zh[:-1]: code for code, name in names.items()}
    return {**short, **_spellings(names)}
