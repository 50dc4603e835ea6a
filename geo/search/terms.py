"""What a text is found by: its characters, its words, its pinyin and its initials."""

import re
from functools import cache
from typing import NamedTuple

from geo.gazetteer.normalise import normalise

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_LONGEST_SOUND = 12  # syllables from one start that one may type without a space
# Local names that the tables read otherwise; a test holds the counties against their English names.
_LOCAL_READINGS = {
    "彭什": [["péng"], ["shí"]],
    "什邡": [["shí"], ["fāng"]],
    "新都": [["xīn"], ["dū"]],
    "郫都": [["pí"], ["dū"]],
    "丹棱": [["dān"], ["líng"]],
}


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
def syllables(text: str) -> tuple[str, ...]:
    """Return one pinyin syllable for each character of a Chinese stretch."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415  its tables, for searches only

    _load_local_readings()
    return tuple(lazy_pinyin(text, errors=_each_alone))  # type: ignore[arg-type]


@cache
def _load_local_readings() -> None:
    """Teach pypinyin the local names, once: it goes through all its phrases each time."""
    from pypinyin import load_phrases_dict  # noqa: PLC0415

    load_phrases_dict(_LOCAL_READINGS)


def _each_alone(unknown: str) -> list[str]:
    return list(unknown)


def sounds(text: str) -> str:
    """Return pinyin from every character on, joined, and the initials likewise: each is found by its beginning."""
    found: list[str] = []
    for run in runs(text):
        if run.is_han:
            spoken = syllables(run.text)
            for start in range(len(spoken)):
                part = spoken[start : start + _LONGEST_SOUND]
                found += ["".join(part), "".join(syllable[0] for syllable in part)]
    return " ".join(found)
