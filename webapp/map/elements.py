"""Folium elements whose script is what one of our own static scripts needs to know.

A stock folium page carries inline scripts and links to other hosts; under a strict Content-Security-Policy it stays
blank. Here every element writes one JSON object `{"part": name, "with": options}` instead; the page carries them in
a `<script type="application/json">`, and the modules of static/map take each what is theirs.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from webapp.map.wire_page import MapPart
from webapp.map.writing import as_json

_PART = """
{% macro script(this, kwargs) %}{{ this.part_json() }}{% endmacro %}
"""


class PagePart(MacroElement):
    """A part of the page: its name in webapp/map/wire_page.py `Parts`, and its options."""

    _template = Template(_PART)

    def __init__(self, part: str, options: object) -> None:
        """Keep the options, which webapp/map/wire_page.py declares."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = part
        self.part = part
        self.options = options

    def part_json(self) -> str:
        """Return the part as JSON."""
        return _json(self.part, self.options)


class AtlasMap(folium.Map):
    """A folium map without tiles, inline scripts or files of other hosts."""

    _template = Template(
        """
{% macro html(this, kwargs) %}
<div id="map" class="map" role="application" aria-label="{{ this.label|e }}"></div>
{% endmacro %}
"""
        + _PART
    )

    def __init__(self, options: MapPart, *, label: str) -> None:
        """Begin with a window; zooms are those of web maps."""
        center, zoom = options.view.center, options.view.zoom
        super().__init__(location=(center.lat, center.lon), zoom_start=round(zoom), tiles=None)
        self._id = "atlas"
        self.label = label
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.map_part = options

    def part_json(self) -> str:
        """Return the part of the map itself."""
        return _json("map", self.map_part)


def compose(atlas: AtlasMap, parts: Sequence[PagePart]) -> tuple[str, list[Mapping[str, object]]]:
    """Let folium render a map with its parts.

    Returns:
        The HTML of the map, and its parts, the map's own first.
    """
    for part in parts:
        atlas.add_child(part, name=part.part)
    figure: Any = atlas.get_root()
    atlas.render()  # type: ignore[no-untyped-call]
    rendered = [json.loads(part.render()) for part in figure.script._children.values()]  # noqa: SLF001
    return figure.html.render(), rendered


def _json(part: str, options: object) -> str:
    return as_json({"part": part, "with": options}).decode()
