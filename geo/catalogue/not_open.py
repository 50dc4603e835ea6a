"""What cases are asked to be near to, and was not open on the day of the question: relations are those of the build."""

import datetime as dt
from collections.abc import Iterator

from geo.catalogue.case_index import features_of
from geo.catalogue.catalogue import Catalogue
from geo.labels import LABELS
from geo.query import CaseQuery
from geo.text import LocalText, word

_NOT_OPEN = frozenset({"planned", "under_construction"})


def not_open(catalogue: Catalogue, query: CaseQuery, day: dt.date | None) -> Iterator[LocalText]:
    """Tell of what a query names and is not there on a day, or not open yet; without a day, of today."""
    layers = catalogue.layers_at(day)
    for layer_id, feature_id in features_of(query):
        if not catalogue.has(f"{layer_id}:{feature_id}"):
            continue
        name = catalogue.name_of(layer_id, feature_id)
        if feature_id not in layers[layer_id]:
            yield word("{name} is not there on {day}; distances are to what is drawn now.", name=name, day=str(day))
            continue
        feature = layers[layer_id].feature(feature_id)
        if feature.status in _NOT_OPEN:
            status = LABELS["status"][feature.status]
            dated = feature.status_date or "?"
            yield word("{name} is not open: {status}, {date}.", name=name, status=status, date=dated)
