"""Boundaries: what five sources agree on."""

import csv
from itertools import combinations
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from geo.crs import area_km2, length_km
from geo.divisions import city_of
from geo.layers.boundaries import adjacent_pairs, shared_border, touching_pairs

BORDERS = list(csv.DictReader((Path(__file__).parent / "data" / "shared_borders.csv").read_text("utf-8").splitlines()))
TIANDITU_KM2 = {
    "510104": 60.7, "510105": 67.3, "510106": 107.4, "510107": 121.2, "510108": 109.5, "510112": 555.9,
    "510113": 380.7, "510114": 494.9, "510115": 274.6, "510116": 1070.9, "510117": 437.1, "510118": 328.9,
    "510121": 1154.6, "510129": 1279.8, "510131": 580.7, "510181": 1210.7, "510182": 1422.1, "510183": 1374.4,
    "510184": 1091.0, "510185": 2211.0, "510603": 646.7, "510604": 450.0, "510623": 2201.7, "510681": 551.0,
    "510682": 819.3, "510683": 1244.5, "511402": 1331.4, "511403": 465.3, "511421": 2607.2, "511423": 1900.6,
    "511424": 446.9, "511425": 387.2, "512002": 1632.6, "512021": 2682.8, "512022": 1420.4,
}  # fmt: skip


def of_city(counties, city):
    return {code: area for code, area in counties.items() if city_of(code) == city}


@pytest.mark.parametrize(("city", "count"), [("510100", 20), ("510600", 6), ("511400", 6), ("512000", 3)])
def test_each_city_has_its_counties(counties, city, count):
    assert len(of_city(counties, city)) == count


def test_the_35_counties_have_3648_vertices(counties):
    assert len(counties) == 35
    assert sum(shapely.get_num_coordinates(area) for area in counties.values()) == 3648


@pytest.mark.parametrize(("code", "km2"), TIANDITU_KM2.items())
def test_a_county_has_its_measured_area(counties, code, km2):
    assert area_km2(counties[code]) == pytest.approx(km2, abs=0.3)


def test_85_pairs_touch_and_83_share_a_line(counties):
    assert len(touching_pairs(counties)) == 85
    assert len(adjacent_pairs(counties)) == 83


@pytest.mark.parametrize("pair", [("510104", "510106"), ("510105", "510108")])
def test_a_pair_that_touches_in_a_point_is_not_adjacent(counties, pair):
    assert pair in touching_pairs(counties)
    assert pair not in adjacent_pairs(counties)


@pytest.mark.parametrize("row", BORDERS, ids=lambda row: f"{row['a']}-{row['b']}")
def test_a_shared_border_has_its_measured_length(counties, row):
    measured = length_km(shared_border(counties[row["a"]], counties[row["b"]]))
    assert measured == pytest.approx(float(row["km"]), rel=0.01, abs=0.01)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        ("510100", "510600", 205.3),
        ("510100", "511400", 189.0),
        ("510100", "512000", 116.0),
        ("510600", "512000", 43.0),
        ("511400", "512000", 14.4),
        ("510600", "511400", 0.0),
    ],
)
def test_two_cities_share_their_measured_border(counties, a, b, km):
    areas = [shapely.union_all(list(of_city(counties, city).values())) for city in (a, b)]
    border = shapely.intersection(*(area.boundary for area in areas))
    assert length_km(border) == pytest.approx(km, abs=0.2)


def test_no_two_counties_overlap(counties):
    overlapping = [pair for pair in combinations(counties.values(), 2) if pair[0].relate_pattern(pair[1], "T********")]
    assert overlapping == []


def test_there_is_no_gap_but_the_exclave_in_hongya(counties):
    whole = shapely.union_all(list(counties.values()))
    rings = [ring for part in shapely.get_parts(whole) for ring in part.interiors]
    assert [round(area_km2(shapely.Polygon(ring)), 2) for ring in rings] == [pytest.approx(0.88, abs=0.02)]


def test_pengshan_has_a_real_second_part(counties):
    parts = sorted(area_km2(part) for part in shapely.get_parts(counties["511403"]))
    assert len(parts) == 2
    assert parts[0] == pytest.approx(5.5, abs=0.1)


def test_the_second_part_makes_pengshan_a_neighbour_of_pujiang(counties):
    assert ("510131", "511403") in adjacent_pairs(counties)


def test_a_city_is_exactly_the_union_of_its_counties(counties, cities):
    unions = {code: shapely.union_all(list(of_city(counties, code).values())) for code in cities}
    assert all(cities[code].equals(union) for code, union in unions.items())


def test_a_county_that_was_renamed_keeps_its_former_name(layers):
    assert layers["counties"].feature("510118").aliases == ("新津县",)


@given(st.floats(102.9, 105.8), st.floats(29.3, 31.8))
def test_a_point_lies_in_at_most_one_county_off_the_borders(lon, lat):
    point = Point(lon, lat)
    assert sum(area.contains(point) for area in COUNTIES.values()) <= 1


@given(st.sampled_from(sorted(TIANDITU_KM2)), st.sampled_from(sorted(TIANDITU_KM2)))
def test_a_border_is_the_same_from_both_sides(a, b):
    if a != b:
        one, other = shared_border(COUNTIES[a], COUNTIES[b]), shared_border(COUNTIES[b], COUNTIES[a])
        assert one.length == pytest.approx(other.length)


COUNTIES = {}


@pytest.fixture(autouse=True, scope="module")
def _counties_for_properties(counties):
    COUNTIES.update(counties)
