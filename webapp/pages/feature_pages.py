"""Pages of layers and of their features: facts, cases along them, a strip chart, cases near."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, render_template

from geo.catalogue.beside import Beside, Strip, cases_beside, strip_of
from geo.catalogue.catalogue import Catalogue
from geo.feature import Feature, Layer
from geo.layer_types import LayerSpec
from geo.layers import layer_spec
from geo.query import CaseQuery
from geo.relations.facts import distance_text
from geo.text import Lang
from webapp.i18n import LABELS, current_lang
from webapp.labels import feature_facts
from webapp.negotiate import respond
from webapp.urls import Urls

NEAR_KM = 5.0
_WIDTH, _LEFT, _ROW, _NAMES_HEIGHT = 900, 20, 16, 74  # of the strip chart, in its own units


@dataclass(frozen=True)
class Bar:
    """One case on the strip chart, in its units."""

    beside: Beside
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Chart:
    """A strip chart: a line with ticks and names, and a bar for each case."""

    width: int
    height: int
    left: int
    line_y: int
    ticks: Sequence[tuple[float, str]]
    marks: Sequence[tuple[float, str]]
    bars: Sequence[Bar]


@dataclass(frozen=True)
class LayerPage:
    """All features of a layer."""

    lang: Lang
    urls: Urls
    spec: LayerSpec
    layer: Layer


@dataclass(frozen=True)
class FeaturePage:
    """One feature with the cases on and near it."""

    lang: Lang
    urls: Urls
    spec: LayerSpec
    feature: Feature
    facts: Sequence[tuple[str, str]]
    on: Sequence[Beside]
    near: Sequence[Beside]
    near_km: float
    chart: Chart | None
    on_query: CaseQuery
    near_query: CaseQuery
    region_query: CaseQuery
    region_wide: int


def add_feature_pages(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /layers/<layer> and /layers/<layer>/<id>."""

    @blueprint.get("/layers/<layer_id>")
    def layer(layer_id: str) -> Response:
        lang = current_lang()
        found = catalogue.layer(layer_id)
        page = LayerPage(lang, Urls(lang), layer_spec(layer_id), found)
        return respond(render_template("layer.html", page=page, labels=LABELS), media_type="text/html")

    @blueprint.get("/layers/<layer_id>/<feature_id>")
    def feature(layer_id: str, feature_id: str) -> Response:
        page = _feature_page(catalogue, layer_id, feature_id, current_lang())
        text = render_template("feature.html", page=page, labels=LABELS, distance=distance_of, position=position_of)
        return respond(text, media_type="text/html")


def _feature_page(catalogue: Catalogue, layer_id: str, feature_id: str, lang: Lang) -> FeaturePage:
    feature = catalogue.layer(layer_id).feature(feature_id)
    spec = layer_spec(layer_id)
    on = cases_beside(catalogue, layer_id, feature_id)
    known = {beside.located.id for beside in on}
    near = [b for b in cases_beside(catalogue, layer_id, feature_id, within_km=NEAR_KM) if b.located.id not in known]
    key = (f"{layer_id}:{feature_id}",)
    return FeaturePage(
        lang=lang,
        urls=Urls(lang),
        spec=spec,
        feature=feature,
        facts=feature_facts(catalogue, layer_id, feature, lang),
        on=on,
        near=sorted(near, key=lambda beside: beside.relation.distance_m),
        near_km=NEAR_KM,
        chart=_chart(strip_of(catalogue, layer_id, feature_id), on, lang),
        on_query=CaseQuery(near=key, within_km=0.0),
        near_query=CaseQuery(near=key, within_km=NEAR_KM),
        region_query=CaseQuery(near=key, within_km=0.0, region=("include",)),
        region_wide=sum(case.is_region_wide for case in catalogue.cases.values()),
    )


def _chart(strip: Strip | None, on: Sequence[Beside], lang: Lang) -> Chart | None:
    """Lay out a strip chart; those coarser than a zone cover whole stretches, those at the edge have no place on it."""
    if strip is None or strip.length_km <= 0:
        return None
    scale = (_WIDTH - 2 * _LEFT) / strip.length_km
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if strip.length_km / step <= 12 or step == 100)  # noqa: PLR2004
    drawn = [beside for beside in on if beside.is_exact and not beside.relation.only_touches]
    line_y = _NAMES_HEIGHT if strip.marks else _ROW
    bars = [
        Bar(
            beside,
            x=round(_LEFT + (beside.relation.km_from or 0.0) * scale, 1),
            y=line_y + 30 + number * _ROW,
            width=round(max(((beside.relation.km_to or 0.0) - (beside.relation.km_from or 0.0)) * scale, 6.0), 1),
        )
        for number, beside in enumerate(drawn)
    ]
    ticks = [(round(_LEFT + km * scale, 1), str(km)) for km in range(0, int(strip.length_km) + 1, step)]
    names: dict[float, list[str]] = {}  # stations side by side share one mark
    for km, name in strip.marks:
        names.setdefault(round(_LEFT + km * scale, 0), []).append(name.in_lang(lang))
    marks = [(x, "/".join(found)) for x, found in names.items()]
    return Chart(_WIDTH, line_y + 40 + len(bars) * _ROW, _LEFT, line_y, ticks, marks, bars)


def position_of(beside: Beside) -> str:
    """Return the kilometre or the stretch of a case on a line."""
    relation = beside.relation
    if relation.km is None or relation.km_from is None or relation.km_to is None:
        return ""
    if relation.km_to - relation.km_from < 0.1:  # noqa: PLR2004  100 m
        return f"{relation.km:.1f} km"
    return f"{relation.km_from:.1f}–{relation.km_to:.1f} km"


def distance_of(beside: Beside) -> str:
    """Return how far a case is, with the range that its uncertainty leaves."""
    return distance_text(beside.relation.distance_m, beside.footprint.radius_m)
