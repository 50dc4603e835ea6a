"""Which cases lie on or near a feature, and where along it."""

from dataclasses import dataclass

import shapely

from geo.case import Footprint, Precision
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.crs import to_metric, to_metric_all
from geo.relations.linear import LinearReference
from geo.relations.relate import LINES_OF
from geo.relations.table import Relation
from geo.text import LocalText

_ON_LINE_M = 150.0  # the nodes of axes are stations


@dataclass(frozen=True)
class Beside:
    """A case, the footprint by which it lies on or near a feature, and how it does."""

    located: LocatedCase
    footprint: Footprint
    relation: Relation

    @property
    def is_exact(self) -> bool:
        """Tell whether the footprint is finer than a county."""
        return self.footprint.precision.rank < Precision.COUNTY.rank


@dataclass(frozen=True)
class Strip:
    """A line stretched out: its length, and the names along it by kilometre."""

    length_km: float
    marks: tuple[tuple[float, LocalText], ...]


def cases_beside(catalogue: Catalogue, layer_id: str, feature_id: str, *, within_km: float = 0.0) -> list[Beside]:
    """Return the cases within a distance of a feature, 0 when they must meet, each by its finest footprint there.

    Sorted by kilometre where the feature has a line, else by precision, then by id. Footprints of the whole region
    take no part.
    """
    found: dict[str, Beside] = {}
    for relation in catalogue.relations.of_feature(layer_id, feature_id):
        footprint = catalogue.footprints[relation.footprint]
        holds = relation.distance_m <= within_km * 1000 if within_km else relation.intersects
        if not holds or footprint.precision is Precision.REGION:
            continue
        beside = Beside(catalogue.case(footprint.case_id), footprint, relation)
        known = found.get(footprint.case_id)
        if known is None or _fineness(beside) < _fineness(known):
            found[footprint.case_id] = beside
    return sorted(found.values(), key=_order)


def strip_of(catalogue: Catalogue, layer_id: str, feature_id: str) -> Strip | None:
    """Return the line of a belt, corridor, transit line or expressway, with the stations on it; else None."""
    if layer_id not in LINES_OF:
        return None
    line = LinearReference(to_metric(catalogue.layer(LINES_OF[layer_id]).feature(feature_id).geometry))
    stations = catalogue.layer("transit_stations").features
    points = to_metric_all([station.geometry for station in stations])
    if layer_id == "transit_lines":
        is_on = [feature_id in str(station.properties["lines"]).split("; ") for station in stations]
    else:
        is_on = (shapely.distance(line.line, points) <= _ON_LINE_M).tolist()
    at_km = line.locate(points) / 1000
    marks = [(float(km), station.name) for km, station, on in zip(at_km, stations, is_on, strict=True) if on]
    return Strip(line.length_m / 1000, tuple(sorted(marks, key=lambda mark: (mark[0], mark[1].zh))))


def _fineness(beside: Beside) -> tuple[int, float]:
    return beside.footprint.precision.rank, beside.relation.distance_m


def _order(beside: Beside) -> tuple[float, int, str]:
    km = beside.relation.km
    return (float("inf") if km is None else km, beside.footprint.precision.rank, beside.located.id)
