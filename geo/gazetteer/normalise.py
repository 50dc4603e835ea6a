"""Make a text comparable without moving its characters: a span in the result is the span in the original."""

import unicodedata
from functools import cache


def normalise(text: str) -> str:
    """Fold full-width letters and digits to ASCII and traditional characters to simplified ones, one by one."""
    if text.isascii():
        return text
    try:
        text.encode("gb2312")  # the simplified set: nothing in it is traditional or full-width but 3 rows of signs
    except UnicodeEncodeError:
        return "".join(map(_folded, text))
    return text


@cache
def _folded(character: str) -> str:
    if character < "\u2e80":
        return character
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # a lone surrogate is no character; the search takes none
    folded = unicodedata.normalize("NFKC", character)
    return _simplified(folded) if len(folded) == 1 else character


def _simplified(character: str) -> str:
    converted = _converter().convert(character)
    return str(converted) if len(converted) == 1 else character


@cache
def _converter():  # type: ignore[no-untyped-def]  # noqa: ANN202  a library without types
    from opencc import OpenCC  # noqa: PLC0415  a tenth of a second, for traditional texts only

    return OpenCC("t2s")
