"""How many cases lie in each county, and how many are known by their city only.

A case counts in every county that its places lie in, so the counts of several counties add up to more than the cases.
Under a condition of place the place that matches decides alone, as it decides where the mark stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.case import Footprint, Precision
from geo.catalogue.case_index import NO_ROW
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import label_point
from geo.query import CaseQuery

Numbers = NDArray[np.int64]
Key = tuple[str, str]  # layer and feature: ("counties", "510112")


@dataclass(frozen=True)
class _Pairs:
    """Which place something lies in, by their numbers, a pair each: (pairs,) both."""

    of: Numbers
    place: Numbers

    def among(self, wanted: NDArray[np.bool_]) -> "_Pairs":
        """Return the pairs of what is wanted, by number."""
        kept = wanted[self.of]
        return _Pairs(self.of[kept], self.place[kept])


class CountedPlaces:
    """Counts cases by county and city; built once, thread-safe to read."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the cases and footprints by their numbers."""
        self._catalogue = catalogue
        self._places = [(layer, feature.id) for layer in ("counties", "cities") for feature in catalogue.layer(layer)]

    def counts(self, query: CaseQuery) -> dict[Key, int]:
        """Return how many cases that fulfil a query lie in each county, or are known by each city; none of 0."""
        pairs = self._under(query)
        found = np.bincount(pairs.place, minlength=len(self._places))
        return {key: int(count) for key, count in zip(self._places, found, strict=True) if count}

    def cases_in(self, query: CaseQuery, place: Key) -> Numbers:
        """Return the cases that `counts` counts at a place, by their numbers, in the order of the query."""
        pairs = self._under(query)
        here = set(pairs.of[pairs.place == self._number_of[place]].tolist()) if place in self._number_of else set()
        return np.array([one for one in self._catalogue.index.numbers(query).tolist() if one in here], dtype=np.int64)

    def is_fine(self, query: CaseQuery) -> NDArray[np.bool_]:
        """Tell, by case number, whether the place of a case under a query is known finer than by its county."""
        fine: NDArray[np.bool_] = self._rank[self._place_of_each(query)] < Precision.COUNTY.rank
        return fine

    def _under(self, query: CaseQuery) -> _Pairs:
        """Return the pairs of case and place that a query finds."""
        index = self._catalogue.index
        wanted = np.zeros(len(index.cases), dtype=bool)
        wanted[index.numbers(query)] = True
        wanted &= ~index.is_region
        if not query.has_place:
            return self._of_cases.among(wanted)
        footprint = np.zeros(len(self._rank), dtype=bool)
        footprint[self._place_of_each(query)[wanted]] = True
        pairs = self._of_footprints.among(footprint)
        return _Pairs(self._case[pairs.of], pairs.place)

    def _place_of_each(self, query: CaseQuery) -> Numbers:
        """Return the number of the footprint where a case matches, else of its finest, by case number."""
        if not query.has_place:
            return self._best
        row = self._catalogue.index.matches(query).row
        matched = self._catalogue.relations.footprint[np.maximum(row, 0)].astype(np.int64)
        return np.where(row == NO_ROW, self._best, matched)

    @cached_property
    def _number_of(self) -> Mapping[Key, int]:
        return {key: number for number, key in enumerate(self._places)}

    @cached_property
    def _case(self) -> Numbers:
        """Return the case of each footprint."""
        counts = [len(case.footprints) for case in self._catalogue.index.cases]
        return np.repeat(np.arange(len(counts)), counts)

    @cached_property
    def _rank(self) -> Numbers:
        """Return the rank of the precision of each footprint."""
        return np.array([footprint.precision.rank for footprint in self._catalogue.footprints], dtype=np.int64)

    @cached_property
    def _best(self) -> Numbers:
        """Return the finest footprint of each case, the first of several."""
        order = np.lexsort((np.arange(len(self._rank)), self._rank, self._case))
        _, first = np.unique(self._case[order], return_index=True)
        best: Numbers = order[first]
        return best

    @cached_property
    def _of_footprints(self) -> _Pairs:
        lies_in = [self._lies_in(footprint) for footprint in self._catalogue.footprints]
        counts = [len(places) for places in lies_in]
        return _Pairs(
            np.repeat(np.arange(len(counts)), counts),
            np.array([self._number_of[place] for places in lies_in for place in places], dtype=np.int64),
        )

    @cached_property
    def _of_cases(self) -> _Pairs:
        """Return the counties of each case, each once; those of its belts, or its cities, where no place is finer."""
        coarseness = np.maximum(self._rank, Precision.COUNTY.rank)
        wanted = coarseness == coarseness[self._best][self._case]
        pairs = self._of_footprints.among(wanted)
        case, place = np.unique(np.stack([self._case[pairs.of], pairs.place], axis=1), axis=0).T
        return _Pairs(case, place)

    def _lies_in(self, footprint: Footprint) -> list[Key]:
        if footprint.precision is Precision.REGION:
            return []
        if footprint.precision is not Precision.CITY:
            return [("counties", code) for code in footprint.counties] or self._around(footprint, "counties")
        return self._around(footprint, "cities")

    def _around(self, footprint: Footprint, layer: str) -> list[Key]:
        """Return the features of a layer that the parts of a footprint lie in."""
        middles = [label_point(part) for part in shapely.get_parts(footprint.geometry)]
        return [
            (layer, feature.id)
            for feature in self._catalogue.layer(layer)
            if shapely.intersects(feature.geometry, middles).any()
        ]
