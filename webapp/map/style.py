"""The one style table: theme colours and marks, precision marks and layer styles, for map, legend and pages."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


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
    has_labels: bool = False


LAYER_STYLES: Mapping[str, LayerStyle] = {
    "city": LayerStyle("#3b4a54", weight=2.2, is_shown_first=True, has_labels=True),
    "county": LayerStyle("#93a1a8", weight=0.8, is_shown_first=True),
    "belt": LayerStyle("#b4540a", weight=1.6, fill_opacity=0.08, is_shown_first=True, has_labels=True),
    "corridor": LayerStyle("#8a3ffc", weight=1.6, fill_opacity=0.08),
    "axis": LayerStyle("#b4540a", weight=1.4),
    "border_line": LayerStyle("#c0392b", weight=2.6),
    "border_zone": LayerStyle("#c0392b", weight=1.4, fill_opacity=0.14),
    "transit_line": LayerStyle("#27364a", weight=2.4, is_shown_first=True),
    "transit_station": LayerStyle("#27364a", weight=1.2, fill_opacity=1.0),
    "expressway": LayerStyle("#a97c1f", weight=1.8),
    "airport": LayerStyle("#0b2533", weight=2, fill_opacity=1.0, is_shown_first=True),
    "eco_zone": LayerStyle("#2e7d32", weight=1.4, fill_opacity=0.16, is_shown_first=True),
    "river": LayerStyle("#2b7bba", weight=2.2, is_shown_first=True),
    "lake": LayerStyle("#2b7bba", weight=1.2, fill_opacity=0.18),
    "zone": LayerStyle("#6d4c41", weight=1.4, fill_opacity=0.1),
}


def layer_style(key: str) -> dict[str, Any]:
    """Return a layer's style as the map scripts read it."""
    return asdict(LAYER_STYLES[key])


def theme_styles() -> dict[str, dict[str, Any]]:
    """Return all theme styles as the map scripts read them."""
    return {theme: asdict(style) for theme, style in THEME_STYLES.items()}


def stylesheet() -> str:
    """Return the CSS classes of themes and layers."""
    themes = [
        f".theme-{theme} {{ --theme: {style.color}; --theme-ink: {style.ink}; }}"
        for theme, style in THEME_STYLES.items()
    ]
    layers = [f".layer-{key} {{ --layer: {style.color}; }}" for key, style in LAYER_STYLES.items()]
    return "\n".join([*themes, *layers, ""])
