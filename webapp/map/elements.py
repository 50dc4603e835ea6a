"""Folium elements whose script is one call each into our own static scripts.

A stock folium page carries inline scripts and links to other hosts; under a strict Content-Security-Policy it stays
blank. Here every element writes one JSON object `{"call": name, "with": arguments}` instead; the page carries them in
a `<script type="application/json">`, and static/map/main.js makes the calls.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from webapp.map.wire import View
from webapp.map.writing import as_json

_CALL = """
{% macro script(this, kwargs) %}{{ this.call_json() }}{% endmacro %}
"""


class Call(MacroElement):
    """One call into static/map: its name and its arguments."""

    _template = Template(_CALL)

    def __init__(self, call: str, **arguments: object) -> None:
        """Keep the call; `arguments` must be JSON, or of webapp/map/wire.py."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = call
        self.call = call
        self.arguments = arguments

    def call_json(self) -> str:
        """Return the call as JSON."""
        return as_json({"call": self.call, "with": self.arguments}).decode()


class AtlasMap(folium.Map):
    """A folium map without tiles, inline scripts or files of other hosts."""

    _template = Template(
        """
{% macro html(this, kwargs) %}
<div id="map" class="map" role="application" aria-label="{{ this.label|e }}"></div>
{% endmacro %}
"""
        + _CALL
    )

    def __init__(self, *, view: View, min_zoom: int, max_zoom: int, label: str) -> None:
        """Begin with a window; zooms are those of web maps."""
        super().__init__(location=(view.center.lat, view.center.lon), zoom_start=round(view.zoom), tiles=None)
        self._id = "atlas"
        self.label = label
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.arguments = {"view": view, "minZoom": min_zoom, "maxZoom": max_zoom}

    def call_json(self) -> str:
        """Return the call that creates the map."""
        return as_json({"call": "createMap", "with": self.arguments}).decode()


def compose(atlas: AtlasMap, elements: Sequence[Call]) -> tuple[str, list[Mapping[str, object]]]:
    """Let folium render a map with its elements.

    Returns:
        The HTML of the map, and the calls in order, the map's own first.
    """
    for number, element in enumerate(elements):
        atlas.add_child(element, name=f"{element.call}_{number}")
    figure: Any = atlas.get_root()
    atlas.render()  # type: ignore[no-untyped-call]
    calls = [json.loads(part.render()) for part in figure.script._children.values()]  # noqa: SLF001
    return figure.html.render(), calls
