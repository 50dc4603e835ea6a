"""Spatial facts as sentences."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from geo.relations.facts import Facts, distance_text
from geo.relations.relate import relate
from geo.text import LocalText


def zh(catalogue, case_id):
    return [fact.zh for fact in catalogue.facts(case_id)]


def test_a_region_wide_case_holds_everywhere(catalogue):
    assert zh(catalogue, "H04") == ["四市全域适用"]


def test_a_case_of_a_border_zone_is_not_told_where_it_lies_on_itself(catalogue):
    assert zh(catalogue, "A08") == ["位于彭州市与什邡市", "适用于什邡市", "涉及彭州—什邡交界地带（示意）"]


def test_a_case_about_a_line_is_not_told_where_it_lies_on_itself(catalogue):
    assert not any("资阳线" in fact and "km" in fact for fact in zh(catalogue, "B01"))


def test_each_located_place_on_a_belt_has_its_kilometre(catalogue):
    assert "成资临空经济产业带内：成都天府国际机场 14.2 km、资阳临空经济区（示意）" in zh(catalogue, "A04")


def test_a_place_near_a_station_has_its_distance_and_its_range(catalogue):
    assert "成都天府国际机场距 成宜高铁/成达万高铁 天府机场站 2.6 km (0.8–4.4)" in zh(catalogue, "B13")


def test_every_located_place_near_a_station_is_told(catalogue):
    near = [fact for fact in zh(catalogue, "F23") if "距" in fact]
    assert [fact.split("距")[0] for fact in near] == ["雷家镇", "临江镇", "芦葭镇"]


def test_a_forest_is_at_no_distance_from_a_station(catalogue):
    assert not any("距" in fact for fact in zh(catalogue, "G01"))


def test_a_line_with_an_official_code_is_told_by_it(catalogue):
    assert "籍田街道距 S5 文创城站 2.9 km (0.0–9.9)（示意）" in zh(catalogue, "A18")


def test_a_place_beside_the_border_of_a_belt_is_not_partly_inside(catalogue):
    assert not any("成资临空经济产业带" in fact for fact in zh(catalogue, "A11"))


def test_a_place_whose_radius_reaches_over_the_edge_is_possibly_inside(catalogue):
    assert "敖平镇（可能）在彭州—什邡交界地带内（示意）" in zh(catalogue, "D12")


def test_an_area_partly_in_a_belt_is_told_so(catalogue):
    belt = catalogue.layer("belts").feature("chengdu-ziyang")
    west, south, _, north = belt.geometry.bounds
    across = replace(catalogue.case("H12").footprints[0], geometry=box(west - 1, south, west + 0.1, north))
    relations = relate([across.geometry], catalogue.layers, catalogue.metric)
    told = Facts(relations, catalogue.layers, {}, LocalText("")).of_case([across], [0])
    assert "部分在成资临空经济产业带内（示意）" in [fact.zh for fact in told]


def test_a_zone_that_is_drawn_as_counties_holds_nothing_for_sure(catalogue):
    assert not any("大熊猫" in fact for case_id in catalogue.cases for fact in zh(catalogue, case_id))


def test_a_county_tells_no_more_than_itself(catalogue):
    assert zh(catalogue, "D17") == ["位于雁江区", "适用于都江堰市"]


def test_what_holds_for_a_city_is_told_by_the_city(catalogue):
    assert zh(catalogue, "E06")[:2] == ["位于双流区", "适用于德阳市、眉山市与资阳市"]


def test_a_place_known_by_its_city_lies_in_the_city(catalogue):
    assert zh(catalogue, "C01") == ["位于资阳市、德阳市与眉山市"]


def test_a_line_that_a_case_names_only_passes_through_its_counties(catalogue):
    assert zh(catalogue, "B08")[0].startswith("经过")


def test_many_counties_are_counted(catalogue):
    assert zh(catalogue, "B11")[0].endswith("等15地")


def test_facts_are_told_in_english_too(catalogue):
    assert catalogue.facts("A08")[0].en == "In Pengzhou City and Shifang City"


def test_every_case_has_a_fact(catalogue):
    assert [case_id for case_id in catalogue.cases if not catalogue.facts(case_id)] == []


@pytest.mark.parametrize(
    ("distance_m", "uncertain_m", "text"),
    [(3100, 0, "3.1 km"), (3100, 4000, "3.1 km (0.0–7.1)"), (0, 0, "0.0 km"), (5000, 1000, "5.0 km (4.0–6.0)")],
)
def test_an_uncertain_distance_has_its_range_beside_it(distance_m, uncertain_m, text):
    assert distance_text(distance_m, uncertain_m) == text
