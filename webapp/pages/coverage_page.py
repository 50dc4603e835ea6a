"""The page that shows where there is how much, and where there is nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from geo.area import Theme
from geo.case import Membership
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.coverage import COVERED, Matrix, coverage
from geo.fields import FIELDS
from geo.query import CaseQuery
from geo.text import Lang
from webapp.i18n import current_lang, labels
from webapp.negotiate import respond
from webapp.urls import Urls


@dataclass(frozen=True)
class ThemeTotal:
    """A theme with its official count beside the recorded ones."""

    theme: Theme
    confirmed: int
    named: int
    related: int
    confirmed_query: CaseQuery
    named_query: CaseQuery
    related_query: CaseQuery


@dataclass(frozen=True)
class CoveragePage:
    """All matrices."""

    lang: Lang
    urls: Urls
    totals: Sequence[ThemeTotal]
    matrices: Sequence[tuple[str, Matrix]]
    names: Mapping[str, str]
    total: int

    @property
    def official_total(self) -> int:
        """Count the official cases."""
        return sum(total.theme.official_count or 0 for total in self.totals)


def add_coverage_page(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /coverage; the matrices change only with the data."""
    matrices = [
        (field, coverage(catalogue, field)) for field, layer_id in COVERED.items() if layer_id in catalogue.layers
    ]

    @blueprint.get("/coverage")
    def coverage_page() -> Response:
        lang = current_lang()
        page = CoveragePage(
            lang=lang,
            urls=Urls(lang),
            totals=[_total(catalogue, theme) for theme in catalogue.themes],
            matrices=[(FIELDS[field].title.in_lang(lang), matrix) for field, matrix in matrices],
            names={f.id: f.name.in_lang(lang) for _, matrix in matrices for f in catalogue.layer(matrix.layer)},
            total=len(catalogue.cases),
        )
        return respond(render_template("coverage.html", page=page, labels=labels()), media_type="text/html")


def _total(catalogue: Catalogue, theme: Theme) -> ThemeTotal:
    confirmed, named, related = (CaseQuery(theme=(theme.id,), membership=(one.value,)) for one in Membership)
    return ThemeTotal(
        theme,
        confirmed=catalogue.index.count(confirmed),
        named=catalogue.index.count(named),
        related=catalogue.index.count(related),
        confirmed_query=confirmed,
        named_query=named,
        related_query=related,
    )
