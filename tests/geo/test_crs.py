"""Metres and degrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box

from geo.crs import area_km2, buffer_m, length_km, to_metric, to_wgs84

points = st.tuples(st.floats(102.9, 105.9), st.floats(29.3, 31.8)).map(Point)


@given(points)
def test_there_and_back_is_the_same_point(point):
    assert to_wgs84(to_metric(point)).distance(point) < 1e-9


@given(points, points)
def test_a_distance_is_within_a_thousandth_of_the_geodesic(a, b):
    geodesic = Geod(ellps="WGS84").inv(a.x, a.y, b.x, b.y)[2]
    assert to_metric(a).distance(to_metric(b)) == pytest.approx(geodesic, rel=0.001, abs=0.01)


@given(points, st.floats(100, 10_000))
def test_a_buffer_reaches_as_far_as_it_was_told(point, radius_m):
    edge = Point(buffer_m(point, radius_m).exterior.coords[0])
    assert to_metric(point).distance(to_metric(edge)) == pytest.approx(radius_m, rel=0.001)


def test_a_degree_of_latitude_is_about_111_km():
    assert length_km(LineString([(104, 30), (104, 31)])) == pytest.approx(110.9, abs=0.1)


def test_a_known_box_has_its_area():
    assert area_km2(box(104.0, 30.0, 104.1, 30.1)) == pytest.approx(106.9, abs=0.3)


def test_empty_has_no_area():
    assert area_km2(Polygon()) == 0
