"""Spatial facts as sentences."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from geo.case import PlaceRole
from geo.relations.facts import Facts, distance_text
from geo.relations.relate import relate
from geo.text import LocalText


def zh(catalogue, case_id):
    return [fact.zh for fact in catalogue.facts(case_id)]


def told(catalogue, footprint):
    """Return the facts of a case that has this place only."""
    relations = relate([footprint.geometry], catalogue.layers, catalogue.metric)
    return [fact.zh for fact in Facts(relations, catalogue.layers, {}, LocalText("")).of_case([footprint], [0])]


def test_a_region_wide_case_holds_everywhere(catalogue):
    assert zh(catalogue, "H04") == ["四市全域适用"]


def test_a_case_of_a_border_zone_is_not_told_where_it_lies_on_itself(catalogue):
    assert zh(catalogue, "A08") == ["位于彭州市与什邡市", "适用于什邡市", "涉及彭州—什邡交界地带（示意）"]


def test_a_case_about_a_line_is_not_told_where_it_lies_on_itself(catalogue):
    assert not any("资阳线" in fact and "km" in fact for fact in zh(catalogue, "B01"))


def test_each_located_place_on_a_belt_has_its_kilometre(catalogue):
    assert "成资临空经济产业带内：成都天府国际机场 14.2 km（示意）" in zh(catalogue, "B06")
    assert "成资临空经济产业带内：雷家镇 24.1 km、临江镇 31.9 km、芦葭镇 17.0 km（示意）" in zh(catalogue, "F23")


def test_a_place_near_a_station_has_its_distance_and_its_range(catalogue):
    assert "成都天府国际机场距 成宜高铁/成达万高铁 天府机场站 2.6 km (0.8–4.4)" in zh(catalogue, "B06")


def test_every_located_place_near_a_station_is_told(catalogue):
    near = [fact for fact in zh(catalogue, "F23") if "距" in fact]
    assert [fact.split("距")[0] for fact in near] == ["雷家镇", "临江镇", "芦葭镇"]


def test_a_forest_is_at_no_distance_from_a_station(catalogue):
    assert [fact.split("距")[0] for fact in zh(catalogue, "G01") if "距" in fact] == ["丹景台"]  # the place beside it


def test_a_line_with_an_official_code_is_told_by_it(catalogue):
    assert "视高街道距 S5 南天府公园站 2.7 km (0.0–11.0)（示意）" in zh(catalogue, "B06")


def test_a_place_beside_the_border_of_a_belt_is_not_partly_inside(catalogue):
    zone = catalogue.layer("border_zones").feature("tianfu-renshou").geometry
    beside = replace(catalogue.case("G01").footprints[0], geometry=zone)
    assert not any("成资临空经济产业带" in fact for fact in told(catalogue, beside))


def test_a_place_whose_radius_reaches_over_the_edge_is_possibly_inside(catalogue):
    assert "敖平镇（可能）在彭州—什邡交界地带内（示意）" in zh(catalogue, "D12")


def test_an_area_partly_in_a_belt_is_told_so(catalogue):
    belt = catalogue.layer("belts").feature("chengdu-ziyang")
    west, south, _, north = belt.geometry.bounds
    across = replace(catalogue.case("G01").footprints[0], geometry=box(west - 1, south, west + 0.1, north))
    assert "部分在成资临空经济产业带内（示意）" in told(catalogue, across)


def test_a_zone_that_is_drawn_as_counties_holds_nothing_for_sure(catalogue):
    assert not any("大熊猫" in fact for case_id in catalogue.cases for fact in zh(catalogue, case_id))


def test_a_county_tells_no_more_than_itself(catalogue):
    assert zh(catalogue, "D01") == ["位于旌阳区", "适用于成都市"]


def test_what_holds_for_a_city_is_told_by_the_city(catalogue):
    assert zh(catalogue, "E06")[:2] == ["位于双流区", "适用于德阳市、眉山市与资阳市"]


def test_a_place_known_by_its_city_lies_in_the_city(catalogue):
    assert told(catalogue, replace(catalogue.case("D01").footprints[1], role=PlaceRole.SITE)) == ["位于成都市"]


def test_a_line_that_a_case_names_only_passes_through_its_counties(catalogue):
    assert zh(catalogue, "B08")[0].startswith("经过")


def test_many_counties_are_counted(catalogue):
    assert zh(catalogue, "A01")[0].endswith("等9地")


def test_facts_are_told_in_english_too(catalogue):
    assert catalogue.facts("A08")[0].en == "In Pengzhou City and Shifang City"


@pytest.mark.parametrize(
    ("distance_m", "uncertain_m", "text"),
    [(3100, 0, "3.1 km"), (3100, 4000, "3.1 km (0.0–7.1)"), (0, 0, "0.0 km"), (5000, 1000, "5.0 km (4.0–6.0)")],
)
def test_an_uncertain_distance_has_its_range_beside_it(distance_m, uncertain_m, text):
    assert distance_text(distance_m, uncertain_m) == text
