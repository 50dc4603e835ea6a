"""Transit lines through their stations, those of which no stations are known, and the stations themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.case import Precision, Rating
from geo.crs import Metric, length_km, metric_of
from geo.dated import NOT_KNOWN
from geo.feature import Feature, Listed
from geo.layers.chainage import (
    DISTANCES_FILE,
    DistanceRecord,
    chainage_of,
    distance_problems,
    total_km,
)
from geo.layers.drawn_lines import SCHEMATIC_STRETCHES, DrawnLine, drawn_paths
from geo.layers.spec import (
    COUNTY,
    DRAWN_LENGTH,
    DRAWN_SHARE,
    FACT_RATING,
    OFFICIAL_LENGTH,
    OPEN_DATE,
    OPEN_DATE_RATING,
    STATUS_RATING,
    TRANSPORT,
    Built,
    Column,
    Described,
    Family,
    Geocoded,
    LayerRecords,
    LayerSpec,
    LayerStyle,
    drawn_share,
    feature_of,
    listed_of,
    text,
    texts,
)
from geo.layers.stations import Path, StationRecord, paths_of, station_features, station_problems
from geo.text import word

if TYPE_CHECKING:
    from geo.reading import RecordReader

_LINES, _STATIONS = "transit/lines.toml", "transit/stations.csv"
LINES = texts("lines", word("Lines"), of_layer="transit_lines")


@dataclass(frozen=True, kw_only=True)
class LineRecord(Described):
    """A transit line, without its stations; `city` is the code of the city that holds it, where no station says so."""

    status: str = NOT_KNOWN
    status_date: str | None = None
    mode: str
    rating: Rating
    official_length_km: float | None = None
    city: str | None = None


@dataclass(frozen=True)
class TransitRecords:
    """Lines with their stations, and the official distances between these; a folder may have no distances."""

    lines: tuple[LineRecord, ...]
    stations: tuple[StationRecord, ...]
    distances: tuple[DistanceRecord, ...]

    def paths(self) -> Mapping[str, tuple[Path, ...]]:
        """Return the stations of every line from end to end, by its id: its own, then those of each branch."""
        rows: dict[str, list[StationRecord]] = {line.id: [] for line in self.lines}
        for station in self.stations:
            rows.setdefault(station.line, []).append(station)
        return {line_id: paths_of(stations) for line_id, stations in rows.items()}


def _read(reader: "RecordReader") -> TransitRecords:
    records = TransitRecords(
        lines=reader.toml(LineRecord, _LINES, "line"),
        stations=reader.csv(StationRecord, _STATIONS),
        distances=reader.csv(DistanceRecord, DISTANCES_FILE) if reader.has(DISTANCES_FILE) else (),
    )
    ways = {line_id: [_names(path) for path in paths] for line_id, paths in records.paths().items()}
    lengths_km = {line.id: line.official_length_km for line in records.lines if line.official_length_km}
    reader.problems += distance_problems(records.distances, ways, lengths_km)
    reader.problems += [f"data/{_STATIONS}: {problem}" for problem in station_problems(records.stations)]
    return records


def _names(path: Path) -> list[str]:
    return [station.name_zh for station in path]


def line_features(
    records: TransitRecords, metric: Metric, imported: Mapping[str, BaseGeometry] | None = None
) -> list[Feature]:
    """Return the lines that have two located stations.

    Their chainage counts kilometres in the projection of the area, as places along them do; that of an imported line
    (WGS-84, by id) on the imported shape.
    """
    shapes = imported or {}
    paths = records.paths()
    known = {line.id: [one for one in records.distances if one.line == line.id] for line in records.lines}
    return [
        _line(line, paths[line.id], known[line.id], metric, shapes.get(line.id))
        for line in records.lines
        if drawn_paths(paths[line.id])
    ]


def listed_lines(records: TransitRecords) -> list[Listed]:
    """Return the lines that cannot be drawn, as fewer than two of their stations are located."""
    paths = records.paths()
    return [
        listed_of(line, rating=line.rating, cities=(line.city,) if line.city else ())
        for line in records.lines
        if not drawn_paths(paths[line.id])
    ]


def _line(
    line: LineRecord,
    paths: Sequence[Path],
    distances: Sequence[DistanceRecord],
    metric: Metric,
    imported: BaseGeometry | None,
) -> Feature:
    drawn = DrawnLine(drawn_paths(paths), metric)
    drawn_km, official_km = length_km(drawn.geometry), line.official_length_km or _official_km(paths, distances)
    return feature_of(
        line,
        drawn.geometry,
        rating=drawn.rating,
        precision_m=drawn.precision_m,
        also_from=(one.source for one in distances),
        properties={
            "mode": line.mode,
            "termini": (paths[0][0].name_zh, paths[0][-1].name_zh),
            "termini_en": tuple(stop.name_en for stop in (paths[0][0], paths[0][-1]) if stop.name_en),
            "fact_rating": line.rating.value,
            "status_rating": None,
            "open_date": None,
            "open_date_rating": None,
            OFFICIAL_LENGTH.name: official_km,
            DRAWN_LENGTH.name: round(drawn_km, 1),
            DRAWN_SHARE.name: drawn_share(drawn_km, official_km),
            "stations_drawn": len({stop.lonlat for path in drawn.paths for stop in path}),
            SCHEMATIC_STRETCHES: drawn.schematic_stretches,
            "official_distances": tuple(map(_distance_text, distances)),
            "chainage": _chainage(line, _drawn_km(drawn, imported, metric), paths, distances),
        },
    )


def _official_km(paths: Sequence[Path], distances: Sequence[DistanceRecord]) -> float | None:
    """Return the sum of the official distances over all paths, None where one is missing."""
    totals = [total_km(_names(path), distances) for path in paths]
    known = [total for total in totals if total is not None]
    return round(sum(known), 3) if len(known) == len(totals) else None


def _distance_text(one: DistanceRecord) -> str:
    return f"{one.from_station}–{one.to_station} {one.km:g} ({one.rating.value})"


def _drawn_km(drawn: DrawnLine, imported: BaseGeometry | None, metric: Metric) -> Mapping[int, float]:
    """Return the kilometre of each drawn stop of the line itself by its number: on the imported shape where one is."""
    edges = [edge for edge in drawn.edges() if edge.path == 0]
    if imported is None:
        return {edges[0].start.seq: 0.0, **{edge.end.seq: edge.to_km for edge in edges}}
    track = metric.to_metric(imported)
    stops = [edges[0].start, *(edge.end for edge in edges)]
    found = {stop.seq: track.project(metric.to_metric(Point(stop.lonlat or ()))) / 1000 for stop in stops}
    return found if sorted(found.values()) == list(found.values()) else {}


def _chainage(
    line: LineRecord, at_km: Mapping[int, float], paths: Sequence[Path], distances: Sequence[DistanceRecord]
) -> tuple[str, ...]:
    """Return the chainage of the line itself: kilometres of a branch are its own, and nobody publishes them."""
    if not at_km:
        return ()
    stops = [(stop.name_zh, at_km.get(stop.seq)) for stop in paths[0]]
    is_drawn = [km is not None for _, km in stops]
    first, last = is_drawn.index(True), len(stops) - is_drawn[::-1].index(True)
    length_km = line.official_length_km if len(paths) == 1 else None
    found = chainage_of(stops[first:last], distances, length_km)
    return found.told if found else ()


def _build_lines(records: LayerRecords, built: Built) -> list[Feature]:
    imported = records.imports.geometries.get("transit_lines")
    return line_features(records.of(TransitRecords), metric_of(built["cities"].bounds), imported)


def _build_stations(records: LayerRecords, _: Built) -> list[Feature]:
    found = records.of(TransitRecords)
    return station_features({line.id: line for line in found.lines}, found.stations)


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
                texts("termini", word("Ends, as recorded"), joined_by=" – "),
                texts("termini_en", word("Ends, in English"), joined_by=" – "),
                FACT_RATING,
                STATUS_RATING,
                OPEN_DATE,
                OPEN_DATE_RATING,
                OFFICIAL_LENGTH,
                DRAWN_LENGTH,
                DRAWN_SHARE,
                Column("stations_drawn", "integer", word("Stations drawn")),
                texts(SCHEMATIC_STRETCHES, word("Schematic stretches, with drawn kilometres")),
                texts("official_distances", word("Official distances between stops, km")),
                texts("chainage", word("Drawn and official kilometre of stops (≈: by the official length)")),
            ),
            build=_build_lines,
            listed=lambda records: listed_lines(records.of(TransitRecords)),
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
                LINES,
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
