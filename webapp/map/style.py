"""The style table as a style sheet."""

from geo.styles import LAYER_STYLES, THEME_STYLES


def stylesheet() -> str:
    """Return the CSS classes of themes and layers."""
    themes = [
        f".theme-{theme} {{ --theme: {style.color}; --theme-ink: {style.ink}; }}"
        for theme, style in THEME_STYLES.items()
    ]
    layers = [f".layer-{key} {{ --layer: {style.color}; }}" for key, style in LAYER_STYLES.items()]
    return "\n".join([*themes, *layers, ""])
