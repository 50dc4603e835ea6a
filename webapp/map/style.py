"""The style table as scripts and style sheets read it."""

from dataclasses import asdict
from typing import Any

from geo.styles import LAYER_STYLES, THEME_STYLES


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
