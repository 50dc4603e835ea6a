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


def test_two_of_the_cases_hold_for_the_whole_region(catalogue):
    assert [case.id for case in catalogue.cases.values() if case.is_region_wide] == ["F05", "H04"]


def test_three_cities_are_not_the_region(catalogue):
    assert [f.precision for f in catalogue.case("E06").footprints] == [Precision.TOWN, *[Precision.CITY] * 3]


@pytest.mark.parametrize("case_id", ["B04", "C07", "E06"])
def test_a_case_of_all_cities_keeps_its_real_places(catalogue, case_id):
    assert not catalogue.case(case_id).is_region_wide


def test_a_mention_that_does_not_resolve_is_reported_by_name(built):
    assert any("'万罗路' resolves to no known place" in warning for warning in built[1].warnings)


def test_an_unresolved_mention_falls_back_visibly(catalogue):
    assert footprint(catalogue, "B04", "万罗路").is_fallback


def test_a_stated_county_beats_namesakes(catalogue):
    assert footprint(catalogue, "B04", "眉山市彭山区青龙街道").counties == ("511403",)


def test_a_stated_county_beats_the_schematic_point(catalogue):
    assert footprint(catalogue, "B04", "视高站").counties == ("511421",)


def test_a_rail_case_has_its_line_as_a_line(catalogue):
    line = footprint(catalogue, "B01", "市域铁路成都至资阳线")
    assert line.precision is Precision.LINE
    assert line.geometry.geom_type == "LineString"
    assert line.is_schematic


def test_a_border_zone_case_lies_on_both_sides(catalogue):
    zone = footprint(catalogue, "A08", "彭什交界地带")
    assert set(zone.counties) == {"510182", "510682"}


def test_a_town_is_a_point_with_a_radius(catalogue):
    town = footprint(catalogue, "A08", "彭州市敖平镇")
    assert isinstance(town.geometry, Point)
    assert town.radius_m == 3700


def test_a_place_without_coordinates_is_shown_as_its_county(catalogue):
    stop = footprint(catalogue, "B08", "什邡安顺汽车站")
    assert stop.precision is Precision.COUNTY
    assert stop.counties == ("510682",)


def test_the_best_footprint_is_the_finest(catalogue):
    case = catalogue.case("B01")
    assert case.best.precision is Precision.EXACT
