"""Draw the card that other sites show beside a link: 1200 × 630, the map at the right, words at the left.

Titles are drawn as they stand: nothing in them is read as a formula.
"""

import io
import unicodedata
from collections.abc import Sequence
from functools import partial

import shapely
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from shapely.geometry.base import BaseGeometry

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.query import CaseQuery
from geo.render.picture import draw_base, draw_footprints, draw_marks, font
from geo.text import Lang, word

CARD_SIZE = (1200, 630)
_DPI = 100
_WORDS_SHARE = 0.42
_LEAST_WIDTH_M = 40_000
_LINE_CELLS, _MOST_LINES = 24, 6  # of the title; a Chinese character fills two cells


def draw_home_card(catalogue: Catalogue, *, lang: Lang, attribution: str = "") -> bytes:
    """Return the card of the whole atlas as PNG; the same input gives the same bytes.

    Raises:
        StoreError: The font is not installed.
    """
    figure, axes = _blank(catalogue)
    draw_marks(axes, catalogue, CaseQuery(), lang)
    _look_at(axes, catalogue, [city.geometry for city in catalogue.layer("cities")])
    _write(figure, catalogue.area.title.in_lang(lang), label="", color="#17262b", lang=lang, attribution=attribution)
    return _png(figure)


def draw_case_card(catalogue: Catalogue, located: LocatedCase, *, lang: Lang, attribution: str = "") -> bytes:
    """Return the card of one case as PNG; the same input gives the same bytes.

    Raises:
        StoreError: The font is not installed.
    """
    figure, axes = _blank(catalogue)
    theme = catalogue.theme(located.case.theme)
    if located.is_region_wide:
        _look_at(axes, catalogue, [city.geometry for city in catalogue.layer("cities")])
    else:
        draw_footprints(axes, catalogue, [located])
        _mark(axes, catalogue, located)
        _look_at(axes, catalogue, [footprint.geometry for footprint in located.footprints])
    label = f"{located.id} · {theme.name.in_lang(lang)}"
    _write(figure, located.case.title.in_lang(lang), label=label, color=theme.color, lang=lang, attribution=attribution)
    return _png(figure)


def _blank(catalogue: Catalogue) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(CARD_SIZE[0] / _DPI, CARD_SIZE[1] / _DPI), facecolor="#ffffff")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((_WORDS_SHARE, 0, 1 - _WORDS_SHARE, 1))
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    draw_base(axes, catalogue)
    return figure, axes


def _mark(axes: Axes, catalogue: Catalogue, located: LocatedCase) -> None:
    point = catalogue.metric.to_metric(located.label_point)
    color = catalogue.theme(located.case.theme).color
    axes.plot(point.x, point.y, marker="o", markersize=16, color=color, markeredgecolor="#ffffff", zorder=5)


def _look_at(axes: Axes, catalogue: Catalogue, geometries: Sequence[BaseGeometry]) -> None:
    """Bring geometries into view, with room around them and the shape of the picture."""
    west, south, east, north = shapely.total_bounds(catalogue.metric.to_metric_all(geometries))
    ratio = CARD_SIZE[0] * (1 - _WORDS_SHARE) / CARD_SIZE[1]
    width = max((east - west) * 1.15, (north - south) * 1.15 * ratio, _LEAST_WIDTH_M)
    axes.set_xlim((west + east - width) / 2, (west + east + width) / 2)
    axes.set_ylim((south + north - width / ratio) / 2, (south + north + width / ratio) / 2)


def _write(  # noqa: PLR0913  all words of the card
    figure: Figure, title: str, *, label: str, color: str, lang: Lang, attribution: str
) -> None:
    text = partial(figure.text, parse_math=False)
    figure.add_artist(Rectangle((0, 0), 0.012, 1, color=color))
    text(0.04, 0.91, word("Tongcheng Atlas").in_both(lang), fontproperties=font(15), color="#51626a", va="center")
    text(0.04, 0.80, label, fontproperties=font(15), color="#26343a", va="center")
    lines = "\n".join(_wrapped(title))
    text(0.04, 0.73, lines, fontproperties=font(24), color="#17262b", va="top", linespacing=1.35)
    foot = word("Dashed: schematic. {attribution}", attribution=attribution).in_lang(lang)
    text(0.04, 0.05, "\n".join(_wrapped(foot, 60)), fontproperties=font(8), color="#51626a", va="bottom")


def _wrapped(text: str, cells: int = _LINE_CELLS) -> list[str]:
    """Break a text into lines, between words where it has any; what does not fit ends in an ellipsis."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and _width(lines[-1] + piece.rstrip()) > cells:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    kept = [line.rstrip() for line in lines]
    return kept if len(kept) <= _MOST_LINES else [*kept[: _MOST_LINES - 1], kept[_MOST_LINES - 1][:-1] + "…"]


def _pieces(text: str) -> list[str]:
    """Split where a line may break: after spaces, and after each wide character; long words into pieces."""
    pieces = [""]
    for character in text:
        if not character.isprintable():
            continue
        pieces[-1] += character
        if character == " " or _width(character) > 1 or _width(pieces[-1]) >= _LINE_CELLS:
            pieces.append("")
    return [piece for piece in pieces if piece]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI)
    return buffer.getvalue()
