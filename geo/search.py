"""Full text search over the cases in Chinese, pinyin, initials and English: which a text finds, and where in them."""

import re
import sqlite3
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.folding import normalise
from geo.pinyin import Readings, syllables

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUNS = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")
_IS_HAN = re.compile(rf"[{_HAN}]")
_LONGEST_SOUND = 12  # syllables from one start that one may type without a space


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


Span = tuple[int, int]


def highlights(text: str, searched: str, readings: Readings = ()) -> list[Span]:
    """Return spans (start, end) of a text that a search asks for, in order and apart from each other."""
    found: list[Span] = []
    for asked in runs(searched):
        terms = {asked.text, *words(asked.text)} if asked.is_han else {asked.text}
        for run in runs(text):
            if run.is_han == asked.is_han:
                spans = [span for term in terms for span in _occurrences(run.text, term, whole=not run.is_han)]
            else:
                spans = _spoken_in(run.text, asked.text, readings) if run.is_han else []
            found += [(run.start + start, run.start + end) for start, end in spans]
    return _merged(found)


def _occurrences(text: str, term: str, *, whole: bool) -> list[Span]:
    """Return where a term stands in a stretch; in letters, only at its beginning."""
    if whole:
        return [(0, len(term))] if text.startswith(term) else []
    starts = [start for start in range(len(text)) if text.startswith(term, start)]
    return [(start, start + len(term)) for start in starts]


def _spoken_in(text: str, typed: str, readings: Readings) -> list[Span]:
    """Return the characters whose pinyin, or whose initials, begin with what was typed."""
    spoken = syllables(text, readings)
    return [
        span
        for parts in (spoken, tuple(syllable[0] for syllable in spoken))
        for start in range(len(parts))
        if (span := _spelled(parts, start, typed)) is not None
    ]


def _spelled(parts: tuple[str, ...], start: int, typed: str) -> Span | None:
    joined = ""
    for end in range(start, len(parts)):
        joined += parts[end]
        if joined.startswith(typed):
            return start, end + 1
        if not typed.startswith(joined):
            return None
    return None


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


# The weights are those of title, names, body and sounds.
_MATCHING = "SELECT group_concat(rowid) FROM found WHERE found MATCH ?"  # one row: quicker than very many
_RANKED = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 10.0, 6.0, 1.0, 4.0), rowid"
_MANY = 2000  # documents; ranking more takes longer than anyone reads
_SHORTEST_LOOSE = 3
_SHORTEST_PLURAL = 4
_SLACK = 2  # other characters between those asked for

Numbers = NDArray[np.int64]


class Document(NamedTuple):
    """What one thing is found by: its title, the names in it, and everything else that is written of it."""

    title: str
    names: str
    body: str


class SearchIndex:
    """Built once; safe to use from several threads."""

    def __init__(self, documents: Iterable[Document], readings: Readings = ()) -> None:
        """Index documents; they are numbered in their order. `readings` are local names with their syllables."""
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE found USING fts5(title, names, body, sounds, tokenize='unicode61', detail=full)"
        )
        self._database.executemany(
            "INSERT INTO found(rowid, title, names, body, sounds) VALUES (?, ?, ?, ?, ?)",
            (
                (number, spaced(d.title), spaced(d.names), spaced(d.body), sounds(f"{d.title} {d.names}", readings))
                for number, d in enumerate(documents)
            ),
        )

    def search(self, text: str) -> Numbers:
        """Return the numbers of the documents that have everything a text asks for, in no order."""
        return self._matching(_expression(text))

    def ranked(self, text: str) -> Numbers:
        """Return the same numbers, the best first; of very many, those with it in the title first."""
        expression = _expression(text)
        found = self._matching(expression)
        if len(found) > _MANY:
            in_title = self._matching(f"title : ({expression})")
            return np.concatenate([in_title, np.setdiff1d(found, in_title, assume_unique=True)])
        with self._lock:
            rows = self._database.execute(_RANKED, (expression,)).fetchall() if len(found) else []
        return np.array([row[0] for row in rows], dtype=np.int64)

    def _matching(self, expression: str) -> Numbers:
        if not expression:
            return np.array([], dtype=np.int64)
        with self._lock:
            (joined,) = self._database.execute(_MATCHING, (expression,)).fetchone()
        return np.fromstring(joined or "", dtype=np.int64, sep=",")


def _expression(text: str) -> str:
    """Return what FTS5 is asked: every stretch of the text must be found."""
    return " AND ".join(_asked_of(run) for run in runs(text))


def _asked_of(run: Run) -> str:
    if not run.is_han:
        singular = run.text.removesuffix("s") if len(run.text) > _SHORTEST_PLURAL else run.text
        return f'"{singular}" *' if len(singular) > 1 else f'"{singular}"'
    whole = _phrase(run.text)
    if len(run.text) < _SHORTEST_LOOSE:
        return whole
    loose = f"NEAR({' '.join(map(_phrase, run.text))}, {_SLACK})"  # 一卡通 finds 一卡（码）通
    parts = " AND ".join(_phrase(part) for part in words(run.text))
    return f"({whole} OR ({parts}) OR {loose})"


def _phrase(text: str) -> str:
    return f'"{" ".join(text)}"'
