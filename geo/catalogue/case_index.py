"""The cases as columns: any query is a few operations on arrays, also for very many cases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial, reduce
from typing import Any, Self, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.case import BY_RANK, NO_MATCH, Certainty
from geo.catalogue.footprints import LocatedCase
from geo.fields import FIELDS, PLACE_CONDITIONS, Compared, Field, Kind, Rule
from geo.pinyin import Readings
from geo.query import CaseQuery, Value
from geo.relations.matching import FeatureMatches, Key, Matching
from geo.relations.table import Relations
from geo.search import Document, SearchIndex


def asked_of(query: CaseQuery) -> list[list[tuple[str, str, float]]]:
    """Return of each condition of place the layer, id and distance (km) of every feature that its values may name.

    Of equally sure conditions the first says why a case fulfils them.
    """
    return [
        [
            (*key, (query.within_km or 0.0) if FIELDS[name].match is Rule.NEAR else 0.0)
            for value in wanted
            for key in keys_of(name, value)
        ]
        for name in PLACE_CONDITIONS
        if (wanted := query.values(name))
    ]


def features_of(query: CaseQuery) -> list[Key]:
    """Return the (layer, id) of every feature that the conditions of place may name: only one of its layers has it."""
    return [(layer, feature) for any_of in asked_of(query) for layer, feature, _ in any_of]


def keys_of(name: str, value: str) -> list[Key]:
    """Return the (layer, id) that a value of a condition may mean."""
    if FIELDS[name].match is Rule.NEAR:
        layer, _, feature = value.partition(":")
        return [(layer, feature)]
    return [(layer, value) for layer in FIELDS[name].layers]


NO_ROW = -1


@dataclass(frozen=True, eq=False)
class FoundCases:
    """The cases that fulfil a condition on one feature: their numbers, each once, ranks, rows and distances."""

    case: NDArray[np.int64]
    rank: NDArray[np.uint8]
    row: NDArray[np.int32]
    from_m: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class CaseMatches:
    """For each case: the rank of its certainty, the row of the relation that says so, and how near that place can be.

    `rank` is NO_MATCH where there is none; `row` is then -1, as where there is no condition. `from_m` is metres.
    """

    rank: NDArray[np.uint8]
    row: NDArray[np.int32]
    from_m: NDArray[np.float32]

    @classmethod
    def of_everything(cls, count: int) -> Self:
        """Return that every case fulfils, as where there is no condition."""
        return cls(
            np.zeros(count, dtype=np.uint8), np.full(count, NO_ROW, dtype=np.int32), np.zeros(count, dtype=np.float32)
        )

    @staticmethod
    def surest(found: Sequence[FoundCases]) -> FoundCases:
        """Return the cases found by any of several, each once, by its surest match, else by the nearest."""
        if len(found) == 1:
            return found[0]
        columns = (np.concatenate([getattr(one, name) for one in found]) for name in ("case", "rank", "row", "from_m"))
        case, rank, row, from_m = columns
        first = first_of_each(case, from_m, rank)
        return FoundCases(case[first], rank[first], row[first], from_m[first])

    @classmethod
    def best_of(cls, count: int, found: Sequence[FoundCases]) -> Self:
        """Return for each case the surest of what was found."""
        best, rank = cls.surest(found), np.full(count, NO_MATCH, dtype=np.uint8)
        row, from_m = np.full(count, NO_ROW, dtype=np.int32), np.zeros(count, dtype=np.float32)
        rank[best.case], row[best.case], from_m[best.case] = best.rank, best.row, best.from_m
        return cls(rank, row, from_m)

    def and_also(self, other: "CaseMatches") -> "CaseMatches":
        """Return the less sure of two for each case; of equally sure ones the first."""
        is_decisive = other.rank > self.rank
        return CaseMatches(
            np.where(is_decisive, other.rank, self.rank),
            np.where(is_decisive, other.row, self.row),
            np.where(is_decisive, other.from_m, self.from_m),
        )

    def fulfil(self, wanted: Iterable[Certainty]) -> NDArray[np.bool_]:
        """Return which cases are of some groups."""
        found: NDArray[np.bool_] = ranks_of(wanted)[self.rank]
        return found


def ranks_of(wanted: Iterable[Certainty]) -> NDArray[np.bool_]:
    """Return for each rank whether its group is wanted; that of no match never is."""
    table = np.zeros(NO_MATCH + 1, dtype=bool)
    table[[certainty.rank for certainty in wanted]] = True
    return table


def first_of_each(number: NDArray[np.integer[Any]], *keys: NDArray[Any]) -> NDArray[np.int64]:
    """Return where the least of each number stands, by the keys, the last of them first."""
    order = np.lexsort((*keys, number))
    is_first = np.diff(number[order], prepend=-1) != 0
    first: NDArray[np.int64] = order[is_first]
    return first


Mask = NDArray[np.bool_]
_QUERIES_KEPT = 8


class CaseIndex:
    """Answers queries about cases; built once, thread-safe to read."""

    def __init__(
        self, cases: Sequence[LocatedCase], relations: Relations, named: Mapping[str, Key], readings: Readings = ()
    ) -> None:
        """Take the cases in the order in which their footprints are counted by the relations.

        `named` gives the (layer, id) of the feature that an entry of the gazetteer stands for, `readings` the syllables
        of local names.
        """
        self.cases = cases
        self._relations = relations
        self._named = named
        self._readings = readings

    def select(self, query: CaseQuery, *, geometry: str = "label") -> list[LocatedCase]:
        """Return the cases that fulfil a query, ranked when it searches, else in their order."""
        return [self.cases[number] for number in self.numbers(query, geometry=geometry)]

    def numbers(self, query: CaseQuery, *, geometry: str = "label") -> NDArray[np.int64]:
        """Return the same cases by their numbers; under a condition of place by group, then by search or distance."""
        matches, fulfils = self.matches(query), self._fulfilling(query, geometry)
        if query.q:
            ranked = self._search.ranked(query.q)
            found = ranked[fulfils[ranked]]
            return found[np.argsort(matches.rank[found], kind="stable")]
        found = np.flatnonzero(fulfils)
        return found[np.lexsort((matches.from_m[found], matches.rank[found]))] if query.has_place else found

    @cached_property
    def matches(self) -> Callable[[CaseQuery], CaseMatches]:
        """Return the finder of how surely each case fulfils the conditions of place of a query, and by what.

        It is the least sure of its groups; the latest queries are kept, for one request asks several times.
        """
        return lru_cache(maxsize=_QUERIES_KEPT)(partial(self._fulfilled, len(self.cases), self._remembered))

    def footprint_matches(self, query: CaseQuery) -> CaseMatches:
        """Return how surely each footprint by itself fulfils all conditions of place, by its number."""
        return self._fulfilled(len(self._case_of_footprint), self._find_footprints, query)

    def _fulfilled(self, count: int, find: Callable[[str, str, float], FoundCases], query: CaseQuery) -> CaseMatches:
        """Return of each condition of place the best of its values, and of all of them the least sure."""
        each = [CaseMatches.best_of(count, [find(*asked) for asked in any_of]) for any_of in asked_of(query)]
        return reduce(CaseMatches.and_also, each) if each else CaseMatches.of_everything(count)

    def groups(self, query: CaseQuery) -> dict[str, int]:
        """Count the cases of each group that fulfil all but `certainty` and `region`; empty without a place."""
        if not query.has_place:
            return {}
        others = _all_of(self._conditions(query, "label"), len(self.cases))
        counts = np.bincount(self.matches(query).rank[others], minlength=len(BY_RANK))
        return {certainty.value: int(count) for certainty, count in zip(BY_RANK, counts, strict=False)}

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
        return int(np.count_nonzero(self._fulfilling(query, "label")))

    def _fulfilling(self, query: CaseQuery, geometry: str) -> Mask:
        return _all_of(self._conditions(query, geometry), len(self.cases)) & self.matches(query).fulfil(query.wanted)

    def facets(self, query: CaseQuery, *, values: Mapping[str, Sequence[str]]) -> dict[str, dict[str, int]]:
        """Count, for each value of each field, the cases that have it and fulfil the conditions on other fields."""
        conditions = self._conditions(query, "label")
        return {name: self._facet(query, name, known, conditions) for name, known in values.items()}

    def _facet(
        self, query: CaseQuery, name: str, known: Sequence[str], conditions: Mapping[str, Mask]
    ) -> dict[str, int]:
        others = _all_of({k: mask for k, mask in conditions.items() if k != name}, len(self.cases))
        if not FIELDS[name].is_place:
            others = others & self.matches(query).fulfil(query.wanted)
            return {value: int(np.count_nonzero(others & self._has(name, value))) for value in known}
        rank, wanted = self.matches(query.changed(**{name: None})).rank, ranks_of(query.wanted)
        return {value: self._count_matching(name, value, others=others, rank=rank, wanted=wanted) for value in known}

    def _count_matching(
        self, name: str, value: str, *, others: Mask, rank: NDArray[np.uint8], wanted: NDArray[np.bool_]
    ) -> int:
        """Count, of the cases that fulfil the rest as surely as `rank` says, those of wanted groups with a value."""
        found = CaseMatches.surest([self._remembered(*key, 0.0) for key in keys_of(name, value)])
        is_wanted = wanted[np.maximum(rank[found.case], found.rank)]
        return int(np.count_nonzero(others[found.case] & is_wanted))

    def _conditions(self, query: CaseQuery, geometry: str) -> dict[str, Mask]:
        """Return one mask for each field that has a condition other than of place."""
        found = {name: self._fulfils(FIELDS[name], value, geometry) for name, value in query.given.items()}
        return {name: mask for name, mask in found.items() if mask is not None}

    def _fulfils(self, field: Field, value: Value, geometry: str) -> Mask | None:
        """Return which cases fulfil the condition on a field; None where it is of place, or only qualifies others."""
        if isinstance(field.match, Compared):
            holds, numbers = field.match.holds, self._numbers_of(field.id)
            return _any_of(holds(*numbers, one) for one in _each(value)) if numbers else self._mask_of(np.arange(0))
        match field.match:
            case Rule.HAS:
                return _any_of(self._has(field.id, str(one)) for one in _each(value))
            case Rule.LIES:
                return self._in_shape(_shape(field, value), geometry)
            case Rule.FOUND:
                return self._mask_of(self._search.search(str(value)))
        return None

    def _has(self, name: str, value: str) -> Mask:
        mask = self._values_of(name).get(value)
        return np.zeros(len(self.cases), dtype=bool) if mask is None else mask

    @cached_property
    def _remembered(self) -> Callable[[str, str, float], FoundCases]:
        return lru_cache(maxsize=512)(self._find)

    def _find(self, layer: str, feature: str, within_km: float) -> FoundCases:
        """Return how surely cases fulfil a condition on one feature, by the best of their footprints."""
        found = self.matching.of_feature(layer, feature, within_km=within_km)
        return _best(self._case_of_footprint[self._relations.footprint[found.row]], found)

    def _find_footprints(self, layer: str, feature: str, within_km: float) -> FoundCases:
        """Return how surely footprints fulfil it, each by itself, by their numbers."""
        found = self.matching.of_feature(layer, feature, within_km=within_km)
        return _best(self._relations.footprint[found.row], found)

    @cached_property
    def matching(self) -> Matching:
        """Return the definition of a match on these footprints."""
        footprints = [footprint for case in self.cases for footprint in case.footprints]
        return Matching(footprints, [self._named.get(footprint.entry_id) for footprint in footprints], self._relations)

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
    def _values_of(self) -> Callable[[str], dict[str, Mask]]:
        """Return the finder of a mask for each value that cases have of a field."""

        def find(name: str) -> dict[str, Mask]:
            numbers: dict[str, list[int]] = {}
            values = FIELDS[name].values or (lambda _: ())
            for number, case in enumerate(self.cases):
                for value in values(case):
                    numbers.setdefault(value, []).append(number)
            return {value: self._mask_of(np.array(found)) for value, found in numbers.items()}

        return lru_cache(maxsize=len(FIELDS))(find)

    @cached_property
    def _numbers_of(self) -> Callable[[str], list[NDArray[np.int64]]]:
        """Return the finder of the numbers by which cases are compared on a field, one array each."""

        def find(name: str) -> list[NDArray[np.int64]]:
            match = FIELDS[name].match
            rows = [match.numbers(case) for case in self.cases] if isinstance(match, Compared) else []
            return [np.array(column, dtype=np.int64) for column in zip(*rows, strict=True)]

        return lru_cache(maxsize=len(FIELDS))(find)

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
    def is_region(self) -> Mask:
        """Return which cases hold for the whole region, by case number."""
        return np.array([case.is_region_wide for case in self.cases], dtype=bool)

    @cached_property
    def _search(self) -> SearchIndex:
        return SearchIndex((_document(case) for case in self.cases), self._readings)


def _shapes(query: CaseQuery) -> list[BaseGeometry]:
    return [_shape(FIELDS[name], value) for name, value in query.given.items() if FIELDS[name].match is Rule.LIES]


def _each(value: Value) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _shape(field: Field, value: Value) -> BaseGeometry:
    if field.kind is Kind.BOX:
        return shapely.box(*cast("tuple[float, float, float, float]", value))
    return shapely.Polygon(cast("tuple[tuple[float, float], ...]", value))


def _best(number: NDArray[np.integer[Any]], found: FeatureMatches) -> FoundCases:
    """Return the best match for each number of a case or footprint, each number once."""
    first = first_of_each(number, found.coarseness, found.from_m, found.rank)
    row, from_m = found.row[first].astype(np.int32), found.from_m[first].astype(np.float32)
    return FoundCases(number[first].astype(np.int64), found.rank[first], row, from_m)


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
