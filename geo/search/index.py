"""Full-text search in Chinese, pinyin and English, ranked; SQLite's FTS5 in memory does the work."""

import sqlite3
from collections.abc import Iterable
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.search.terms import Run, runs, sounds, spaced, words

# The weights are those of title, names, body and sounds.
_RANKED = "SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 10.0, 6.0, 1.0, 4.0), rowid"


class Document(NamedTuple):
    """What one thing is found by: its title, the names in it, and everything else that is written of it."""

    title: str
    names: str
    body: str


class SearchIndex:
    """Built once; safe to use from several threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Index documents; they are numbered in their order."""
        self._lock = Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE found USING fts5(title, names, body, sounds, tokenize='unicode61', detail=full)"
        )
        self._database.executemany(
            "INSERT INTO found(rowid, title, names, body, sounds) VALUES (?, ?, ?, ?, ?)",
            (
                (number, spaced(d.title), spaced(d.names), spaced(d.body), sounds(f"{d.title} {d.names}"))
                for number, d in enumerate(documents)
            ),
        )

    def search(self, text: str) -> NDArray[np.int64]:
        """Return the numbers of the documents that have everything a text asks for, in no order."""
        return self._numbers("SELECT rowid FROM found WHERE found MATCH ?", text)

    def ranked(self, text: str) -> NDArray[np.int64]:
        """Return the same numbers, the best first."""
        return self._numbers(_RANKED, text)

    def _numbers(self, statement: str, text: str) -> NDArray[np.int64]:
        expression = _expression(text)
        if not expression:
            return np.array([], dtype=np.int64)
        with self._lock:
            rows = self._database.execute(statement, (expression,)).fetchall()
        return np.array([row[0] for row in rows], dtype=np.int64)


def _expression(text: str) -> str:
    """Return what FTS5 is asked: every stretch of the text must be found."""
    return " AND ".join(_asked_of(run) for run in runs(text))


def _asked_of(run: Run) -> str:
    if not run.is_han:
        return f'"{run.text}" *'
    whole = _phrase(run.text)
    parts = words(run.text)
    if len(parts) < 2:  # noqa: PLR2004  one word is the whole
        return whole
    return f"({whole} OR ({' AND '.join(_phrase(part) for part in parts)}))"


def _phrase(text: str) -> str:
    return f'"{" ".join(text)}"'
