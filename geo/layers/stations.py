"""Stations: rows in the order of travel, and each place once with all its lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shapely.geometry import Point

from geo.case import Rating
from geo.dated import About, opened
from geo.feature import Feature
from geo.layers.spec import Described
from geo.record import Record
from geo.text import LocalText

_SAME_STATION_DEG = 0.012  # about 1.2 km: 三星堆 of S11 and of 川青 are 3 km apart and stay two


@dataclass(frozen=True)
class StationRecord(Record):
    """A station on a line, in travel order; without coordinates it is a name in the order only.

    Rows with a `branch` lie on one that leaves the line at the first of them; that one stands on the line too.
    """

    line: str
    seq: int
    name_zh: str
    name_en: str | None
    lon: float | None
    lat: float | None
    county: str | None
    precision_m: float | None
    rating: Rating | None
    source: str | None
    method: str
    note: str | None = None
    note_en: str | None = None
    branch: str | None = None

    @property
    def lonlat(self) -> tuple[float, float] | None:
        """Return the coordinates, or None where only the name is known."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def id(self) -> str:
        """Return line and number."""
        return f"{self.line}-{self.seq}"


Path = tuple[StationRecord, ...]


def paths_of(stations: Iterable[StationRecord]) -> tuple[Path, ...]:
    """Return the stations of a line as its ways from end to end: the line itself, then each branch."""
    found: dict[str | None, list[StationRecord]] = {}
    for station in stations:
        found.setdefault(station.branch, []).append(station)
    return tuple(map(tuple, found.values()))


def station_problems(stations: Iterable[StationRecord]) -> Iterator[str]:
    """Yield a sentence for each station that has two English names."""
    for group in merge_stations(located(stations)):
        names = dict.fromkeys(_station_name(row.name_en) for row in group if row.name_en)
        if len(names) > 1:
            ids = ", ".join(row.id for row in group)
            yield f"{ids} ({group[0].name_zh}): name_en: {' and '.join(names)} arrived; expected one name a station"


def located(stations: Iterable[StationRecord]) -> list[StationRecord]:
    """Return the stations with a point."""
    return [station for station in stations if station.lonlat is not None]


def station_features(lines: Mapping[str, Described], stations: Sequence[StationRecord]) -> list[Feature]:
    """Return each place once, with all its lines; the surest coordinates of its rows win.

    Args:
        lines: The records of the lines, by id.
        stations: All rows.
    """
    return [_station(group, [lines[row.line] for row in group]) for group in merge_stations(located(stations))]


def merge_stations(stations: Iterable[StationRecord]) -> list[list[StationRecord]]:
    """Group rows of one station: the same name (with or without 站) within about a kilometre, in file order."""
    groups: dict[str, list[list[StationRecord]]] = {}
    for station in stations:
        alike = groups.setdefault(_bare(station.name_zh), [])
        group = next((group for group in alike if _is_near(group[0], station)), None)
        if group is None:
            alike.append([station])
        else:
            group.append(station)
    return [group for alike in groups.values() for group in alike]


def _is_near(a: StationRecord, b: StationRecord) -> bool:
    if a.lonlat is None or b.lonlat is None:
        return False
    return Point(a.lonlat).distance(Point(b.lonlat)) < _SAME_STATION_DEG


def _bare(name: str) -> str:
    return name.removesuffix("站")


def _station(group: Sequence[StationRecord], lines: Sequence[Described]) -> Feature:
    best = min(group, key=lambda row: row.precision_m or float("inf"))
    first = _first_opened(lines)
    name = LocalText(_bare(best.name_zh) + "站", _station_name(best.name_en) if best.name_en else None)
    spellings = dict.fromkeys(spelling for row in group for spelling in (row.name_zh, row.name_en) if spelling)
    noted = next((row for row in group if row.note), None)
    return Feature(
        id=group[0].id,
        name=name,
        geometry=Point(best.lonlat or ()),
        rating=best.rating or Rating.RECALLED,
        precision_m=best.precision_m or 0.0,
        sources=(best.source,) if best.source else (),
        status=first.status,
        status_date=first.status_date,
        note=LocalText(noted.note, noted.note_en) if noted and noted.note else None,
        aliases=tuple(spelling for spelling in spellings if spelling not in {name.zh, name.en}),
        properties={
            "lines": tuple(dict.fromkeys(row.line for row in group)),
            "county": next((row.county for row in group if row.county), None),
            "method": best.method,
        },
        facts=tuple(fact for fact in first.fact if fact.about is About.STATUS),
    ).dated(date.max)


def _first_opened(lines: Sequence[Described]) -> Described:
    """Return the line that opened first: a station is there with it; the first one where none has opened."""
    dated = [(opening.begins, line) for line in lines if (opening := opened(line.fact))]
    plain = next((line for line in lines if line.status == "in_operation"), lines[0])
    return min(dated, key=lambda one: one[0])[1] if dated else plain


def _station_name(name: str) -> str:
    """Return an English name that cannot be taken for that of a city."""
    return f"{name.removesuffix(' Station')} Station"
