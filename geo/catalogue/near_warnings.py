"""What a reader must know of the distances under a query, one sentence each: map, list, API and command tell the same.

A rule is a function in RULES: it gets what a condition of place names, and says a sentence or nothing.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from geo.catalogue.case_index import keys_of
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.not_open import not_open
from geo.feature import Feature
from geo.fields import FIELDS, PLACE_CONDITIONS, Rule
from geo.layers.drawn_lines import drawn_short
from geo.layers.table import layer_spec
from geo.query import CaseQuery
from geo.text import LocalText, word


class Asked(NamedTuple):
    """A feature that a condition of place names; `within_km` is None where no distance was asked for."""

    layer: str
    feature: Feature
    within_km: float | None


def near_warnings(catalogue: Catalogue, query: CaseQuery, day: date | None = None) -> tuple[LocalText, ...]:
    """Return what must be known on a day of the distances to what a query names; nothing without any.

    Without a day, as of today.
    """
    asked = list(_asked(catalogue, query))
    told = [sentence for one in asked for rule in RULES if (sentence := rule(one))]
    return tuple(dict.fromkeys((*not_open(catalogue, query, day), *_off(asked), *told)))


def _asked(catalogue: Catalogue, query: CaseQuery) -> Iterator[Asked]:
    for name in PLACE_CONDITIONS:
        within_km = (query.within_km or 0.0) if FIELDS[name].match is Rule.NEAR else None
        for layer, feature_id in (key for value in query.values(name) for key in keys_of(name, value)):
            if catalogue.has(f"{layer}:{feature_id}"):
                yield Asked(layer, catalogue.layer(layer).feature(feature_id), within_km)


def _off(asked: list[Asked]) -> Iterator[LocalText]:
    if asked:
        km = f"{max(one.feature.precision_m for one in asked) / 1000:.1f}"
        yield word("Distances are measured to what is drawn, which may be up to {km} km from the real one.", km=km)


def _below_precision(asked: Asked) -> LocalText | None:
    """Tell of a distance that is less than how far a drawn line may be off."""
    off_m, within_km = asked.feature.precision_m, asked.within_km
    if layer_spec(asked.layer).geometry != "line" or within_km is None or within_km * 1000 >= off_m:
        return None
    return word(
        "{place} is drawn to within {off} km only, and {km} km was asked for: cases may be missing, or too many.",
        place=asked.feature.name,
        off=f"{off_m / 1000:g}",
        km=f"{within_km:g}",
    )


def _short(asked: Asked) -> LocalText | None:
    return drawn_short(asked.feature)


RULES: tuple[Callable[[Asked], LocalText | None], ...] = (_below_precision, _short)
