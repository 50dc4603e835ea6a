"""Where the cases lie."""

import pytest
from shapely.geometry import Point

from geo.case import Precision


def footprint(catalogue, case_id, mention):
    return next(f for f in catalogue.case(case_id).footprints if f.mention == mention)


def test_a_region_wide_case_has_one_footprint_of_the_whole_region(catalogue):
    (only,) = catalogue.case("H04").footprints
    assert only.precision is Precision.REGION
    assert len(only.counties) == 35


def test_42_cases_hold_for_the_whole_region(catalogue):
    assert sum(case.is_region_wide for case in catalogue.cases.values()) == 42


def test_three_cities_are_not_the_region(catalogue):
    assert [f.precision for f in catalogue.case("E04").footprints] == [Precision.CITY] * 3


@pytest.mark.parametrize("case_id", ["A04", "D10", "D11", "E06"])
def test_a_case_hinted_as_regional_keeps_its_real_places(catalogue, case_id):
    assert not catalogue.case(case_id).is_region_wide


def test_at_least_nine_in_ten_mentions_resolve(built):
    report = built[1]
    assert report.resolved / report.mentions >= 0.9


def test_a_mention_that_does_not_resolve_is_reported_by_name(built):
    assert any("'万罗路' resolves to no known place" in warning for warning in built[1].warnings)


def test_an_unresolved_mention_falls_back_visibly(catalogue):
    assert footprint(catalogue, "B04", "万罗路").is_fallback


def test_a_stated_county_beats_namesakes(catalogue):
    assert footprint(catalogue, "A17", "眉山市彭山区青龙街道").counties == ("511403",)


def test_a_stated_county_beats_the_schematic_point(catalogue):
    assert footprint(catalogue, "B02", "视高站").counties == ("511421",)


def test_a_rail_case_has_its_line_as_a_line(catalogue):
    line = footprint(catalogue, "B01", "市域铁路成都至资阳线")
    assert line.precision is Precision.LINE
    assert line.geometry.geom_type == "LineString"
    assert line.is_schematic


def test_a_border_zone_case_lies_on_both_sides(catalogue):
    zone = footprint(catalogue, "A07", "青白江—广汉交界地带")
    assert set(zone.counties) == {"510113", "510681"}


def test_a_town_is_a_point_with_a_radius(catalogue):
    town = footprint(catalogue, "A08", "彭州市敖平镇")
    assert isinstance(town.geometry, Point)
    assert town.radius_m == 4000


def test_a_place_without_coordinates_is_shown_as_its_county(catalogue):
    hospital = footprint(catalogue, "F08", "眉山市东坡区四川省儿童医院")
    assert hospital.precision is Precision.COUNTY
    assert hospital.counties == ("511402",)


def test_every_label_point_lies_within_its_footprint(catalogue):
    outside = [case.id for case in catalogue.cases.values() if case.label_point.distance(case.best.geometry) > 1e-9]
    assert outside == []


def test_every_footprint_says_how_it_was_found(catalogue):
    silent = [f.id for case in catalogue.cases.values() for f in case.footprints if not (f.method and f.evidence)]
    assert silent == []


def test_the_best_footprint_is_the_finest(catalogue):
    case = catalogue.case("B01")
    assert case.best.precision is Precision.EXACT
