"""Stations and what they are called: by their name, after their network, after each of their lines."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace

from geo.case import Precision
from geo.gazetteer.entry import Doubt, Entry, GazetteerRecords, MatchType, Station, StationNames, spellings

_STATION = "站"


def station_entry(station: Station, divisions: Container[str]) -> Entry:
    """Return the entry of a station that no layer holds: its point, WGS-84, with the radius of its precision.

    Args:
        station: The record.
        divisions: Bare names of counties and townships, which stay theirs: 10号线新津区 names no station.
    """
    return Entry(
        id=f"station:{station.name}",
        name=_name(station),
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
        aliases=_aliases(station, divisions),
        short_names=_short_names(station, divisions),
        doubts=_doubts(station),
    )


def with_stations(entries: Sequence[Entry], records: GazetteerRecords) -> list[Entry]:
    """Add the stations that no layer holds, and further names to those that one does."""
    divisions = bare_divisions(entries)
    stations = [station_entry(station, divisions) for station in records.stations]
    return [*with_station_names(entries, records.station_names, divisions), *stations]


def with_station_names(
    entries: Sequence[Entry], names: Sequence[StationNames], divisions: Container[str]
) -> list[Entry]:
    """Give stations of the layer their further names; `divisions` as in `station_entry`."""
    known = {f"station:{one.feature}": one for one in names}
    return [_named(entry, known[entry.id], divisions) if entry.id in known else entry for entry in entries]


def bare_divisions(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the names of counties and townships without their kind."""
    divisions = (entry for entry in entries if entry.kind in {"county", "town"})
    return frozenset(s.text for entry in divisions for s in spellings(entry) if s.match_type is MatchType.SHORT)


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


def _named(entry: Entry, one: StationNames, divisions: Container[str]) -> Entry:
    aliases = dict.fromkeys((*entry.aliases, *_aliases(one, divisions), *_listed(one.aliases)))
    return replace(
        entry,
        name=_name(one),
        aliases=tuple(alias for alias in aliases if alias != one.name),
        short_names=_short_names(one, divisions),
        doubts=(*entry.doubts, *_doubts(one)),
    )


def _name(one: Station | StationNames) -> str:
    """Return the name that tells it from stations elsewhere: 地铁人民北路站."""
    return f"{one.network}{one.name}" if one.needs_context else one.name


def _doubts(one: Station | StationNames) -> tuple[tuple[str, Doubt], ...]:
    return ((one.name, "elsewhere"),) if one.needs_context else ()


def _aliases(one: Station | StationNames, divisions: Container[str]) -> tuple[str, ...]:
    """Return the names that need nothing else: 地铁倪家桥站, 倪家桥地铁站, 1号线倪家桥站, 1号线倪家桥."""
    bare, network = _bare(one), one.network
    lines = [name for line in _listed(one.lines) for name in (line, f"{network}{line}")]
    names = [one.name] if bare in divisions else [one.name, bare]
    on_lines = (f"{line}{name}" for line in lines for name in names)
    return (f"{network}{one.name}", f"{bare}{network}{_STATION}", *on_lines)


def _short_names(one: Station | StationNames, divisions: Container[str]) -> tuple[str, ...]:
    """Return the name after its network, 地铁倪家桥, of a station on a line of its own kind, and one in doubt."""
    after = [f"{one.network}{_bare(one)}"] if one.lines and _bare(one) not in divisions else []
    return (*after, *([one.name] if one.needs_context else []))


def _bare(one: Station | StationNames) -> str:
    return one.name.removesuffix(_STATION)


def _listed(text: str | None) -> list[str]:
    return text.split(";") if text else []
