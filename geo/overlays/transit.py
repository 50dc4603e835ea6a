"""Transit lines and stations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry import LineString, Point

from geo.case import Rating
from geo.crs import Metric, length_km
from geo.feature import Feature
from geo.overlays.chainage import chainage_of
from geo.overlays.distances import DistanceRecord
from geo.text import LocalText

_CLOSED = {"extra": "forbid"}
_SAME_STATION_DEG = 0.012  # about 1.2 km: 三星堆 of S11 and of 川青 are 3 km apart and stay two


@dataclass(frozen=True)
class LineRecord:
    """A transit line, without its stations."""

    id: str
    name: LocalText
    mode: str
    status: str
    status_date: str
    rating: Rating
    source: str
    aliases: tuple[str, ...] = ()
    open_date: str | None = None
    open_date_rating: Rating | None = None
    official_length_km: float | None = None
    note: LocalText | None = None

    __pydantic_config__ = _CLOSED


@dataclass(frozen=True)
class StationRecord:
    """A station on a line, in travel order; without coordinates it is a name in the order only."""

    line: str
    seq: int
    name_zh: str
    name_en: str
    lon: float | None
    lat: float | None
    county: str
    precision_m: float | None
    rating: Rating | None
    source: str
    method: str
    note: str

    __pydantic_config__ = _CLOSED

    @property
    def lonlat(self) -> tuple[float, float] | None:
        """Return the coordinates, or None where only the name is known."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def id(self) -> str:
        """Return line and number."""
        return f"{self.line}-{self.seq}"


def line_features(
    lines: Sequence[LineRecord],
    stations: Sequence[StationRecord],
    metric: Metric,
    distances: Sequence[DistanceRecord] = (),
) -> list[Feature]:
    """Return the lines that have two located stations, straight from station to station, hence schematic.

    Their chainage counts kilometres in the projection of the area, as places along them do.
    """
    located = {line.id: _located(s for s in stations if s.line == line.id) for line in lines}
    known = {line.id: [one for one in distances if one.line == line.id] for line in lines}
    return [_line(line, located[line.id], known[line.id], metric) for line in lines if len(located[line.id]) > 1]


def _line(
    line: LineRecord, stops: Sequence[StationRecord], distances: Sequence[DistanceRecord], metric: Metric
) -> Feature:
    geometry = LineString([stop.lonlat for stop in stops if stop.lonlat])
    return Feature(
        id=line.id,
        name=line.name,
        geometry=geometry,
        rating=Rating.SCHEMATIC,
        precision_m=max(stop.precision_m or 0 for stop in stops) + 2000,
        source="; ".join(dict.fromkeys((line.source, *(one.source for one in distances)))),
        status=line.status,
        status_date=line.status_date,
        note=line.note,
        aliases=line.aliases,
        properties={
            "mode": line.mode,
            "fact_rating": line.rating.value,
            "open_date": line.open_date,
            "open_date_rating": line.open_date_rating.value if line.open_date_rating else None,
            "official_length_km": line.official_length_km,
            "drawn_length_km": round(length_km(geometry), 1),
            "stations_drawn": len(stops),
            "official_distances": "; ".join(map(_distance_text, distances)) or None,
            "chainage": _chainage_text(line, stops, distances, metric),
        },
    )


def _distance_text(one: DistanceRecord) -> str:
    return f"{one.from_station}–{one.to_station} {one.km:g} ({one.rating.value})"


def _chainage_text(
    line: LineRecord, stops: Sequence[StationRecord], distances: Sequence[DistanceRecord], metric: Metric
) -> str | None:
    corners = [stop.lonlat for stop in stops if stop.lonlat]
    drawn_km = [0.0, *(metric.to_metric(LineString(corners[:end])).length / 1000 for end in range(2, len(corners) + 1))]
    named = [(stop.name_zh, km) for stop, km in zip(stops, drawn_km, strict=True)]
    found = chainage_of(named, distances, line.official_length_km)
    return str(found) if found else None


def station_features(lines: Sequence[LineRecord], stations: Sequence[StationRecord]) -> list[Feature]:
    """Return each place once, with all its lines; the surest coordinates of its rows win."""
    status = {line.id: (line.status, line.status_date) for line in lines}
    return [_station(group, status) for group in merge_stations(_located(stations))]


def merge_stations(stations: Iterable[StationRecord]) -> list[list[StationRecord]]:
    """Group rows of one station: the same name (with or without 站) within about a kilometre, in file order."""
    groups: list[list[StationRecord]] = []
    for station in stations:
        group = next((group for group in groups if _is_same(group[0], station)), None)
        if group is None:
            groups.append([station])
        else:
            group.append(station)
    return groups


def _is_same(a: StationRecord, b: StationRecord) -> bool:
    if _bare(a.name_zh) != _bare(b.name_zh) or a.lonlat is None or b.lonlat is None:
        return False
    return Point(a.lonlat).distance(Point(b.lonlat)) < _SAME_STATION_DEG


def _bare(name: str) -> str:
    return name.removesuffix("站")


def _station(group: Sequence[StationRecord], status: dict[str, tuple[str, str]]) -> Feature:
    best = min(group, key=lambda row: row.precision_m or float("inf"))
    statuses = [status[row.line] for row in group]
    name = LocalText(_bare(best.name_zh) + "站", _station_name(best.name_en) if best.name_en else None)
    spellings = dict.fromkeys(spelling for row in group for spelling in (row.name_zh, row.name_en) if spelling)
    return Feature(
        id=group[0].id,
        name=name,
        geometry=Point(best.lonlat or ()),
        rating=best.rating or Rating.RECALLED,
        precision_m=best.precision_m or 0.0,
        source=best.source,
        status="in_operation" if any(s == "in_operation" for s, _ in statuses) else statuses[0][0],
        status_date=max(date for _, date in statuses),
        note=LocalText(best.note, best.note) if best.note else None,
        aliases=tuple(spelling for spelling in spellings if spelling not in {name.zh, name.en}),
        properties={
            "lines": "; ".join(dict.fromkeys(row.line for row in group)),
            "county": next((row.county for row in group if row.county), None),
            "method": best.method,
        },
    )


def _station_name(name: str) -> str:
    """Return an English name that cannot be taken for that of a city; what stands in brackets stays behind it."""
    bare, bracket, rest = name.partition(" (")
    return f"{bare.removesuffix(' Station')} Station{bracket}{rest}"


def _located(stations: Iterable[StationRecord]) -> list[StationRecord]:
    return [station for station in stations if station.lonlat is not None]
