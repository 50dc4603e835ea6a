"""Pages that work without JavaScript: the list, each case, and about the data; and the health check."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response as BaseResponse

from geo.case import Membership
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import figure_text
from geo.catalogue.located import LocatedCase
from geo.exports.collection import ATTRIBUTION
from geo.layers import LAYERS
from geo.query import CaseQuery, from_args
from geo.text import Lang
from webapp.i18n import LABELS, current_lang
from webapp.negotiate import respond
from webapp.pages.contexts import AboutPage, CasePage, Choice, Field, ListPage, ThemeCount
from webapp.settings import Settings
from webapp.urls import Urls

_FORM_FIELDS = ("theme", "city", "membership", "status", "precision")


def pages_blueprint(catalogue: Catalogue, settings: Settings) -> Blueprint:
    """Serve /cases, /cases/<id>, /about and /healthz."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/cases")
    def case_list() -> Response:
        lang = current_lang()
        args = [(name, text) for name, text in request.args.items(multi=True) if name != "lang"]
        page = _list_page(catalogue, from_args(args, catalogue.vocabulary), lang)
        return _html(render_template("list.html", page=page, labels=LABELS))

    @blueprint.get("/cases/<case_id>")
    def case(case_id: str) -> Response:
        page = _case_page(catalogue, catalogue.case(case_id), current_lang())
        return _html(render_template("case.html", page=page, labels=LABELS))

    @blueprint.get("/about")
    def about() -> Response:
        return _html(
            render_template("about.html", page=_about_page(catalogue, settings, current_lang()), labels=LABELS)
        )

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


def _list_page(catalogue: Catalogue, query: CaseQuery, lang: Lang) -> ListPage:
    return ListPage(
        lang=lang,
        urls=Urls(lang),
        query=query,
        cases=catalogue.select(query),
        fields=[_field(catalogue, query, name, lang) for name in _FORM_FIELDS],
        themes={theme.id: theme for theme in catalogue.themes},
        city_names={city.id: city.name.in_lang(lang) for city in catalogue.layer("cities")},
        total=len(catalogue.cases),
    )


def _field(catalogue: Catalogue, query: CaseQuery, name: str, lang: Lang) -> Field:
    """Count each value among the cases that fulfil all other conditions."""
    others = catalogue.select(replace(query, **{name: ()}))  # type: ignore[arg-type]
    counts = Counter(value for case in others for value in _VALUES[name](case))
    chosen = set(getattr(query, name))
    labels = _labels(catalogue, name, lang)
    choices = [Choice(value, label, counts[value], value in chosen) for value, label in labels.items()]
    titles = {
        "theme": gettext("Theme"),
        "city": gettext("City"),
        "membership": gettext("Evidence"),
        "status": gettext("Status"),
        "precision": gettext("Precision"),
    }
    return Field(name, titles[name], choices)


_VALUES: dict[str, Callable[[LocatedCase], Iterable[str]]] = {
    "theme": lambda case: [case.case.theme],
    "city": lambda case: case.case.cities,
    "membership": lambda case: [case.case.membership.value],
    "status": lambda case: [case.case.status.value],
    "precision": lambda case: [case.best.precision.value],
}


def _labels(catalogue: Catalogue, name: str, lang: Lang) -> dict[str, str]:
    if name == "theme":
        return {theme.id: theme.name.in_lang(lang) for theme in catalogue.themes}
    if name == "city":
        return {city.id: city.name.in_lang(lang) for city in catalogue.layer("cities")}
    return {value: str(label) for value, label in LABELS[name].items()}


def _case_page(catalogue: Catalogue, located: LocatedCase, lang: Lang) -> CasePage:
    case = located.case
    return CasePage(
        lang=lang,
        urls=Urls(lang),
        located=located,
        theme=catalogue.theme(case.theme),
        city_names=[catalogue.name_of("cities", code).in_lang(lang) for code in case.cities],
        figures=[figure_text(figure, lang) for figure in case.figures],
        related=[catalogue.case(other) for other in case.see_also],
    )


def _about_page(catalogue: Catalogue, settings: Settings, lang: Lang) -> AboutPage:
    counts = Counter((case.case.theme, case.case.membership) for case in catalogue.cases.values())
    return AboutPage(
        lang=lang,
        urls=Urls(lang),
        area=catalogue.area,
        figures=[figure_text(figure, lang) for figure in catalogue.area.figures],
        theme_counts=[
            ThemeCount(theme, counts[theme.id, Membership.NAMED], counts[theme.id, Membership.RELATED])
            for theme in catalogue.themes
        ],
        layers=[(spec, catalogue.layer(spec.id)) for spec in LAYERS],
        attribution=ATTRIBUTION,
        settings=settings,
    )
