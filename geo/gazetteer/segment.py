"""Where words of a text begin and end, by how often words are used: 推广汉语 is 推广 and 汉语, 广汉 is not in it.

A name is a word of its own, unless the likeliest division of the text around it into words cuts through it.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache

_LONGEST = 4  # characters of a word
_AROUND = 4  # characters on both sides of a name that are looked at
_AS_OFTEN = 100  # a name counts at least as a word that is used this often
_UNKNOWN = 0.5  # and a character that no word list has
_NEVER = -1e9


class Lexicon:
    """How often words are used; immutable, thread-safe to read."""

    def __init__(self, frequencies: Mapping[str, int], places: Collection[str]) -> None:
        """Take how often each word is used, and which of the words are names of places."""
        total = math.log(sum(frequencies.values()) or 1)
        self._log = {word: math.log(max(count, 1)) - total for word, count in frequencies.items()}
        self._places = places
        self._unknown = math.log(_UNKNOWN) - total
        self._name = math.log(_AS_OFTEN) - total

    def cut_by_words(self, text: str, start: int, end: int) -> float:
        """Return by how much words that cut through a name, or hold it, are likelier than the name as a word.

        Args:
            text: A text, normalised.
            start: First character of the name.
            end: The one after its last.

        Returns:
            A difference of natural logarithms of probabilities; 0 where no word cuts through the name.
        """
        if not self._is_touched(text, start, end):
            return 0.0
        left, right = _han_before(text, start), _han_after(text, end)
        free = self._likeliest(text[left:right], start - left, end - left)
        own = max(self._log.get(text[start:end], _NEVER), self._name)
        alone = self._likeliest(text[left:start]) + own + self._likeliest(text[end:right])
        return max(free - alone, 0.0)

    def _is_touched(self, text: str, start: int, end: int) -> bool:
        """Tell whether any word reaches over the begin or the end of a name."""
        words = self._log
        for before in range(1, min(_LONGEST, start + 1)):
            for inside in range(1, _LONGEST + 1 - before):
                if text[start - before : start + inside] in words:
                    return True
        for after in range(1, _LONGEST):
            for inside in range(1, min(_LONGEST + 1 - after, end + 1)):
                if end + after <= len(text) and text[end - inside : end + after] in words:
                    return True
        return False

    def _likeliest(self, text: str, name_start: int = -1, name_end: int = -1) -> float:
        """Return the logarithm of the probability of the likeliest words that make up a text.

        A place that is called after the name, from its start, is not taken: 北京医院 holds 北京 as it should.
        """
        words, unknown, length = self._log, self._unknown, len(text)
        best = [0.0] + [_NEVER] * length
        for begin in range(length):
            reached = best[begin]
            for stop in range(begin + 1, min(length, begin + _LONGEST) + 1):
                word = text[begin:stop]
                if begin == name_start and stop > name_end and word in self._places:
                    continue
                likely = words.get(word, unknown if stop == begin + 1 else _NEVER)
                if reached + likely > best[stop]:
                    best[stop] = reached + likely
        return best[length]


def _han_before(text: str, start: int) -> int:
    left = start
    while left > 0 and start - left < _AROUND and _is_han(text[left - 1]):
        left -= 1
    return left


def _han_after(text: str, end: int) -> int:
    right = end
    while right < len(text) and right - end < _AROUND and _is_han(text[right]):
        right += 1
    return right


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


@cache
def open_lexicon() -> Lexicon:
    """Return the lexicon of the product."""
    frequencies, places = {}, set()
    for line in open("/tmp/s5/corpus/dict.txt", encoding="utf-8"):
        word, count, tag = line.split()
        if len(word) <= _LONGEST:
            frequencies[word] = int(count)
            if tag in {"ns", "nt"}:
                places.add(word)
    return Lexicon(frequencies, places)
