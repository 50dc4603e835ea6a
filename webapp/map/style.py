"""The colours of themes as a style sheet."""

from geo.styles import THEME_STYLES


def stylesheet() -> str:
    """Return the CSS classes of themes."""
    return "".join(
        f".theme-{theme} {{ --theme: {style.color}; --theme-ink: {style.ink}; }}\n"
        for theme, style in THEME_STYLES.items()
    )
