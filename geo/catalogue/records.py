"""Read the records of all layers; collect all problems of all files."""

from collections.abc import Mapping
from typing import Any, TypeVar

from geo.boundaries.records import BoundaryRecords, CityRecord, CountyRecord, Township
from geo.catalogue.parsing import is_iso_date, parse_all
from geo.corridors.recipes import AxisRecipe, BorderZoneRecord
from geo.errors import RecordError
from geo.layer_types import LayerRecords
from geo.overlays.airports import AirportRecord
from geo.overlays.distances import DISTANCES_FILE, DistanceRecord, distance_problems
from geo.overlays.ecology import CountyParkRecord, RidgeRecord, RingRecord, RiverRecord
from geo.overlays.expressways import ExpresswayRecord, NodeRecord
from geo.overlays.places import PlaceRecord
from geo.overlays.transit import LineRecord, StationRecord
from geo.sources import Sources

_T = TypeVar("_T")


def read_layer_records(sources: Sources) -> LayerRecords:
    """Read and check the records of every layer.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A file is missing or unreadable.
    """
    reader = _Reader(sources)
    records = LayerRecords(
        boundaries=_boundaries(reader),
        belts=reader.toml(AxisRecipe, "belts/belts.toml", "belt"),
        corridors=reader.toml(AxisRecipe, "corridors/corridors.toml", "corridor"),
        border_zones=reader.toml(BorderZoneRecord, "border_zones/border_zones.toml", "border_zone"),
        border_zone_width_km=reader.number("border_zones/border_zones.toml", "width_km"),
        lines=reader.toml(LineRecord, "transit/lines.toml", "line"),
        stations=reader.csv(StationRecord, "transit/stations.csv"),
        distances=reader.toml(DistanceRecord, DISTANCES_FILE, "distance"),
        expressways=reader.toml(ExpresswayRecord, "expressways/expressways.toml", "expressway"),
        nodes=reader.csv(NodeRecord, "expressways/nodes.csv"),
        airports=reader.toml(AirportRecord, "airports/airports.toml", "airport"),
        ridges=reader.toml(RidgeRecord, "ecology/eco_zones.toml", "ridge"),
        rings=reader.toml(RingRecord, "ecology/eco_zones.toml", "ring"),
        county_parks=reader.toml(CountyParkRecord, "ecology/eco_zones.toml", "county_park"),
        rivers=reader.toml(RiverRecord, "ecology/rivers.toml", "river"),
        river_lines=sources.geometries("ecology/rivers.geojson"),
        lakes=reader.toml(PlaceRecord, "ecology/lakes.toml", "lake"),
        zones=reader.toml(PlaceRecord, "zones/zones.toml", "zone"),
    )
    reader.problems += _distance_problems(records)
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return records


def _distance_problems(records: LayerRecords) -> list[str]:
    stops = {
        line.id: [station.name_zh for station in records.stations if station.line == line.id] for line in records.lines
    }
    lengths_km = {line.id: line.official_length_km for line in records.lines if line.official_length_km}
    dates = [
        f"data/{DISTANCES_FILE}: {one.id}: date: arrived {one.date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
        for one in records.distances
        if not is_iso_date(one.date)
    ]
    return [*distance_problems(records.distances, stops, lengths_km), *dates]


def _boundaries(reader: "_Reader") -> BoundaryRecords:
    source = reader.sources.toml("boundaries/SOURCE.toml")
    counties = reader.toml(CountyRecord, "boundaries/counties.toml", "county")
    shapes = reader.sources.geometries("boundaries/counties.geojson")
    for code in sorted({county.id for county in counties} ^ set(shapes)):
        reader.problems.append(f"data/boundaries: county {code} stands in only one of counties.toml, counties.geojson")
    return BoundaryRecords(
        cities=reader.toml(CityRecord, "boundaries/cities.toml", "city"),
        counties=counties,
        shapes=shapes,
        townships=reader.csv(Township, "townships/townships.csv"),
        source=str(source.get("origin")),
        precision_m=reader.number("boundaries/SOURCE.toml", "precision_m"),
        date=str(source.get("date")),
    )


class _Reader:
    """Parses files and gathers their problems."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.problems: list[str] = []

    def toml(self, kind: type[_T], path: str, key: str) -> tuple[_T, ...]:
        document = self.sources.toml(path)
        if key not in document:
            self.problems.append(f"data/{path}: holds no [[{key}]]; expected at least one")
            return ()
        return self._unique(parse_all(kind, document[key], where=f"data/{path}", problems=self.problems), path)

    def csv(self, kind: type[_T], path: str) -> tuple[_T, ...]:
        rows = [_without_blanks(row, kind) for row in self.sources.csv(path)]
        return self._unique(parse_all(kind, rows, where=f"data/{path}", problems=self.problems), path)

    def number(self, path: str, key: str) -> float:
        value = self.sources.toml(path).get(key)
        if isinstance(value, int | float) and value > 0:
            return float(value)
        self.problems.append(f"data/{path}: {key}: arrived {value!r}; expected a number above 0")
        return 1.0

    def _unique(self, records: tuple[_T, ...], path: str) -> tuple[_T, ...]:
        seen: set[str] = set()
        for record in records:
            name = str(getattr(record, "id", id(record)))
            if name in seen:
                self.problems.append(f"data/{path}: {name}: stands twice; ids are unique")
            seen.add(name)
        return records


def _without_blanks(row: Mapping[str, str], kind: type[Any]) -> dict[str, str | None]:
    """Turn empty cells into None where the record allows None."""
    optional = {name for name, hint in kind.__annotations__.items() if "None" in str(hint)}
    return {name: (None if not text and name in optional else text) for name, text in row.items()}
