"""What `tongcheng geocode` and the web answer: plain documents of locations."""

import math
from collections.abc import Sequence
from typing import TypedDict

from geo.case import Location, Possible
from geo.divisions import city_of, is_county
from geo.gazetteer.within import OUTDATED, TOGETHER, written
from geo.text import Lang, LocalText, word

_LINES = frozenset({"line", "road", "river"})  # they lead through places
_MANY_COUNTIES = 3  # a park; beside a county that the text names, its others are no answer


class CandidateDocument(TypedDict):
    """What an undecided mention may be: a place of that name, or a county that holds a part of a zone."""

    name: str
    entry_id: str
    adcodes: list[str]


class MatchDocument(TypedDict):
    """A mention and what it was matched to; `lon` and `lat`, degrees, are None where that stays undecided.

    `span`: first character and the one after the last. `radius_m`: how far off the point is in 9 of 10 cases, in
    metres. `share`: the part of the place in each of `adcodes`, sum 1; empty where it is not known. `within`: the
    county or city of the text that holds it. `candidates`: what it may be where that stays undecided.
    """

    name: str
    entry_id: str
    kind: str
    span: list[int]
    match_type: str
    confidence: float
    precision: str
    radius_m: float | None
    adcodes: list[str]
    share: list[float]
    lon: float | None
    lat: float | None
    within: str | None
    reason: str
    rejected: list[str]
    candidates: list[CandidateDocument]


class GeocodeDocument(TypedDict):
    """What a text names: the best code, all codes, the best place's point and how far off it may be, every match.

    `question`: what to ask whoever wrote the text, where nothing in it decides.
    """

    adcode: str | None
    adcodes: list[str]
    lon: float | None
    lat: float | None
    radius_m: float | None
    question: str | None
    matches: list[MatchDocument]


def geocode_document(locations: Sequence[Location], lang: Lang = "en") -> GeocodeDocument:
    """Return the best code, all codes, the point of the best place, and every match with its reason."""
    said = _said(locations)
    best = _best(said)
    code = best_code(best) if best else None
    question = None if code else question_about(locations, best)
    return {
        "adcode": code,
        "adcodes": _codes(said, code),
        "lon": best.lon if best else None,
        "lat": best.lat if best else None,
        "radius_m": best.radius_m if best else None,
        "question": question.in_lang(lang) if question else None,
        "matches": [match_document(location) for location in locations],
    }


def best_location(locations: Sequence[Location]) -> Location | None:
    """Return the most exact and surest place in the counties that are written, else the cities, else of all."""
    return _best(_said(locations))


def _best(said: Sequence[Location]) -> Location | None:
    if len(said) < 2:  # noqa: PLR2004
        return said[0] if said else None
    named = {code for location in said if (code := written(location))}
    asked = {code for code in named if is_county(code)} or named
    return min(said, key=lambda location: _order(location, asked))


def _said(locations: Sequence[Location]) -> list[Location]:
    return [location for location in locations if location.adcodes and location.match_type != OUTDATED]


def best_code(location: Location) -> str | None:
    """Return the county of a place, or the one city of all its counties where its parts are known; else None."""
    if len(location.adcodes) == 1:
        return location.adcodes[0]
    city, *others = {city_of(code) for code in location.adcodes}
    return city if location.shares and not others else None


def question_about(locations: Sequence[Location], best: Location | None) -> LocalText | None:
    """Return what decides between the candidates of the best place, or of the first that has some."""
    undecided = [location for location in (best, *locations) if location is not None and location.candidates]
    if not undecided:
        return None
    if undecided[0].adcodes:
        return word("Which part of {name}?", name=undecided[0].name)
    return word("Which {name}?", name=undecided[0].name)


def _codes(locations: Sequence[Location], best: str | None) -> list[str]:
    """List the counties of a text, those of a long line only where no place is more exact; cities without a county."""
    exact = [code for location in locations if _is_exact(location) for code in location.adcodes]
    counties = [code for code in exact if is_county(code)]
    if not counties:
        counties = [code for location in locations for code in location.adcodes if is_county(code)]
    around = {city_of(code) for code in counties}
    cities = [code for code in exact if not is_county(code) and code not in around]
    return list(dict.fromkeys([*counties, *cities, *filter(None, [best])]))


def _is_exact(location: Location) -> bool:
    if location.kind in _LINES:
        return len(location.adcodes) == 1
    return len(location.adcodes) < _MANY_COUNTIES or location.kind == TOGETHER


def _order(location: Location, asked: set[str]) -> tuple[bool, bool, int, bool, int, float]:
    is_elsewhere = bool(asked) and not _lies_in(location, asked)
    is_city = location.kind == "city" or not is_county(location.adcodes[0])
    fineness = location.kind == "county", location.precision.rank
    return (is_elsewhere, is_city, len(location.adcodes), *fineness, -location.confidence)


def _lies_in(location: Location, codes: set[str]) -> bool:
    return all(code in codes or city_of(code) in codes for code in location.adcodes)


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
        "radius_m": location.radius_m if has_point else None,
        "adcodes": list(location.adcodes),
        "share": list(location.shares),
        "lon": location.lon if has_point else None,
        "lat": location.lat if has_point else None,
        "within": location.within or None,
        "reason": location.reason,
        "rejected": list(location.rejected),
        "candidates": [candidate_document(one) for one in location.candidates] if location.candidates else [],
    }


def candidate_document(one: Possible) -> CandidateDocument:
    """Return what an undecided mention may be."""
    return {"name": one.name, "entry_id": one.entry_id, "adcodes": list(one.adcodes)}
