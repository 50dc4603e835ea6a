"""Stations and what they are called: by their name, and after their network and lines."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from geo.case import Precision
from geo.feature import Feature
from geo.gazetteer.entry import Entry
from geo.gazetteer.records import GazetteerRecords, Station, StationNames

_STATION = "站"


def without_bare_station_names(kind: str, feature: Feature) -> tuple[str, ...]:
    """Leave out a station's bare names: 三岔, 德阳 and 天府 mean other things in a text; add those with its lines."""
    if kind != "station":
        return feature.aliases
    lines = feature.properties["lines"]
    on_lines = (f"{line}线{feature.name.zh}" for line in (lines if isinstance(lines, tuple) else ()))
    return (*(name for name in feature.aliases if name.endswith(("站", "航站楼"))), *on_lines)


def station_entry(station: Station, divisions: Collection[str]) -> Entry:
    """Return the entry of a station that no layer holds: its point, WGS-84, with the radius of its precision.

    Args:
        station: As it is recorded.
        divisions: What cities and counties are called without their kind: 10号线新津区段 names no station.
    """
    aliases, needed = _aliases(station, divisions), station.needs_context
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
        short_names=(*_after_network(station, divisions), *([station.name] if needed else [])),
        doubts=((station.name, "elsewhere"),) if needed else (),
    )


def with_station_names(
    entries: Sequence[Entry], names: Sequence[StationNames], divisions: Collection[str]
) -> list[Entry]:
    """Give stations of the layer their further names; `divisions` as of `station_entry`."""
    known = {f"station:{one.feature}": one for one in names}
    return [_named(entry, known[entry.id], divisions) if entry.id in known else entry for entry in entries]


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


def _named(entry: Entry, one: StationNames, divisions: Collection[str]) -> Entry:
    aliases = dict.fromkeys((*entry.aliases, *_aliases(one, divisions), *_listed(one.aliases)))
    return replace(entry, aliases=tuple(aliases), short_names=_after_network(one, divisions))


def _aliases(one: Station | StationNames, divisions: Collection[str]) -> tuple[str, ...]:
    """Return the names that need nothing else: 地铁倪家桥站, 倪家桥地铁站, 1号线倪家桥站, 1号线倪家桥."""
    bare, network = one.name.removesuffix(_STATION), one.network
    lines = [name for line in _listed(one.lines) for name in (line, f"{network}{line}")]
    names = (one.name,) if bare in divisions else (one.name, bare)
    on_lines = (f"{line}{name}" for line in lines for name in names)
    return (f"{network}{one.name}", f"{bare}{network}{_STATION}", *on_lines)


def _after_network(one: Station | StationNames, divisions: Collection[str]) -> tuple[str, ...]:
    bare = one.name.removesuffix(_STATION)
    return () if bare in divisions else (f"{one.network}{bare}",)


def _listed(text: str | None) -> list[str]:
    return text.split(";") if text else []
