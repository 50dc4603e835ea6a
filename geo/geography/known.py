"""What of ours an imported shape is held against: features with their names and numbers, verified points, counties."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import Metric, metric_of
from geo.feature import Feature, Layer
from geo.layers.boundaries import BoundaryRecords, Township
from geo.layers.spec import shapes
from geo.layers.table import build_layers, read_layer_records
from geo.layers.transit import LINES
from geo.reading import RecordReader
from geo.sources import Sources

_SURE = frozenset({Rating.VERIFIED, Rating.VERIFIED_PROXY})
_SURE_M = 300.0
_BEHIND_NAME = re.compile(r"[：:（(\[].*")
_BETWEEN_NAMES = re.compile(r"[／/]")
_CODE = re.compile(r"(?:SA|G|S)\d+")
_METRO_ID = re.compile(r"M(\d+)")


@dataclass(frozen=True)
class Known:
    """The layers of a data folder without what was imported into it before, and its townships."""

    layers: Mapping[str, Layer]
    townships: Sequence[Township]

    @cached_property
    def metric(self) -> Metric:
        """Return the projection of the area."""
        return metric_of(self.layers["cities"].bounds)

    @cached_property
    def counties(self) -> Mapping[str, BaseGeometry]:
        """Return the counties by code, WGS-84."""
        return shapes(self.layers["counties"])

    @cached_property
    def area(self) -> BaseGeometry:
        """Return the whole area, WGS-84."""
        return shapely.union_all(list(shapes(self.layers["cities"]).values()))

    @cached_property
    def stations(self) -> Sequence[Feature]:
        """List the stations whose points are verified to within 300 m."""
        stations = self.layers.get("transit_stations", ())
        return [one for one in stations if one.rating in _SURE and one.precision_m <= _SURE_M]

    def stations_of(self, line_id: str) -> Sequence[Feature]:
        """List the verified stations of a line."""
        return [one for one in self.stations if line_id in LINES.parts_of(one)]

    def counties_of(self, shape: BaseGeometry, *, least_share: float = 0.0) -> frozenset[str]:
        """Return the codes of the counties that hold more than a share of an area or a line."""
        whole = shape.area or shape.length
        parts = {code: shape.intersection(county) for code, county in self.counties.items() if county.intersects(shape)}
        return frozenset(code for code, part in parts.items() if (part.area or part.length) > least_share * whole)

    def county_around(self, area: BaseGeometry) -> str | None:
        """Return the code of the county that an area lies in; None of an empty one."""
        point = area.representative_point()
        return next((code for code, county in self.counties.items() if county.contains(point)), None)


def read_known(sources: Sources) -> Known:
    """Return what a data folder knows itself.

    Raises:
        RecordError: Its records have problems; lists all.
        SourceError: A file of it is missing or unreadable.
    """
    with sources.telling():
        records = read_layer_records(RecordReader(sources))
        return Known(build_layers(records.without_imports()), records.of(BoundaryRecords).townships)


def plain(name: str) -> str:
    """Return a name as files and records have it in common: 成绵高速公路 as 成绵高速, without what stands behind it."""
    return _BEHIND_NAME.sub("", name).replace(" ", "").removesuffix("公路")


def names_of(feature: Feature) -> frozenset[str]:
    """Return the names of a feature, each plain; those that stand together apart."""
    told = (feature.name.zh, *feature.aliases, *([feature.id] if _CODE.fullmatch(feature.id) else []))
    return frozenset(plain(part) for name in told for part in _BETWEEN_NAMES.split(name)) - {""}


def refs_of(feature: Feature) -> frozenset[str]:
    """Return the numbers of a line or road: 1 of M1, S3, and those of its road number."""
    metro = _METRO_ID.fullmatch(feature.id)
    codes = _CODE.findall(str(feature.properties.get("code") or ""))
    own = [metro[1], f"{metro[1]}号线"] if metro else [feature.id] if _CODE.fullmatch(feature.id) else []
    return frozenset([*codes, *own])
