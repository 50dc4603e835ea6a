"""Which cases lie on or near a feature, and where along it."""

from dataclasses import dataclass

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.matched import Match, Matched
from geo.query import CaseQuery


@dataclass(frozen=True)
class Beside:
    """A case on or near a feature, and the match that says how surely and where."""

    located: LocatedCase
    match: Match


def cases_beside(catalogue: Catalogue, layer_id: str, feature_id: str, *, within_km: float = 0.0) -> list[Beside]:
    """Return the cases on a feature, or within a distance of it, by group; cases of the whole region take no part.

    Within a group they come by kilometre where the feature has a line, else by distance.
    """
    query = CaseQuery(near=(f"{layer_id}:{feature_id}",), within_km=within_km)
    matched = Matched(catalogue, query)
    numbers = catalogue.index.numbers(query).tolist()
    found = [Beside(catalogue.index.cases[n], match) for n in numbers if (match := matched.of(n))]
    return sorted(found, key=lambda beside: (beside.match.certainty.rank, _km(beside.match)))


def _km(match: Match) -> float:
    """Return what to sort by within a group, stable: places without a kilometre keep their order, behind the others."""
    return float("inf") if match.km is None else match.km
