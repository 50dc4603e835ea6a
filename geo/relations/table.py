"""The table of relations: which footprint lies how to which feature."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MOST_DISTANCE_M = 50_000.0
_LATEST = 64
_SLIVER_SHARE = 1e-6


class Relation(NamedTuple):
    """How one footprint lies to one feature.

    Distances in metres, 0 when they meet; `nearest_lon`, `nearest_lat` (WGS-84): the point of the feature nearest to
    the footprint. `share`: the part of the footprint's area or length inside the feature, absent where the feature
    is thinner than the footprint. Kilometres run from the start of the feature's line, absent where it has none;
    a footprint that covers a stretch has `km_from` and `km_to`. `side` of the direction of travel: left, right, on,
    or across for a footprint that the line leads through.
    """

    footprint: int
    layer: str
    feature: str
    within: bool
    intersects: bool
    touches: bool
    distance_m: float
    nearest_lon: float
    nearest_lat: float
    share: float | None
    km: float | None
    km_from: float | None
    km_to: float | None
    offset_m: float | None
    side: str | None

    @property
    def only_touches(self) -> bool:
        """Tell whether both meet at their edges only.

        Areas clipped at a common border overlap by slivers, as corners computed apart never lie exactly on it.
        """
        return self.touches or (self.intersects and self.share is not None and self.share < _SLIVER_SHARE)


@dataclass(frozen=True, eq=False)
class Relations:
    """All relations within 50 km, as columns of equal length; sorted by feature, then footprint.

    `features` are (layer, id) by feature number; `footprint` counts the footprints in the order of the catalogue.
    """

    features: Sequence[tuple[str, str]]
    feature: NDArray[np.int32]
    footprint: NDArray[np.int32]
    within: NDArray[np.bool_]
    intersects: NDArray[np.bool_]
    touches: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    nearest_lon: NDArray[np.float64]
    nearest_lat: NDArray[np.float64]
    share: NDArray[np.float64]
    km: NDArray[np.float64]
    km_from: NDArray[np.float64]
    km_to: NDArray[np.float64]
    offset_m: NDArray[np.float64]
    side: NDArray[np.str_]

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
        rows = self.rows_of_feature(layer, feature)
        return [self.row(number) for number in range(rows.start, rows.stop)]

    @cached_property
    def of_footprint(self) -> Callable[[int], list[Relation]]:
        """Return the finder of a footprint's relations, by feature; it keeps the latest, which are asked for again."""
        return lru_cache(maxsize=_LATEST)(self._find_of_footprint)

    def _find_of_footprint(self, footprint: int) -> list[Relation]:
        order, starts = self._by_footprint
        if footprint + 1 >= len(starts):
            return []
        return [self.row(int(number)) for number in order[starts[footprint] : starts[footprint + 1]]]

    def row(self, number: int) -> Relation:
        """Return one relation."""
        layer, feature = self.features[int(self.feature[number])]
        return Relation(
            footprint=int(self.footprint[number]),
            layer=layer,
            feature=feature,
            within=bool(self.within[number]),
            intersects=bool(self.intersects[number]),
            touches=bool(self.touches[number]),
            distance_m=float(self.distance_m[number]),
            nearest_lon=float(self.nearest_lon[number]),
            nearest_lat=float(self.nearest_lat[number]),
            share=_number(self.share[number]),
            km=_number(self.km[number]),
            km_from=_number(self.km_from[number]),
            km_to=_number(self.km_to[number]),
            offset_m=_number(self.offset_m[number]),
            side=str(self.side[number]) or None,
        )


RELATION_COLUMNS = tuple(field.name for field in fields(Relations) if field.name != "features")


def _number(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)
