"""Draw a map of cases for a report: PNG, SVG or PDF, with legend, scale and attribution.

Drawn with matplotlib. The Chinese font, Noto Sans SC (SIL Open Font License), is a file of the package zhplot; nothing
of that package runs.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.marks import Marks
from geo.crs import buffer_m, to_metric
from geo.errors import NotFoundError, StoreError
from geo.layers import LAYERS, layer_spec
from geo.query import CaseQuery
from geo.render.conditions import conditions_text
from geo.styles import LAYER_STYLES, SCHEMES, THEME_STYLES
from geo.text import Lang

PICTURE_FORMATS = ("png", "svg", "pdf")
_SIZE_IN = (11.0, 9.0)
_DPI = 160
_MARGIN_M = 12_000
_SCALE_KM = 30
_NEAR_COLOR = "#d0006f"
_EVERYWHERE = (-180.0, -85.0, 180.0, 85.0)
_MARKS_ZOOM = 9.0  # at which marks of a screen lie as far apart as those of the picture
_LINES = {"rivers": "river", "expressways": "road", "transit_lines": "rail"}
_WORDS = {
    "zh": {
        "title": "成都都市圈同城化实践案例",
        "counted": "{count}个案例：图上{located}，全域{region}",
        "dashed": "虚线：示意",
    },
    "en": {
        "title": "Integration practices of the Chengdu metropolitan area",
        "counted": "{count} cases: {located} on the map, {region} for the whole region",
        "dashed": "Dashed: schematic",
    },
}


@dataclass(frozen=True)
class Picture:
    """What to draw; `layers` None draws those that the map shows first."""

    query: CaseQuery
    lang: Lang = "zh"
    layers: Sequence[str] | None = None
    title: str = ""
    attribution: str = ""


def draw_picture(catalogue: Catalogue, picture: Picture, *, suffix: str) -> bytes:
    """Return the bytes of a picture; the same input gives the same bytes.

    Raises:
        NotFoundError: No layer, or no format, is called so.
        StoreError: The font is not installed.
    """
    if suffix not in PICTURE_FORMATS:
        msg = f"no picture ends in .{suffix}; known are {', '.join('.' + known for known in PICTURE_FORMATS)}"
        raise NotFoundError(msg)
    cases = catalogue.select(picture.query)
    layers = _layers(catalogue, picture.layers)
    with rc_context({"svg.hashsalt": "tongcheng", "svg.fonttype": "path", "pdf.fonttype": 42}):
        figure = Figure(figsize=_SIZE_IN, facecolor="#ffffff")
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.02, 0.17, 0.96, 0.75))
        _draw_base(axes, catalogue)
        for layer_id in layers:
            _draw_layer(axes, catalogue, layer_id)
        _draw_near(axes, catalogue, picture.query)
        _draw_footprints(axes, cases)
        _draw_marks(axes, catalogue, picture.query, picture.lang)
        _frame(axes, catalogue)
        _draw_texts(figure, axes, catalogue, picture, cases=cases, layers=layers)
        return _saved(figure, suffix)


def _layers(catalogue: Catalogue, wanted: Sequence[str] | None) -> list[str]:
    if wanted is None:
        return [spec.id for spec in LAYERS if LAYER_STYLES[spec.style].is_shown_first]
    return [catalogue.layer(name).id for name in wanted]


def _draw_base(axes: Axes, catalogue: Catalogue) -> None:
    styles = SCHEMES["light"]
    axes.set_facecolor("#e3eaeb")
    _draw(axes, shapely.union_all([f.geometry for f in catalogue.layer("cities")]), fill=styles["land"]["fillColor"])
    for layer_id, style in (("counties", styles["county"]), *((name, styles[key]) for name, key in _LINES.items())):
        for feature in catalogue.layer(layer_id):
            _draw(axes, feature.geometry, color=style["color"], width=style["weight"] * 0.6)
    for city in catalogue.layer("cities"):
        _draw(axes, city.geometry, color=styles["city"]["color"], width=styles["city"]["weight"] * 0.7)


def _draw_layer(axes: Axes, catalogue: Catalogue, layer_id: str) -> None:
    style = LAYER_STYLES[layer_spec(layer_id).style]
    for feature in catalogue.layer(layer_id):
        fill = style.color if style.fill_opacity else None
        dash = feature.is_schematic
        _draw(axes, feature.geometry, color=style.color, width=style.weight * 0.6, fill=fill,
              opacity=style.fill_opacity, is_dashed=dash)  # fmt: skip


def _draw_near(axes: Axes, catalogue: Catalogue, query: CaseQuery) -> None:
    """Draw what the query is near to, with the land within its distance."""
    for layer_id, feature_id in (place.split(":", 1) for place in query.near):
        feature = catalogue.layer(layer_id).feature(feature_id)
        if query.within_km:
            _draw(axes, buffer_m(feature.geometry, query.within_km * 1000), fill=_NEAR_COLOR, opacity=0.14)
        _draw(axes, feature.geometry, color=_NEAR_COLOR, width=2.0, is_dashed=feature.is_schematic)


def _draw_footprints(axes: Axes, cases: Sequence[LocatedCase]) -> None:
    located = [case for case in cases if not case.is_region_wide]
    for case in located:
        for footprint in case.footprints:
            if footprint.precision is not Precision.REGION and not footprint.is_fallback:
                color = THEME_STYLES[case.case.theme].color
                _draw(axes, footprint.geometry, color=color, width=0.7, is_dashed=footprint.is_schematic)


def _draw_marks(axes: Axes, catalogue: Catalogue, query: CaseQuery, lang: Lang) -> None:
    """Draw single cases by their theme, and cases that would lie over one another as their number."""
    for mark in Marks(catalogue).in_view(query, _EVERYWHERE, zoom=_MARKS_ZOOM):
        if mark.count == 1:
            theme = catalogue.index.cases[mark.numbers[0]].case.theme
            color, ink, text = THEME_STYLES[theme].color, THEME_STYLES[theme].ink, _mark(theme, lang)
        else:
            color, ink, text = "#17262b", "#ffffff", str(mark.count)
        point = to_metric(Point(mark.lon, mark.lat))
        axes.plot(point.x, point.y, marker="o", markersize=11, color=color, markeredgecolor="#ffffff", zorder=5)
        axes.text(point.x, point.y, text, ha="center", va="center_baseline", color=ink, zorder=6,
                  fontproperties=_font(7))  # fmt: skip


def _draw(  # noqa: PLR0913  a pen has that many sides
    axes: Axes,
    geometry: BaseGeometry,
    *,
    color: str | None = None,
    width: float = 1.0,
    fill: str | None = None,
    opacity: float = 1.0,
    is_dashed: bool = False,
) -> None:
    """Draw a WGS-84 geometry of any kind in metres."""
    dash = (0, (4, 3)) if is_dashed else "solid"
    for part in shapely.get_parts(to_metric(geometry)):
        if isinstance(part, Polygon):
            axes.add_patch(PathPatch(_outline(part), facecolor=fill or "none", alpha=opacity, linewidth=0))
            lines: Iterable[Any] = [part.exterior, *part.interiors]
        elif part.geom_type == "Point":
            axes.plot(part.x, part.y, marker=".", markersize=4, color=color, linestyle="none")
            lines = []
        else:
            lines = [part]
        if color:
            for line in lines:
                x, y = np.asarray(line.coords)[:, :2].T
                axes.plot(x, y, color=color, linewidth=width, linestyle=dash)


def _outline(polygon: Polygon) -> Outline:
    rings = [np.asarray(ring.coords)[:, :2] for ring in (polygon.exterior, *polygon.interiors)]
    codes = [Outline.MOVETO, Outline.LINETO, Outline.CLOSEPOLY]
    return Outline(np.vstack(rings), np.concatenate([np.repeat(codes, (1, len(ring) - 2, 1)) for ring in rings]))


def _frame(axes: Axes, catalogue: Catalogue) -> None:
    west, south, east, north = shapely.total_bounds([to_metric(city.geometry) for city in catalogue.layer("cities")])
    axes.set_xlim(west - _MARGIN_M, east + _MARGIN_M)
    axes.set_ylim(south - _MARGIN_M, north + _MARGIN_M)
    axes.set_aspect("equal", adjustable="box")
    axes.set_xticks([])
    axes.set_yticks([])
    left, bottom = west - _MARGIN_M / 2, south - _MARGIN_M / 2
    axes.plot([left, left + _SCALE_KM * 1000], [bottom, bottom], color="#17262b", linewidth=2)
    axes.text(left + _SCALE_KM * 500, bottom + 2500, f"{_SCALE_KM} km", ha="center", fontproperties=_font(8))


def _draw_texts(  # noqa: PLR0913  title, legend and foot are one page
    figure: Figure,
    axes: Axes,
    catalogue: Catalogue,
    picture: Picture,
    *,
    cases: Sequence[LocatedCase],
    layers: Sequence[str],
) -> None:
    words, lang = _WORDS[picture.lang], picture.lang
    region = sum(case.is_region_wide for case in cases)
    counted = words["counted"].format(count=len(cases), located=len(cases) - region, region=region)
    conditions = conditions_text(catalogue, picture.query, lang)
    figure.text(0.02, 0.965, picture.title or words["title"], fontproperties=_font(15), va="center")
    figure.text(0.02, 0.935, f"{counted}  {conditions}", fontproperties=_font(9), va="center", color="#51626a")
    counts = {theme.id: sum(case.case.theme == theme.id for case in cases) for theme in catalogue.themes}
    themes = [
        Line2D([], [], marker="o", linestyle="none", color=THEME_STYLES[theme.id].color,
               label=f"{_mark(theme.id, lang)} {theme.name.in_lang(lang)} {counts[theme.id]}")
        for theme in catalogue.themes
    ]  # fmt: skip
    drawn = [
        Line2D([], [], color=LAYER_STYLES[layer_spec(name).style].color, label=layer_spec(name).title.in_lang(lang))
        for name in layers
    ]
    dashed = Line2D([], [], color="#51626a", linestyle=(0, (4, 3)), label=words["dashed"])
    figure.legend(handles=[*themes, *drawn, dashed], loc="lower left", bbox_to_anchor=(0.015, 0.035), ncols=5,
                  prop=_font(8), frameon=False)  # fmt: skip
    figure.text(0.02, 0.02, picture.attribution, fontproperties=_font(7), color="#51626a")
    for city in catalogue.layer("cities"):
        point = to_metric(city.geometry.representative_point())
        axes.text(point.x, point.y, city.name.in_lang(lang), ha="center", fontproperties=_font(11), color="#26343a")


def _mark(theme: str, lang: Lang) -> str:
    style = THEME_STYLES[theme]
    return style.mark_zh if lang == "zh" else style.mark_en


def _font(size: float) -> FontProperties:
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        msg = "the font for pictures is missing; install it with: pip install zhplot"
        raise StoreError(msg)
    return FontProperties(fname=str(Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"), size=size)


def _saved(figure: Figure, suffix: str) -> bytes:
    undated: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
    buffer = io.BytesIO()
    figure.savefig(buffer, format=suffix, dpi=_DPI, metadata=undated[suffix])
    return buffer.getvalue()
