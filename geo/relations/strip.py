"""A line stretched out: what stands along it by kilometre, and where its kilometres begin."""

from collections.abc import Mapping
from dataclasses import dataclass

import shapely

from geo.crs import Metric
from geo.feature import Feature, Layer
from geo.layers.table import layer_spec, layers_with
from geo.relations.linear import LinearReference
from geo.relations.lines import LINES_OF
from geo.text import LocalText

STOPS = layers_with(lambda spec: spec.is_stop)
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
    line = lines[layer_id, feature_id]
    known = (layers[name] for name in STOPS if name in layers)
    stops = [stop for layer in known for stop in _stops_on(layer, line, metric, (layer_id, feature_id))]
    points = metric.to_metric_all([stop.geometry for stop in stops])
    at_km = (line.locate(points) / 1000).tolist() if stops else []
    marks = [(km, stop.name) for km, stop in zip(at_km, stops, strict=True)]
    marks.sort(key=lambda mark: (mark[0], mark[1].zh))
    first = marks[0][1] if marks and marks[0][0] * 1000 <= _ON_LINE_M else None
    return Strip(line.length_m / 1000, tuple(marks), first or _first_node(layers[layer_id], feature_id))


def _stops_on(stops: Layer, line: LinearReference, metric: Metric, key: tuple[str, str]) -> list[Feature]:
    """Return the stops that name a line as theirs; of a line that stops do not name, those that lie on it."""
    column = next((column for column in layer_spec(stops.id).columns if column.of_layer == key[0]), None)
    if column is not None:
        return [stop for stop in stops if key[1] in column.parts_of(stop)]
    off_m = shapely.distance(line.line, metric.to_metric_all([stop.geometry for stop in stops]))
    return [stop for stop, metres in zip(stops, off_m, strict=True) if metres <= _ON_LINE_M]


def _first_node(layer: Layer, feature_id: str) -> LocalText | None:
    """Return the first node of an expressway; an axis begins where it enters its belt, if no station says more."""
    nodes = layer.feature(feature_id).properties.get("nodes")
    return LocalText(nodes[0]) if isinstance(nodes, tuple) and nodes else None
