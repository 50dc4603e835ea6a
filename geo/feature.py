"""What a layer is made of: features with a name, a status, a rating and a source."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.errors import NotFoundError
from geo.text import LocalText

Scalar = str | float | int | bool | None
Property = Scalar | tuple[str, ...]  # lists stay lists inside; geo.layers.spec.Column makes texts of them
AREA_DIMENSION = 2  # dimensions, as shapely counts them: 0 for points, 1 for lines, 2 for areas


@dataclass(frozen=True)
class Feature:
    """One thing on a layer, WGS-84.

    `precision_m` is how far the drawn shape may be from the real one; `status_date` is ISO, as exact as known.
    `properties` are the columns of the layer beyond the common ones.
    """

    id: str
    name: LocalText
    geometry: BaseGeometry
    rating: Rating
    precision_m: float
    source: str
    status: str
    status_date: str | None = None
    note: LocalText | None = None
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Property] = field(default_factory=dict)

    @property
    def is_schematic(self) -> bool:
        """Tell whether the shape must be drawn and exported as schematic."""
        return self.rating.is_schematic


@dataclass(frozen=True)
class Layer:
    """The features of one layer, sorted by id."""

    id: str
    features: Sequence[Feature]

    def __iter__(self) -> Iterator[Feature]:
        """Iterate over the features, sorted by id."""
        return iter(self.features)

    def __len__(self) -> int:
        """Count the features."""
        return len(self.features)

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of all features, WGS-84; not numbers where there is none."""
        west, south, east, north = shapely.total_bounds([feature.geometry for feature in self.features]).tolist()
        return west, south, east, north

    def feature(self, feature_id: str) -> Feature:
        """Return a feature.

        Raises:
            NotFoundError: No feature of this layer has the id.
        """
        try:
            return self._by_id[feature_id]
        except KeyError:
            msg = f"layer {self.id}: no feature has the id {feature_id!r}"
            raise NotFoundError(msg) from None

    def __contains__(self, feature_id: object) -> bool:
        """Tell whether a feature has the id."""
        return feature_id in self._by_id

    @cached_property
    def _by_id(self) -> Mapping[str, Feature]:
        return {feature.id: feature for feature in self.features}
