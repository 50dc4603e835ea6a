"""The cases as columns: any query is a few operations on arrays, also for very many cases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.catalogue.located import LocatedCase
from geo.query import LAYER_FIELDS, CaseQuery
from geo.relations.table import Relations
from geo.search.index import Document, SearchIndex

Mask = NDArray[np.bool_]
FACETS = ("theme", "city", "county", *LAYER_FIELDS, "membership", "status", "precision")


class CaseIndex:
    """Answers queries about cases; built once, thread-safe to read."""

    def __init__(self, cases: Sequence[LocatedCase], relations: Relations) -> None:
        """Take the cases in the order in which their footprints are counted by the relations."""
        self.cases = cases
        self._relations = relations

    def select(self, query: CaseQuery, *, geometry: str = "label") -> list[LocatedCase]:
        """Return the cases that fulfil a query, ranked when it searches, else in their order."""
        return [self.cases[number] for number in self.numbers(query, geometry=geometry)]

    def numbers(self, query: CaseQuery, *, geometry: str = "label") -> NDArray[np.int64]:
        """Return the same cases by their numbers."""
        others = _all_of(self._conditions(replace(query, q=""), geometry), len(self.cases))
        if query.q:
            ranked = self._search.ranked(query.q)
            return ranked[others[ranked]]
        return np.flatnonzero(others)

    def footprints_of(self, cases: NDArray[np.int64], query: CaseQuery) -> NDArray[np.int64]:
        """Return the numbers of the footprints of cases, in the order of these; only those in the query's shapes."""
        first, count = self._footprint_ranges
        counts = count[cases]
        offsets = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        numbers = np.repeat(first[cases], counts) + offsets
        for shape in _shapes(query):
            met = np.zeros(len(self._case_of_footprint), dtype=bool)
            met[self._footprint_tree.query(shape, predicate="intersects")] = True
            numbers = numbers[met[numbers]]
        found: NDArray[np.int64] = numbers.astype(np.int64)
        return found

    def count(self, query: CaseQuery) -> int:
        """Count the cases that fulfil a query."""
        return int(np.count_nonzero(_all_of(self._conditions(query, "label"), len(self.cases))))

    def facets(self, query: CaseQuery, *, values: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
        """Count, for each value of each field, the cases that have it and fulfil the conditions on other fields."""
        conditions = self._conditions(query, "label")
        counts = {}
        for name, known in values.items():
            others = _all_of({k: mask for k, mask in conditions.items() if k != name}, len(self.cases))
            counts[name] = {
                value: int(np.count_nonzero(others & self._has(name, value, includes_region=query.includes_region)))
                for value in known
            }
        return counts

    def _conditions(self, query: CaseQuery, geometry: str) -> dict[str, Mask]:
        """Return one mask for each field that has a condition."""
        found = {
            name: _any_of(self._has(name, value, includes_region=query.includes_region) for value in wanted)
            for name in FACETS
            if (wanted := getattr(query, name))
        }
        if query.min_precision:
            found["min_precision"] = self._ranks <= Precision(query.min_precision[0]).rank
        if query.near:
            found["near"] = _any_of(
                self._within(layer, feature, query.within_km or 0.0, includes_region=query.includes_region)
                for layer, feature in (place.split(":", 1) for place in query.near)
            )
        if query.year:
            found["year"] = _any_of((self._first_years <= year) & (year < self._end_years) for year in query.year)
        if query.bbox:
            found["bbox"] = self._in_shape(shapely.box(*query.bbox), geometry)
        if query.polygon:
            found["polygon"] = self._in_shape(shapely.Polygon(query.polygon), geometry)
        if query.q:
            found["q"] = self._mask_of(self._search.search(query.q))
        return found

    def _has(self, name: str, value: str, *, includes_region: bool) -> Mask:
        if name in LAYER_FIELDS:
            layers = (layer for layer in LAYER_FIELDS[name])
            return _any_of(self._within(layer, value, 0.0, includes_region=includes_region) for layer in layers)
        mask = self._values[name].get(value)
        if mask is None:
            mask = np.zeros(len(self.cases), dtype=bool)
        return mask | self.is_region if name == "county" and includes_region else mask

    def _within(self, layer: str, feature: str, within_km: float, *, includes_region: bool) -> Mask:
        """Return which cases have a footprint within a distance of a feature; 0 when they must meet; remembered."""
        return self._remembered(layer, feature, within_km, includes_region)

    @cached_property
    def _remembered(self) -> Callable[[str, str, float, bool], Mask]:
        return lru_cache(maxsize=512)(self._find_within)

    def _find_within(self, layer: str, feature: str, within_km: float, includes_region: bool) -> Mask:  # noqa: FBT001  a key of the cache
        rows = self._relations.rows_of_feature(layer, feature)
        if within_km > 0:
            holds = self._relations.distance_m[rows] <= within_km * 1000
        else:
            holds = self._relations.intersects[rows]
        footprints = self._relations.footprint[rows][holds]
        if not includes_region:
            footprints = footprints[~self._is_region_footprint[footprints]]
        return self._mask_of(self._case_of_footprint[footprints])

    def _in_shape(self, shape: BaseGeometry, geometry: str) -> Mask:
        """Return which cases have their label point, or with "footprint" a footprint, in a shape."""
        if geometry == "footprint":
            met = self._footprint_tree.query(shape, predicate="intersects")
            return self._mask_of(self._case_of_footprint[met])
        west, south, east, north = shape.bounds
        x, y = self.label_points
        is_near = np.flatnonzero((west <= x) & (x <= east) & (south <= y) & (y <= north))
        return self._mask_of(is_near[shapely.intersects_xy(shape, x[is_near], y[is_near])])

    def _mask_of(self, numbers: NDArray[np.int64]) -> Mask:
        mask = np.zeros(len(self.cases), dtype=bool)
        mask[numbers] = True
        return mask

    @cached_property
    def _values(self) -> dict[str, dict[str, Mask]]:
        """Return, for each field that a case has values of, a mask for each value."""
        return {
            "theme": self._masks([(case.case.theme,) for case in self.cases]),
            "city": self._masks([case.case.cities for case in self.cases]),
            "county": self._masks([case.counties for case in self.cases]),
            "membership": self._masks([(case.case.membership.value,) for case in self.cases]),
            "status": self._masks([(case.case.status.value,) for case in self.cases]),
            "precision": self._masks([(case.best.precision.value,) for case in self.cases]),
        }

    def _masks(self, values: Sequence[Iterable[str]]) -> dict[str, Mask]:
        numbers: dict[str, list[int]] = {}
        for number, of_case in enumerate(values):
            for value in of_case:
                numbers.setdefault(value, []).append(number)
        return {value: self._mask_of(np.array(found)) for value, found in numbers.items()}

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        return np.array([case.best.precision.rank for case in self.cases], dtype=np.int64)

    @cached_property
    def _first_years(self) -> NDArray[np.int64]:
        return np.array([case.years.start for case in self.cases], dtype=np.int64)

    @cached_property
    def _end_years(self) -> NDArray[np.int64]:
        return np.array([case.years.stop for case in self.cases], dtype=np.int64)

    @cached_property
    def label_points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes, WGS-84, by case number."""
        points = [case.label_point for case in self.cases]
        return shapely.get_x(points), shapely.get_y(points)

    @cached_property
    def _case_of_footprint(self) -> NDArray[np.int64]:
        return np.repeat(np.arange(len(self.cases)), [len(case.footprints) for case in self.cases])

    @cached_property
    def _footprint_ranges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the number of the first footprint of each case, and how many it has."""
        counts = np.array([len(case.footprints) for case in self.cases], dtype=np.int64)
        return np.cumsum(counts) - counts, counts

    @cached_property
    def _footprint_tree(self) -> STRtree:
        return STRtree([footprint.geometry for case in self.cases for footprint in case.footprints])

    @cached_property
    def _is_region_footprint(self) -> Mask:
        precisions = [footprint.precision for case in self.cases for footprint in case.footprints]
        return np.array([precision is Precision.REGION for precision in precisions], dtype=bool)

    @cached_property
    def is_region(self) -> Mask:
        """Return which cases hold for the whole region, by case number."""
        return np.array([case.is_region_wide for case in self.cases], dtype=bool)

    @cached_property
    def _search(self) -> SearchIndex:
        return SearchIndex(_document(case) for case in self.cases)


def _shapes(query: CaseQuery) -> list[BaseGeometry]:
    boxes = [shapely.box(*query.bbox)] if query.bbox else []
    return [*boxes, *([shapely.Polygon(query.polygon)] if query.polygon else [])]


def _document(located: LocatedCase) -> Document:
    case = located.case
    texts = (case.title, case.summary, case.problem, case.mechanism, case.reusable)
    names = [*(f.name for f in located.footprints), *(partner.name for partner in case.partners)]
    return Document(
        title=f"{case.id} {case.title.zh} {case.title.en or ''}",
        names=" ".join([*(f"{n.zh} {n.en or ''}" for n in names), *(f.mention for f in located.footprints)]),
        body=" ".join(f"{text.zh} {text.en or ''}" for text in texts if text),
    )


def _any_of(masks: Iterable[Mask]) -> Mask:
    found: Mask = np.logical_or.reduce(list(masks))
    return found


def _all_of(masks: Mapping[str, Mask], count: int) -> Mask:
    found: Mask = np.logical_and.reduce([np.ones(count, dtype=bool), *masks.values()])
    return found
