"""A line stretched out: what stands along it by kilometre, and where its kilometres begin."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from geo.crs import Metric
from geo.feature import Layer
from geo.relations.linear import LinearReference
from geo.relations.lines import LINES_OF
from geo.text import LocalText

_ON_LINE_M = 150.0  # the nodes of axes are stations


@dataclass(frozen=True)
class Strip:
    """A line stretched out: its length, and the names of stations along it by kilometre.

    `starts_at` is the first node that the records name; None where they name none.
    """

    length_km: float
    marks: tuple[tuple[float, LocalText], ...]
    starts_at: LocalText | None


def strip_of(
    layers: Mapping[str, Layer],
    lines: Mapping[tuple[str, str], LinearReference],
    metric: Metric,
    layer_id: str,
    feature_id: str,
) -> Strip | None:
    """Return the line of a belt, corridor, transit line or expressway, with the stations on it; else None.

    Raises:
        KeyError: No feature of a layer with lines has the id.
    """
    if layer_id not in LINES_OF:
        return None
    line, stations = lines[layer_id, feature_id], layers["transit_stations"].features
    points = metric.to_metric_all([station.geometry for station in stations])
    if layer_id == "transit_lines":
        is_on = [feature_id in str(station.properties["lines"]).split("; ") for station in stations]
    else:
        is_on = (shapely.distance(line.line, points) <= _ON_LINE_M).tolist()
    at_km = line.locate(points) / 1000
    marks = [(float(km), station.name) for km, station, on in zip(at_km, stations, is_on, strict=True) if on]
    marks.sort(key=lambda mark: (mark[0], mark[1].zh))
    first = marks[0][1] if marks and marks[0][0] * 1000 <= _ON_LINE_M else None
    return Strip(line.length_m / 1000, tuple(marks), first or _first_node(layers[layer_id], feature_id))


def _first_node(layer: Layer, feature_id: str) -> LocalText | None:
    """Return the first node of an expressway; an axis begins where it enters its belt, if no station says more."""
    nodes = layer.feature(feature_id).properties.get("nodes")
    return LocalText(str(nodes).split(" – ")[0], None) if nodes else None
