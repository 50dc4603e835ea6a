"""Pages of layers and of their features: facts, cases along them, a strip chart, cases near."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, render_template

from geo.catalogue.beside import Beside, Strip, cases_beside
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import chainage_on
from geo.catalogue.why import stretches_text, why
from geo.certainty import NO_MATCH, Certainty
from geo.feature import Feature, Layer
from geo.layer_types import LayerSpec
from geo.layers import layer_spec
from geo.overlays.chainage import Basis, Chainage
from geo.query import CaseQuery
from geo.relations.table import Stretch
from geo.text import Lang, LocalText
from webapp.i18n import LABELS, current_lang
from webapp.labels import feature_facts
from webapp.negotiate import respond
from webapp.urls import Urls

NEAR_KM = 5.0
_WIDTH, _LEFT, _RIGHT, _ROW, _NAMES_HEIGHT = 960, 20, 110, 16, 120  # of the strip chart, in its own units
_NARROWEST = 6.0
_LONGEST_NAME = {"zh": 12, "en": 22}


@dataclass(frozen=True)
class Bar:
    """One case on the strip chart, in its units: a span (x, width) for each stretch that it covers."""

    beside: Beside
    y: float
    spans: Sequence[tuple[float, float]]

    @property
    def left(self) -> float:
        """Return where the first span begins."""
        return min(x for x, _ in self.spans)

    @property
    def right(self) -> float:
        """Return where the last span ends."""
        return max(x + width for x, width in self.spans)


@dataclass(frozen=True)
class Chart:
    """A strip chart: a line with ticks and names, and a bar for each case."""

    width: int
    height: int
    left: int
    right: int
    line_y: int
    ticks: Sequence[tuple[float, str]]
    marks: Sequence[tuple[float, str]]
    bars: Sequence[Bar]


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
        return respond(render_template("layer.html", page=page, labels=LABELS), media_type="text/html")

    @blueprint.get("/layers/<layer_id>/<feature_id>")
    def feature(layer_id: str, feature_id: str) -> Response:
        page = _feature_page(catalogue, layer_id, feature_id, current_lang())
        text = render_template("feature.html", page=page, labels=LABELS, position=position_of, why=why)
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
        chart=_chart(strip, on, lang),
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


def _chart(strip: Strip | None, on: Sequence[Beside], lang: Lang) -> Chart | None:
    """Lay out a strip chart of the located cases; the others may lie anywhere and have no place on it."""
    if strip is None or strip.length_km <= 0:
        return None
    scale = (_WIDTH - _LEFT - _RIGHT) / strip.length_km
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if strip.length_km / step <= 12 or step == 100)  # noqa: PLR2004
    line_y = _NAMES_HEIGHT if strip.marks else _ROW
    drawn = [beside for beside in on if beside.match.certainty is Certainty.LOCATED and beside.match.footprint.is_fine]
    bars = [
        Bar(beside, line_y + 30 + number * _ROW, [_span(one, scale) for one in _pieces(beside, strip.length_km)])
        for number, beside in enumerate(beside for beside in drawn if beside.match.km is not None)
    ]
    ticks = [(round(_LEFT + km * scale, 1), str(km)) for km in range(0, int(strip.length_km) + 1, step)]
    names: dict[float, list[str]] = {}  # stations side by side share one mark
    for km, name in strip.marks:
        names.setdefault(round(_LEFT + km * scale, 0), []).append(name.in_lang(lang))
    longest = _LONGEST_NAME[lang]
    marks = [
        (x, name if len(name) <= longest else f"{name[:longest]}…")
        for x, name in ((x, "/".join(found)) for x, found in names.items())
    ]
    return Chart(_WIDTH, line_y + 40 + len(bars) * _ROW, _LEFT, _WIDTH - _RIGHT, line_y, ticks, marks, bars)


def _pieces(beside: Beside, length_km: float) -> list[tuple[float, float]]:
    """Return from where to where a case lies on a line, in km; a stretch over the start of a closed line is two."""
    km = beside.match.relation.km or 0.0
    stretches = beside.match.relation.stretches or (Stretch(km, km),)
    cut = [((a, b),) if a <= b else ((a, length_km), (0.0, b)) for a, b in stretches]
    return [piece for pieces in cut for piece in pieces]


def _span(piece: tuple[float, float], scale: float) -> tuple[float, float]:
    from_km, to_km = piece
    return round(_LEFT + from_km * scale, 1), round(max((to_km - from_km) * scale, _NARROWEST), 1)


def position_of(beside: Beside) -> str:
    """Return the kilometre or the stretches of a case on a line."""
    match = beside.match
    return "" if match.km is None else f"{stretches_text(match.relation.stretches, match.km)} km"
