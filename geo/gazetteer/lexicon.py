"""How often words stand in Chinese texts, to weigh where one word ends and the next begins.

Words are grouped by their first character: a text reads a few groups of the eight thousand, each when it is first met.
scripts/make_lexicon.py writes the file, geo/national/SOURCE.toml says out of what.
"""

import gzip
import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby

from geo.files import NATIONAL

FILE = NATIONAL / "words.txt.gz"
LONGEST = 4  # characters
_STEPS = 4  # of a natural logarithm
_FIRST_SIGN = ord("(")
_PLACE = "!"  # before the sign of a name of a place
_REST = re.compile(r"([^!-~]*)(!?)([(-~])")  # the rest of a word, whether it is a place, and its sign
_NONE: Mapping[str, int] = {}


class _Groups(dict[str, Mapping[str, int]]):
    """The words by their first character, each group read when it is first asked for."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__()
        self.lines = {line[0]: line for line in lines}
        self.places: set[str] = set()

    def __missing__(self, character: str) -> Mapping[str, int]:
        line = self.lines.get(character)
        if line is None:
            return _NONE
        found = [(character + rest, is_place, sign) for rest, is_place, sign in _REST.findall(line, 1)]
        self.places.update(word for word, is_place, _ in found if is_place)
        group = self[character] = {word: ord(sign) - _FIRST_SIGN for word, _, sign in found}
        return group


class Words(Mapping[str, int]):
    """Words of 1 to 4 characters, folded as `geo.folding.normalise` does, and their weights.

    A weight is four times the natural logarithm of how often the word stands in the texts that were counted; `total`
    that of all words. So a word costs `total - weight`, and one that is not known, as seen once, `total`.
    `beginning[character]` are the words that begin with it: the quick way of somebody who goes through a text.
    """

    def __init__(self, total: int, lines: Iterable[str]) -> None:
        """Take the lines of the file below the first one."""
        self.total = total
        self.beginning = _Groups(lines)

    def is_place(self, word: str) -> bool:
        """Tell whether a word is the name of a place, or of what is called after one."""
        return word in self.beginning[word[:1]] and word in self.beginning.places

    def __getitem__(self, word: str) -> int:
        """Return the weight of a word."""
        return self.beginning[word[:1]][word]

    def __iter__(self) -> Iterator[str]:
        """Go through the words by first character."""
        return (word for character in self.beginning.lines for word in self.beginning[character])

    def __len__(self) -> int:
        """Count the words."""
        return sum(len(self.beginning[character]) for character in self.beginning.lines)


@cache
def load_words() -> Words:
    """Read the words that came with the package, once."""
    total, *lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    return Words(int(total), lines)


def word_file(counts: Mapping[str, int], places: Collection[str] = ()) -> bytes:
    """Return the file that `load_words` reads, the same for the same words.

    Args:
        counts: How often each word stands, at least once; words of more than LONGEST characters only count in all.
        places: Those of them that are names of places.
    """
    kept = sorted(word for word in counts if len(word) <= LONGEST)
    lines = (
        first
        + "".join(word[1:] + _PLACE * (word in places) + chr(_FIRST_SIGN + _weight(counts[word])) for word in words)
        for first, words in groupby(kept, key=lambda word: word[0])
    )
    return gzip.compress("\n".join((str(_weight(sum(counts.values()))), *lines)).encode(), mtime=0)


def _weight(count: int) -> int:
    return round(_STEPS * math.log(count))
