"""Which other names a recorded township or station also goes by, and which names need more evidence."""

from collections.abc import Sequence
from dataclasses import replace

from geo.feature import Feature
from geo.gazetteer.entry import Doubt, Entry
from geo.gazetteer.names import MatchType, spellings
from geo.gazetteer.normalise import normalise
from geo.gazetteer.records import Ambiguous
from geo.layers.boundaries import Township


def without_bare_station_names(kind: str, feature: Feature) -> tuple[str, ...]:
    """Leave out a station's bare names: 三岔, 德阳 and 天府 mean other things in a text; add those with its lines."""
    if kind != "station":
        return feature.aliases
    lines = feature.properties["lines"]
    on_lines = (f"{line}线{feature.name.zh}" for line in (lines if isinstance(lines, tuple) else ()))
    return (*(name for name in feature.aliases if name.endswith(("站", "航站楼"))), *on_lines)


def township_variants(township: Township) -> tuple[str, ...]:
    """Return the names under which a township is also known: 镇 and 乡 that became 街道, and back."""
    stem = _bare_name(township.name_zh)
    if stem == township.name_zh:
        return ()
    return tuple(
        f"{stem}{suffix}"
        for suffix in ("街道", "镇", "乡", "街道办事处", "街道办")
        if stem + suffix != township.name_zh
    )


def _bare_name(name: str) -> str:
    """Return a township's name without 街道, 镇 or 乡; the name itself where too little would be left."""
    for suffix in ("街道", "镇", "乡"):
        if name.endswith(suffix) and len(name) > len(suffix) + 1:
            return name.removesuffix(suffix)
    return name


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
    return replace(entry, doubts=tuple((name, doubt) for doubt, names in lists for name in names if name in short))


def _folded(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(normalise(name) for name in names if normalise(name) != name)
