"""The pen of every picture: the base map, footprints, marks and the font, drawn in metres.

The Chinese font, Noto Sans SC (SIL Open Font License), is a file of the package zhplot; nothing of that package runs.
"""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from shapely.geometry import Point, Polygon
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.marks import Marks
from geo.errors import StoreError
from geo.layers.table import LAYERS
from geo.query import CaseQuery
from geo.styles import SCHEMES
from geo.text import Lang

_EVERYWHERE = (-180.0, -85.0, 180.0, 85.0)
_MARKS_ZOOM = 9.0  # at which marks of a screen lie as far apart as those of the picture
_LINES = {spec.base: spec.id for spec in LAYERS if spec.base and spec.geometry == "line"}


def draw_base(axes: Axes, catalogue: Catalogue) -> None:
    """Draw land, counties, rivers, roads, railways and cities."""
    styles = SCHEMES["light"]
    axes.set_facecolor("#e3eaeb")
    land = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
    draw(axes, catalogue.metric.to_metric(land), fill=styles["land"]["fillColor"])
    lines = ((_LINES[part], style) for part, style in styles.items() if part in _LINES)
    for layer_id, style in (("counties", styles["county"]), *lines):
        for feature in catalogue.layers.get(layer_id, ()):
            draw(axes, catalogue.metric.to_metric(feature.geometry), color=style["color"], width=style["weight"] * 0.6)
    for city in catalogue.layer("cities"):
        shape = catalogue.metric.to_metric(city.geometry)
        draw(axes, shape, color=styles["city"]["color"], width=styles["city"]["weight"] * 0.7)


def draw_footprints(axes: Axes, catalogue: Catalogue, cases: Sequence[LocatedCase]) -> None:
    """Draw the footprints of cases that have a place, schematic ones dashed."""
    located = [case for case in cases if not case.is_region_wide]
    for case in located:
        for footprint in case.footprints:
            if footprint.precision is not Precision.REGION and not footprint.is_fallback:
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
    """Draw a geometry of any kind, in metres."""
    dash = (0, (4, 3)) if is_dashed else "solid"
    for part in shapely.get_parts(geometry):
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
