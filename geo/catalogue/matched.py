"""Why a case fulfils the conditions of place of a query: the place that does, how far it can be, and the kilometre."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Point

from geo.case import Footprint
from geo.catalogue.asked import features_of
from geo.catalogue.case_matches import NO_ROW, CaseMatches
from geo.catalogue.catalogue import Catalogue
from geo.certainty import BY_RANK, Certainty
from geo.feature import Feature
from geo.query import CaseQuery
from geo.relations.table import Relation
from geo.text import LocalText


@dataclass(frozen=True)
class Match:
    """One match of a case with a feature.

    `km_min` to `km_max` is how far the place can be from the feature, in kilometres: 0 to 0 where it names it, up to
    the farthest point of the county or city where no more is known. `feature.precision_m` comes on top. `length_km` is
    that of the line of the feature, 0 where it has none. `of_whole` is what is said of a case of the whole area.
    """

    certainty: Certainty
    footprint: Footprint
    feature: Feature
    relation: Relation
    km_min: float
    km_max: float
    names_it: bool
    of_whole: LocalText
    length_km: float = 0.0

    @property
    def km(self) -> float | None:
        """Return the kilometre on the line of the feature; None where it has none, or the place has none on it."""
        if self.names_it or self.certainty is Certainty.REGION or not self.relation.has_kilometre(self.length_km):
            return None
        return self.relation.km


@dataclass(frozen=True, eq=False)
class Matched:
    """The matches of the cases, or of each footprint by itself, under one query; each made when it is asked for."""

    catalogue: Catalogue
    query: CaseQuery
    of_footprints: bool = False

    @cached_property
    def _matches(self) -> CaseMatches:
        index = self.catalogue.index
        return index.footprint_matches(self.query) if self.of_footprints else index.matches(self.query)

    def of(self, number: int) -> Match | None:
        """Return the match of a case or footprint by its number; None where there is none."""
        row = int(self._matches.row[number])
        return None if row == NO_ROW else match_at(self.catalogue, row, BY_RANK[int(self._matches.rank[number])])

    @cached_property
    def points(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes, WGS-84, by case number: where the match is, else the label point."""
        lon, lat = self.catalogue.index.label_points
        if not self.query.has_place:
            return lon, lat
        row, table = self._matches.row, self.catalogue.relations
        is_matched = row != NO_ROW
        lon, lat = lon.copy(), lat.copy()
        lon[is_matched], lat[is_matched] = table.at_lon[row[is_matched]], table.at_lat[row[is_matched]]
        return lon, lat

    def point(self, number: int) -> Point:
        """Return the point of one case by its number, WGS-84."""
        lon, lat = self.points
        return Point(lon[number], lat[number])


def precision_m(catalogue: Catalogue, query: CaseQuery) -> float:
    """Return how far the features of the conditions of place may be from the real ones, at worst; 0 without any."""
    named = (key for key in features_of(query) if catalogue.has(":".join(key)))
    return max((catalogue.layer(layer).feature(feature).precision_m for layer, feature in named), default=0.0)


def match_at(catalogue: Catalogue, row: int, certainty: Certainty) -> Match:
    """Return what a row of the relations says of a match of a group."""
    relation = catalogue.relations.row(row)
    footprint = catalogue.footprints[relation.footprint]
    feature = catalogue.layer(relation.layer).feature(relation.feature)
    names_it = catalogue.index.matching.names(relation.footprint, (relation.layer, relation.feature))
    from_m, to_m = (0.0, 0.0) if names_it else _range_m(catalogue, relation, footprint, certainty)
    line = catalogue.lines.get((relation.layer, relation.feature))
    length_km = line.length_m / 1000 if line else 0.0
    of_whole = catalogue.area.holds_for_whole
    return Match(certainty, footprint, feature, relation, from_m / 1000, to_m / 1000, names_it, of_whole, length_km)


def _range_m(
    catalogue: Catalogue, relation: Relation, footprint: Footprint, certainty: Certainty
) -> tuple[float, float]:
    from_m = max(relation.distance_m - footprint.radius_m, 0.0)
    if certainty is Certainty.POSSIBLE and not footprint.is_fine:
        return from_m, catalogue.farthest_m((relation.layer, relation.feature), relation.footprint)
    return from_m, max(relation.reach_m + footprint.radius_m, 0.0)
