"""Under which spellings an entry may stand in a text, and how sure each makes us."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from geo.gazetteer.entry import Entry


class MatchType(StrEnum):
    """How a spelling names its entry."""

    FULL = "full"
    ALIAS = "alias"
    FORMER = "former"
    SHORT = "short"


@dataclass(frozen=True)
class Spelling:
    """One way to write one entry."""

    text: str
    entry: Entry
    match_type: MatchType


_COUNTY_SUFFIXES = ("区", "县", "市")
_TOWN_SUFFIXES = ("街道", "镇", "乡")
_SHORTEST_BARE = 2
_LONGER_THAN_BARE = 3


def spellings(entry: Entry) -> Iterator[Spelling]:
    """Yield every spelling of an entry, the surest first."""
    yield Spelling(entry.name, entry, MatchType.FULL)
    for name in entry.aliases:
        yield Spelling(name, entry, MatchType.ALIAS)
    for name in entry.former_names:
        yield Spelling(name, entry, MatchType.FORMER)
    for name in (*entry.short_names, *_bare_names(entry)):
        yield Spelling(name, entry, MatchType.SHORT)


def _bare_names(entry: Entry) -> Iterator[str]:
    """Yield the name without its kind: 广汉 for 广汉市, 敖平 for 敖平镇."""
    suffixes = {"city": ("市",), "county": _COUNTY_SUFFIXES, "town": _TOWN_SUFFIXES}.get(entry.kind, ())
    for suffix in suffixes:
        if entry.name.endswith(suffix) and len(entry.name) - len(suffix) >= _SHORTEST_BARE:
            yield entry.name.removesuffix(suffix)
            return
