"""Draw maps: the pen of every picture, and a map of cases for a report as PNG, SVG or PDF.

Drawn with matplotlib, in metres. The Chinese font, Noto Sans SC (SIL Open Font License), is a file of the package
zhplot; nothing of that package runs.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
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
from matplotlib.patheffects import withStroke
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.marks import Marks
from geo.errors import NotFoundError, StoreError
from geo.feature import Layer
from geo.layers.line_drawing import LINE_KINDS, drawn_lines, kind_of
from geo.layers.table import LAYERS, layer_spec
from geo.query import CaseQuery, conditions_text
from geo.styles import SCHEMES
from geo.text import Lang, LocalText, word

PICTURE_FORMATS = ("png", "svg", "pdf")
_SIZE_IN = (11.0, 9.0)
_DPI = 160
_MARGIN_M = 12_000
_SCALE_KM = 30
_NAMES_OFF_M = (4_000, -4_000, 8_000, -8_000)  # above and below the seat
_MARK_M = 7_000  # how far a name keeps off a mark
_NEAR_COLOR = "#d0006f"
_BORDERED = frozenset({Precision.COUNTY, Precision.CITY})  # their borders are drawn already
_EVERYWHERE = (-180.0, -85.0, 180.0, 85.0)
_MARKS_ZOOM = 9.0  # at which marks of a screen lie as far apart as those of the picture
_LOOKS = {kind.id: (kind.color, kind.weight) for kind in LINE_KINDS}
_LINES = {spec.base: spec.id for spec in LAYERS if spec.base and spec.geometry == "line"}


def draw_base(axes: Axes, catalogue: Catalogue, *, at: date | None = None) -> None:
    """Draw land, counties, rivers, roads, railways and cities as of a day, today if absent."""
    layers = catalogue.layers_at(at)
    styles = SCHEMES["light"]
    axes.set_facecolor("#e3eaeb")
    land = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
    draw(axes, catalogue.metric.to_metric(land), fill=styles["land"]["fillColor"])
    lines = ((_LINES[part], style) for part, style in styles.items() if part in _LINES)
    for layer_id, style in (("counties", styles["county"]), *lines):
        for feature in layers.get(layer_id, ()):
            draw(axes, catalogue.metric.to_metric(feature.geometry), color=style["color"], width=style["weight"] * 0.6)
    for city in catalogue.layer("cities"):
        shape = catalogue.metric.to_metric(city.geometry)
        draw(axes, shape, color=styles["city"]["color"], width=styles["city"]["weight"] * 0.7)


def draw_footprints(
    axes: Axes, catalogue: Catalogue, cases: Sequence[LocatedCase], *, left_out: frozenset[Precision] = frozenset()
) -> None:
    """Draw the footprints of cases that have a place, schematic ones dashed; those of some precisions are left out."""
    located = [case for case in cases if not case.is_region_wide]
    for case in located:
        for footprint in case.footprints:
            if footprint.precision not in {Precision.REGION, *left_out} and not footprint.is_fallback:
                color = catalogue.theme(case.case.theme).color
                shape = catalogue.metric.to_metric(footprint.geometry)
                draw(axes, shape, color=color, width=0.7, is_dashed=footprint.is_schematic)


def draw_marks(axes: Axes, catalogue: Catalogue, query: CaseQuery, lang: Lang) -> None:
    """Draw single cases by their theme, and cases that would lie over one another as their number."""
    for mark in Marks(catalogue).in_view(query, _EVERYWHERE, zoom=_MARKS_ZOOM):
        if mark.count == 1:
            theme = catalogue.theme(catalogue.index.cases[mark.numbers[0]].case.theme)
            color, ink, text = theme.color, theme.ink, theme.mark.in_lang(lang)
        else:
            color, ink, text = "#17262b", "#ffffff", str(mark.count)
        point = catalogue.metric.to_metric(Point(mark.lon, mark.lat))
        axes.plot(point.x, point.y, marker="o", markersize=11, color=color, markeredgecolor="#ffffff", zorder=5)
        axes.text(point.x, point.y, text, ha="center", va="center_baseline", color=ink, zorder=6,
                  fontproperties=font(7))  # fmt: skip


def draw(  # noqa: PLR0913  a pen has that many sides
    axes: Axes,
    geometry: BaseGeometry,
    *,
    color: str | None = None,
    width: float = 1.0,
    fill: str | None = None,
    opacity: float = 1.0,
    is_dashed: bool = False,
) -> None:
    """Draw a geometry of any kind, in metres; the limits of the axes, which others set, are not widened by it."""
    for part in shapely.get_parts(geometry):
        if isinstance(part, Polygon):
            axes.add_artist(PathPatch(_outline(part), facecolor=fill or "none", alpha=opacity, linewidth=0))
            lines: Iterable[Any] = [part.exterior, *part.interiors]
        elif part.geom_type == "Point":
            axes.plot(part.x, part.y, marker=".", markersize=4, color=color, linestyle="none")
            lines = []
        else:
            lines = [part]
        if color:
            for line in lines:
                x, y = np.asarray(line.coords)[:, :2].T
                drawn = Line2D(x, y, color=color, linewidth=width, linestyle=(0, (4, 3)) if is_dashed else "solid")
                axes.add_artist(drawn)


def _outline(polygon: Polygon) -> Outline:
    rings = [np.asarray(ring.coords)[:, :2] for ring in (polygon.exterior, *polygon.interiors)]
    codes = [Outline.MOVETO, Outline.LINETO, Outline.CLOSEPOLY]
    return Outline(np.vstack(rings), np.concatenate([np.repeat(codes, (1, len(ring) - 2, 1)) for ring in rings]))


def font(size: float) -> FontProperties:
    """Return the Chinese font in a size in points.

    Raises:
        StoreError: It is not installed.
    """
    spec = find_spec("zhplot")
    if spec is None or spec.origin is None:
        msg = "the font for pictures is missing; install it with: pip install zhplot"
        raise StoreError(msg)
    return FontProperties(fname=str(Path(spec.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"), size=size)


@dataclass(frozen=True)
class Picture:
    """What to draw, as of a day; `layers` None draws those that the map shows first."""

    query: CaseQuery
    lang: Lang = "zh"
    layers: Sequence[str] | None = None
    title: str = ""
    attribution: str = ""
    at: date | None = None


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
        draw_base(axes, catalogue, at=picture.at)
        for layer_id in layers:
            _draw_layer(axes, catalogue, catalogue.layers_at(picture.at)[layer_id])
        _draw_near(axes, catalogue, picture.query)
        draw_footprints(axes, catalogue, cases, left_out=_BORDERED)
        draw_marks(axes, catalogue, picture.query, picture.lang)
        _frame(axes, catalogue)
        _draw_texts(figure, axes, catalogue, picture, cases=cases, layers=layers)
        return _saved(figure, suffix)


def _layers(catalogue: Catalogue, wanted: Sequence[str] | None) -> list[str]:
    if wanted is None:
        return [spec.id for spec in LAYERS if spec.style.is_shown_first and spec.id in catalogue.layers]
    return [catalogue.layer(name).id for name in wanted]


def _draw_layer(axes: Axes, catalogue: Catalogue, layer: Layer) -> None:
    style = layer_spec(layer.id).style
    if layer_spec(layer.id).geometry == "line":
        _draw_lines(axes, catalogue, layer)
        return
    for feature in layer:
        fill = style.color if style.fill_opacity else None
        dash = feature.is_schematic
        shape = catalogue.metric.to_metric(feature.geometry)
        draw(axes, shape, color=style.color, width=style.weight * 0.6, fill=fill,
              opacity=style.fill_opacity, is_dashed=dash)  # fmt: skip


def _draw_lines(axes: Axes, catalogue: Catalogue, layer: Layer) -> None:
    """Draw lines by their kinds, each shared stretch once, a little beyond the area."""
    style = layer_spec(layer.id).style
    area = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
    for line in drawn_lines(layer, area).values():
        color, weight = _LOOKS.get(line.kind, (style.color, style.weight))
        for stroke in line.strokes:
            shape = catalogue.metric.to_metric(stroke.geometry)
            draw(axes, shape, color=color, width=weight * 0.6, is_dashed=stroke.is_dashed or line.is_planned)


def _draw_near(axes: Axes, catalogue: Catalogue, query: CaseQuery) -> None:
    """Draw what the query is near to, with the land within its distance."""
    for layer_id, feature_id in (place.split(":", 1) for place in query.values("near")):
        feature = catalogue.layer(layer_id).feature(feature_id)
        shape = catalogue.metric.to_metric(feature.geometry)
        if query.within_km:
            draw(axes, shape.buffer(query.within_km * 1000), fill=_NEAR_COLOR, opacity=0.14)
        draw(axes, shape, color=_NEAR_COLOR, width=2.0, is_dashed=feature.is_schematic)


def _frame(axes: Axes, catalogue: Catalogue) -> None:
    west, south, east, north = shapely.total_bounds(
        catalogue.metric.to_metric_all([city.geometry for city in catalogue.layer("cities")])
    )
    axes.set_xlim(west - _MARGIN_M, east + _MARGIN_M)
    axes.set_ylim(south - _MARGIN_M, north + _MARGIN_M)
    axes.set_aspect("equal", adjustable="box")
    axes.set_xticks([])
    axes.set_yticks([])
    left, bottom = west - _MARGIN_M / 2, south - _MARGIN_M / 2
    axes.plot([left, left + _SCALE_KM * 1000], [bottom, bottom], color="#17262b", linewidth=2)
    axes.text(left + _SCALE_KM * 500, bottom + 2500, f"{_SCALE_KM} km", ha="center", fontproperties=font(8))


def _draw_texts(  # noqa: PLR0913  title, legend and foot are one page
    figure: Figure,
    axes: Axes,
    catalogue: Catalogue,
    picture: Picture,
    *,
    cases: Sequence[LocatedCase],
    layers: Sequence[str],
) -> None:
    lang = picture.lang
    region = sum(case.is_region_wide for case in cases)
    told = word("%(count)s cases: %(located)s on the map, %(region)s for the whole region").in_lang(lang)
    counted = told % {"count": len(cases), "located": len(cases) - region, "region": region}
    conditions = conditions_text(catalogue, picture.query, lang)
    figure.text(0.02, 0.965, picture.title or catalogue.area.title.in_lang(lang), fontproperties=font(15), va="center")
    figure.text(0.02, 0.935, f"{counted}  {conditions}", fontproperties=font(9), va="center", color="#51626a")
    counts = {theme.id: sum(case.case.theme == theme.id for case in cases) for theme in catalogue.themes}
    themes = [
        Line2D([], [], marker="o", linestyle="none", color=theme.color,
               label=f"{theme.mark.in_lang(lang)} {theme.name.in_lang(lang)} {counts[theme.id]}")
        for theme in catalogue.themes
    ]  # fmt: skip
    drawn = [Line2D([], [], color=color, label=title.in_lang(lang)) for color, title in _told_layers(catalogue, layers)]
    dashed = Line2D([], [], color="#51626a", linestyle=(0, (4, 3)), label=word("Dashed: schematic").in_lang(lang))
    figure.legend(handles=[*themes, *drawn, dashed], loc="lower left", bbox_to_anchor=(0.015, 0.035), ncols=5,
                  prop=font(8), frameon=False)  # fmt: skip
    figure.text(0.02, 0.02, picture.attribution, fontproperties=font(7), color="#51626a")
    _name_cities(axes, catalogue, picture)


def _name_cities(axes: Axes, catalogue: Catalogue, picture: Picture) -> None:
    """Write the names of cities above or below their seats, off the marks."""
    seats = {seat.id: seat.geometry for seat in catalogue.layers.get("seats", ())}
    marks = Marks(catalogue).in_view(picture.query, _EVERYWHERE, zoom=_MARKS_ZOOM)
    taken = shapely.MultiPoint([catalogue.metric.to_metric(Point(mark.lon, mark.lat)) for mark in marks])
    for city in catalogue.layer("cities"):
        seat = catalogue.metric.to_metric(seats.get(city.id, city.geometry).representative_point())
        places = [Point(seat.x, seat.y + off_m) for off_m in _NAMES_OFF_M]
        place = next((one for one in places if taken.is_empty or one.distance(taken) > _MARK_M), places[0])
        axes.text(place.x, place.y, city.name.in_lang(picture.lang), ha="center", va="center", fontproperties=font(11),
                  color="#26343a", zorder=4, path_effects=[withStroke(linewidth=3, foreground="#ffffff")])  # fmt: skip


def _told_layers(catalogue: Catalogue, layers: Sequence[str]) -> Iterator[tuple[str, LocalText]]:
    """Yield what the legend tells of layers: the kinds of their lines, else the layer."""
    for layer_id in layers:
        kinds = {kind_of(feature) for feature in catalogue.layer(layer_id)}
        told = [(kind.color, kind.title) for kind in LINE_KINDS if kind.id in kinds]
        yield from told or [(layer_spec(layer_id).style.color, layer_spec(layer_id).title)]


def _saved(figure: Figure, suffix: str) -> bytes:
    undated: dict[str, dict[str, None]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}, "png": {}}
    buffer = io.BytesIO()
    figure.savefig(buffer, format=suffix, dpi=_DPI, metadata=undated[suffix])
    return buffer.getvalue()
