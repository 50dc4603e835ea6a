"""The table of relations: which footprint lies how to which feature."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_DISTANCE_M = 50_000.0
_LATEST = 64
_AN_END_KM, _BEYOND_AN_END_M = 0.1, 100.0


class Stretch(NamedTuple):
    """From where to where a footprint covers a line, in kilometres from its start.

    On a closed line a stretch may run over the start: it then ends at fewer kilometres than it starts.
    """

    from_km: float
    to_km: float


class Relation(NamedTuple):
    """How one footprint lies to one feature.

    Distances in metres, 0 when they intersect. `meets`: they have more in common than an edge. `depth_m`: how far a
    footprint within an area lies from its edge, else 0. `nearest_lon`, `nearest_lat` (WGS-84): the point of the
    feature nearest to the footprint; `at_lon`, `at_lat`: a point of the footprint where both meet, else the one nearest
    to the feature. `share`: the part of the footprint's area or length inside the feature, absent where the feature
    is thinner than the footprint. Kilometres run from the start of the feature's line, absent where it has none;
    `stretches` are what the footprint covers of it, `km` lies in the longest of them, else nearest to the footprint.
    `side` of the direction of travel: left, right, on, or across for a footprint that the line leads through.
    """

    footprint: int
    layer: str
    feature: str
    within: bool
    intersects: bool
    touches: bool
    meets: bool
    distance_m: float
    depth_m: float
    nearest_lon: float
    nearest_lat: float
    at_lon: float
    at_lat: float
    share: float | None
    km: float | None
    offset_m: float | None
    side: str | None
    stretches: tuple[Stretch, ...]

    @property
    def reach_m(self) -> float:
        """Return the distance, or within an area the depth as a number below 0."""
        return -self.depth_m if self.within else self.distance_m

    def has_kilometre(self, length_km: float) -> bool:
        """Tell whether the place lies on or beside a line of this length; one behind an end has no kilometre."""
        if self.km is None:
            return False
        is_at_an_end = not _AN_END_KM <= self.km <= length_km - _AN_END_KM
        return bool(self.stretches) or not is_at_an_end or (self.offset_m or 0.0) <= _BEYOND_AN_END_M


@dataclass(frozen=True, eq=False)
class Relations:
    """All relations within 50 km, as columns of equal length; sorted by feature, then footprint.

    `features` are (layer, id) by feature number; `footprint` counts the footprints in the order of the catalogue.
    `stretch_row` is the row that each stretch belongs to, ascending.
    """

    features: Sequence[tuple[str, str]]
    feature: NDArray[np.int32]
    footprint: NDArray[np.int32]
    within: NDArray[np.bool_]
    intersects: NDArray[np.bool_]
    touches: NDArray[np.bool_]
    meets: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    depth_m: NDArray[np.float64]
    nearest_lon: NDArray[np.float64]
    nearest_lat: NDArray[np.float64]
    at_lon: NDArray[np.float64]
    at_lat: NDArray[np.float64]
    share: NDArray[np.float64]
    km: NDArray[np.float64]
    offset_m: NDArray[np.float64]
    side: NDArray[np.str_]
    stretch_row: NDArray[np.int64]
    from_km: NDArray[np.float64]
    to_km: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the relations."""
        return len(self.feature)

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {key: number for number, key in enumerate(self.features)}

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        return np.searchsorted(self.feature, np.arange(len(self.features) + 1))

    @cached_property
    def _by_footprint(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        order = np.argsort(self.footprint, kind="stable")
        last = int(self.footprint.max(initial=-1))
        return order, np.searchsorted(self.footprint[order], np.arange(last + 2))

    def rows_of_feature(self, layer: str, feature: str) -> slice:
        """Return the rows of a feature; none for one that nothing is near."""
        number = self._numbers.get((layer, feature))
        if number is None:
            return slice(0, 0)
        return slice(int(self._starts[number]), int(self._starts[number + 1]))

    def of_feature(self, layer: str, feature: str) -> list[Relation]:
        """Return the relations of a feature, by footprint."""
        return self.at(self.rows_of_feature(layer, feature))

    @cached_property
    def of_footprint(self) -> Callable[[int], list[Relation]]:
        """Return the finder of a footprint's relations, by feature; it keeps the latest, which are asked for again."""
        return lru_cache(maxsize=_LATEST)(self._find_of_footprint)

    def _find_of_footprint(self, footprint: int) -> list[Relation]:
        order, starts = self._by_footprint
        if footprint + 1 >= len(starts):
            return []
        return self.at(order[starts[footprint] : starts[footprint + 1]])

    def row(self, number: int) -> Relation:
        """Return one relation."""
        return self.at(slice(number, number + 1))[0]

    def at(self, rows: slice | NDArray[np.int64]) -> list[Relation]:
        """Return the relations of some rows, column by column, which is ten times as fast as one by one."""
        keys = [self.features[number] for number in self.feature[rows].tolist()]
        columns = [
            self.footprint[rows].tolist(),
            [layer for layer, _ in keys],
            [feature for _, feature in keys],
            *(getattr(self, name)[rows].tolist() for name in _PLAIN),
            *(_numbers(getattr(self, name)[rows]) for name in ("share", "km", "offset_m")),
            [side or None for side in self.side[rows].tolist()],
            [self.stretches_of(row) for row in np.arange(len(self))[rows].tolist()],
        ]
        return [Relation(*values) for values in zip(*columns, strict=True)]

    def stretches_of(self, row: int) -> tuple[Stretch, ...]:
        """Return what the footprint of a row covers of the line, by kilometre."""
        first, last = np.searchsorted(self.stretch_row, (row, row + 1))
        return tuple(map(Stretch, self.from_km[first:last].tolist(), self.to_km[first:last].tolist()))


STRETCH_COLUMNS = ("stretch_row", "from_km", "to_km")
ROW_COLUMNS = tuple(field.name for field in fields(Relations) if field.name not in {"features", *STRETCH_COLUMNS})
_PLAIN = ("within", "intersects", "touches", "meets", "distance_m", "depth_m", "nearest_lon", "nearest_lat", "at_lon",
          "at_lat")  # fmt: skip


def _numbers(values: NDArray[np.float64]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values.tolist()]
