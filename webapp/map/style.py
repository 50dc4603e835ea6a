"""The colours of themes as a style sheet."""

from collections.abc import Sequence

from geo.area import Theme


def theme_rules(themes: Sequence[Theme]) -> str:
    """Return the CSS classes of the themes of an area."""
    return "".join(f".theme-{theme.id}{{--theme:{theme.color};--theme-ink:{theme.ink}}}" for theme in themes)
