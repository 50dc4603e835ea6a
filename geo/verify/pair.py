"""What is true of a footprint and a feature: measured once, when a claim is held against it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from geo.verify.along import Line, Stretch
from geo.verify.areas import common_share
from geo.verify.geodesic import Nearest, crossings, gap, inside, outline_gap
from geo.verify.shapes import AREA, Shape

EDGE_M = 1.0  # nearer to an edge than this, inside and outside are not told apart


@dataclass(frozen=True, eq=False)
class Pair:
    """A footprint, a feature, and the line that kilometres of the feature count along, if any."""

    footprint: Shape
    feature: Shape
    line: Line | None = None

    @cached_property
    def gap(self) -> Nearest:
        """Return where footprint and feature are nearest; 0 metres where they meet."""
        return gap(self.footprint, self.feature)

    @cached_property
    def edge_m(self) -> float:
        """Return how far the footprint's own outline lies from the feature's, within or without."""
        return self.gap.metres or outline_gap(self.footprint, self.feature).metres

    @cached_property
    def is_within(self) -> bool:
        """Tell whether the whole footprint lies in an area and reaches into none of its holes."""
        return (
            bool(inside(self.footprint.corners, self.feature).all())
            and not len(crossings(self.footprint.edges, self.feature.edges)[0])
            and not inside(np.concatenate(self.feature.paths), self.footprint).any()
        )

    @cached_property
    def depth_m(self) -> float:
        """Return how far a footprint within an area lies from its edge; 0 for others."""
        return self.edge_m if self.is_within else 0.0

    @cached_property
    def share(self) -> float:
        """Return which part of the footprint lies in the feature, which must not be thinner than it."""
        if self.footprint.dimension == AREA:
            return common_share(self.footprint, self.feature)
        if self.footprint.dimension == 0:
            return float(self.gap.metres == 0)
        line = Line(self.footprint)
        return sum(end - start for start, end in line.open_stretches(self.feature)) / line.length_km

    @cached_property
    def share_beside(self) -> float:
        """Return which part of a footprint that is a line lies at most a metre from the feature's lines or outline."""
        line = Line(self.footprint)
        beside = line.beside((0.0, line.length_km), self.feature, by_m=EDGE_M)
        return sum(end - start for start, end in beside) / line.length_km

    @cached_property
    def to_line(self) -> Nearest:
        """Return where the footprint and the line are nearest; without a line, the feature."""
        return gap(self.footprint, self.line.shape) if self.line else self.gap

    @cached_property
    def stretches(self) -> list[Stretch]:
        """Return what the footprint covers of the line, in kilometres; a point covers nothing."""
        return self.line.stretches(self.footprint) if self.line and self.footprint.dimension else []

    @cached_property
    def nearest_km(self) -> list[float]:
        """Return the kilometres at which the line comes nearest to the footprint."""
        return self.line.nearest_km(self.footprint) if self.line else []
