"""LINES_OF: on which line the kilometres of a feature run, and the line itself."""

from collections.abc import Mapping

from geo.crs import Metric
from geo.feature import Layer
from geo.layers.table import LAYERS
from geo.relations.linear import LinearReference

# layer -> the layer whose feature of the same id is the line to count kilometres on
LINES_OF: Mapping[str, str] = {spec.id: spec.kilometres_on for spec in LAYERS if spec.kilometres_on}


def lines_of(layers: Mapping[str, Layer], metric: Metric) -> dict[tuple[str, str], LinearReference]:
    """Return the line of every feature that has one, in metres, by layer and id."""
    return {
        (layer_id, line.id): LinearReference(metric.to_metric(line.geometry))
        for layer_id, line_layer in LINES_OF.items()
        for line in layers.get(line_layer, ())
    }
