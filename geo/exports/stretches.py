"""Stretches as rows: which part of a line a place of a case covers, and that part of the drawn line itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo.case import Footprint
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import Valued
from geo.crs import Metric
from geo.feature import Feature
from geo.relations.linear import LinearReference, forwards
from geo.text import word

_KM_DECIMALS = 3
_DEGREE_DECIMALS = 9  # below a millimetre: what projecting there and back adds to a corner


@dataclass(frozen=True)
class Stretch:
    """What a footprint covers of the line of a feature, km from its start; ends before it starts over a ring's start.

    `number` counts the stretches of the footprint on the line; `metric` is the projection of the line.
    """

    number: int
    footprint: Footprint
    layer: str
    feature: Feature
    line: LinearReference
    metric: Metric
    from_km: float
    to_km: float

    @property
    def id(self) -> str:
        """Return footprint, layer, feature and number."""
        return f"{self.footprint.id}:{self.layer}:{self.feature.id}:{self.number}"

    @property
    def is_schematic(self) -> bool:
        """Tell whether the line or the footprint is."""
        return self.footprint.is_schematic or self.feature.is_schematic

    @property
    def geometry(self) -> BaseGeometry:
        """Return that part of the line, WGS-84, edges straight in degrees; in parts over the start of a ring."""
        part = self.metric.to_wgs84(part_of(self.line, self.from_km * 1000, self.to_km * 1000))
        return shapely.transform(part, lambda degrees: degrees.round(_DEGREE_DECIMALS))


STRETCH_COLUMNS: tuple[Valued[Stretch], ...] = (
    Valued("id", "string", word("Id of the stretch"), lambda one, _: one.id),
    Valued("case_id", "string", word("Id of the case"), lambda one, _: one.footprint.case_id),
    Valued("footprint_id", "string", word("Id of the footprint"), lambda one, _: one.footprint.id),
    Valued("layer", "string", word("Layer of the line"), lambda one, _: one.layer),
    Valued("feature_id", "string", word("Id of the line's feature"), lambda one, _: one.feature.id),
    Valued(
        "from_km",
        "number",
        word("Kilometre of the drawn line at which it begins"),
        lambda one, _: round(one.from_km, _KM_DECIMALS),
    ),
    Valued(
        "to_km",
        "number",
        word("Kilometre at which it ends; fewer than from_km over the start of a ring"),
        lambda one, _: round(one.to_km, _KM_DECIMALS),
    ),
    Valued(
        "precision",
        "string",
        word("How finely the place is known"),
        lambda one, _: one.footprint.precision.value,
    ),
    Valued(
        "schematic",
        "boolean",
        word("Whether line or footprint is schematic"),
        lambda one, _: one.is_schematic,
    ),
)


def stretches_of(catalogue: Catalogue) -> list[Stretch]:
    """Return every stretch that has a length, by feature, footprint and kilometre; crossings have none."""
    relations = catalogue.relations
    features = {(layer.id, one.id): one for layer in catalogue.layers.values() for one in layer}
    found: list[Stretch] = []
    numbers, last_row = count(1), -1
    for place in np.flatnonzero(relations.from_km != relations.to_km).tolist():
        row = int(relations.stretch_row[place])
        numbers, last_row = (numbers if row == last_row else count(1)), row
        key = relations.features[int(relations.feature[row])]
        footprint = catalogue.footprints[int(relations.footprint[row])]
        span = float(relations.from_km[place]), float(relations.to_km[place])
        found.append(
            Stretch(next(numbers), footprint, key[0], features[key], catalogue.lines[key], catalogue.metric, *span)
        )
    return found


def part_of(line: LinearReference, from_m: float, to_m: float) -> BaseGeometry:
    """Return the part of a line between two distances from its start, in the coordinates of the line.

    One line, or several: on a line of several parts, and where it ends before it begins, over the start of a ring.
    """
    cut = [piece for span in forwards(from_m, to_m, line.length_m) for piece in _cut(line, *span)]
    return cut[0] if len(cut) == 1 else MultiLineString(cut)


def _cut(line: LinearReference, from_m: float, to_m: float) -> Sequence[LineString]:
    spans = (
        (part, max(from_m - start_m, 0.0), min(to_m - start_m, part.length))
        for part, start_m in zip(line.parts, line.starts_m.tolist(), strict=False)
    )
    pieces = (substring(part, begin_m, end_m) for part, begin_m, end_m in spans if begin_m < end_m)
    return [piece for piece in pieces if isinstance(piece, LineString)]
