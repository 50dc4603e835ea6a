"""A line drawn straight, with its stations and a bar for each case on it; every label has room of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.catalogue.beside import Beside
from geo.certainty import Certainty
from geo.relations.linear import forwards
from geo.relations.strip import Strip
from geo.relations.table import Stretch
from geo.text import Lang

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
    for km, name in strip.marks:
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
