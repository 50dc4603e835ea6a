"""Which features the conditions of place of a query ask for."""

from geo.fields import FIELDS, PLACE_CONDITIONS, Rule
from geo.query import CaseQuery
from geo.relations.matching import Key


def asked_of(query: CaseQuery) -> list[list[tuple[str, str, float]]]:
    """Return of each condition of place the layer, id and distance (km) of every feature that its values may name.

    Of equally sure conditions the first says why a case fulfils them.
    """
    return [
        [
            (*key, (query.within_km or 0.0) if FIELDS[name].match is Rule.NEAR else 0.0)
            for value in wanted
            for key in keys_of(name, value)
        ]
        for name in PLACE_CONDITIONS
        if (wanted := query.values(name))
    ]


def features_of(query: CaseQuery) -> list[Key]:
    """Return the (layer, id) of every feature that the conditions of place may name: only one of its layers has it."""
    return [(layer, feature) for any_of in asked_of(query) for layer, feature, _ in any_of]


def keys_of(name: str, value: str) -> list[Key]:
    """Return the (layer, id) that a value of a condition may mean."""
    if FIELDS[name].match is Rule.NEAR:
        layer, _, feature = value.partition(":")
        return [(layer, feature)]
    return [(layer, value) for layer in FIELDS[name].layers]
