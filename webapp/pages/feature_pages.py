"""Pages of layers and of their features: facts, cases along them, cases near."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, render_template

from geo.catalogue.beside import Beside, cases_beside
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import chainage_on
from geo.catalogue.why import stretches_text, why
from geo.certainty import NO_MATCH, Certainty
from geo.feature import Feature, Layer
from geo.layers.chainage import Basis, Chainage
from geo.layers.spec import LayerSpec
from geo.layers.table import layer_spec
from geo.query import CaseQuery
from geo.relations.strip import Strip
from geo.text import Lang, LocalText
from webapp.i18n import current_lang, labels
from webapp.labels import feature_facts
from webapp.negotiate import respond
from webapp.pages.strip_chart import Chart, strip_chart
from webapp.urls import Urls

NEAR_KM = 5.0
Groups = Sequence[tuple[Certainty, Sequence[Beside]]]


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
    on: Groups
    near: Groups
    near_km: float
    starts_at: LocalText | None
    official: str
    chart: Chart | None
    on_query: CaseQuery
    near_query: CaseQuery
    region_query: CaseQuery
    region_wide: int

    @property
    def on_count(self) -> int:
        """Count the cases on it."""
        return sum(len(cases) for _, cases in self.on)

    @property
    def near_count(self) -> int:
        """Count the cases that are near it more surely than on it."""
        return sum(len(cases) for _, cases in self.near)


def add_feature_pages(blueprint: Blueprint, catalogue: Catalogue) -> None:
    """Serve /layers/<layer> and /layers/<layer>/<id>."""

    @blueprint.get("/layers/<layer_id>")
    def layer(layer_id: str) -> Response:
        lang = current_lang()
        found = catalogue.layer(layer_id)
        page = LayerPage(lang, Urls(lang), layer_spec(layer_id), found)
        return respond(render_template("layer.html", page=page, labels=labels()), media_type="text/html")

    @blueprint.get("/layers/<layer_id>/<feature_id>")
    def feature(layer_id: str, feature_id: str) -> Response:
        page = _feature_page(catalogue, layer_id, feature_id, current_lang())
        text = render_template("feature.html", page=page, labels=labels(), position=position_of, why=why)
        return respond(text, media_type="text/html")


def _feature_page(catalogue: Catalogue, layer_id: str, feature_id: str, lang: Lang) -> FeaturePage:
    feature = catalogue.layer(layer_id).feature(feature_id)
    spec = layer_spec(layer_id)
    on = cases_beside(catalogue, layer_id, feature_id)
    known = {beside.located.id: beside.match.certainty.rank for beside in on}
    within = cases_beside(catalogue, layer_id, feature_id, within_km=NEAR_KM)
    near = [b for b in within if b.match.certainty.rank < known.get(b.located.id, NO_MATCH)]
    key = (f"{layer_id}:{feature_id}",)
    strip = catalogue.strip(layer_id, feature_id)
    return FeaturePage(
        lang=lang,
        urls=Urls(lang),
        spec=spec,
        feature=feature,
        facts=feature_facts(catalogue, layer_id, feature, lang),
        on=_groups(on),
        near=_groups(sorted(near, key=lambda beside: (beside.match.certainty.rank, beside.match.km_min))),
        near_km=NEAR_KM,
        starts_at=strip.starts_at if strip else None,
        official=_official(strip, chainage_on(catalogue, layer_id, feature_id), lang),
        chart=strip_chart(strip, on, lang),
        on_query=CaseQuery(near=key, within_km=0.0),
        near_query=CaseQuery(near=key, within_km=NEAR_KM),
        region_query=CaseQuery(near=key, within_km=0.0, region=("include",)),
        region_wide=sum(case.is_region_wide for case in catalogue.cases.values()),
    )


def _groups(found: Sequence[Beside]) -> Groups:
    """Return cases under the heading of their group; they come by group already."""
    return [(certainty, list(cases)) for certainty, cases in groupby(found, key=lambda beside: beside.match.certainty)]


def _official(strip: Strip | None, chainage: Chainage | None, lang: Lang) -> str:
    """Return the drawn and the official kilometre of the stations on a line; ≈ where the official length was needed."""
    if strip is None or chainage is None:
        return ""
    told = ((km, name, chainage.official(km)) for km, name in strip.marks)
    return "; ".join(
        f"{name.in_lang(lang)} {km:.3f} / {'≈' if found.basis is Basis.LENGTH else ''}{found.km:.3f}"
        for km, name, found in told
        if found
    )


def position_of(beside: Beside) -> str:
    """Return the kilometre or the stretches of a case on a line."""
    match = beside.match
    return "" if match.km is None else f"{stretches_text(match.relation.stretches, match.km)} km"
