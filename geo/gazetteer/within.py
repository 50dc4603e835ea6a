"""Say which written county or city holds a place, and cut places of many counties to the one they stand beside."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from geo.case import Location, Possible
from geo.divisions import city_of, is_city
from geo.gazetteer.entry import Entry, MatchType

_ENDS = re.compile(r"[。！？；!?;\n]")  # of a sentence; what was written before it holds nothing behind it
_JOINS = re.compile(r"[、和与及跟同至到往去从由~～—–-]")  # as equals: what stands behind it may lie elsewhere
_ADJOINS = re.compile(r"[\s的·：:（(]*")


def placed(text: str, locations: Sequence[Location], entries: Mapping[str, Entry]) -> list[Location]:
    """Return locations with the written county or city that holds each, those of many counties cut to one beside them.

    The time it takes grows with the length of the text.

    Args:
        text: What was read.
        locations: What it names, in reading order.
        entries: The gazetteer by id.
    """
    return list(_placed(text, locations, entries))


def written(location: Location) -> str:
    """Return the code of a county or city that stands in the text; empty for other places."""
    is_one = location.kind in {"county", "city"} and location.match_type != MatchType.VILLAGE and not location.rejected
    return location.adcodes[0] if is_one and location.adcodes else ""


def holds(code: str, adcodes: Sequence[str]) -> bool:
    """Tell whether a county or city holds all of a place."""
    return bool(adcodes) and all(code in {one, city_of(one)} for one in adcodes)


def outdated(locations: Sequence[Location]) -> set[tuple[int, int]]:
    """Return the spans of cities that a county of another city follows at once: 简阳 has left 资阳 in 资阳市简阳市."""
    return {
        one.span
        for one, other in pairwise(locations)
        if one.span[1] == other.span[0] and one.kind == "city" and written(one) and written(other)
        if not holds(written(one), other.adcodes)
    }


def cut_to(location: Location, entry: Entry, code: str) -> Location:
    """Return the part of a place that lies in a county or city; all of it where it has no such part."""
    part = next((part for part in entry.parts if part.code == code), None)
    if part is None:
        return location
    kept = [number for number, one in enumerate(entry.adcodes) if code in {one, city_of(one)}]
    shares = [entry.shares[number] for number in kept if entry.shares]
    return location._replace(
        adcodes=tuple(entry.adcodes[number] for number in kept),
        shares=(1.0,) if len(kept) == 1 else tuple(round(share / sum(shares), 4) for share in shares),
        lon=part.lon,
        lat=part.lat,
        radius_m=part.radius_m,
        reason=f"{location.reason}; cut to its part in {code}",
    )


class _Held(NamedTuple):
    """The county and city that a sentence wrote last, empty where none; whether what follows is taken to lie there."""

    county: str = ""
    city: str = ""
    is_open: bool = True

    @property
    def open_codes(self) -> tuple[str, ...]:
        return (self.county, self.city) if self.is_open else ()

    def behind(self, text: str, start: int, end: int) -> "_Held":
        if _ENDS.search(text, start, end):
            return _Held()
        return self._replace(is_open=False) if _JOINS.search(text, start, end) else self

    def with_written(self, code: str) -> "_Held":
        if not code:
            return self
        return _Held("", code) if is_city(code) else _Held(code, self.city if holds(self.city, (code,)) else "")


def _placed(text: str, locations: Sequence[Location], entries: Mapping[str, Entry]) -> Iterator[Location]:
    touches = [False, *(_adjoin(text, *pair) for pair in pairwise(locations)), False]
    held, read_to = _Held(), 0
    for number, location in enumerate(locations):
        held = held.behind(text, read_to, location.span[0])
        beside = [
            *locations[number - touches[number] : number],
            *locations[number + 1 : number + 1 + touches[number + 1]],
        ]
        place = location
        if len(location.adcodes) > 1:
            codes = [*held.open_codes, *(one.adcodes[0] for one in beside if len(one.adcodes) == 1)]
            place = _cut(location, entries, sorted(filter(None, codes), key=is_city))
        yield place._replace(within=_holder(place, (held.county, held.city, *map(written, beside))))
        held, read_to = held.with_written(written(location)), location.span[1]


def _adjoin(text: str, one: Location, other: Location) -> bool:
    """Tell whether nothing but a sign stands between two places: 岷江新津段, 岷江（新津区）."""
    return _ADJOINS.fullmatch(text, one.span[1], other.span[0]) is not None


def _cut(location: Location, entries: Mapping[str, Entry], codes: Sequence[str]) -> Location:
    """Return the part in the first of several codes that holds one; candidates where it is not known which it is."""
    entry = entries[location.entry_id]
    place = next((part for code in codes if (part := cut_to(location, entry, code)) is not location), location)
    if len(place.adcodes) == 1 or place.shares:
        return place
    counties = [entries[f"county:{code}"] for code in place.adcodes]
    return place._replace(candidates=tuple(Possible(one.id, one.name, one.adcodes) for one in counties))


def _holder(place: Location, codes: Sequence[str]) -> str:
    own = written(place)
    return next((code for code in codes if code and code != own and holds(code, place.adcodes)), "")
