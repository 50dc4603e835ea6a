"""Spatial facts as sentences."""

import pytest

from geo.relations.facts import distance_text


def zh(catalogue, case_id):
    return [fact.zh for fact in catalogue.facts(case_id)]


def test_a_region_wide_case_holds_everywhere(catalogue):
    assert zh(catalogue, "H04") == ["四市全域适用"]


def test_a_case_of_a_border_zone_is_told_on_both_sides(catalogue):
    assert zh(catalogue, "A08") == ["位于彭州市与什邡市", "在彭州—什邡交界地带内（示意）"]


def test_a_place_on_a_belt_has_its_kilometre(catalogue):
    assert "成资临空经济产业带 14.2 km 处（示意）" in zh(catalogue, "A03")


def test_a_place_near_a_station_has_its_distance_and_its_range(catalogue):
    assert "距 成宜高铁/成达万高铁 天府机场站 2.6 km (0.8–4.4)" in zh(catalogue, "B13")


def test_a_line_with_an_official_code_is_told_by_it(catalogue):
    assert "距 S5 文创城站 0.0 km (0.0–3.0)（示意）" in zh(catalogue, "A11")


def test_a_place_beside_the_border_of_a_belt_is_not_partly_inside(catalogue):
    assert not any("成资临空经济产业带" in fact for fact in zh(catalogue, "A11"))


def test_a_case_in_the_park_is_inside_it(catalogue):
    assert "在龙泉山城市森林公园内（示意）" in zh(catalogue, "G01")


def test_a_zone_that_is_drawn_as_counties_holds_nothing_for_sure(catalogue):
    assert not any("大熊猫" in fact for case_id in catalogue.cases for fact in zh(catalogue, case_id))


def test_a_county_tells_no_more_than_itself(catalogue):
    assert zh(catalogue, "D01") == ["位于旌阳区"]


def test_many_counties_are_counted(catalogue):
    assert zh(catalogue, "B11")[0].endswith("等15个区县")


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
