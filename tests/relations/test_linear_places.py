"""Places along real lines: kilometres to points and back."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.catalogue.linear_places import linear_place
from geo.errors import QueryError
from geo.feature import Layer

ELLIPSOID = Geod(ellps="WGS84")
LINES = ("belts", "corridors", "axes", "transit_lines", "expressways")


@pytest.fixture(scope="module")
def place_on(catalogue):
    """Ask for places on the line of a number, of every feature that has one; the first ask makes the names."""
    lines = [f"{layer}:{feature.id}" for layer in LINES for feature in catalogue.layer(layer)]
    linear_place(catalogue, "R2", km=0)
    return lambda number, **asked: linear_place(catalogue, lines[number % len(lines)], **asked)


@pytest.fixture(scope="module")
def drawn(catalogue):
    """Find the drawn line of a place; that of a belt or corridor is its axis."""
    on = {"belts": "axes", "corridors": "axes"}
    return lambda place: catalogue.layer(on.get(place.layer, place.layer)).feature(place.id).geometry


@given(st.integers(0, 99), st.floats(0, 1))
def test_from_kilometre_to_point_and_back_is_within_a_metre(place_on, number, fraction):
    there = place_on(number, km=fraction * place_on(number, km=0).length_km)
    back = place_on(number, lon=there.lon, lat=there.lat)
    again = place_on(number, km=back.km)
    assert ELLIPSOID.inv(there.lon, there.lat, again.lon, again.lat)[2] < 1
    assert back.side == "on"


def geodesic_point(line, km):
    """Walk along a line whose edges are straight in degrees, cut into pieces of at most some metres.

    From the end of one part to the start of the next no way is walked.
    """
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.segmentize(line, 0.0005))]
    steps = [ELLIPSOID.inv(*part[:-1].T, *part[1:].T)[2] for part in parts]
    walked = np.cumsum(np.concatenate([step for part in steps for step in ([0.0], part)]))
    lon, lat = np.concatenate(parts).T
    return np.interp(km * 1000, walked, lon), np.interp(km * 1000, walked, lat)


@given(st.integers(0, 99), st.floats(0, 1))
def test_a_point_lies_where_a_walk_on_the_ellipsoid_ends(place_on, drawn, number, fraction):
    there = place_on(number, km=fraction * place_on(number, km=0).length_km)
    lon, lat = geodesic_point(drawn(there), there.km)
    assert ELLIPSOID.inv(there.lon, there.lat, lon, lat)[2] <= max(1, there.km)  # 0.1 %


@pytest.mark.parametrize("ring", ["R1", "R2", "R3"])
def test_the_start_and_the_end_of_a_ring_are_the_same_point(catalogue, ring):
    start = linear_place(catalogue, ring, km=0)
    end = linear_place(catalogue, ring, km=round(start.length_km, 3))
    assert ELLIPSOID.inv(start.lon, start.lat, end.lon, end.lat)[2] < 1
    assert linear_place(catalogue, ring, lon=start.lon, lat=start.lat).km == pytest.approx(0, abs=0.001)


def test_s3_leaves_to_the_south_east_so_the_north_east_is_on_its_left(catalogue):
    assert linear_place(catalogue, "S3", lon=104.52, lat=30.28).side == "left"
    assert linear_place(catalogue, "S3", lon=104.40, lat=30.20).side == "right"


def test_what_lies_before_the_start_of_a_line_is_at_kilometre_0(catalogue):
    found = linear_place(catalogue, "成资线", lon=104.0657, lat=30.6595)
    assert (found.layer, found.id, found.km) == ("transit_lines", "S3", 0)


def test_an_offset_is_the_distance_on_the_ellipsoid(catalogue):
    found = linear_place(catalogue, "S3", lon=104.52, lat=30.28)
    assert found.offset_m == pytest.approx(ELLIPSOID.inv(104.52, 30.28, found.lon, found.lat)[2], rel=0.001)


def test_the_official_kilometre_of_a_station_stands_beside_the_drawn_one(catalogue):
    found = linear_place(catalogue, "S3", lon=104.5826, lat=30.1757)
    assert (found.official_km, found.official_basis) == (22.816, "distances")
    assert found.km == pytest.approx(22.302, abs=0.001)


def test_a_line_without_official_facts_has_no_official_kilometre(catalogue):
    found = linear_place(catalogue, "R2", km=3.2)
    assert (found.official_km, found.official_basis) == (None, None)


def test_an_axis_has_the_kilometres_of_its_belt(catalogue):
    axis, belt = (linear_place(catalogue, f"{layer}:chengdu-ziyang", km=10) for layer in ("axes", "belts"))
    assert (axis.lon, axis.lat, axis.starts_at) == (belt.lon, belt.lat, belt.starts_at)
    assert axis.layer == "axes"


@given(st.integers(0, 99))
def test_the_length_as_it_is_told_is_on_the_line(place_on, number):
    length_km = place_on(number, km=0).length_km
    assert place_on(number, km=round(length_km, 3)).km <= length_km


@pytest.mark.parametrize("km", [-0.0004, "-0.0004", "-0", -0.0])
def test_what_is_before_the_start_by_less_than_half_a_metre_is_at_the_start(catalogue, km):
    assert str(linear_place(catalogue, "R2", km=km).km) == "0.0"


@pytest.mark.parametrize(
    ("line", "asked", "problems"),
    [
        ("R2", {"km": 3000}, ["km: 3000 km arrived; R2 runs from 0 to 217.1 km"]),
        ("R2", {"km": -0.1}, ["km: -0.1 km arrived; R2 runs from 0 to 217.1 km"]),
        ("R2", {}, ["km, lon, lat: none arrived; expected either km, or both lon and lat"]),
        ("R2", {"km": 1, "lon": 104, "lat": 30},
         ["km, lon, lat: km, lon, lat arrived; expected either km, or both lon and lat"]),
        ("R2", {"lat": 30}, ["km, lon, lat: lat arrived; expected either km, or both lon and lat"]),
        ("R2", {"lon": 30.6, "lat": 104.2},
         ["lon, lat: 30.6,104.2 arrived; the order is lon,lat: did you mean 104.2,30.6?"]),
        ("R2", {"lon": 2.35, "lat": 48.86},
         ["lon, lat: 2.35,48.86 arrived; expected lon,lat in degrees within China, such as 116.39,39.91"]),
        ("R2", {"lon": "x", "lat": float("nan")}, ["lon: 'x' arrived; expected a number in degrees",
                                                   "lat: 'nan' arrived; expected a number in degrees"]),
        ("R2", {"km": -0.001}, ["km: -0.001 km arrived; R2 runs from 0 to 217.1 km"]),
        ("R2", {"km": "1_0"}, ["km: '1_0' arrived; expected a number of kilometres from the start of the line"]),
        ("R2", {"km": "２"}, ["km: '２' arrived; expected a number of kilometres from the start of the line"]),
        ("R2", {"lon": "1_04", "lat": "30.6"}, ["lon: '1_04' arrived; expected a number in degrees"]),
        ("R2", {"km": "inf"}, ["km: 'inf' arrived; expected a number of kilometres from the start of the line"]),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused_with_the_remedy(catalogue, line, asked, problems):
    with pytest.raises(QueryError) as error:
        linear_place(catalogue, line, **asked)
    assert list(error.value.problems) == problems


@pytest.mark.parametrize(
    ("line", "told"),
    [("R9", "unknown value 'R9'"), ("", "missing"), (" ", "missing"), ("cities:510100", "cities:510100 has no line")],
)
def test_a_line_that_is_none_is_refused_with_everything_else(catalogue, line, told):
    with pytest.raises(QueryError) as error:
        linear_place(catalogue, line, km="x", lat="y")
    assert error.value.problems[0].startswith(f"line: {told}; expected a transit line or expressway by id or name")
    assert len(error.value.problems) == 4


NAMED = "a transit line or expressway by id or name, such as R2, or "
NOT_NAMED = "<layer>:<id> such as axes:chengdu-ziyang, with a layer of axes"


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        (("transit_lines", "expressways"), f"{NAMED}<layer>:<id> such as expressways:R2, with a layer of expressways"),
        (("axes",), NOT_NAMED),
    ],
)
def test_what_is_expected_is_told_by_lines_of_the_area(catalogue, layers, expected):
    few = {name: catalogue.layer(name) for name in ("cities", "counties")}
    kept = {name: [f for f in catalogue.layer(name) if f.id in {"R2", "chengdu-ziyang"}] for name in layers}
    small = replace(catalogue, layers={**few, **{name: Layer(name, found) for name, found in kept.items()}})
    with pytest.raises(QueryError) as caught:
        linear_place(small, "Z9", km=1)
    assert caught.value.problems == (f"line: unknown value 'Z9'; expected {expected}",)
