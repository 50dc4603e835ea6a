"""The one style table, for map, legend and pictures: colours and marks of themes, styles of layers and base map."""

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


@dataclass(frozen=True)
class LayerStyle:
    """How a layer is drawn; schematic features are dashed whatever stands here."""

    color: str
    weight: float = 2
    fill_opacity: float = 0.0
    dash: str = ""
    is_shown_first: bool = False
    label_from: float = 0  # the zoom from which names are drawn; 0 draws none


LAYER_STYLES: Mapping[str, LayerStyle] = {
    "city": LayerStyle("#3b4a54", weight=2.2, fill_opacity=0.01),
    "county": LayerStyle("#7b8a92", weight=1.2, fill_opacity=0.01),
    "belt": LayerStyle("#b4540a", weight=1.6, fill_opacity=0.08, is_shown_first=True, label_from=8.25),
    "corridor": LayerStyle("#8a3ffc", weight=1.6, fill_opacity=0.08, label_from=9),
    "axis": LayerStyle("#b4540a", weight=1.4),
    "border_line": LayerStyle("#c0392b", weight=2.6),
    "border_zone": LayerStyle("#c0392b", weight=1.4, fill_opacity=0.14, label_from=10),
    "transit_line": LayerStyle("#4a5fc1", weight=2.4, is_shown_first=True, label_from=10),
    "transit_station": LayerStyle("#4a5fc1", weight=1.2, fill_opacity=1.0, label_from=12),
    "expressway": LayerStyle("#a97c1f", weight=1.8, label_from=10),
    "airport": LayerStyle("#0b2533", weight=2, fill_opacity=1.0, is_shown_first=True, label_from=10),
    "eco_zone": LayerStyle("#2e7d32", weight=1.4, fill_opacity=0.16, is_shown_first=True, label_from=9),
    "river": LayerStyle("#2b7bba", weight=2.2, label_from=9),
    "lake": LayerStyle("#2b7bba", weight=1.2, fill_opacity=0.18, label_from=10),
    "zone": LayerStyle("#6d4c41", weight=1.4, fill_opacity=0.1, label_from=10),
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
