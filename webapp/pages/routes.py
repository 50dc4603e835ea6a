"""The pages beside the map: the list, a case, about the data, coverage."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from geo.area import Theme
from geo.case import Membership
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import figure_text
from geo.catalogue.coverage import COVERED, Matrix, coverage
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.matched import why
from geo.catalogue.related import related_cases
from geo.fields import FIELDS
from geo.layers.table import layer_spec
from geo.parameters import names_of
from geo.query import CaseQuery, from_args
from geo.text import Lang
from webapp.i18n import labels
from webapp.negotiate import respond
from webapp.pages.case_list import list_page, without_what_lost_its_place
from webapp.pages.contexts import AboutPage, CasePage, ThemeCount
from webapp.pages.feature_pages import add_feature_pages
from webapp.settings import Settings
from webapp.urls import Urls, Viewed, current_urls


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
        urls = current_urls()
        lang = urls.lang
        page = CoveragePage(
            lang=lang,
            urls=urls,
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


def pages_blueprint(catalogue: Catalogue, settings: Settings) -> Blueprint:
    """Serve /cases, /cases/<id>, /layers, /coverage, /about and /healthz."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/cases")
    def case_list() -> Response:
        args = [(name, text) for name, text in request.args.items(multi=True) if name not in names_of(Viewed)]
        query = from_args(without_what_lost_its_place(args), catalogue.vocabulary)
        page = list_page(catalogue, query, current_urls())
        return _html(render_template("list.html", page=page, labels=labels(), why=why))

    @blueprint.get("/cases/<case_id>")
    def case(case_id: str) -> Response:
        page = _case_page(catalogue, catalogue.case(case_id), current_urls())
        return _html(render_template("case.html", page=page, labels=labels()))

    @blueprint.get("/about")
    def about() -> Response:
        return _html(
            render_template("about.html", page=_about_page(catalogue, settings, current_urls()), labels=labels())
        )

    add_feature_pages(blueprint, catalogue)
    add_coverage_page(blueprint, catalogue)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        document = f'{{"status":"ok","cases":{len(catalogue.cases)},"layers":{len(catalogue.layers)}}}'
        return Response(document, mimetype="application/json", headers={"Cache-Control": "no-store"})

    @blueprint.get("/favicon.ico")
    def favicon() -> BaseResponse:
        return redirect("static/favicon.svg", code=301)

    return blueprint


def _html(text: str) -> Response:
    return respond(text, media_type="text/html")


def _case_page(catalogue: Catalogue, located: LocatedCase, urls: Urls) -> CasePage:
    case, lang = located.case, urls.lang
    return CasePage(
        lang=lang,
        urls=urls,
        located=located,
        theme=catalogue.theme(case.theme),
        city_names=[catalogue.name_of("cities", code).in_lang(lang) for code in case.cities],
        figures=[figure_text(figure, lang) for figure in case.figures],
        facts=catalogue.facts(case.id),
        related=related_cases(catalogue, case.id),
    )


def _about_page(catalogue: Catalogue, settings: Settings, urls: Urls) -> AboutPage:
    lang = urls.lang
    counts = Counter((case.case.theme, case.case.membership) for case in catalogue.cases.values())
    return AboutPage(
        lang=lang,
        urls=urls,
        area=catalogue.area,
        figures=[figure_text(figure, lang) for figure in catalogue.area.figures],
        theme_counts=[ThemeCount(theme, *(counts[theme.id, one] for one in Membership)) for theme in catalogue.themes],
        layers=[(layer_spec(layer.id), layer) for layer in catalogue.layers.values()],
        attribution=settings.attribution(catalogue.area),
    )
