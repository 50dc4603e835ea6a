"""How surely a name means a place: one probability, from how it is named and what stands around it.

The weights are those of a logistic regression on a newspaper; docs/geocoder.md says how they were found and how well
they hold.
"""

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path

from geo.gazetteer.entry import DIVISIONS

_SUREST = 0.999  # nothing is certain


@cache
def named(kind: str, *, is_bare: bool) -> str:
    """Return the feature of how an entry of a kind is named: with what it is (written), or without (bare)."""
    return f"{kind if kind in DIVISIONS else 'place'} {'bare' if is_bare else 'written'}"


WEIGHTS_FILE = Path(__file__).resolve().parent / "weights.json"
# What no newspaper of the country tells, as weights: who asks about an area is likelier to mean its places than that
# newspaper, unless words cut through the name; "doubted" is what records say of a name. Of firms, of persons ("called
# so") and of words that go on into a name the newspaper has too few.
OURS: Mapping[str, float] = {"ours": 2.0, "doubted": -4.0, "firm after": -3.0, "called so": -4.0, "in a word": -4.0}
# How surely a place is meant by how it is named alone, 0 to 1, where no newspaper tells; docs/geocoder.md says why.
PRIORS: Mapping[str, float] = {
    "place written": 0.9,
    "place asked": 0.75,  # a bare name that is all of a text, or begins an address
    "village written": 0.85,
    "station": 0.6,
    "abbreviation": 0.9,
    "latin written": 0.95,
    "latin bare": 0.85,
    "typo": 0.6,
    "undecided": 0.3,
}


@cache
def _weights() -> Mapping[str, float]:
    fitted: Mapping[str, float] = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    priors = {name: math.log(sure / (1 - sure)) for name, sure in PRIORS.items()}
    return {**fitted, **OURS, **priors, "place bare": fitted["county bare"]}


def probability(features: Iterable[str]) -> float:
    """Return how probable it is that a name with these features means the place, 0 to 1; one says how it is named."""
    return _probability(frozenset(features))


@lru_cache(maxsize=10_000)
def _probability(features: frozenset[str]) -> float:
    weights = _weights()
    sure = 1 / (1 + math.exp(-sum(weights.get(feature, 0.0) for feature in features)))
    return min(round(sure, 3), _SUREST)


@cache
def sure_by_name(how: str) -> float:
    """Return how probable it is that a place is meant, by how it is named alone."""
    return probability((how,))
