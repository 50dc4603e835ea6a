"""When nothing fulfils a query: which single change of it finds something."""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.catalogue.catalogue import Catalogue
from geo.fields import MOST_WITHIN_KM
from geo.query import CaseQuery

_KEPT = {"region", "within_km"}  # dropping it finds no more
_WIDER_KM = (1.0, 2.0, 5.0, 10.0, 20.0, MOST_WITHIN_KM)


@dataclass(frozen=True)
class Relaxation:
    """One change: a condition dropped, or a wider distance; and how many cases it finds.

    `within_km` is the wider distance; None where the condition on `name` was dropped.
    """

    name: str
    query: CaseQuery
    count: int
    within_km: float | None = None


def relaxations(catalogue: Catalogue, query: CaseQuery) -> list[Relaxation]:
    """Return the changes that find something, those that change least first: a wider distance, then by count."""
    found = [change for change in _changes(catalogue, query) if change.count]
    wider = [change for change in found if change.within_km is not None][:1]
    dropped = sorted((change for change in found if change.within_km is None), key=lambda change: change.count)
    return [*wider, *dropped]


def _changes(catalogue: Catalogue, query: CaseQuery) -> Iterator[Relaxation]:
    if query.values("near"):
        for km in _WIDER_KM:
            if km > (query.within_km or 0.0):
                wider = query.changed(within_km=km)
                yield Relaxation("near", wider, catalogue.index.count(wider), km)
    for name in query.given:
        if name in _KEPT:
            continue
        without = query.changed(**{name: None})
        if name == "near":
            without = without.changed(within_km=None)
        if not without.has_place:
            without = without.changed(certainty=None)
        yield Relaxation(name, without, catalogue.index.count(without))
