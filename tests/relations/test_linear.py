"""Kilometres along a line."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point

from geo.errors import GeometryError
from geo.relations.linear import LinearReference
from geo.text import LocalText

STRAIGHT = LinearReference(LineString([(0, 0), (10_000, 0)]))
IN_TWO_PARTS = LinearReference(MultiLineString([[(0, 0), (1000, 0)], [(2000, 0), (3000, 0)]]))
SQUARE = np.array([(0, 0), (1000, 0), (1000, 1000), (0, 1000)], dtype=float)
RING = LinearReference(LineString(SQUARE[[0, 1, 2, 3, 0]]))
fractions = st.floats(0, 1)


@pytest.mark.parametrize(
    ("layer", "feature"),
    [("axes", "chengdu-deyang"), ("axes", "tianfu-avenue"), ("transit_lines", "S3"), ("transit_lines", "M18"),
     ("expressways", "R2"), ("expressways", "R3")],
)  # fmt: skip
@given(fraction=fractions)
def test_from_kilometre_to_point_and_back_is_within_a_metre(catalogue, layer, feature, fraction):
    line = LinearReference(catalogue.metric.to_metric(catalogue.layer(layer).feature(feature).geometry))
    point = line.point_at(fraction * line.length_m)
    back = line.point_at(min(float(line.locate(np.array([point]))[0]), line.length_m))
    assert back.distance(point) < 1


@given(fractions, st.floats(1.5, 5000))
def test_left_and_right_are_those_of_travel(fraction, offset_m):
    points = np.array([Point(fraction * 10_000, offset_m), Point(fraction * 10_000, -offset_m)])
    assert STRAIGHT.sides(points, STRAIGHT.locate(points)).tolist() == ["left", "right"]


def test_a_point_on_the_line_is_on_it():
    points = np.array([Point(5000, 0.2)])
    assert STRAIGHT.sides(points, STRAIGHT.locate(points)).tolist() == ["on"]


def test_kilometres_run_on_from_part_to_part():
    assert IN_TWO_PARTS.locate(np.array([Point(2500, 10)])).tolist() == [1500]


@pytest.mark.parametrize(
    ("at_m", "x", "y"),
    [(0, 0, 0), (500, 500, 0), (1500, 2500, 0), (2500, 3000, 4500), (3500, 3000, 5500), (4000, 3000, 6000)],
)
def test_a_kilometre_is_on_the_part_that_holds_it(at_m, x, y):
    parts = [[(0, 0), (1000, 0)], [(2000, 0), (3000, 0)], [(3000, 4000), (3000, 6000)]]
    line = LinearReference(MultiLineString(parts))
    assert line.point_at(at_m).equals_exact(Point(x, y), 1e-6)
    assert line.locate(np.array([Point(x, y)])).tolist() == [at_m]


def test_parts_that_meet_are_one():
    line = LinearReference(MultiLineString([[(1000, 0), (2000, 0)], [(0, 0), (1000, 0)]]))
    assert line.locate(np.array([Point(1500, 0)])).tolist() == [1500]


def test_a_branch_follows_the_line_it_leaves():
    """Merging alone would put the branch first."""
    line = LinearReference(MultiLineString([[(5, 9), (5, 5), (5, 0)], [(5, 5), (0, 5)]]))
    assert line.locate(np.array([Point(5, 9), Point(5, 0), Point(0, 5)])).tolist() == [0, 9, 14]


def covered(line, *shapes):
    found = line.stretches(np.array(shapes, dtype=object))
    return list(zip(found.shape.tolist(), found.from_m.tolist(), found.to_m.tolist(), strict=True))


def test_a_shape_covers_a_stretch():
    assert covered(STRAIGHT, shapely.box(2000, -1, 3000, 1)) == [(0, 2000, 3000)]


def test_a_shape_that_meets_a_line_twice_covers_two_stretches():
    comb = shapely.union_all(
        [shapely.box(1000, -1, 1500, 1), shapely.box(4000, -1, 4200, 1), shapely.box(1000, 1, 4200, 9)]
    )
    assert covered(STRAIGHT, comb) == [(0, 1000, 1500), (0, 4000, 4200)]


def test_a_hole_is_not_covered():
    holed = shapely.box(1000, -500, 5000, 500) - shapely.box(2000, -100, 3000, 100)
    assert covered(STRAIGHT, holed) == [(0, 1000, 2000), (0, 3000, 5000)]


def test_a_stretch_over_the_start_of_a_ring_ends_at_fewer_metres_than_it_starts():
    assert covered(RING, shapely.box(-10, -10, 100, 200)) == [(0, 3800, 100)]


def test_a_shape_around_a_whole_ring_covers_it_once():
    assert covered(RING, shapely.box(-10, -10, 1010, 1010)) == [(0, 0, 4000)]


def test_stretches_of_several_shapes_are_told_apart():
    shapes = (shapely.box(0, -1, 10, 1), shapely.box(50, 5, 60, 9), shapely.box(20, -1, 30, 1))
    assert covered(STRAIGHT, *shapes) == [(0, 0, 10), (2, 20, 30)]


def test_an_area_that_only_touches_an_end_covers_nothing():
    assert covered(STRAIGHT, shapely.box(-100, -1, 0, 1)) == []


def test_a_line_that_crosses_covers_a_point():
    assert covered(STRAIGHT, LineString([(700, -5), (700, 5)])) == [(0, 700, 700)]


def test_a_line_that_runs_along_within_centimetres_covers_a_stretch():
    along = LineString([(2000, -500), (2000, 0), (2700, 0.1), (3100, -0.1), (4000, 0), (4000, 500)])
    [(_, from_m, to_m)] = covered(STRAIGHT, along)
    assert (from_m, to_m) == pytest.approx((2000, 4000), abs=1)


def test_a_line_that_crosses_aslant_covers_a_point():
    [(_, from_m, to_m)] = covered(STRAIGHT, LineString([(600, -20), (800, 20)]))
    assert from_m == to_m == pytest.approx(700, abs=0.01)


def test_a_line_that_crosses_at_the_start_of_a_ring_covers_a_point_as_anywhere_else():
    stretches = covered(RING, LineString([(-3, -3.2), (1003, 1002.8)]))
    assert stretches == [pytest.approx((0, 0.2, 0.2)), pytest.approx((0, 1999.8, 1999.8))]


def test_a_line_that_runs_beside_within_centimetres_covers_a_stretch_without_a_common_point():
    assert covered(STRAIGHT, LineString([(2000, 0.1), (4000, 0.1)])) == [pytest.approx((0, 2000, 4000), abs=0.3)]


def test_a_gap_between_parts_has_no_length():
    assert covered(IN_TWO_PARTS, shapely.box(-1, -1, 4000, 1)) == [(0, 0, 2000)]


@given(st.lists(st.tuples(fractions, fractions), min_size=1, max_size=4), st.integers(0, 3))
def test_stretches_add_up_to_what_is_covered(boxes, corner):
    ring = LinearReference(LineString(np.roll(SQUARE, corner, axis=0)[[0, 1, 2, 3, 0]]))
    shape = shapely.union_all(
        [shapely.box(1000 * x - 90, 1000 * y - 130, 1000 * x + 170, 1000 * y + 110) for x, y in boxes]
    )
    lengths = [b - a if b >= a else b - a + 4000 for _, a, b in covered(ring, shape)]
    assert sum(lengths) == pytest.approx(ring.line.intersection(shape).length, abs=0.01)


def test_the_side_at_the_start_of_a_ring_is_that_of_travel():
    points = np.array([Point(500, -7), Point(-7, 500), Point(5, 6)])
    assert RING.sides(points, RING.locate(points)).tolist() == ["right", "right", "left"]


def test_the_side_at_the_end_of_a_part_is_that_of_travel_on_this_part():
    line = LinearReference(MultiLineString([[(0, 0), (1000, 1000)], [(9000, 1000), (9500, 500)]]))
    points = np.array([Point(1000, 1100)])
    assert line.sides(points, line.locate(points)).tolist() == ["left"]


@pytest.mark.parametrize("at_m", [-1, 10_001])
def test_a_kilometre_beyond_the_line_is_refused(at_m):
    with pytest.raises(GeometryError, match=r"the line runs from 0 to 10\.000 km"):
        STRAIGHT.point_at(at_m)


def test_a_line_without_length_is_refused():
    with pytest.raises(GeometryError, match="expected a line"):
        LinearReference(LineString()).parts  # noqa: B018  the property checks


def test_a_strip_shows_where_a_branch_leaves_and_where_a_ring_ends(catalogue):
    on_1, on_7 = (catalogue.strip("transit_lines", line) for line in ("M1", "M7"))
    assert [name.zh for _, name in on_1.marks[-3:]] == ["科学城站", "广都站", "五根松站"]
    assert on_1.again == (
        (pytest.approx(on_1.marks[-3][0], abs=0.01), LocalText("四河站（支线）", "Sihe Station (branch)")),
    )
    assert on_7.again == ((on_7.length_km, on_7.marks[0][1]),)
    assert on_7.marks[0] == (0.0, LocalText("火车北站", "North Railway Station"))
