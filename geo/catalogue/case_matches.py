"""How surely each case fulfils conditions of place, as columns by case number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from geo.certainty import NO_MATCH, Certainty

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

    @classmethod
    def best_of(cls, count: int, found: Sequence[FoundCases]) -> Self:
        """Return for each case the surest of what was found, of equally sure ones the nearest."""
        rank = np.full(count, NO_MATCH, dtype=np.uint8)
        row, from_m = np.full(count, NO_ROW, dtype=np.int32), np.zeros(count, dtype=np.float32)
        for one in found:
            known, near_m = rank[one.case], from_m[one.case]
            is_better = (one.rank < known) | ((one.rank == known) & (one.from_m < near_m))
            case = one.case[is_better]
            rank[case], row[case], from_m[case] = one.rank[is_better], one.row[is_better], one.from_m[is_better]
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
