"""Places outside the area: every province, city and county of China, and the townships whose names contain ours.

They answer nothing; a text that names one speaks of what lies there. A name that is equal to one of ours stays, as
another meaning of it, where it is written out. A shorter form gives way to names of ours that need no evidence: cities
and counties in every form, and whatever else is written out.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ahocorasick_rs import AhoCorasick

from geo.case import Precision, Rating
from geo.divisions import city_of, is_city, is_own_province, province_of, short_name, short_names
from geo.gazetteer.entry import (
    ELSEWHERE,
    HOLDERS,
    SOURCE_ELSEWHERE,
    TOWNSHIP_RADIUS_M,
    Blocker,
    Entry,
    MatchType,
    Spelling,
    bare_township,
    spellings,
)
from geo.gazetteer.latin_names import keys_of_division
from geo.gazetteer.national import Place, any_towns_names

_LEAST_SURE = 3  # characters of a county's name without its kind: shorter ones are other words too


def places_outside(places: Iterable[Place], cities: Collection[str]) -> list[Place]:
    """Return what does not lie in some cities; the provinces that hold these are neither."""
    provinces = {province_of(city) for city in cities}
    return [one for one in places if city_of(one.county) not in cities and one.code not in provinces]


def with_namesakes(entries: Iterable[Entry], outside: Iterable[Place]) -> Iterator[Entry]:
    """Give each township the number of townships elsewhere that have its name."""
    counts = Counter(place.name for place in outside)
    for entry in entries:
        yield replace(entry, namesakes=counts[entry.name]) if entry.kind == "town" else entry


def entries_elsewhere(places: Sequence[Place], outside: Sequence[Place], ours: Sequence[Entry]) -> Iterator[Entry]:
    """Yield an entry for each division outside, and for each township there whose name contains one of ours.

    Args:
        places: All of China.
        outside: As of `places_outside`.
        ours: All other entries.
    """
    divisions = {place.code: place for place in places if not place.is_township}
    named = [spelling for entry in ours if not entry.is_blocker for spelling in spellings(entry)]
    sure = {spelling.text for spelling in named if _needs_no_evidence(spelling)}
    for place in outside:
        if not place.is_township:
            yield _division(place, divisions, sure)
    shadowed = _names_that_contain({place.name for place in outside if place.is_township}, sure)
    shadowed -= {spelling.text for spelling in named}
    shadowed -= _called_after(shadowed, {s.text for s in named if s.entry.kind in HOLDERS})
    for place in outside:
        if place.is_township and place.name in shadowed:
            yield _township(place, divisions[place.county])


def blocker_entry(blocker: Blocker) -> Entry:
    """Return names that are no places of ours as one entry."""
    return Entry(
        id=f"blocker:{blocker.names[0]}",
        name=blocker.names[0],
        kind="blocker",
        precision=Precision.COUNTY,
        rating=Rating.VERIFIED,
        source=blocker.source,
        adcodes=(),
        shares=(),
        lon=0.0,
        lat=0.0,
        aliases=tuple(blocker.names[1:]),
    )


def _needs_no_evidence(spelling: Spelling) -> bool:
    return spelling.match_type is not MatchType.SHORT or spelling.entry.kind in HOLDERS


def _division(place: Place, divisions: Mapping[str, Place], sure: Collection[str]) -> Entry:
    full, aliases, short = _forms(place, divisions)
    return replace(
        _entry(place, _precision(place.code)),
        name=full,
        aliases=tuple(name for name in aliases if name not in sure),
        short_names=tuple(name for name in short if name not in sure),
        former_names=tuple((name, until) for name, until in place.former if name not in sure),
        latin=keys_of_division(place.name),
    )


def _forms(place: Place, divisions: Mapping[str, Place]) -> tuple[str, Sequence[str], Sequence[str]]:
    """Return the name, the forms that are as sure, and those that are other words too."""
    if len(place.name) < _LEAST_SURE or place.name in any_towns_names():
        holder = divisions[city_of(place.code)].name
        short = () if place.name in any_towns_names() else (place.name,)
        return holder + place.name, (short_name(holder) + place.name,), short
    forms = short_names(place.name)
    sure = [one for one in forms if len(one) >= _LEAST_SURE or place.code.endswith("00")]
    return place.name, sure, [one for one in forms if one not in sure]


def _precision(code: str) -> Precision:
    if is_city(code):
        return Precision.REGION if code == province_of(code) and not is_own_province(code) else Precision.CITY
    return Precision.COUNTY


def _names_that_contain(names: Collection[str], sure: Collection[str]) -> set[str]:
    automaton = AhoCorasick(sorted(sure))
    return {name for name in names if automaton.find_matches_as_indexes(name)}


def _called_after(names: Collection[str], divisions: Collection[str]) -> set[str]:
    """Return the townships that are called as a county or city of ours; a text means ours as often: 罗江镇."""
    return {name for name in names if bare_township(name) in divisions}


def _township(place: Place, county: Place) -> Entry:
    if place.point is None:
        return _entry(place._replace(point=county.point, radius_m=county.radius_m), Precision.COUNTY)
    return _entry(place._replace(radius_m=TOWNSHIP_RADIUS_M), Precision.TOWN)


def _entry(place: Place, precision: Precision) -> Entry:
    lon, lat = place.point or (math.nan, math.nan)
    return Entry(
        id=f"{ELSEWHERE}:{place.code}",
        name=place.name,
        kind=ELSEWHERE,
        precision=precision,
        rating=Rating.PROXY,
        source=SOURCE_ELSEWHERE,
        adcodes=(place.county,),
        shares=(1.0,),
        lon=lon,
        lat=lat,
        radius_m=place.radius_m,
    )
