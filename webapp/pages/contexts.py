"""What each page is given: one dataclass a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from geo.area import Area, Theme
from geo.case import Case, Footprint
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.related import Related
from geo.feature import Layer
from geo.layers.spec import LayerSpec
from geo.text import Lang, LocalText
from webapp.urls import Urls


@dataclass(frozen=True)
class ThemeCount:
    """One theme with its official number of cases beside the recorded ones."""

    theme: Theme
    confirmed: int
    named: int
    related: int


@dataclass(frozen=True)
class CasePage:
    """One case."""

    lang: Lang
    urls: Urls
    located: LocatedCase
    theme: Theme
    city_names: Sequence[str]
    figures: Sequence[str]
    facts: Sequence[LocalText]
    related: Sequence[Related]

    @property
    def case(self) -> Case:
        """Return the record."""
        return self.located.case

    @property
    def footprints(self) -> Sequence[Footprint]:
        """Return the footprints."""
        return self.located.footprints


@dataclass(frozen=True)
class AboutPage:
    """The area and the data."""

    lang: Lang
    urls: Urls
    area: Area
    figures: Sequence[str]
    theme_counts: Sequence[ThemeCount]
    layers: Sequence[tuple[LayerSpec, Layer]]
    attribution: str

    @property
    def official_total(self) -> int:
        """Count the official cases."""
        return sum(count.theme.official_count or 0 for count in self.theme_counts)

    @property
    def confirmed_total(self) -> int:
        """Count the recorded practices that the published list holds."""
        return sum(count.confirmed for count in self.theme_counts)

    @property
    def named_total(self) -> int:
        """Count the recorded practices that the programme names."""
        return sum(count.named for count in self.theme_counts)

    @property
    def related_total(self) -> int:
        """Count the recorded related practices."""
        return sum(count.related for count in self.theme_counts)


@dataclass(frozen=True)
class ErrorPage:
    """A failure, in words that help; `told_in` is the language of the problems, as a tag."""

    title: str
    status: int
    problems: Sequence[str]
    told_in: str
    urls: Urls
    way_out: str | None = None

    @property
    def lang(self) -> Lang:
        """Return the language of the page."""
        return self.urls.lang
