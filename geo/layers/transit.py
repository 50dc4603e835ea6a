"""Transit lines and their stations, joined straight from station to station."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import LineString, Point

from geo.case import Precision, Rating
from geo.crs import Metric, length_km, metric_of
from geo.feature import Feature
from geo.layers.chainage import DISTANCES_FILE, DistanceRecord, chainage_of, distance_problems
from geo.layers.spec import (
    COUNTY,
    DRAWN_LENGTH,
    FACT_RATING,
    TRANSPORT,
    Built,
    Column,
    Described,
    Family,
    Geocoded,
    LayerRecords,
    LayerSpec,
    LayerStyle,
    feature_of,
    number,
    text,
    texts,
)
from geo.record import Record
from geo.text import LocalText, word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_LINES, _STATIONS = "transit/lines.toml", "transit/stations.csv"
_SAME_STATION_DEG = 0.012  # about 1.2 km: 三星堆 of S11 and of 川青 are 3 km apart and stay two


@dataclass(frozen=True)
class LineRecord(Described):
    """A transit line, without its stations."""

    status_date: str
    mode: str
    rating: Rating
    open_date: str | None = None
    open_date_rating: Rating | None = None
    official_length_km: float | None = None


@dataclass(frozen=True)
class StationRecord(Record):
    """A station on a line, in travel order; without coordinates it is a name in the order only."""

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
    note: str | None

    @property
    def lonlat(self) -> tuple[float, float] | None:
        """Return the coordinates, or None where only the name is known."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def id(self) -> str:
        """Return line and number."""
        return f"{self.line}-{self.seq}"


@dataclass(frozen=True)
class TransitRecords:
    """Lines with their stations, and the official distances between these; a folder may have no distances."""

    lines: tuple[LineRecord, ...]
    stations: tuple[StationRecord, ...]
    distances: tuple[DistanceRecord, ...]


def _read(reader: "RecordReader") -> TransitRecords:
    records = TransitRecords(
        lines=reader.toml(LineRecord, _LINES, "line"),
        stations=reader.csv(StationRecord, _STATIONS),
        distances=reader.toml(DistanceRecord, DISTANCES_FILE, "distance") if reader.has(DISTANCES_FILE) else (),
    )
    stops = {
        line.id: [station.name_zh for station in records.stations if station.line == line.id] for line in records.lines
    }
    lengths_km = {line.id: line.official_length_km for line in records.lines if line.official_length_km}
    reader.problems += distance_problems(records.distances, stops, lengths_km)
    return records


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
    return feature_of(
        line,
        geometry,
        rating=Rating.SCHEMATIC,
        precision_m=max(stop.precision_m or 0 for stop in stops) + 2000,
        also_from=(one.source for one in distances),
        properties={
            "mode": line.mode,
            "fact_rating": line.rating.value,
            "open_date": line.open_date,
            "open_date_rating": line.open_date_rating.value if line.open_date_rating else None,
            "official_length_km": line.official_length_km,
            "drawn_length_km": round(length_km(geometry), 1),
            "stations_drawn": len(stops),
            "official_distances": tuple(map(_distance_text, distances)),
            "chainage": _chainage(line, stops, distances, metric),
        },
    )


def _distance_text(one: DistanceRecord) -> str:
    return f"{one.from_station}–{one.to_station} {one.km:g} ({one.rating.value})"


def _chainage(
    line: LineRecord, stops: Sequence[StationRecord], distances: Sequence[DistanceRecord], metric: Metric
) -> tuple[str, ...]:
    corners = [stop.lonlat for stop in stops if stop.lonlat]
    drawn_km = [0.0, *(metric.to_metric(LineString(corners[:end])).length / 1000 for end in range(2, len(corners) + 1))]
    named = [(stop.name_zh, km) for stop, km in zip(stops, drawn_km, strict=True)]
    found = chainage_of(named, distances, line.official_length_km)
    return found.told if found else ()


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
        sources=(best.source,) if best.source else (),
        status="in_operation" if any(s == "in_operation" for s, _ in statuses) else statuses[0][0],
        status_date=max(date for _, date in statuses),
        note=LocalText(best.note, best.note) if best.note else None,
        aliases=tuple(spelling for spelling in spellings if spelling not in {name.zh, name.en}),
        properties={
            "lines": tuple(dict.fromkeys(row.line for row in group)),
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


def _build_lines(records: LayerRecords, built: Built) -> list[Feature]:
    found = records.of(TransitRecords)
    return line_features(found.lines, found.stations, metric_of(built["cities"].bounds), found.distances)


def _build_stations(records: LayerRecords, _: Built) -> list[Feature]:
    found = records.of(TransitRecords)
    return station_features(found.lines, found.stations)


FAMILY = Family(
    read=_read,
    layers=(
        LayerSpec(
            id="transit_lines",
            group=TRANSPORT,
            title=word("Transit lines"),
            geometry="line",
            style=LayerStyle("#4a5fc1", weight=2.4, is_shown_first=True, label_from=10),
            files=(_LINES, _STATIONS),
            columns=(
                text("mode", word("Mode")),
                FACT_RATING,
                text("open_date", word("Opening date")),
                text("open_date_rating", word("Rating of the opening date"), labels="rating"),
                number("official_length_km", word("Official length, km")),
                DRAWN_LENGTH,
                Column("stations_drawn", "integer", word("Stations drawn")),
                texts("official_distances", word("Official distances between stops, km")),
                texts("chainage", word("Drawn and official kilometre of stops (≈: by the official length)")),
            ),
            build=_build_lines,
            geocoded=Geocoded("line", Precision.LINE),
            is_near_choice=True,
            kilometres_on="transit_lines",
            fact="about",
            kinship="line",
        ),
        LayerSpec(
            id="transit_stations",
            group=TRANSPORT,
            title=word("Transit stations"),
            geometry="point",
            style=LayerStyle("#4a5fc1", weight=1.2, fill_opacity=1.0, label_from=12),
            files=(_LINES, _STATIONS),
            columns=(
                texts("lines", word("Lines"), of_layer="transit_lines"),
                COUNTY,
                text("method", word("How the point was made")),
            ),
            build=_build_stations,
            geocoded=Geocoded("station", Precision.EXACT),
            is_near_choice=True,
            is_stop=True,
        ),
    ),
)
