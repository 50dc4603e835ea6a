"""The words of a text in Latin letters, and how each is joined to the one before."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from geo.gazetteer.latin_names import WORD, letters_of

_LATIN = "[A-Za-zÀ-ɏ]"  # pinyin may have its tones
_HAS_LATIN = re.compile(f"{_LATIN}{_LATIN}{{2}}")
_UNBROKEN = re.compile("[!-~][!-~]{3,}")  # signs of ASCII; one class first is found faster
_WEB = re.compile(
    r"[A-Za-z]{2,10}://.*|^[\w.+-]{1,64}@.*|^(?:[A-Za-z0-9-]{1,63}\.){1,6}(?:com|cn|org|net|gov)\b.*", re.ASCII
)
_FOLLOWS = re.compile(r"[ \-–—'’&/]{0,3}|\. ?")  # between the words of a name
_BESIDE = re.compile(r"[\s,，、()（）|·&/\-–—'’.]{0,4}")  # between the names of an address
_AROUND = 60  # characters beside Latin letters in which a name may go on
_LONGEST_SHORTENED = 4  # letters of a word with a full stop that ends no sentence: No., Rd., Mt.


class Word(NamedTuple):
    """A word of a text; `follows` tells whether a name may go on with it, `is_beside` whether an address may."""

    start: int
    end: int
    letters: str
    is_capital: bool
    follows: bool
    is_beside: bool


def read_words(text: str) -> list[Word]:
    """Return the words of a text but those of addresses of the web; none where it has hardly a Latin letter."""
    if _HAS_LATIN.search(text) is None:
        return []
    is_shouted = text.upper() == text
    text = _UNBROKEN.sub(_without_web, text)
    words: list[Word] = []
    for match in chain.from_iterable(WORD.finditer(text, *stretch) for stretch in _stretches(text)):
        gap = text[words[-1].end : match.start()] if words else "\n\n\n\n\n"
        is_new_sentence = "." in gap and len(words[-1].letters) > _LONGEST_SHORTENED
        words.append(
            Word(
                *match.span(),
                letters=letters_of(match.group()),
                is_capital=match.group()[0].isupper() and not is_shouted,
                follows=not is_new_sentence and _FOLLOWS.fullmatch(gap) is not None,
                is_beside=not is_new_sentence and _BESIDE.fullmatch(gap) is not None,
            )
        )
    return words


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of a text around Latin letters; numbers far from them are no part of a name."""
    start = end = 0
    for match in _HAS_LATIN.finditer(text):
        if match.start() - _AROUND > end:
            yield start, end
            start = match.start() - _AROUND
        end = match.end() + _AROUND
    yield start, end


def _without_web(unbroken: re.Match[str]) -> str:
    """Return signs with new lines in place of an address of the web."""
    return _WEB.sub(lambda match: "\n" * len(match.group()), unbroken.group())
