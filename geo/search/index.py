"""Full-text search in Chinese, pinyin and English, ranked; SQLite's FTS5 in memory does the work."""

import sqlite3
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.search.terms import Readings, Run, runs, sounds, spaced, words

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
