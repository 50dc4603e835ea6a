"""The style table as a style sheet."""

from geo.styles import THEME_STYLES


def stylesheet() -> str:
    """Return the CSS classes of themes."""
    themes = [
        f".theme-{theme} {{ --theme: {style.color}; --theme-ink: {style.ink}; }}"
        for theme, style in THEME_STYLES.items()
    ]
    return "\n".join([*themes, ""])
