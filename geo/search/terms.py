"""What a text is found by: its characters, its words, its pinyin and its initials."""

import re
from functools import cache
from typing import NamedTuple

from geo.gazetteer.normalise import normalise

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_LONGEST_SOUND = 12  # syllables from one start that one may type without a space
Readings = tuple[tuple[str, tuple[str, ...]], ...]  # local names that dictionaries read otherwise, and their syllables


class Run(NamedTuple):
    """A stretch of Chinese characters, or of letters and digits, in lower case; `start` counts characters."""

    text: str
    start: int

    @property
    def is_han(self) -> bool:
        """Tell whether it is Chinese."""
        return _IS_HAN.match(self.text) is not None


def runs(text: str) -> list[Run]:
    """Split a text into stretches; traditional characters come out simplified."""
    folded = "".join(low if len(low := c.lower()) == 1 else c for c in normalise(text))
    return [Run(match.group(), match.start()) for match in _RUNS.finditer(folded)]


def spaced(text: str) -> str:
    """Return a text with every Chinese character a word of its own, so that any part of it is a phrase."""
    return " ".join(" ".join(run.text) if run.is_han else run.text for run in runs(text))


def words(text: str) -> list[str]:
    """Return the Chinese words of a stretch."""
    import rjieba  # noqa: PLC0415  its dictionary, for searches only

    return [word for word in rjieba.cut(text) if word.strip()]


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
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables, for searches only

    return lazy_pinyin(text, errors=_each_alone)  # type: ignore[arg-type]


def _each_alone(unknown: str) -> list[str]:
    return list(unknown)


def sounds(text: str, readings: Readings = ()) -> str:
    """Return pinyin from every character on, joined, and the initials likewise: each is found by its beginning."""
    found: list[str] = []
    for run in runs(text):
        if run.is_han:
            spoken = syllables(run.text, readings)
            for start in range(len(spoken)):
                part = spoken[start : start + _LONGEST_SOUND]
                found += ["".join(part), "".join(syllable[0] for syllable in part)]
    return " ".join(found)
