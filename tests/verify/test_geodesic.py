"""The second method itself, against what is known otherwise: distances."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box

from geo.verify.geodesic import distances, gap, inside, outline_gap, reach_m, shape_of
from tests.verify import drawn

A_DEGREE_OF_THE_EQUATOR_M = 111_319.4908
A_DEGREE_OF_A_MERIDIAN_AT_THE_EQUATOR_M = 110_574.3886
to_degrees = [1 / A_DEGREE_OF_THE_EQUATOR_M, 1 / A_DEGREE_OF_A_MERIDIAN_AT_THE_EQUATOR_M]


def metres(a, b):
    return gap(shape_of(a), shape_of(b)).metres


def at_the_equator(shape):
    """Return a shape that is drawn in metres as degrees beside 0 E 0 N, where a kilometre is nearly flat."""
    return shapely.transform(shape, lambda xy: xy * to_degrees)


def test_a_degree_of_the_equator_is_as_long_as_books_say():
    assert metres(Point(0, 0), Point(1, 0)) == pytest.approx(A_DEGREE_OF_THE_EQUATOR_M, abs=0.001)


def test_a_degree_of_a_meridian_is_as_long_as_books_say():
    assert metres(Point(0, 0), Point(0, 1)) == pytest.approx(A_DEGREE_OF_A_MERIDIAN_AT_THE_EQUATOR_M, abs=0.001)


def test_a_point_north_of_the_equator_is_nearest_to_what_lies_south_of_it():
    nearest = gap(shape_of(Point(0.5, 0.01)), shape_of(LineString([(0, 0), (1, 0)])))
    assert nearest.metres == pytest.approx(1105.743, abs=0.001)
    assert nearest.on_b == pytest.approx((0.5, 0), abs=1e-9)


def test_an_edge_follows_the_parallel_not_the_great_circle():
    edge = LineString([(100, 30), (110, 30)])
    middle_of_great_circle = Geod(ellps="WGS84").npts(100, 30, 110, 30, 1)[0]
    assert metres(Point(105, 30), edge) == pytest.approx(0, abs=0.001)
    assert metres(Point(middle_of_great_circle), edge) == pytest.approx(10_500, abs=50)


def test_a_slanting_edge_goes_through_the_mean_of_its_ends():
    assert metres(Point(104, 30.5), LineString([(103, 30), (105, 31)])) == pytest.approx(0, abs=0.001)


def test_what_lies_inside_of_an_area_is_no_way_from_it_but_some_way_from_its_edge():
    point, area = shape_of(Point(0.5, 0.01)), shape_of(box(0, 0, 1, 1))
    assert gap(point, area).metres == 0
    assert outline_gap(point, area).metres == pytest.approx(1105.743, abs=0.001)


def test_a_hole_is_outside():
    area = shape_of(Polygon(box(0, 0, 1, 1).exterior, [box(0.4, 0.4, 0.6, 0.6).exterior]))
    assert inside(np.array([(0.5, 0.5), (0.2, 0.5)]), area).tolist() == [False, True]


def test_lines_that_cross_meet():
    assert metres(LineString([(0, 0), (1, 1)]), LineString([(0, 1), (1, 0)])) == 0


@pytest.mark.parametrize(
    ("shape", "expected"),
    [(box(0.2, 0.2, 0.4, 0.4), 0.0), (box(0.5, 0.2, 1.1, 0.4), 11_131.8), (box(0.5, 0.5, 0.9, 0.9), 22_000)],
    ids=["inside", "over the edge", "over a hole"],
)
def test_a_shape_reaches_out_of_an_area_over_its_edge_and_into_its_holes(shape, expected):
    area = Polygon(box(0, 0, 1, 1).exterior, [box(0.7, 0.6, 0.9, 0.8).exterior])
    assert reach_m(shape_of(shape), shape_of(area)) == pytest.approx(expected, abs=300)


coordinates = st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000))
flat_shapes = st.one_of(
    st.lists(coordinates, min_size=2, max_size=6, unique=True).map(LineString),
    st.lists(coordinates, min_size=1, max_size=3, unique=True).map(MultiPoint),
    st.lists(coordinates, min_size=4, max_size=8, unique=True).map(lambda corners: MultiPoint(corners).convex_hull),
)


@given(flat_shapes, flat_shapes)
def test_small_shapes_at_the_equator_are_as_far_apart_as_in_a_plane(a, b):
    assert metres(at_the_equator(a), at_the_equator(b)) == pytest.approx(a.distance(b), abs=0.01)


@given(drawn.areas, st.lists(drawn.spots, min_size=1, max_size=20))
def test_inside_is_what_a_library_calls_inside(area, spots):
    degrees = np.array([(drawn.WEST + x * 0.0041, drawn.SOUTH + y * 0.0041) for x, y in spots])
    far_enough = distances(degrees, shape_of(area)) > 0.01
    assert (inside(degrees, shape_of(area)) == shapely.contains_xy(area, degrees))[far_enough].all()


@given(st.one_of(drawn.areas, drawn.lines, drawn.points), st.one_of(drawn.areas, drawn.lines))
def test_a_gap_is_the_same_from_both_sides_and_as_wide_as_its_ends_are_apart(a, b):
    there, back = gap(shape_of(a), shape_of(b)), gap(shape_of(b), shape_of(a))
    assert there.metres == pytest.approx(back.metres, abs=1e-3)
    assert distances(there.on_a[None], shape_of(Point(there.on_b))) == pytest.approx(there.metres, abs=1e-3)
