"""A case together with its footprints."""

from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.case import Case, Footprint, Precision


@dataclass(frozen=True)
class LocatedCase:
    """A case and where it was located; at least one footprint."""

    case: Case
    footprints: tuple[Footprint, ...]

    @property
    def id(self) -> str:
        """Return the stable id of the case."""
        return self.case.id

    @cached_property
    def best(self) -> Footprint:
        """Return the finest footprint, the first of several."""
        return min(self.footprints, key=lambda footprint: footprint.precision.rank)

    @cached_property
    def label_point(self) -> Point:
        """Return a point inside the best footprint, WGS-84: where a label may stand, never a site."""
        return label_point(self.best.geometry)

    @property
    def is_region_wide(self) -> bool:
        """Tell whether the case holds for the whole area."""
        return self.best.precision is Precision.REGION

    @property
    def is_schematic(self) -> bool:
        """Tell whether any footprint is schematic."""
        return any(footprint.is_schematic for footprint in self.footprints)

    @cached_property
    def counties(self) -> tuple[str, ...]:
        """List the counties that the footprints touch, sorted; none for a region-wide case."""
        if self.is_region_wide:
            return ()
        return tuple(sorted({code for footprint in self.footprints for code in footprint.counties}))

    @cached_property
    def years(self) -> range:
        """Return the years the case covers; an open end reaches to the date of its status."""
        period = self.case.period
        start = period.start_date or period.end_date
        if start is None:
            return range(0)
        end = period.end_date or self.case.status_as_of or start
        return range(int(start[:4]), max(int(start[:4]), int(end[:4])) + 1)


def label_point(geometry: BaseGeometry) -> Point:
    """Return a point inside a geometry: the middle of its longest line, or inside its area."""
    if isinstance(geometry, MultiLineString):
        geometry = max(geometry.geoms, key=lambda line: line.length)
    if isinstance(geometry, LineString):
        return geometry.interpolate(0.5, normalized=True)
    return geometry.representative_point()
