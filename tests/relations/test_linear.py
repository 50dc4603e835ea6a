"""Kilometres along a line."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, MultiLineString, Point

from geo.crs import to_metric
from geo.errors import GeometryError
from geo.relations.linear import LinearReference

STRAIGHT = LinearReference(LineString([(0, 0), (10_000, 0)]))
IN_TWO_PARTS = LinearReference(MultiLineString([[(0, 0), (1000, 0)], [(2000, 0), (3000, 0)]]))
fractions = st.floats(0, 1)


@pytest.mark.parametrize(
    ("layer", "feature"),
    [("axes", "chengdu-deyang"), ("axes", "tianfu-avenue"), ("transit_lines", "S3"), ("transit_lines", "M18"),
     ("expressways", "R2"), ("expressways", "R3")],
)  # fmt: skip
@given(fraction=fractions)
def test_from_kilometre_to_point_and_back_is_within_a_metre(catalogue, layer, feature, fraction):
    line = LinearReference(to_metric(catalogue.layer(layer).feature(feature).geometry))
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


def test_a_shape_covers_a_stretch():
    assert STRAIGHT.span(shapely.box(2000, -1, 3000, 1)) == (2000, 3000)


@pytest.mark.parametrize("at_m", [-1, 10_001])
def test_a_kilometre_beyond_the_line_is_refused(at_m):
    with pytest.raises(GeometryError, match=r"the line runs from 0 to 10\.000 km"):
        STRAIGHT.point_at(at_m)


def test_a_line_without_length_is_refused():
    with pytest.raises(GeometryError, match="expected a line"):
        LinearReference(LineString()).parts  # noqa: B018  the property checks
