"""Lines through their stations: what is drawn, how surely, and what can only be listed."""

import re

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point

from geo.case import Rating
from geo.crs import metric_of
from geo.errors import RecordError
from geo.layers.drawn_lines import DrawnLine, drawn_paths, drawn_pieces
from geo.layers.stations import StationRecord, paths_of
from geo.layers.table import build_layers, read_layer_records
from geo.layers.transit import TransitRecords
from geo.reading import RecordReader
from geo.relations.linear import LinearReference
from geo.sources import Sources

GEOD = Geod(ellps="WGS84")
CHINESE, LATIN_WORD = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
METRIC = metric_of((103.0, 30.0, 105.0, 31.5))


def geodesic_km(geometry):
    return sum(GEOD.geometry_length(LineString(part.coords)) for part in shapely.get_parts(geometry)) / 1000


@pytest.fixture(scope="module")
def lines(layers):
    return {line.id: line for line in layers["transit_lines"]}


@pytest.mark.parametrize(
    ("line", "km"),
    [("M2", 39.5), ("M3", 46.9), ("M4", 40.9), ("M5", 46.7), ("M6", 65.5), ("M7", 37.8), ("M8", 34.1), ("M9", 20.5),
     ("M18", 63.6), ("M19", 90.5), ("M27", 23.5)],
)  # fmt: skip
def test_a_line_leads_through_all_its_stations(lines, line, km):
    """Lengths measured apart from this code, station by station."""
    assert geodesic_km(lines[line].geometry) == pytest.approx(km, abs=0.06)


@pytest.mark.parametrize("line", ["M1", "M7", "M19", "T2"])
def test_a_drawn_length_is_that_of_the_ellipsoid(lines, line):
    assert lines[line].properties["drawn_length_km"] == pytest.approx(geodesic_km(lines[line].geometry), abs=0.051)


def test_the_ring_line_is_closed(lines):
    assert lines["M7"].geometry.is_ring


def point_of(records, line, name):
    return next(Point(s.lonlat) for s in records.of(TransitRecords).stations if (s.line, s.name_zh) == (line, name))


@pytest.mark.parametrize(("line", "leaves_at", "ends_at"), [("M1", "四河", "五根松"), ("T2", "新业路", "仁和")])
def test_a_branch_leaves_the_line_where_it_does(lines, records, line, leaves_at, ends_at):
    main, branch = lines[line].geometry.geoms
    assert branch.boundary.equals(shapely.union_all([point_of(records, line, name) for name in (leaves_at, ends_at)]))
    assert point_of(records, line, leaves_at).coords[0] in main.coords
    assert point_of(records, line, ends_at).coords[0] not in main.coords


def test_kilometres_of_a_branch_follow_those_of_the_line(lines, records):
    on = LinearReference(METRIC.to_metric(lines["M1"].geometry))
    names = ("韦家碾", "科学城", "五根松")
    at_m = on.locate(METRIC.to_metric_all([point_of(records, "M1", name) for name in names]))
    assert at_m[0] == 0
    assert at_m[1] == pytest.approx(on.parts[0].length)
    assert at_m[2] == pytest.approx(on.length_m)


def test_kilometres_of_a_ring_start_at_its_first_station(lines, records):
    on = LinearReference(METRIC.to_metric(lines["M7"].geometry))
    first = METRIC.to_metric(point_of(records, "M7", "火车北站"))
    assert on.is_closed
    assert on.locate(shapely.points([first.coords[0]])).tolist() == [0]


def station(number, lon, *, precision_m=100, branch=None):
    values = {"name_zh": f"站{number}", "name_en": None, "county": None, "rating": Rating.VERIFIED}
    return StationRecord("L", number, lon=lon, lat=30.0, precision_m=precision_m, source="s", method="m", branch=branch,
                         **values)  # fmt: skip


def drawn(*stations):
    return DrawnLine(drawn_paths(paths_of(stations)), METRIC)


def test_stations_three_kilometres_apart_are_joined_and_others_are_schematic():
    """At 30° north 0.031° of longitude are 2.99 km, and 0.032° are 3.09 km."""
    near, far = drawn(station(1, 104.0), station(2, 104.031)), drawn(station(1, 104.0), station(2, 104.032))
    assert (near.rating, near.precision_m) == (Rating.THROUGH_STATIONS, 300)
    assert (far.rating, far.precision_m) == (Rating.SCHEMATIC, 2100)


def test_a_line_through_a_station_known_worse_than_itself_is_schematic():
    line = drawn(station(1, 104.0), station(2, 104.02, precision_m=301), station(3, 104.03), station(4, 104.04))
    assert line.rating is Rating.SCHEMATIC
    assert [text.split(" ")[0] for text in line.schematic_stretches] == ["站1–站3"]


def test_a_branch_continues_no_stretch_of_the_line():
    line = drawn(station(1, 104.0), station(2, 104.1), station(3, 104.0, branch="1"), station(4, 103.9, branch="1"))
    assert [text.split(" ")[0] for text in line.schematic_stretches] == ["站1–站2", "站3–站4"]


def test_one_long_gap_makes_the_line_schematic_and_is_told(lines):
    line = lines["T2"]
    assert line.is_schematic
    assert line.properties["schematic_stretches"][0] == "天源路–德富大道 3.6 km (14.054–17.653)"


def test_points_that_the_operator_contradicts_are_known_worse(records, lines):
    """Along the track 大田 is 593 m from 西华大学, and their points lie 1.09 km apart."""
    on_tram = {s.name_zh: s.precision_m for s in records.of(TransitRecords).stations if s.line == "T2"}
    assert (on_tram["大田"], on_tram["西华大学"], on_tram["国宁"]) == (600, 600, 100)
    assert lines["T2"].properties["schematic_stretches"][1].startswith("国宁–双林村 ")


@pytest.mark.parametrize(
    ("line", "pieces"),
    [("M5", [False]), ("M18", [True, False, True, False]), ("T2", [False, True, False, False, True, False])],
)
def test_a_line_is_drawn_solid_where_it_leads_through_its_stations(lines, line, pieces):
    found = drawn_pieces(lines[line])
    assert [piece.is_schematic for piece in found] == pieces
    assert sum(geodesic_km(piece.line) for piece in found) == pytest.approx(geodesic_km(lines[line].geometry))


def test_a_schematic_piece_is_the_gap_that_is_told(lines, records):
    gap = next(piece.line for piece in drawn_pieces(lines["T2"]) if piece.is_schematic)
    assert gap.boundary.equals(shapely.union_all([point_of(records, "T2", name) for name in ("天源路", "德富大道")]))


def test_a_line_tells_which_part_of_its_official_length_is_drawn(lines):
    """35.8 of 38.7 km; of line 19 the operator's distances make 99.159 km."""
    assert (lines["S3"].properties["drawn_share"], lines["M19"].properties["official_length_km"]) == (0.925, 99.159)
    assert lines["M17"].properties["drawn_share"] is None


def test_lines_without_located_stations_are_listed_and_not_drawn(layers, lines):
    listed = {one.id: one for one in layers["transit_lines"].listed}
    assert {"M13", "M30"} <= listed.keys()
    assert not listed.keys() & lines.keys()
    assert (listed["M13"].name.zh, listed["M13"].status, listed["M13"].cities) == (
        "地铁13号线",
        "in_operation",
        ("510100",),
    )


def test_a_metro_line_is_called_in_english_as_its_operator_calls_it(lines):
    assert (lines["M1"].name.en, lines["T2"].name.en) == ("Line 1", "Tram Line 2")


def test_names_of_stations_hold_no_notes_and_notes_are_in_their_language(layers):
    stations = list(layers["transit_stations"])
    assert [s.name.en for s in stations if CHINESE.search(s.name.en) or "(" in s.name.en] == []
    notes = [s.note for s in stations if s.note]
    assert [note.zh for note in notes if LATIN_WORD.search(note.zh)] == []
    assert [note.en for note in notes if note.en is None or CHINESE.search(note.en)] == []


def test_a_station_with_two_english_names_is_refused(data_copy):
    path = data_copy / "transit" / "stations.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("资阳北站,Ziyang North", "资阳北站,Ziyang Bei", 1), "utf-8"
    )
    expected = "Ziyang Bei Station and Ziyang North Station arrived; expected one name a station"
    with pytest.raises(RecordError, match=expected):
        build_layers(read_layer_records(RecordReader(Sources(data_copy))))
