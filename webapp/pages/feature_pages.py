"""A page for each layer and feature, with its strip chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from flask import Blueprint, Response, render_template

from geo.case import NO_MATCH, Certainty
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.linear_places import chainage_on
from geo.catalogue.matched import Beside, cases_beside, stretches_text, why
from geo.feature import Feature, Layer
from geo.layers.chainage import Basis, Chainage
from geo.layers.spec import LayerSpec
from geo.layers.table import layer_spec
from geo.query import CaseQuery
from geo.relations.linear import Strip, forwards
from geo.relations.table import Stretch
from geo.text import Lang, LocalText
from webapp.i18n import labels
from webapp.labels import FactRow, fact_rows, feature_facts, status_text
from webapp.negotiate import respond
from webapp.urls import Urls, current_urls

_WIDTH, _LEFT, _RIGHT, _ROW, _NAMES_HEIGHT = 960, 20, 140, 16, 120  # in the units of the chart
_NARROWEST = 6.0
_LONGEST_NAME = {"zh": 12, "en": 24}
_LONGEST_TITLE = {"zh": 28, "en": 48}
_WIDE_FROM, _WIDE, _NARROW = "\u2000", 12, 7  # of a sign, at most: Chinese ones and dashes, and Latin letters
_GAP, _BASE = 4, 9
_ABOVE = 14
Span = tuple[float, float]  # x and width


@dataclass(frozen=True)
class Label:
    """The title of a case; `anchor` and `y` as SVG means them."""

    text: str
    x: float
    y: float
    anchor: str
    is_beside: bool


@dataclass(frozen=True)
class Bar:
    """One case: a span (x, width) for each stretch that it covers."""

    beside: Beside
    y: float
    spans: Sequence[Span]
    label: Label


@dataclass(frozen=True)
class Chart:
    """A line with ticks and names, and the bars below it."""

    width: int
    height: int
    left: int
    right: int
    line_y: int
    ticks: Sequence[tuple[float, str]]
    marks: Sequence[tuple[float, str]]
    bars: Sequence[Bar]


def strip_chart(strip: Strip | None, on: Sequence[Beside], lang: Lang) -> Chart | None:
    """Lay out the located cases; the others may lie anywhere and have no place on it. None where there is no line."""
    if strip is None or strip.length_km <= 0:
        return None
    scale = (_WIDTH - _LEFT - _RIGHT) / strip.length_km
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if strip.length_km / step <= 12 or step == 100)  # noqa: PLR2004
    line_y = _NAMES_HEIGHT if strip.marks else _ROW
    ticks = [(round(_LEFT + km * scale, 1), str(km)) for km in range(0, int(strip.length_km) + 1, step)]
    bars, bottom = _bars(on, strip.length_km, scale, line_y + 30, lang)
    return Chart(
        _WIDTH,
        bottom + 10,
        _LEFT,
        _WIDTH - _RIGHT,
        line_y,
        ticks,
        _marks(strip, scale, _LONGEST_NAME[lang], lang),
        bars,
    )


def _marks(strip: Strip, scale: float, longest: int, lang: Lang) -> list[tuple[float, str]]:
    """Return the stations; those side by side share one mark."""
    names: dict[float, list[str]] = {}
    for km, name in sorted((*strip.marks, *strip.again), key=lambda mark: mark[0]):
        names.setdefault(round(_LEFT + km * scale, 0), []).append(name.in_lang(lang))
    return [(x, _cut("/".join(found), longest + 1)) for x, found in names.items()]


def _bars(on: Sequence[Beside], length_km: float, scale: float, top: int, lang: Lang) -> tuple[list[Bar], int]:
    """Return the bars below each other, and where the last one ends; one whose label stands above it is higher."""
    bars, y = [], top
    for beside in on:
        match = beside.match
        if match.certainty is Certainty.LOCATED and match.footprint.is_fine and match.km is not None:
            spans = sorted(_span(one, scale) for one in _pieces(beside, length_km))
            label = _label(_cut(beside.located.case.title.in_lang(lang), _LONGEST_TITLE[lang]), spans, y)
            y += 0 if label.is_beside else _ABOVE
            bars.append(Bar(beside, y, spans, label))
            y += _ROW
    return bars, y


def _label(text: str, spans: Sequence[Span], y: float) -> Label:
    """Put a title right of its bar, left of it, or between its spans; above it where it fits nowhere."""
    edges = [(x, x + width) for x, width in spans]
    first, last = edges[0][0], max(right for _, right in edges)
    between = [(right, left, "start") for (_, right), (left, _) in pairwise(edges)]
    width = sum(_WIDE if sign >= _WIDE_FROM else _NARROW for sign in text)
    for from_x, to_x, anchor in ((last, _WIDTH, "start"), (0.0, first, "end"), *between):
        if to_x - from_x >= width + 2 * _GAP:
            x = from_x + _GAP if anchor == "start" else to_x - _GAP
            return Label(text, round(x, 1), y + _BASE, anchor, is_beside=True)
    return Label(text, round(min(first, _WIDTH - _GAP - width), 1), y + _BASE, "start", is_beside=False)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _pieces(beside: Beside, length_km: float) -> list[tuple[float, float]]:
    """Return from where to where a case lies on a line, in km; a stretch over the start of a closed line is two."""
    km = beside.match.relation.km or 0.0
    stretches = beside.match.relation.stretches or (Stretch(km, km),)
    return [piece for start, end in stretches for piece in forwards(start, end, length_km)]


def _span(piece: tuple[float, float], scale: float) -> Span:
    from_km, to_km = piece
    return round(_LEFT + from_km * scale, 1), round(max((to_km - from_km) * scale, _NARROWEST), 1)


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
    status: str
    history: Sequence[FactRow]
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
        urls, known = current_urls(), catalogue.layer(layer_id)
        found = catalogue.layers_at(urls.at)[known.id]
        page = LayerPage(urls.lang, urls, layer_spec(layer_id), found)
        return respond(render_template("layer.html", page=page, labels=labels()), media_type="text/html")

    @blueprint.get("/layers/<layer_id>/<feature_id>")
    def feature(layer_id: str, feature_id: str) -> Response:
        page = _feature_page(catalogue, layer_id, feature_id, current_urls())
        text = render_template("feature.html", page=page, labels=labels(), position=position_of, why=why)
        return respond(text, media_type="text/html")


def _feature_page(catalogue: Catalogue, layer_id: str, feature_id: str, urls: Urls) -> FeaturePage:
    lang, feature = urls.lang, catalogue.layer(layer_id).feature(feature_id)
    feature = feature.dated(urls.at) if urls.at else feature
    spec = layer_spec(layer_id)
    on = cases_beside(catalogue, layer_id, feature_id)
    known = {beside.located.id: beside.match.certainty.rank for beside in on}
    within = cases_beside(catalogue, layer_id, feature_id, within_km=NEAR_KM)
    near = [b for b in within if b.match.certainty.rank < known.get(b.located.id, NO_MATCH)]
    key = (f"{layer_id}:{feature_id}",)
    strip = catalogue.strip(layer_id, feature_id)
    return FeaturePage(
        lang=lang,
        urls=urls,
        spec=spec,
        feature=feature,
        facts=feature_facts(catalogue, layer_id, feature, lang),
        status=status_text(feature, urls.at),
        history=fact_rows(catalogue, feature, lang),
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
