"""Which cases lie on or near a feature, and where along it."""

from dataclasses import dataclass

import shapely

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.located import LocatedCase
from geo.catalogue.matched import Match, Matched
from geo.crs import to_metric_all
from geo.query import CaseQuery
from geo.relations.lines import LINES_OF
from geo.text import LocalText

_ON_LINE_M = 150.0  # the nodes of axes are stations


@dataclass(frozen=True)
class Beside:
    """A case on or near a feature, and the match that says how surely and where."""

    located: LocatedCase
    match: Match


@dataclass(frozen=True)
class Strip:
    """A line stretched out: its length, the names along it by kilometre, and where its kilometres begin.

    `starts_at` is the first node that the records name; None where they name none.
    """

    length_km: float
    marks: tuple[tuple[float, LocalText], ...]
    starts_at: LocalText | None


def cases_beside(catalogue: Catalogue, layer_id: str, feature_id: str, *, within_km: float = 0.0) -> list[Beside]:
    """Return the cases on a feature, or within a distance of it, by group; cases of the whole region take no part.

    Within a group they come by kilometre where the feature has a line, else by distance.
    """
    query = CaseQuery(near=(f"{layer_id}:{feature_id}",), within_km=within_km)
    matched = Matched(catalogue, query)
    numbers = catalogue.index.numbers(query).tolist()
    found = [Beside(catalogue.index.cases[n], match) for n in numbers if (match := matched.of(n))]
    return sorted(found, key=lambda beside: (beside.match.certainty.rank, _km(beside.match)))


def strip_of(catalogue: Catalogue, layer_id: str, feature_id: str) -> Strip | None:
    """Return the line of a belt, corridor, transit line or expressway, with the stations on it; else None."""
    if layer_id not in LINES_OF:
        return None
    line = catalogue.lines[layer_id, feature_id]
    stations = catalogue.layer("transit_stations").features
    points = to_metric_all([station.geometry for station in stations])
    if layer_id == "transit_lines":
        is_on = [feature_id in str(station.properties["lines"]).split("; ") for station in stations]
    else:
        is_on = (shapely.distance(line.line, points) <= _ON_LINE_M).tolist()
    at_km = line.locate(points) / 1000
    marks = [(float(km), station.name) for km, station, on in zip(at_km, stations, is_on, strict=True) if on]
    marks.sort(key=lambda mark: (mark[0], mark[1].zh))
    first = marks[0][1] if marks and marks[0][0] * 1000 <= _ON_LINE_M else None
    return Strip(line.length_m / 1000, tuple(marks), first or _first_node(catalogue, layer_id, feature_id))


def _first_node(catalogue: Catalogue, layer_id: str, feature_id: str) -> LocalText | None:
    """Return the first node of an expressway; an axis begins where it enters its belt, if no station says more."""
    nodes = catalogue.layer(layer_id).feature(feature_id).properties.get("nodes")
    return LocalText(str(nodes).split(" – ")[0], None) if nodes else None


def _km(match: Match) -> float:
    """Return what to sort by within a group, stable: places without a kilometre keep their order, behind the others."""
    return float("inf") if match.km is None else match.km
