"""How names of entries are spelled in normalised texts, and which of their short ones are other words as often."""

from collections.abc import Sequence
from dataclasses import replace

from geo.folding import normalise
from geo.gazetteer.entry import Ambiguous, Doubt, Entry, MatchType, spellings


def with_folded_names(entry: Entry) -> Entry:
    """Add the names as a normalised text shows them (濛阳 as 蒙阳), so that nothing is folded when texts are read."""
    return replace(
        entry,
        aliases=(*entry.aliases, *_folded((entry.name, *entry.aliases))),
        short_names=(*entry.short_names, *_folded(entry.short_names)),
        villages=(*entry.villages, *_folded(entry.villages)),
    )


def with_doubts(entry: Entry, ambiguous: Ambiguous) -> Entry:
    """Add which of its short names are other words as often."""
    short = {spelling.text for spelling in spellings(entry) if spelling.match_type is MatchType.SHORT}
    lists: tuple[tuple[Doubt, tuple[str, ...]], ...] = (
        ("risky", ambiguous.risky),
        ("alone", ambiguous.alone),
        ("common", ambiguous.common),
    )
    found = ((name, doubt) for doubt, names in lists for name in names if name in short)
    return replace(entry, doubts=(*entry.doubts, *found))


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in names if normalise(name) != name)
