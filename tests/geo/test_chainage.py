"""Official chainage beside the kilometres of drawn lines, and the records it comes from."""

import pytest
from click.testing import CliRunner

from geo.case import Rating
from geo.cli.main import tongcheng
from geo.layers.chainage import Basis, DistanceRecord, OfficialKm, chainage_of, parse_chainage

STOPS = [("a", 0.0), ("b", 10.0), ("c", 14.0), ("d", 20.0)]


def distance(from_station, to_station, km):
    return DistanceRecord("L", from_station, to_station, km, "2026", Rating.VERIFIED, "operator")


def test_between_stops_official_kilometres_are_in_proportion():
    found = chainage_of(STOPS, [distance("a", "b", 11.0)], None)
    assert found.official(5.0) == OfficialKm(5.5, Basis.DISTANCES)


def test_beyond_the_last_known_stop_there_is_no_official_kilometre():
    assert chainage_of(STOPS, [distance("a", "b", 11.0)], None).official(10.001) is None


def test_distances_at_the_end_are_placed_by_the_official_length():
    found = chainage_of(STOPS, [distance("c", "d", 6.5)], 21.0)
    assert found.official(14.0) == OfficialKm(14.5, Basis.LENGTH)


def test_a_known_start_stays_measured_where_the_end_is_placed_by_the_length():
    found = chainage_of(STOPS, [distance("a", "b", 10.5), distance("c", "d", 6.5)], 21.0)
    assert found.told == ("a 0 = 0", "b 10 = 10.5", "c 14 ≈ 14.5", "d 20 ≈ 21")


def test_a_distance_that_leads_to_neither_end_places_nothing():
    assert chainage_of(STOPS, [distance("b", "c", 4.4)], None) is None


def test_a_line_is_not_stretched_by_more_than_a_tenth():
    assert chainage_of(STOPS, [], 22.0).official(20.0) == OfficialKm(22.0, Basis.LENGTH)
    assert chainage_of(STOPS, [], 22.1) is None


def test_a_stretch_nobody_measured_is_not_stretched_by_more_than_a_fifth():
    known = [distance("a", "b", 10.0), distance("c", "d", 6.0)]
    assert chainage_of(STOPS, known, 20.7).official(14.0) == OfficialKm(14.7, Basis.LENGTH)
    assert chainage_of(STOPS, known, 20.9).official(14.0) is None


def test_a_chainage_is_read_back_as_it_was_written():
    stops = ("天府机场1号2号航站楼 0 = 0", "宝台 34.248 ≈ 36.84")
    assert parse_chainage(stops).told == stops


def test_a_loop_comes_back_to_its_first_stop():
    stops = [("a", 0.0), ("b", 3.0), ("c", 6.0), ("a", 9.0)]
    known = [distance("a", "b", 3.1), distance("b", "c", 3.2), distance("c", "a", 3.3)]
    assert chainage_of(stops, known, None).told == ("a 0 = 0", "b 3 = 3.1", "c 6 = 6.3", "a 9 = 9.6")


def test_a_stop_that_is_not_drawn_still_leads_on():
    stops = [("a", 0.0), ("b", None), ("c", 5.0)]
    found = chainage_of(stops, [distance("a", "b", 2.0), distance("b", "c", 3.5)], None)
    assert found.told == ("a 0 = 0", "c 5 = 5.5")


def official(catalogue, line, drawn_km):
    return parse_chainage(catalogue.layer("transit_lines").feature(line).properties["chainage"]).official(drawn_km)


def test_the_operator_has_ziyang_airport_zone_at_22_816_km(catalogue):
    """Drawn straight it lies at 22.302 km."""
    assert official(catalogue, "S3", 22.302) == OfficialKm(22.816, Basis.DISTANCES)


def test_the_last_stops_of_s3_are_placed_from_its_end(catalogue):
    """38.7 − 1.86 − 2.57 km."""
    assert official(catalogue, "S3", 31.914) == OfficialKm(34.27, Basis.LENGTH)


@pytest.mark.parametrize("line", ["S11", "M10"])
def test_a_line_without_a_fixed_start_and_end_has_no_chainage(catalogue, line):
    """S11 is drawn 14 % too short; how far the first two stops of line 10 are from each other, nobody tells."""
    assert catalogue.layer("transit_lines").feature(line).properties["chainage"] == ()


def test_official_distances_stand_with_their_line_and_source(catalogue):
    line = catalogue.layer("transit_lines").feature("M17")
    assert line.properties["official_distances"] == ("九江北–白佛桥 4.179 (verified)", "白佛桥–机投桥 1.468 (verified)")
    assert line.sources[1:] == ("operator feed of distances between stops, read 2026-09",)
    assert line.source == f"{line.sources[0]}; operator feed of distances between stops, read 2026-09"


_BAD = """line,from_station,to_station,km,date,rating,source
S99,福田,宝台,1,2026,verified,x
S3,福天,资阳临空,-1,soon,verified,x
S3,宝台,福田,2,2026,verified,x
S5,红莲,煎茶,30,2026,verified,x
S5,秦皇寺,眉山东,30,2026,verified,x
"""


def test_bad_distances_are_refused_all_at_once(data_copy):
    (data_copy / "transit" / "distances.csv").write_text(_BAD, encoding="utf-8")
    result = CliRunner().invoke(tongcheng, ["check", "--quiet", "--data", str(data_copy)])
    told = [
        line.removeprefix(f"error: {data_copy}/transit/distances.csv: ")[:40] for line in result.stderr.splitlines()
    ]
    assert result.exit_code == 1
    assert [line for line in told if not line.startswith("check:")] == [
        "S3 宝台–福田: to_station: comes not after fr",
        "S3 福天–资阳临空: date: arrived 'soon'; expect",
        "S3 福天–资阳临空: from_station: arrived '福天'; ",
        "S3 福天–资阳临空: km: arrived -1; expected a n",
        "S5 红莲–煎茶 and S5 秦皇寺–眉山东 overlap; expecte",
        "S5: 60 km in all; expected at most its o",
        "S99 福田–宝台: line: arrived 'S99'; expected",
        "7 problems",
    ]
