"""Say which written county or city holds a place, and cut places of many counties to the one they stand beside."""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from geo.case import Location
from geo.divisions import city_of, is_city
from geo.gazetteer.entry import HOLDERS, UNDECIDED, Entry, MatchType, Part, up_to_step_m
from geo.gazetteer.evidence import JOINS, SENTENCE_ENDS

OUTDATED = "outdated"
TOGETHER = "region"  # an abbreviation of all of its counties or cities: none of them is meant alone
_ZONES = frozenset({"zone", UNDECIDED})
_DEGREE_M = 111_200.0  # of latitude
_ADJOINS = re.compile(r"[\s的·：:（(]*")
_ADJOINS_LATIN = re.compile(r"[\s,(]*(?:\b(?:in|of)\s)?")  # Tianfu Avenue, Wuhou District


def placed(text: str, locations: Sequence[Location], entries: Mapping[str, Entry]) -> list[Location]:
    """Return locations with the written county or city that holds each, those of many counties cut to one beside them.

    A city that a county of another city follows at once becomes outdated: 资阳市简阳市 was right before 简阳 left.
    The time it takes grows with the length of the text.

    Args:
        text: What was read.
        locations: What it names, in reading order.
        entries: The gazetteer by id.
    """
    found: list[Location] = []
    held, read_to = _Held(), 0
    for number, location in enumerate(locations):
        start, end = location.span
        if start > read_to:
            held.pass_over(text[read_to:start])
        code = written(location)
        if code and found and start == read_to and has_left(code, found[-1]):
            found[-1] = found[-1]._replace(match_type=OUTDATED, reason=f"{found[-1].reason}; {code} has left it")
        place = location
        if len(location.adcodes) > 1:
            place = _cut(location, entries, [*held.open_codes(), *_codes_beside(text, locations, number)])
        if len(place.adcodes) > 1:
            place = _narrowed(place, entries[place.entry_id], _codes_of_zone(text, locations, number))
        holder = held.holder(place, code)
        found.append(Location._make((*place[:-1], holder)) if holder else place)  # six times as fast as _replace
        if code:
            held.add(code)
        read_to = end
    return found


def written(location: Location) -> str:
    """Return the code of a county or city that stands in the text; empty for other places."""
    if location.kind not in HOLDERS or location.rejected:
        return ""
    is_written = location.match_type != MatchType.VILLAGE and location.match_type != OUTDATED  # noqa: PLR1714  fast
    return location.adcodes[0] if is_written else ""


def has_left(county: str, city: Location) -> bool:
    """Tell whether a place before a county is a city that does not hold it."""
    return city.kind == "city" and not is_city(county) and written(city) not in {"", city_of(county)}


def cut_to(location: Location, entry: Entry, code: str) -> Location:
    """Return the part of a place that lies in a county or city; all of it where it has no such part."""
    kept = [number for number, one in enumerate(entry.adcodes) if code in {one, city_of(one)}]
    if len(kept) in {0, len(entry.adcodes)}:
        return location
    named = entry.adcodes[kept[0]] if len(kept) == 1 else code
    part = next(part for part in entry.parts if part.code == named)
    shares = [entry.shares[number] for number in kept if entry.shares]
    return location._replace(
        adcodes=tuple(entry.adcodes[number] for number in kept),
        shares=(1.0,) if len(kept) == 1 else tuple(round(share / sum(shares), 4) for share in shares),
        lon=part.lon,
        lat=part.lat,
        radius_m=part.radius_m,
        reason=f"{location.reason}; cut to its part in {part.name}",
    )


class _Held:
    """The county and city that a sentence wrote last, empty where none; whether what follows is taken to lie there."""

    __slots__ = ("city", "county", "is_open")

    def __init__(self) -> None:
        self.county = self.city = ""
        self.is_open = True

    def pass_over(self, between: str) -> None:
        if not SENTENCE_ENDS.isdisjoint(between):
            self.county = self.city = ""
        elif self.is_open:
            self.is_open = JOINS.isdisjoint(between)

    def add(self, code: str) -> None:
        if is_city(code):
            self.county, self.city, self.is_open = "", code, True
        else:
            self.county, self.city, self.is_open = code, self.city if city_of(code) == self.city else "", True

    def open_codes(self) -> tuple[str, ...]:
        return (self.county, self.city) if self.is_open else ()

    def holder(self, place: Location, own: str) -> str:
        """Return what holds a place; a county or city that is written does not hold itself."""
        codes = place.adcodes
        if self.county and codes == (self.county,):
            return "" if own else self.county
        if not self.city or not codes or city_of(codes[0]) != self.city or own == self.city:
            return ""
        return self.city if len(codes) == 1 or all(city_of(code) == self.city for code in codes) else ""


def _codes_beside(text: str, locations: Sequence[Location], number: int) -> Iterator[str]:
    """Yield the codes of the places beside one, where at most a sign stands between: 岷江新津段, 岷江（新津区）."""
    for one in _beside(text, locations, number):
        yield from _only(one)


def _codes_of_zone(text: str, locations: Sequence[Location], number: int) -> frozenset[str]:
    """Return the counties of what stands beside a place of many counties, where one of both may be a zone in some."""
    place, beside = locations[number], _beside(text, locations, number)
    held = (_all_codes(one) for one in beside if not _ZONES.isdisjoint((one.kind, place.kind)))
    return next((codes for codes in held if len(codes) > 1), frozenset())


def _all_codes(location: Location) -> frozenset[str]:
    """Return the counties of a place, or of all that it may be."""
    return frozenset(location.adcodes or (code for one in location.candidates for code in one.adcodes))


def _beside(text: str, locations: Sequence[Location], number: int) -> Iterator[Location]:
    adjoins = _ADJOINS_LATIN if locations[number].match_type == MatchType.LATIN else _ADJOINS
    for before in range(max(number - 1, 0), min(number + 1, len(locations) - 1)):
        one, other = locations[before : before + 2]
        if adjoins.fullmatch(text, one.span[1], max(one.span[1], other.span[0])):
            yield one if before < number else other


def _narrowed(location: Location, entry: Entry, codes: Collection[str]) -> Location:
    """Return what may be meant of a place of which only some counties are asked; how much lies in each is not known."""
    kept = tuple(code for code in location.adcodes if code in codes)
    if len(kept) in {0, len(location.adcodes)}:
        return location
    if len(kept) == 1:
        return cut_to(location, entry, kept[0])._replace(candidates=())
    parts = [part for part in entry.parts if part.code in kept]
    reach_m = max(_distance_m(parts[0], part) + part.radius_m for part in parts)
    return location._replace(
        adcodes=kept,
        shares=(),
        lon=parts[0].lon,
        lat=parts[0].lat,
        radius_m=up_to_step_m(reach_m),
        candidates=tuple(one for one in entry.candidates if one.adcodes[0] in kept),
    )


def _distance_m(one: Part, other: Part) -> float:
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return _DEGREE_M * math.hypot(east, one.lat - other.lat)


def _only(location: Location) -> tuple[str, ...]:
    return location.adcodes if len(location.adcodes) == 1 else ()


def _cut(location: Location, entries: Mapping[str, Entry], codes: Sequence[str]) -> Location:
    """Return the part in a county, else in a city; where it is not known which part is meant, all with candidates."""
    entry = entries[location.entry_id]
    if entry.kind == TOGETHER:
        return location
    order = sorted(filter(None, codes), key=is_city)
    place = next((part for code in order if (part := cut_to(location, entry, code)) is not location), location)
    if len(place.adcodes) == 1 or not entry.candidates:
        return place
    return place._replace(candidates=tuple(one for one in entry.candidates if one.adcodes[0] in place.adcodes))
