"""How surely each case fulfils conditions of place, as columns by case number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

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
