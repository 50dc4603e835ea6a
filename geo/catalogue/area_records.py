"""Read and check what a data folder says of its area: data/area.toml and data/themes.toml."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geo.area import Area, Theme, completed, with_styles
from geo.reading import parse, parse_all
from geo.record import is_iso_date
from geo.sources import Sources

_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_BOUNDARIES = "boundaries/SOURCE.toml"
_DAY = len("YYYY-MM-DD")


def read_area(sources: Sources, problems: list[str]) -> Area | None:
    """Return the area with everything said that its record leaves out; None after adding one sentence per problem.

    Without an attribution of its own, that of its boundaries holds.
    """
    area = parse(Area, sources.toml("area.toml"), where="data/area.toml", problems=problems)
    if area is None:
        return None
    problems += [f"data/area.toml: {problem}" for problem in _problems_of(area)]
    said = str(sources.toml(_BOUNDARIES).get("attribution", "")) if sources.has(_BOUNDARIES) else ""
    return completed(replace(area, attribution=area.attribution or said))


def read_themes(sources: Sources, problems: list[str]) -> tuple[Theme, ...]:
    """Return the themes, each with a colour and a letter; adds one sentence per problem."""
    where = "data/themes.toml"
    themes = parse_all(Theme, sources.toml("themes.toml").get("theme"), where=where, problems=problems)
    found = [f"{where}: {problem}" for problem in _theme_problems(themes)]
    problems += found
    return () if found else with_styles(themes)


def _problems_of(area: Area) -> Iterator[str]:
    if not _SLUG.fullmatch(area.id):
        yield f"id: arrived {area.id!r}; expected small letters, digits and hyphens, such as greater-changsha"
    if not area.name.zh.strip():
        yield "name.zh: is empty; write how the area is called"
    day = area.programme.announced
    if day is not None and not (is_iso_date(day) and len(day) == _DAY):
        yield f"programme.announced: arrived {day!r}; expected a day as YYYY-MM-DD"


def _theme_problems(themes: Sequence[Theme]) -> Iterator[str]:
    if not themes:
        yield "holds no theme; expected at least one [[theme]] with id and name"
    for name, values in (
        ("id", [theme.id for theme in themes]),
        ("mark.zh", [theme.mark.zh for theme in themes if theme.mark.zh]),
        ("mark.en", [theme.mark.en for theme in themes if theme.mark.en]),
    ):
        twice = [value for value, count in Counter(values).items() if count > 1]
        yield from (f"{name}: {value!r} stands several times; each theme has its own" for value in twice)
    for theme in themes:
        if not _SLUG.fullmatch(theme.id):
            yield f"{theme.id}: id: expected small letters, digits and hyphens, such as public-services"
        yield from (
            f"{theme.id}: {name}: arrived {color!r}; expected #rrggbb in small letters"
            for name, color in (("color", theme.color), ("ink", theme.ink))
            if color and not _COLOR.fullmatch(color)
        )
        if theme.official_count is not None and theme.official_count < 0:
            yield f"{theme.id}: official_count: arrived {theme.official_count}; expected 0 or more"
