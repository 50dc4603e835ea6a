"""Stations and what they are called: by their name, after their network and lines, and bare in a journey (A到B)."""

import re
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import replace

from geo.case import Precision
from geo.gazetteer.entry import Entry, GazetteerRecords, Station, StationNames

_STATION = "站"
_JOINTS = re.compile("[到至→~—–-]")
_SIDES = ("东", "西", "南", "北")
_LONGEST, _SHORTEST = 7, 2  # characters of a bare name in a journey


def station_entry(station: Station) -> Entry:
    """Return the entry of a station that no layer holds: its point, WGS-84, with the radius of its precision."""
    aliases, needed = _aliases(station), station.needs_context
    return Entry(
        id=f"station:{station.name}",
        name=f"{station.network}{station.name}" if needed else station.name,
        name_en=station.name_en,
        kind="station",
        precision=Precision.EXACT,
        rating=station.rating,
        source=station.source,
        adcodes=(station.county,),
        shares=(1.0,),
        lon=station.lon,
        lat=station.lat,
        radius_m=station.precision_m,
        aliases=aliases,
        short_names=(_after_network(station), *([station.name] if needed else [])),
    )


def with_station_names(entries: Sequence[Entry], names: Sequence[StationNames]) -> list[Entry]:
    """Give stations of the layer their further names."""
    known = {f"station:{one.feature}": one for one in names}
    return [_named(entry, known[entry.id]) if entry.id in known else entry for entry in entries]


def stops_of_journeys(text: str, names: Container[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the stops of journeys between two stations of which one is named by its side: 成都东到资阳北.

    Args:
        text: What is read, normalised.
        names: The full names of stations.

    Yields:
        Start, end (exclusive) and the full name of each stop, in reading order.
    """
    for joint in _JOINTS.finditer(text):
        begin, end = joint.span()
        lengths = range(_LONGEST, _SHORTEST - 1, -1)
        origin = next((n for n in lengths if n <= begin and text[begin - n : begin] + _STATION in names), 0)
        target = next((n for n in lengths if end + n <= len(text) and text[end : end + n] + _STATION in names), 0)
        if origin and target and (text[begin - 1] in _SIDES or text[end + target - 1] in _SIDES):
            yield begin - origin, begin, text[begin - origin : begin] + _STATION
            yield end, end + target, text[end : end + target] + _STATION


def station_problems(records: GazetteerRecords, features: Collection[str], counties: Collection[str]) -> Iterator[str]:
    """Yield a sentence for each county and feature that is not there."""
    for station in records.stations:
        if station.county not in counties:
            expected = "expected a code of boundaries/counties.toml"
            yield f"data/gazetteer: {station.name}: county {station.county} is not there; {expected}"
    for one in records.station_names:
        if one.feature not in features:
            expected = "expected the id of a station of the transit layer"
            yield f"data/gazetteer: {one.name}: feature {one.feature!r} is not there; {expected}"


def _named(entry: Entry, one: StationNames) -> Entry:
    aliases = dict.fromkeys((*entry.aliases, *_aliases(one), *_listed(one.aliases)))
    return replace(entry, aliases=tuple(aliases), short_names=(_after_network(one),))


def _aliases(one: Station | StationNames) -> tuple[str, ...]:
    """Return the names that need nothing else: 地铁倪家桥站, 倪家桥地铁站, 1号线倪家桥站, 1号线倪家桥."""
    bare, network = one.name.removesuffix(_STATION), one.network
    lines = [name for line in _listed(one.lines) for name in (line, f"{network}{line}")]
    on_lines = (f"{line}{name}" for line in lines for name in (one.name, bare))
    return (f"{network}{one.name}", f"{bare}{network}{_STATION}", *on_lines)


def _after_network(one: Station | StationNames) -> str:
    return f"{one.network}{one.name.removesuffix(_STATION)}"


def _listed(text: str | None) -> list[str]:
    return text.split(";") if text else []
