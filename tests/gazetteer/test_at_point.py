"""What lies at coordinates."""

import dataclasses
import math
import re

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.case import Precision
from geo.datum import Datum
from geo.errors import LocateError
from geo.feature import Layer
from geo.gazetteer.at_point import Reverse, open_reverse, reverse_document
from geo.gazetteer.batch.point_columns import POINT_COLUMNS, point_row
from geo.shift import from_wgs84, to_wgs84

GEOD = Geod(ellps="WGS84")
DEYANG = (104.39, 31.13)
degrees = st.tuples(st.floats(102.9, 105.9), st.floats(29.3, 31.8))
anything = st.floats(allow_nan=True, allow_infinity=True)


def test_a_point_has_its_city_county_and_nearest_township(finder):
    document = reverse_document(finder.reverse(*DEYANG))
    assert document["city"]["id"] == "510600"
    assert document["county"]["name_zh"] == "旌阳区"
    assert document["township"]["name_zh"] == "旌阳街道"
    assert [belt["id"] for belt in document["belts"]] == ["chengdu-deyang"]


def test_a_point_outside_the_four_cities_is_told_so(finder):
    document = reverse_document(finder.reverse(116.4, 39.9))
    assert document["inside"] is False
    assert document["county"] is None


@pytest.mark.parametrize("point", [DEYANG, (116.4, 39.9)])
def test_a_row_has_every_column_that_is_told(finder, point):
    assert list(point_row(reverse_document(finder.reverse(*point)))) == list(POINT_COLUMNS)


def test_a_point_on_a_border_is_near_it_and_one_inland_is_not(finder, catalogue):
    county = catalogue.layer("counties").feature("510681").geometry
    on_border = county.exterior if county.geom_type == "Polygon" else county.geoms[0].exterior
    assert finder.reverse(*on_border.coords[0]).near_border
    assert not finder.reverse(*DEYANG).near_border


@pytest.mark.parametrize(("metres", "is_near"), [(0, True), (450, True), (550, False), (5000, False)])
def test_a_point_within_half_a_kilometre_of_a_border_is_near_it(catalogue, metres, is_near):
    county = catalogue.layer("counties").feature("510681")
    square = dataclasses.replace(county, geometry=shapely.box(104.0, 30.0, 105.0, 31.0))
    finder = Reverse({**catalogue.layers, "counties": Layer("counties", [square])}, catalogue.entries)
    lon, lat, _ = GEOD.fwd(104.0, 30.5, 90, metres)  # eastwards from the western side
    assert finder.reverse(lon + 1e-9, lat).near_border == is_near


def test_the_border_zone_of_a_point_is_named(finder, catalogue):
    zone = catalogue.layer("border_zones").features[0]
    point = zone.geometry.representative_point()
    assert zone.id in {feature.id for feature in finder.reverse(point.x, point.y).zones["border_zones"]}


def test_coordinates_of_another_datum_are_converted(finder):
    shifted = from_wgs84(*DEYANG, Datum.GCJ02)
    found = finder.reverse(float(shifted[0]), float(shifted[1]), datum=Datum.GCJ02)
    assert (found.lon, found.lat) == pytest.approx(DEYANG, abs=1e-8)


@pytest.mark.parametrize(
    ("lon", "lat", "message"),
    [
        (math.nan, 30.0, "expected two numbers"),
        (104.0, math.inf, "expected two numbers"),
        (30.66, 104.06, "the order is lon,lat: did you mean 104.06,30.66?"),
        (0.0, 0.0, "within China"),
        (72.9, 39.0, "within China"),
        (121.0, 54.1, "within China"),
        (112.0, 2.9, "within China"),
    ],
)
def test_coordinates_that_cannot_be_meant_are_refused(finder, lon, lat, message):
    with pytest.raises(LocateError, match=message.replace("?", r"\?")):
        finder.reverse(lon, lat)


@pytest.mark.parametrize(("lon", "lat"), [(73.0, 3.0), (136.0, 54.0), (104.0, 5.0)])
def test_a_point_on_the_limits_of_china_is_answered(finder, lon, lat):
    assert finder.reverse(lon, lat).county is None


@pytest.mark.parametrize(("lon", "lat"), [(72.999, 30.0), (136.001, 30.0), (104.0, 2.999), (104.0, 54.001)])
def test_a_point_beyond_the_limits_of_china_is_refused(finder, lon, lat):
    with pytest.raises(LocateError, match="within China"):
        finder.reverse(lon, lat)


@given(anything, anything)
def test_any_two_numbers_get_an_answer_or_a_clear_refusal(finder, lon, lat):
    assert re.search("arrived|^True$|^False$", answer(finder, lon, lat))


def answer(finder, lon, lat):
    try:
        return str(reverse_document(finder.reverse(lon, lat))["inside"])
    except LocateError as error:
        return str(error)


@pytest.fixture(scope="session")
def nearest_by_brute_force(catalogue):
    """Return a function that measures how far the nearest township of a county is, along geodesics."""
    towns = [entry for entry in catalogue.entries if entry.kind == "town" and entry.precision is Precision.TOWN]

    def nearest_m(county, lon, lat):
        return min(GEOD.inv(lon, lat, town.lon, town.lat)[2] for town in towns if town.adcodes == (county,))

    return nearest_m


@given(degrees)
def test_the_township_is_the_nearest_of_the_county_that_is_answered(finder, nearest_by_brute_force, point):
    found = finder.reverse(*point)
    told = found.township and (found.township.adcodes[0], pytest.approx(found.township_m, rel=0.001))
    assert told == (found.county and (found.county.id, nearest_by_brute_force(found.county.id, *point)))


def test_a_county_without_known_centres_has_no_township(catalogue):
    entries = [entry for entry in catalogue.entries if entry.adcodes != ("510603",)]
    assert reverse_document(Reverse(catalogue.layers, entries).reverse(*DEYANG))["township"] is None


def test_many_points_get_the_answers_of_brute_force(finder, catalogue):
    points = np.random.default_rng(7).uniform([102.9, 29.3], [105.9, 31.8], (20_000, 2))
    expected = np.zeros(len(points), dtype="U6")
    for county in reversed(list(catalogue.layer("counties"))):
        expected[shapely.contains(county.geometry, shapely.points(points))] = county.id
    assert (finder.reverse_many(points) == expected).all()


def test_one_point_and_many_points_agree(finder):
    assert finder.reverse_many(np.array([DEYANG]))[0] == finder.reverse(*DEYANG).county.id


def test_an_array_of_another_shape_is_refused(finder):
    with pytest.raises(LocateError, match=r"shape \(3,\) arrived; expected rows of lon, lat"):
        finder.reverse_many(np.zeros(3))


def test_no_points_are_no_codes(finder):
    assert finder.reverse_many(np.empty((0, 2))).tolist() == []


def test_shapes_read_from_the_file_answer_like_the_built_layers(finder, catalogue_file):
    assert reverse_document(open_reverse(catalogue_file).reverse(*DEYANG)) == reverse_document(finder.reverse(*DEYANG))


@pytest.mark.parametrize("datum", list(Datum))
@given(degrees)
def test_there_and_back_through_a_datum_is_within_a_centimetre(datum, point):
    back = to_wgs84(*from_wgs84(*point, datum), datum)
    assert GEOD.inv(*point, float(back[0]), float(back[1]))[2] < 0.01


@pytest.mark.parametrize(("datum", "least_m", "most_m"), [(Datum.GCJ02, 325, 465), (Datum.BD09, 835, 1060)])
def test_a_datum_shifts_as_far_as_documented(datum, least_m, most_m):
    shifted = from_wgs84(*DEYANG, datum)
    assert least_m < GEOD.inv(*DEYANG, float(shifted[0]), float(shifted[1]))[2] < most_m
