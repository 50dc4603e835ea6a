"""A kind of number that the product claims, with the unit and the tolerance in which it must be right."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from geo.feature import Layer
from geo.relations.table import Relation
from geo.verify.pair import Pair


class Error(NamedTuple):
    """By how much a claim is off, and the size of what was measured: both in the unit of the kind."""

    off: float
    measured: float = 0.0


@dataclass(frozen=True)
class Kind:
    """One kind of number.

    A claim is right that is off by at most `absolute`, or by the part `relative` of what was measured.
    """

    name: str
    unit: str
    absolute: float
    relative: float
    meaning: str

    def tolerance(self, error: Error) -> float:
        """Return by how much this claim may be off."""
        return max(self.absolute, self.relative * error.measured)

    @property
    def rule(self) -> str:
        """Return the tolerance in words: 1 m or 0.1 %."""
        part = f" or {100 * self.relative:g} %" if self.relative else ""
        return f"{self.absolute:g} {self.unit}".strip() + part


@dataclass(frozen=True)
class PairKind(Kind):
    """A number of the relation of a footprint to a feature; `check` gives None where there is no such number."""

    check: Callable[[Pair, Relation], Error | None]


@dataclass(frozen=True)
class LayerKind(Kind):
    """A number of the features themselves; `check` gives the address of each and its error."""

    check: Callable[[Mapping[str, Layer]], Iterator[tuple[str, Error]]]
