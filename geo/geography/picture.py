"""What was drawn before an import and what is drawn now, side by side: schematic dashed, imported solid."""

import io
from collections.abc import Mapping

import matplotlib as mpl
import shapely
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

_TITLES = ("before 之前", "after 之后")
_COLORS = ("#8a6d3b", "#1f5fa8")


def before_and_after(before: Mapping[str, BaseGeometry], after: Mapping[str, BaseGeometry]) -> bytes:
    """Return a PNG of shapes by key, WGS-84; empty where nothing was taken."""
    with mpl.rc_context({"font.sans-serif": ["Noto Sans CJK SC", "DejaVu Sans"]}):
        figure = Figure(figsize=(12, 6), layout="constrained")
        for place, (title, shapes) in enumerate(zip(_TITLES, (before, after), strict=True), start=1):
            axes = figure.add_subplot(1, 2, place)
            axes.set_title(title)
            axes.set_aspect(1.16)
            for shape in shapes.values():
                _draw(axes, shape, color=_COLORS[place - 1], is_dashed=place == 1)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=100, metadata={"Software": None})
    return buffer.getvalue()


def _draw(axes: mpl.axes.Axes, shape: BaseGeometry, *, color: str, is_dashed: bool) -> None:
    for part in shapely.get_parts(shape):
        line = part.exterior if part.geom_type == "Polygon" else part
        lon, lat = line.xy
        axes.plot(lon, lat, color=color, linewidth=1.4, linestyle="--" if is_dashed else "-")
