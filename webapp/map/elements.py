"""Folium elements whose script is one call each into our own static scripts.

A stock folium page carries inline scripts and links to other hosts; under a strict Content-Security-Policy it stays
blank. Here every element writes one JSON object `{"call": name, "with": arguments}` instead; the page carries them in
a `<script type="application/json">`, and static/map/main.js makes the calls.
"""

import json
from collections.abc import Sequence
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

_CALL = """
{% macro script(this, kwargs) %}{{ this.call_json() }}{% endmacro %}
"""


class Call(MacroElement):
    """One call into static/map: its name and its arguments."""

    _template = Template(_CALL)

    def __init__(self, call: str, **arguments: Any) -> None:  # noqa: ANN401  whatever JSON can carry
        """Keep the call; `arguments` must be JSON."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = call
        self.call = call
        self.arguments = arguments

    def call_json(self) -> str:
        """Return the call as JSON."""
        return json.dumps({"call": self.call, "with": self.arguments}, ensure_ascii=False)


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

    def __init__(self, *, center: tuple[float, float], zoom: int, min_zoom: int, max_zoom: int, label: str) -> None:
        """Centre is (lon, lat) in degrees, WGS-84."""
        lon, lat = center
        super().__init__(location=(lat, lon), zoom_start=zoom, tiles=None)
        self._id = "atlas"
        self.label = label
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        self.arguments = {"center": [lat, lon], "zoom": zoom, "minZoom": min_zoom, "maxZoom": max_zoom}

    def call_json(self) -> str:
        """Return the call that creates the map."""
        return json.dumps({"call": "createMap", "with": self.arguments})


def compose(atlas: AtlasMap, elements: Sequence[Call]) -> tuple[str, list[dict[str, Any]]]:
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
