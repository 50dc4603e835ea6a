"""Hold claims against what is measured: each sampled footprint against all features, and every number of the layers."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from geo.feature import Layer
from geo.relations.table import Relation, Relations
from geo.verify.along import Error, Kind, Line, Pair, PairKind, line_of
from geo.verify.claims import KINDS, LAYER_KINDS, PAIRS, ROW_KINDS, pair_error
from geo.verify.geodesic import Shape, shape_of

SAMPLE_EVERY = 4
# layer -> the layer whose feature of the same id is the line that kilometres count along
_LINES = {"belts": "axes", "corridors": "axes", "transit_lines": "transit_lines", "expressways": "expressways"}
Key = tuple[str, str]


@dataclass
class Result:
    """The worst error of a kind, with the tolerance that holds for it and the address of its row."""

    kind: Kind
    rows: int = 0
    worst: float = 0.0
    row: str | None = None
    tolerance: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the tolerance of what has no size."""
        self.tolerance = self.kind.absolute

    @property
    def is_right(self) -> bool:
        """Tell whether the worst error is within its tolerance."""
        return self.worst <= self.tolerance

    @property
    def facts(self) -> dict[str, str | int | float | None]:
        """Return what is told to programs; `worst` is absent where a number is missing or not expected."""
        worst = self.worst if math.isfinite(self.worst) else None
        return {
            "kind": self.kind.name,
            "rows": self.rows,
            "worst": worst,
            "unit": self.kind.unit,
            "tolerance": self.tolerance,
            "row": self.row,
        }

    def add(self, address: str, error: Error) -> None:
        """Count a claim, and keep it when none so far was as far off for its tolerance."""
        self.rows += 1
        tolerance = self.kind.tolerance(error)
        if error.off * self.tolerance > self.worst * tolerance:
            self.worst, self.tolerance, self.row = error.off, tolerance, address


@dataclass(frozen=True, eq=False)
class Claims:
    """What is to be verified: footprints by id with their shapes, WGS-84, layers, and the table of relations."""

    footprints: Mapping[str, BaseGeometry]
    layers: Mapping[str, Layer]
    relations: Relations

    @cached_property
    def ids(self) -> list[str]:
        """Return the ids of the footprints in the order that relations count them."""
        return list(self.footprints)

    @cached_property
    def alike(self) -> list[list[int]]:
        """Return the numbers of the footprints that have the same shape, by dimension, then by number."""
        found: dict[bytes, list[int]] = {}
        for number, shape in enumerate(self.footprints.values()):
            found.setdefault(shapely.to_wkb(shape), []).append(number)
        shapes = list(self.footprints.values())
        return sorted(found.values(), key=lambda numbers: int(shapely.get_dimensions(shapes[numbers[0]])))

    @cached_property
    def features(self) -> Mapping[Key, Shape]:
        """Return every feature by layer and id."""
        return {(layer.id, f.id): shape_of(f.geometry) for layer in self.layers.values() for f in layer}

    @cached_property
    def lines(self) -> Mapping[Key, Line]:
        """Return the line that kilometres of a feature count along, by layer and id of the feature."""
        return {
            (layer_id, line.id): line_of(line.geometry)
            for layer_id, lines in _LINES.items()
            for line in self.layers.get(lines, ())
        }


def sample(claims: Claims) -> list[list[int]]:
    """Return every fourth of the different shapes, points first, areas last: the numbers of the footprints of each."""
    return claims.alike[::SAMPLE_EVERY]


def verify(
    claims: Claims, groups: Sequence[Sequence[int]], *, on_group: Callable[[str], None] = lambda _: None
) -> list[Result]:
    """Return the worst error of each kind.

    Args:
        claims: What is to be verified.
        groups: Numbers of footprints, those of the same shape together.
        on_group: Told the id of the first footprint of each group as it begins.
    """
    results = {kind.name: Result(kind) for kind in KINDS}
    for numbers in groups:
        on_group(claims.ids[numbers[0]])
        _verify_shape(claims, numbers, results)
    for kind in LAYER_KINDS:
        for address, error in kind.check(claims.layers):
            results[kind.name].add(address, error)
    return list(results.values())


def _verify_shape(claims: Claims, numbers: Sequence[int], results: Mapping[str, Result]) -> None:
    """Hold the rows of footprints of one shape against all features."""
    ids = claims.ids
    shape = shape_of(claims.footprints[ids[numbers[0]]])
    rows = {
        number: {(row.layer, row.feature): row for row in claims.relations.of_footprint(number)} for number in numbers
    }
    for key, feature in claims.features.items():
        pair = Pair(shape, feature, claims.lines.get(key))
        known: dict[Relation, list[tuple[PairKind, Error]]] = {}
        for number in numbers:
            row = rows[number].get(key)
            address = f"{ids[number].rsplit('-', 1)[0]}/{ids[number]}/{'/'.join(key)}"
            results[PAIRS.name].add(address, pair_error(pair, row))
            if row is not None:
                alike = row._replace(footprint=numbers[0])
                known[alike] = known.get(alike) or _errors(pair, row)
                for kind, error in known[alike]:
                    results[kind.name].add(address, error)


def _errors(pair: Pair, row: Relation) -> list[tuple[PairKind, Error]]:
    found = ((kind, kind.check(pair, row)) for kind in ROW_KINDS)
    return [(kind, error) for kind, error in found if error is not None]
