"""Colours and marks of themes, and the styles of the base map, for map, legend and pictures; a layer states its own."""

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
THEME_STYLES: Mapping[str, ThemeStyle] = {
    "layout": ThemeStyle("#332288", "#ffffff", "布", "L"),
    "infrastructure": ThemeStyle("#88ccee", "#0b2533", "基", "I"),
    "innovation": ThemeStyle("#ddcc77", "#2f2a08", "创", "N"),
    "industry": ThemeStyle("#882255", "#ffffff", "产", "M"),
    "opening": ThemeStyle("#44aa99", "#04241f", "开", "O"),
    "services": ThemeStyle("#cc6677", "#2b0a10", "服", "S"),
    "ecology": ThemeStyle("#117733", "#ffffff", "生", "E"),
    "reform": ThemeStyle("#aa4499", "#ffffff", "改", "R"),
    "governance": ThemeStyle("#999933", "#1c1c03", "推", "G"),
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


# How the base map is drawn by day and by night. What is schematic is dashed.
SCHEMES: Mapping[str, Mapping[str, PathStyle]] = {
    "light": {
        "land": {"stroke": False, "fillColor": "#fbfaf6", "fillOpacity": 1},
        "lake": {"color": "#7fb4d6", "weight": 1, "dashArray": "4 3", "fillColor": "#b9d9ec", "fillOpacity": 0.5},
        "county": {"color": "#c9cfd2", "weight": 0.8, "opacity": 1},
        "river": {"color": "#a9cfe6", "weight": 1.8, "opacity": 1},
        "road": {"color": "#e2cf9c", "weight": 1.6, "opacity": 1, "dashArray": "8 2"},
        "rail": {"color": "#b9bfca", "weight": 1.2, "opacity": 1, "dashArray": "6 3"},
        "city": {"color": "#7d8b93", "weight": 1.8, "opacity": 1},
    },
    "dark": {
        "land": {"stroke": False, "fillColor": "#1c2629", "fillOpacity": 1},
        "lake": {"color": "#2f6180", "weight": 1, "dashArray": "4 3", "fillColor": "#21465c", "fillOpacity": 0.5},
        "county": {"color": "#3a484d", "weight": 0.8, "opacity": 1},
        "river": {"color": "#2f6180", "weight": 1.8, "opacity": 1},
        "road": {"color": "#54492b", "weight": 1.6, "opacity": 1, "dashArray": "8 2"},
        "rail": {"color": "#4c545f", "weight": 1.2, "opacity": 1, "dashArray": "6 3"},
        "city": {"color": "#7f9098", "weight": 1.8, "opacity": 1},
    },
}
