"""The second method itself, against what is known otherwise: kilometres along a line."""

import numpy as np
import pytest
from hypothesis import given
from shapely.geometry import LineString, MultiLineString, Point, Polygon, box

from geo.verify.along import line_of
from geo.verify.geodesic import distances, inside, shape_of
from tests.verify import drawn

EQUATOR = line_of(LineString([(0, 0), (1, 0)]))  # 111.319 km
SQUARE = line_of(LineString([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]))
TWICE = LineString([(0, 0), (1, 0), (1, 0.1), (0, 0.1)])


def covered(line, geometry):
    return line.stretches(shape_of(geometry))


def test_a_degree_of_the_equator_is_as_long_as_books_say():
    assert EQUATOR.length_km == pytest.approx(111.319491, abs=1e-6)


def test_an_area_across_covers_a_stretch():
    assert covered(EQUATOR, box(0.25, -1, 0.5, 1)) == [pytest.approx((27.8299, 55.6597), abs=1e-3)]


def test_an_area_that_a_line_meets_twice_covers_two_stretches():
    assert covered(line_of(TWICE), box(0.25, -1, 0.5, 1)) == [
        pytest.approx((27.8299, 55.6597), abs=1e-3),
        pytest.approx((178.036, 205.866), abs=1e-3),
    ]


def test_an_area_with_a_hole_covers_what_is_beside_the_hole():
    area = Polygon(box(0, -1, 1, 1).exterior, [box(0.25, -0.5, 0.5, 0.5).exterior])
    assert covered(EQUATOR, area) == [
        pytest.approx((0, 27.8299), abs=1e-3),
        pytest.approx((55.6597, 111.3195), abs=1e-3),
    ]


def test_a_stretch_runs_over_the_start_of_a_ring():
    assert covered(SQUARE, box(-0.5, -0.5, 0.5, 0.5)) == [pytest.approx((388.489, 55.6597), abs=1e-2)]


def test_a_ring_inside_of_an_area_is_covered_whole():
    assert covered(SQUARE, box(-1, -1, 2, 2)) == [(0, SQUARE.length_km)]


def test_kilometres_run_on_from_part_to_part():
    line = line_of(MultiLineString([[(0, 0), (0.5, 0)], [(2, 0), (2.5, 0)]]))
    assert covered(line, box(0.25, -1, 2.25, 1)) == [pytest.approx((27.8299, 83.4896), abs=1e-3)]


def test_parts_that_meet_are_one_line_in_its_direction():
    line = line_of(MultiLineString([[(0.5, 0), (1, 0)], [(0, 0), (0.5, 0)]]))
    assert covered(line, box(0.75, -1, 2, 1)) == [pytest.approx((83.4896, 111.3195), abs=1e-3)]


def test_a_line_that_crosses_covers_a_stretch_of_no_length():
    assert covered(EQUATOR, LineString([(0.5, -1), (0.5, 1)])) == [pytest.approx((55.6597, 55.6597), abs=1e-3)]


def test_a_line_that_runs_along_covers_a_stretch():
    assert covered(EQUATOR, LineString([(0.25, 1), (0.25, 0), (0.5, 0), (0.5, 1)])) == [
        pytest.approx((27.8299, 55.6597), abs=0.002)
    ]


def test_a_line_that_leaves_another_one_covers_it_as_far_as_they_are_within_2_cm():
    aslant = LineString([(0.25, 0), (0.75, 0.00001)])  # 1.1 m in 55.66 km
    assert covered(EQUATOR, aslant) == [pytest.approx((27.8299, 28.8366), abs=0.001)]


def test_a_point_beside_has_its_kilometre():
    assert EQUATOR.nearest_km(shape_of(Point(0.25, 0.1))) == [pytest.approx(27.8299, abs=0.02)]


def test_a_point_between_two_ways_has_a_kilometre_on_both():
    assert {round(km) for km in line_of(TWICE).nearest_km(shape_of(Point(0.5, 0.05)))} == {56, 178}


@pytest.mark.parametrize(("lat", "side"), [(0.1, "left"), (-0.1, "right")])
def test_left_and_right_are_those_of_travel(lat, side):
    assert EQUATOR.sides(np.array([0.5, lat]), within_m=12_000) == {side}


def test_straight_on_behind_the_end_is_on_both_sides():
    assert EQUATOR.sides(np.array([1.1, 0.0001]), within_m=12_000) == {"left", "right"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([[(-1, 0.000005), (2, 0.000005)]], []),
        ([[(-1, 0.00001), (2, 0.00001)]], [(20, 80)]),
        ([[(-1, 0.000005), (0.3, 0.000005)], [(0.300045, 0), (2, 0)]], [(33.3967, 33.3999)]),
        ([[(0, 0.5), (1, 0.5)]], [(20, 80)]),
    ],
    ids=["half a metre aside", "1.1 m aside", "with a gap of 5 m", "55 km aside"],
)
def test_what_is_aside_of_a_line_is_told_by_a_metre(lines, expected):
    found = EQUATOR.aside((20, 80), shape_of(MultiLineString(lines)), by_m=1)
    assert found == [pytest.approx(piece, abs=0.0003) for piece in expected]


def test_what_is_aside_of_a_ring_is_told_on_both_sides_of_its_start():
    found = SQUARE.aside((-1, 1), shape_of(LineString([(0, -1), (0, 0.001)])), by_m=1)  # 110.6 m along its end
    assert found == [pytest.approx((-1, -0.1116), abs=0.0001), pytest.approx((0.001, 1), abs=0.0001)]


@given(drawn.lines, drawn.areas)
def test_what_is_covered_lies_inside_and_the_rest_outside(geometry, area):
    line, shape = line_of(geometry), shape_of(area)
    stretches = line.open_stretches(shape)
    ends = np.array([0.0, *(end for stretch in stretches for end in stretch), line.length_km])
    middles = line.points_at((ends[:-1] + ends[1:]) / 2)
    is_covered = np.arange(len(middles)) % 2 == 1
    is_clear = (np.diff(ends) > 0.001) & (distances(middles, shape) > 0.1)
    assert (inside(middles, shape) == is_covered)[is_clear].all()
