"""What `tongcheng geocode` and the web answer: plain documents of locations."""

import math
from collections.abc import Sequence
from typing import TypedDict

from geo.case import Location
from geo.divisions import city_of, is_county, same_city

_MANY_COUNTIES = 3  # a line or a park; beside a county that the text names, its others are no answer
_MOST = 0.6
_NEARLY_ALL = 0.95  # a line leads through places, it is in none
_LINES = frozenset({"line", "road", "river"})
_CONTAINERS = frozenset({"city", "ambiguous"})


class MatchDocument(TypedDict):
    """A mention and what it was matched to; `lon` and `lat`, degrees, are None where that stays undecided.

    `span`: first character and the one after the last. `share`: the part of the place in each of `adcodes`, sum 1.
    """

    name: str
    entry_id: str
    kind: str
    span: list[int]
    match_type: str
    confidence: float
    precision: str
    radius_m: float
    adcodes: list[str]
    share: list[float]
    lon: float | None
    lat: float | None
    reason: str
    rejected: list[str]


class GeocodeDocument(TypedDict):
    """What a text names: the best code, all codes, the point of the best place, every match."""

    adcode: str | None
    adcodes: list[str]
    lon: float | None
    lat: float | None
    matches: list[MatchDocument]


def geocode_document(locations: Sequence[Location]) -> GeocodeDocument:
    """Return the best code, all codes, the point of the best place, and every match with its reason."""
    counties = found_counties(locations)
    best = best_location(locations)
    cities = [code for location in locations for code in location.adcodes if not is_county(code)]
    codes = [*counties, *(city for city in cities if not any(same_city(code, city) for code in counties))]
    return {
        "adcode": best_code(best) if best else None,
        "adcodes": list(dict.fromkeys(codes)),
        "lon": best.lon if best else None,
        "lat": best.lat if best else None,
        "matches": [match_document(location) for location in locations],
    }


def found_counties(locations: Sequence[Location]) -> list[str]:
    """List the counties a text speaks of; those of a line or park only where no place is more exact."""
    kept = [location for location in locations if not _only_contains(location, locations)]
    exact = [code for location in kept if len(location.adcodes) < _MANY_COUNTIES for code in location.adcodes]
    counties = [code for code in exact if is_county(code)]
    if not counties:
        counties = [code for location in locations for code in location.adcodes if is_county(code)]
    return list(dict.fromkeys(counties))


def _only_contains(location: Location, locations: Sequence[Location]) -> bool:
    """Tell whether a zone only introduces a place in it: 眉山天府新区 before 视高."""
    return len(location.adcodes) > 1 and any(
        other.span[0] == location.span[1] and set(other.adcodes) < set(location.adcodes) for other in locations
    )


def best_location(locations: Sequence[Location]) -> Location | None:
    """Return the most exact and surest place; a city only when there is nothing finer."""
    known = [location for location in locations if location.adcodes]
    return min(known, key=_order, default=None)


def best_code(location: Location) -> str:
    """Return the county that holds most of a place; its city where none does."""
    if location.shares[0] >= (_NEARLY_ALL if location.kind in _LINES else _MOST):
        return location.adcodes[0]
    cities = {city_of(code) for code in location.adcodes}
    return cities.pop() if len(cities) == 1 else location.adcodes[0]


def _order(location: Location) -> tuple[int, int, int, float]:
    is_container = 2 if location.kind in _CONTAINERS or not is_county(location.adcodes[0]) else 0
    is_named = 1 if location.kind == "county" else 0
    return (is_container + is_named, len(location.adcodes), location.precision.rank, -location.confidence)


def match_document(location: Location) -> MatchDocument:
    """Return one match; a place that stays undecided has no point."""
    has_point = not math.isnan(location.lon)
    return {
        "name": location.name,
        "entry_id": location.entry_id,
        "kind": location.kind,
        "span": list(location.span),
        "match_type": location.match_type,
        "confidence": location.confidence,
        "precision": location.precision,
        "radius_m": location.radius_m,
        "adcodes": list(location.adcodes),
        "share": list(location.shares),
        "lon": location.lon if has_point else None,
        "lat": location.lat if has_point else None,
        "reason": location.reason,
        "rejected": list(location.rejected),
    }
