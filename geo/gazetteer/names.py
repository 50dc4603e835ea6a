"""Names as they are written: folded, with variants and former ones."""

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from geo.gazetteer.entry import Entry


class MatchType(StrEnum):
    """How a spelling names its entry, from surest to least sure."""

    FULL = "full"
    ALIAS = "alias"
    FORMER = "former"
    VILLAGE = "village"
    SHORT = "short"


SURENESS = {match_type: rank for rank, match_type in enumerate(MatchType)}


class Spelling(NamedTuple):
    """One way to write one entry."""

    text: str
    entry: Entry
    match_type: MatchType


_SUFFIXES = {"city": ("市",), "county": ("区", "县", "市"), "town": ("街道", "镇", "乡")}
_SHORTEST_BARE = 2


def spellings(entry: Entry) -> Iterator[Spelling]:
    """Yield every spelling of an entry, the surest first."""
    yield Spelling(entry.name, entry, MatchType.FULL)
    for name in entry.aliases:
        yield Spelling(name, entry, MatchType.ALIAS)
    for name, _ in entry.former_names:
        yield Spelling(name, entry, MatchType.FORMER)
    for name in entry.villages:
        yield Spelling(name, entry, MatchType.VILLAGE)
    for name in (*entry.short_names, *_bare_names(entry)):
        yield Spelling(name, entry, MatchType.SHORT)


def _bare_names(entry: Entry) -> Iterator[str]:
    """Yield the name without its kind: 广汉 for 广汉市, 敖平 for 敖平镇."""
    for suffix in _SUFFIXES.get(entry.kind, ()):
        if entry.name.endswith(suffix) and len(entry.name) - len(suffix) >= _SHORTEST_BARE:
            yield entry.name.removesuffix(suffix)
            return


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
