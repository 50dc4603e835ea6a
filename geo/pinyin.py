"""How Chinese is read: a syllable of pinyin for each character, those of local names as records say."""

import re
from functools import cache

Readings = tuple[tuple[str, tuple[str, ...]], ...]  # local names that dictionaries read otherwise, and their syllables


@cache
def syllables(text: str, readings: Readings = ()) -> tuple[str, ...]:
    """Return one pinyin syllable for each character of a Chinese stretch."""
    local = dict(readings)
    return tuple(syllable for part in _divided(text, tuple(local)) for syllable in local.get(part) or _spoken(part))


def _divided(text: str, names: tuple[str, ...]) -> list[str]:
    """Split a stretch at the names, which stay whole."""
    if not names:
        return [text]
    return [part for part in re.split(f"({'|'.join(map(re.escape, names))})", text) if part]


def _spoken(text: str) -> list[str]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables, for searches and the build only

    return lazy_pinyin(text, errors=_each_alone)  # type: ignore[arg-type]


def _each_alone(unknown: str) -> list[str]:
    return list(unknown)
