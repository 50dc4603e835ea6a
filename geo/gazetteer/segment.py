"""Where words of a text begin and end: 推广汉语 is 推广 and 汉语, so 广汉 is not in it.

A name is a word of its own, unless the likeliest words that make up the text around it cut through it.
"""

from functools import lru_cache

from geo.gazetteer.lexicon import LONGEST, load_words

_AROUND = 4  # characters on both sides of a name that are looked at
_AS_OFTEN = 18  # a name weighs at least as a word that is used a hundred times
_UNKNOWN = -3  # and a character that no word list has, as one of half a time
_NEVER = 1_000_000


def cut_by_words(text: str, start: int, end: int, known: tuple[bool, bool] = (False, False)) -> int:
    """Return by how much words that cut through a name, or hold it, are likelier than the name as a word.

    Args:
        text: A text, normalised.
        start: First character of the name.
        end: The one after its last.
        known: Whether its begin and its end are known, because another name stands there: no word is looked for.

    Returns:
        Quarters of a natural logarithm of the ratio of both probabilities; 0 where no word cuts through the name.
    """
    left = start if known[0] or not _is_bridged_at(text, start, 0) else _first_around(text, start)
    right = end if known[1] or not _is_bridged_at(text, end, start) else _last_around(text, end)
    return 0 if left == start and right == end else _cut(text[left:right], start - left, end - left)


@lru_cache(maxsize=50_000)
def _cut(around: str, start: int, end: int) -> int:
    words = load_words()
    own = words.total - max(words.get(around[start:end], 0), _AS_OFTEN)
    return max(_cost(around[:start]) + own + _cost(around[end:]) - _cost(around, start, end), 0)


def _is_bridged_at(text: str, border: int, least: int) -> bool:
    """Tell whether any word reaches over a border of a name, begun at the character `least` or later."""
    if border >= len(text) or not is_han(text[border]):
        return False
    first = max(border - LONGEST + 1, least)
    return border > first and _is_bridged(text[first : border + LONGEST - 1], border - first)


@lru_cache(maxsize=50_000)
def _is_bridged(around: str, border: int) -> bool:
    beginning = load_words().beginning
    for first in range(border):
        group = beginning[around[first]]
        if group and any(around[first:stop] in group for stop in range(border + 1, first + LONGEST + 1)):
            return True
    return False


def _cost(text: str, name_start: int = -1, name_end: int = -1) -> int:
    """Return what the likeliest words that make up a text cost, in quarters of a natural logarithm.

    A place that is called after the name, from its start, is not taken: 北京医院 holds 北京 as it should.
    """
    words, length = load_words(), len(text)
    total, beginning = words.total, words.beginning
    least = [0] + [_NEVER] * length
    for begin in range(length):
        reached, group = least[begin] + total, beginning[text[begin]]
        weight = group.get(text[begin], _UNKNOWN)
        least[begin + 1] = min(least[begin + 1], reached - weight)
        for stop in range(begin + 2, min(length, begin + LONGEST) + 1):
            word = text[begin:stop]
            if word not in group or reached - group[word] >= least[stop]:
                continue
            if begin != name_start or stop <= name_end or not words.is_place(word):
                least[stop] = reached - group[word]
    return least[length]


def _first_around(text: str, start: int) -> int:
    first = start
    while first > 0 and start - first < _AROUND and is_han(text[first - 1]):
        first -= 1
    return first


def _last_around(text: str, end: int) -> int:
    last = end
    while last < len(text) and last - end < _AROUND and is_han(text[last]):
        last += 1
    return last


def is_han(character: str) -> bool:
    """Tell whether a text is one Chinese character."""
    return "\u4e00" <= character <= "\u9fff"
