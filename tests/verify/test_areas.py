"""The second method itself, against what is known otherwise: areas."""

import pytest
import shapely
from hypothesis import given
from shapely.geometry import Polygon, box

from geo.verify.geodesic import area_km2, common_share, shape_of, strips_km2
from tests.verify import drawn

THE_EARTH_KM2 = 510_065_621.724


def test_a_degree_from_pole_to_pole_is_a_360th_of_the_earth():
    lune = shape_of(box(104, -90, 105, 90))
    assert strips_km2(lune, lune) == pytest.approx(THE_EARTH_KM2 / 360, rel=1e-6)


def test_half_of_a_box_is_a_half_in_any_latitude():
    assert common_share(shape_of(box(104, 30, 106, 31)), shape_of(box(103, 29, 105, 32))) == pytest.approx(
        0.5, abs=1e-7
    )


def test_areas_apart_have_nothing_in_common():
    assert common_share(shape_of(box(104, 30, 105, 31)), shape_of(box(106, 30, 107, 31))) == 0


def test_a_hole_is_taken_off():
    area = Polygon(box(0, 0, 0.2, 0.2).exterior, [box(0.05, 0.05, 0.15, 0.15).exterior])
    assert area_km2(shape_of(area)) == pytest.approx(0.75 * area_km2(shape_of(box(0, 0, 0.2, 0.2))), rel=1e-5)


@given(drawn.areas)
def test_strips_and_geodesics_find_the_same_area(area):
    shape = shape_of(area)
    assert strips_km2(shape, shape) == pytest.approx(area_km2(shape), rel=1e-5, abs=1e-5)


@given(drawn.areas, drawn.areas)
def test_what_two_areas_have_in_common_is_the_area_of_their_intersection(a, b):
    common = shapely.intersection(a, b)
    polygons = [part for part in shapely.get_parts(common) if part.area > 0]
    expected = sum(area_km2(shape_of(part)) for part in polygons)
    assert strips_km2(shape_of(a), shape_of(b)) == pytest.approx(expected, rel=1e-5, abs=1e-4)
