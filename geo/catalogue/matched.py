"""The matches of the cases that a query finds: the place, its distance, why, and where on a line beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point

from geo.case import BY_RANK, Certainty, Footprint, PlaceRole, Precision
from geo.catalogue.case_index import NO_ROW, CaseMatches
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.feature import AREA_DIMENSION, Feature
from geo.query import CaseQuery
from geo.relations.table import Relation, Stretch
from geo.text import LocalText, word


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


_STATED = ("counties", "cities")
_MOST_STRETCHES = 3
_AS_ONE_KM = 0.05
_BY_COUNTY = word("known by its county only")
_BY_COUNTIES = word("known by its counties only")
_BY_CITY = word("known to the city only")
_BY_AREA = word("known by its area only")
_HOLDS = word("where the practice holds")


def why(match: Match) -> LocalText:
    """Return why a case fulfils a condition of place."""
    if match.certainty is Certainty.REGION:
        return match.of_whole
    parts = [match.footprint.name, *_how(match), *_kilometre(match)]
    return LocalText("，".join(part.zh for part in parts), ", ".join(part.in_lang("en") for part in parts))


def _how(match: Match) -> Iterator[LocalText]:
    if match.names_it:
        yield _named(match)
    elif match.certainty is Certainty.APPLIES:
        yield _HOLDS
        if match.km_min:
            yield _kilometres(match.km_min, match.km_max)
    elif match.km_max == 0.0:
        yield _inside(match)
    else:
        yield _kilometres(match.km_min, match.km_max)
    if match.certainty is Certainty.POSSIBLE and not match.footprint.is_fine:
        yield _known_by(match.footprint)


def _named(match: Match) -> LocalText:
    """Return how a place names the feature: holds for it, lies in it by its record, or is the feature itself."""
    name = match.feature.name
    if match.footprint.role is PlaceRole.JURISDICTION and name.zh == match.footprint.name.zh:
        return _HOLDS
    if match.relation.layer in _STATED and name.zh != match.footprint.name.zh:
        return word("in {place}", place=name)
    return word("which the case names")


def _inside(match: Match) -> LocalText:
    if not match.relation.within:
        return word("meets it")
    if not match.footprint.is_fine:
        return word("all of the area that is known inside it")
    is_area = shapely.get_dimensions(match.feature.geometry) == AREA_DIMENSION
    return word("inside it") if is_area else word("on it")


def _known_by(footprint: Footprint) -> LocalText:
    if footprint.precision is Precision.COUNTY:
        return _BY_COUNTY if len(footprint.counties) == 1 else _BY_COUNTIES
    return _BY_CITY if footprint.precision is Precision.CITY else _BY_AREA


def _kilometre(match: Match) -> Iterator[LocalText]:
    """Yield where on its line the place lies: what it covers of it, else the kilometre beside it."""
    if match.km is None:
        return
    text = stretches_text(match.relation.stretches, match.km)
    yield word("at km {km}", km=text)


def stretches_text(stretches: tuple[Stretch, ...], km: float) -> str:
    """Return stretches as "12.3–15.0, 20.1–22.0", the first three of many; without any, the kilometre itself."""
    told = [_stretch(*one) for one in stretches]
    more = " …" if len(told) > _MOST_STRETCHES else ""
    return ", ".join(told[:_MOST_STRETCHES]) + more or f"{km:.1f}"


def _stretch(from_km: float, to_km: float) -> str:
    is_point = abs(to_km - from_km) < 2 * _AS_ONE_KM
    return f"{from_km:.1f}" if is_point else f"{from_km:.1f}–{to_km:.1f}"


def _kilometres(least: float, most: float) -> LocalText:
    """Return a distance, or the range of it, the same in both languages."""
    text = f"{most:.1f} km" if most - least < _AS_ONE_KM else f"{least:.1f}–{most:.1f} km"
    return LocalText(text, text)


@dataclass(frozen=True)
class Beside:
    """A case on or near a feature, and the match that says how surely and where."""

    located: LocatedCase
    match: Match


def cases_beside(catalogue: Catalogue, layer_id: str, feature_id: str, *, within_km: float = 0.0) -> list[Beside]:
    """Return the cases on a feature, or within a distance of it, by group; cases of the whole region take no part.

    Within a group they come by kilometre where the feature has a line, else by distance.
    """
    query = CaseQuery(near=(f"{layer_id}:{feature_id}",), within_km=within_km)
    matched = Matched(catalogue, query)
    numbers = catalogue.index.numbers(query).tolist()
    found = [Beside(catalogue.index.cases[n], match) for n in numbers if (match := matched.of(n))]
    return sorted(found, key=lambda beside: (beside.match.certainty.rank, _km(beside.match)))


def _km(match: Match) -> float:
    """Return what to sort by within a group, stable: places without a kilometre keep their order, behind the others."""
    return float("inf") if match.km is None else match.km
