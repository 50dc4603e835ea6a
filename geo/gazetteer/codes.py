"""Numbers of roads as names: a road is found by its number, and by a former one that no other road bears today.

A number that is only recalled finds nothing: most of these are those of a national route, of which the road is a part.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from geo.case import Rating
from geo.dated import About, Fact, former_values, holding
from geo.feature import Feature, Layer
from geo.gazetteer.entry import Entry
from geo.layers.table import layers_with

_ROAD = "road"


def live_codes(layers: Mapping[str, Layer]) -> dict[str, str]:
    """Return the name of the road that bears a number today, by the number, recalled ones too."""
    roads = layers_with(lambda spec: spec.geocoded is not None and spec.geocoded.kind == _ROAD)
    held = ((road.name.zh, _live(road)) for layer in roads for road in layers.get(layer, ()))
    return {str(fact.value): name for name, fact in held if fact is not None}


def codes_of(kind: str, feature: Feature) -> tuple[str, ...]:
    """Return the number of a road, where a source names it."""
    fact = _live(feature) if kind == _ROAD else None
    return (str(fact.value),) if fact is not None and fact.rating is not Rating.RECALLED else ()


def former_codes(kind: str, feature: Feature, live: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the former numbers of a road with the date until which each held, but for those of another road today."""
    former = former_values(feature.facts, About.CODE) if kind == _ROAD else ()
    return tuple((code, until) for code, until in former if code not in live)


def borrowed_codes(entries: Sequence[Entry], live: Mapping[str, str]) -> Iterator[str]:
    """Tell of names that are the number of another road."""
    for entry in entries:
        names = (entry.name, *entry.aliases, *entry.short_names, *(name for name, _ in entry.former_names))
        yield from (
            f"data: {entry.name}: the name {name!r} is the number of {live[name]} today; take it away"
            for name in names
            if live.get(name, entry.name) != entry.name
        )


def _live(feature: Feature) -> Fact | None:
    return holding(feature.facts, date.max).get(About.CODE)
