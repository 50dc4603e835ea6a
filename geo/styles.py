"""Colours for themes, and the styles of the base map, for map, legend and pictures; a layer states its own.

Which theme has which colour and mark is recorded in data/themes.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True)
class ThemeStyle:
    """Colour and letter of a theme; the letter stands where colour alone would have to tell."""

    color: str
    ink: str
    mark_zh: str
    mark_en: str


# Paul Tol's "muted" scheme: nine colours that stay apart under every common colour-vision deficiency.
PALETTE = ("#332288", "#88ccee", "#ddcc77", "#882255", "#44aa99", "#cc6677", "#117733", "#aa4499", "#999933")
_LIGHT_FROM = 0.4  # of white; the paler colours of the palette take dark letters, as its authors do


def ink_on(color: str) -> str:
    """Return the ink, black or white, that is read well on a colour, each as "#rrggbb"."""
    red, green, blue = (int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return "#17262b" if 0.299 * red + 0.587 * green + 0.114 * blue > _LIGHT_FROM else "#ffffff"


_WHITE, _BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
_STEPS = 64
GRAPHIC = 3.0  # WCAG 2.2, 1.4.11: what a graphic tells has this contrast to its ground at least
RING = {"light": "#ffffff", "dark": "#1c2629"}  # the ground on which the arcs of a cluster lie
_LINE_BY_NIGHT = 4.0  # thin lines want a little more


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, each as "#rrggbb": 1 to 21, as WCAG 2.2 defines it."""
    high, low = sorted((_luminance(_parts(one)), _luminance(_parts(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(color: str, ground: str, ratio: float = GRAPHIC) -> str:
    """Return a colour, as "#rrggbb", or the nearest to it on the way to black or white that has a contrast."""
    goal = _BLACK if _luminance(_parts(ground)) > _MIDDLE else _WHITE
    for step in range(_STEPS + 1):
        mixed = tuple(a + (b - a) * step / _STEPS for a, b in zip(_parts(color), goal, strict=True))
        found = "#" + "".join(f"{round(part * 255):02x}" for part in mixed)
        if contrast(found, ground) >= ratio:
            return found
    return found


def by_night(color: str) -> str:
    """Return the colour of a layer on dark land."""
    return readable(color, str(SCHEMES["dark"]["land"]["fillColor"]), _LINE_BY_NIGHT)


_DARKEST = 0.04045  # below it sRGB is a straight line
_MIDDLE = 0.18  # a luminance to which black and white have about the same contrast


def _parts(color: str) -> tuple[float, ...]:
    return tuple(int(color[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _luminance(parts: tuple[float, ...]) -> float:
    """Return the relative luminance, as WCAG 2.2 defines it."""
    red, green, blue = (part / 12.92 if part <= _DARKEST else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The land of a county by how many cases lie in it: from these counts on it has these shades; below the first, none.
SHADED_FROM = (1, 3, 6, 10)
SHADES: Mapping[str, tuple[str, ...]] = {
    "light": ("#f0eef5", "#e1dcea", "#cfc8dd", "#bab1cd"),
    "dark": ("#272c3c", "#33384f", "#414663", "#515777"),
}


class PathStyle(TypedDict, total=False):
    """How a part of the base map is drawn: path options of Leaflet."""

    stroke: bool
    color: str
    weight: float
    opacity: float
    dashArray: str
    fillColor: str
    fillOpacity: float
    radius: float


# How the base map is drawn by day and by night. What is schematic is dashed.
SCHEMES: Mapping[str, Mapping[str, PathStyle]] = {
    "light": {
        "land": {"stroke": False, "fillColor": "#fbfaf6", "fillOpacity": 1},
        "lake": {"color": "#7fb4d6", "weight": 1, "dashArray": "4 3", "fillColor": "#b9d9ec", "fillOpacity": 0.5},
        "county": {"color": "#c9cfd2", "weight": 0.8, "opacity": 1},
        "stream": {"color": "#b7d6e9", "weight": 1.2, "opacity": 1},
        "river": {"color": "#a9cfe6", "weight": 1.8, "opacity": 1},
        "city": {"color": "#7d8b93", "weight": 1.8, "opacity": 1},
        "seat": {"color": "#56646c", "weight": 1.5, "fillColor": "#ffffff", "fillOpacity": 1, "radius": 3},
    },
    "dark": {
        "land": {"stroke": False, "fillColor": "#1c2629", "fillOpacity": 1},
        "lake": {"color": "#2f6180", "weight": 1, "dashArray": "4 3", "fillColor": "#21465c", "fillOpacity": 0.5},
        "county": {"color": "#3a484d", "weight": 0.8, "opacity": 1},
        "stream": {"color": "#2a5269", "weight": 1.2, "opacity": 1},
        "river": {"color": "#2f6180", "weight": 1.8, "opacity": 1},
        "city": {"color": "#7f9098", "weight": 1.8, "opacity": 1},
        "seat": {"color": "#a9b7bd", "weight": 1.5, "fillColor": "#1c2629", "fillOpacity": 1, "radius": 3},
    },
}


# What an imported extract adds below it, from bottom to top; quiet, for what the map is about lies above.
TILE_SCHEMES: Mapping[str, Mapping[str, PathStyle]] = {
    "light": {
        "woods": {"fillColor": "#e4eedb"},
        "builtup": {"fillColor": "#efebe4"},
        "water": {"fillColor": "#c3dcec", "color": "#c3dcec", "weight": 1},
        "secondary": {"color": "#e3ded4", "weight": 0.9},
        "primary": {"color": "#dcd2bd", "weight": 1.3},
        "trunk": {"color": "#dbc99f", "weight": 1.7},
        "motorway": {"color": "#d8bb80", "weight": 2.1},
    },
    "dark": {
        "woods": {"fillColor": "#1f2e25"},
        "builtup": {"fillColor": "#232f33"},
        "water": {"fillColor": "#1d3b4e", "color": "#1d3b4e", "weight": 1},
        "secondary": {"color": "#37464b", "weight": 0.9},
        "primary": {"color": "#44545b", "weight": 1.3},
        "trunk": {"color": "#5a5845", "weight": 1.7},
        "motorway": {"color": "#6d603e", "weight": 2.1},
    },
}
