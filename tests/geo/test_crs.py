"""Metres and degrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import LineString, Point, Polygon, box

from geo.crs import area_km2, buffer_m, length_km, metric_of

CHENGDU = (102.85, 29.40, 105.74, 31.70)
METRIC = metric_of(CHENGDU)
GEOD = Geod(ellps="WGS84")

points = st.tuples(st.floats(102.9, 105.9), st.floats(29.3, 31.8)).map(Point)


@given(points)
def test_there_and_back_is_the_same_point(point):
    assert METRIC.to_wgs84(METRIC.to_metric(point)).distance(point) < 1e-9


@given(points, points)
def test_a_distance_is_within_half_a_thousandth_of_the_geodesic(a, b):
    geodesic = GEOD.inv(a.x, a.y, b.x, b.y)[2]
    assert METRIC.distance_m(a, b) == pytest.approx(geodesic, rel=0.0005, abs=0.01)


@given(points, st.floats(100, 10_000))
def test_a_buffer_reaches_as_far_as_it_was_told(point, radius_m):
    edge = Point(buffer_m(point, radius_m).exterior.coords[0])
    assert GEOD.inv(point.x, point.y, edge.x, edge.y)[2] == pytest.approx(radius_m, rel=0.0001)


def test_a_degree_of_latitude_is_about_111_km():
    assert length_km(LineString([(104, 30), (104, 31)])) == pytest.approx(110.9, abs=0.1)


def test_a_known_box_has_its_area():
    assert area_km2(box(104.0, 30.0, 104.1, 30.1)) == pytest.approx(106.9, abs=0.3)


def test_empty_has_no_area():
    assert area_km2(Polygon()) == 0


@pytest.mark.parametrize(
    "bounds",
    [
        pytest.param(CHENGDU, id="Chengdu"),
        pytest.param((110.8, 26.0, 114.3, 28.7), id="Changsha, Zhuzhou, Xiangtan"),
        pytest.param((112.0, 22.2, 115.4, 24.5), id="Guangzhou"),
        pytest.param((123.7, 44.0, 130.3, 46.7), id="Harbin"),
        pytest.param((86.6, 42.7, 89.2, 44.9), id="Urumqi"),
    ],
)
@given(across=st.tuples(*[st.floats(0, 1)] * 4))
def test_anywhere_in_china_a_distance_is_off_by_at_most_half_a_thousandth(bounds, across):
    west, south, east, north = bounds
    a, b = ((west + (east - west) * x, south + (north - south) * y) for x, y in (across[:2], across[2:]))
    geodesic = GEOD.inv(*a, *b)[2]
    assert metric_of(bounds).distance_m(Point(a), Point(b)) == pytest.approx(geodesic, rel=0.0005, abs=0.01)


def test_the_error_of_a_projection_is_told_where_it_fits_and_where_it_does_not():
    assert METRIC.error_within(CHENGDU) < 0.0002
    assert METRIC.error_within((125.7, 44.0, 130.3, 46.7)) == pytest.approx(0.06, abs=0.03)


def test_two_areas_in_one_process_keep_their_own_metres():
    harbin = metric_of((125.7, 44.0, 130.3, 46.7))
    there = Point(126.6, 45.8), Point(126.7, 45.8)
    geodesic = GEOD.inv(126.6, 45.8, 126.7, 45.8)[2]
    METRIC.to_metric(there[0])
    assert harbin.distance_m(*there) == pytest.approx(geodesic, rel=0.0005)
    assert harbin != METRIC
    assert metric_of(CHENGDU) == METRIC


def test_an_area_without_height_has_a_projection():
    assert metric_of((104, 30, 104, 30)).distance_m(Point(104, 30), Point(104, 30.01)) == pytest.approx(1108.6, abs=1)
