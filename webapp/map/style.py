"""The style table as a style sheet."""

from collections.abc import Sequence

from geo.area import Theme
from geo.styles import LAYER_STYLES


def stylesheet() -> str:
    """Return the CSS classes of layers."""
    return "\n".join([*(f".layer-{key} {{ --layer: {style.color}; }}" for key, style in LAYER_STYLES.items()), ""])


def theme_rules(themes: Sequence[Theme]) -> str:
    """Return the CSS classes of the themes of an area."""
    return "".join(f".theme-{theme.id}{{--theme:{theme.color};--theme-ink:{theme.ink}}}" for theme in themes)
