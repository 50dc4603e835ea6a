"""Each kind of claim: what is right passes, what is wrong is measured."""

import pytest
from shapely.geometry import LineString, Point, box

from geo.case import Rating
from geo.feature import Feature, Layer
from geo.relations.table import Relation, Stretch
from geo.text import LocalText
from geo.verify.along import Pair, line_of
from geo.verify.claims import LAYER_KINDS, ROW_KINDS, pair_error
from geo.verify.geodesic import shape_of

CHECKS = {kind.name: kind.check for kind in ROW_KINDS}
EQUATOR = LineString([(0, 0), (1, 0)])
SQUARE = LineString([(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)])
BESIDE = LineString([(0.3, 1), (0.3, 0.000005), (0.2, 0.000004), (0.2, 1)])  # half a metre, km 22.264 to 33.396
NOTHING = {"share": None, "km": None, "offset_m": None, "side": None, "stretches": ()}


def row(**claims):
    """Return a row of which only some columns are looked at."""
    return Relation(**{**dict.fromkeys(Relation._fields), **NOTHING, **claims})


def off(kind, footprint, feature, *, line=None, **claims):
    pair = Pair(shape_of(footprint), shape_of(feature), line_of(line) if line else None)
    return CHECKS[kind](pair, row(**claims)).off


AREA = box(0, 0, 1, 1)
DEEP, OUTSIDE = Point(0.5, 0.1), Point(0.5, -0.1)  # 11 057 m from the southern edge


@pytest.mark.parametrize(
    ("kind", "footprint", "claims", "expected"),
    [
        ("distance", OUTSIDE, {"distance_m": 11_000}, 57.4),
        ("nearest", OUTSIDE, {"nearest_lon": 0.5, "nearest_lat": 0}, 0),
        ("nearest", OUTSIDE, {"nearest_lon": 0.6, "nearest_lat": 0}, 4633),
        ("nearest", OUTSIDE, {"nearest_lon": 0.5, "nearest_lat": -0.01}, 1105.7),
        ("at", OUTSIDE, {"at_lon": 0.5, "at_lat": -0.1}, 0),
        ("at", OUTSIDE, {"at_lon": 0.5, "at_lat": -0.05}, 5528.7),
        ("intersects", OUTSIDE, {"intersects": True}, 11_057.4),
        ("intersects", DEEP, {"intersects": False, "distance_m": 7.0}, 7),
        ("within", DEEP, {"within": False}, 11_057.4),
        ("within", OUTSIDE, {"within": True}, 11_057.4),
        ("depth", DEEP, {"depth_m": 11_000}, 57.4),
        ("depth", OUTSIDE, {"depth_m": 0}, 0),
        ("share", box(0.5, 0, 1.5, 1), {"share": 0.4}, 0.1),
        ("share", DEEP, {"share": 0.0}, 1),
        ("share", LineString([(0.5, 0.5), (0.5, 2.5)]), {"share": 0.25}, 0),
    ],
)
def test_a_claim_of_an_area_is_off_by_what_is_measured(kind, footprint, claims, expected):
    assert off(kind, footprint, AREA, **claims) == pytest.approx(expected, rel=0.001, abs=0.0001)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (0.2, 0), (0.2003, 0.2003), (0.1, 0)])
def test_what_runs_within_a_metre_of_a_line_may_count_as_a_share_or_not(share, expected):
    beside = LineString([(0.3, 0.1), (0.3, 0.000005), (0.2, 0.000005), (0.2, 0.302505)])  # 11.13 of 55.64 km
    assert off("share", beside, EQUATOR, share=share) == pytest.approx(expected, abs=0.00001)


@pytest.mark.parametrize(
    ("kind", "footprint", "claims", "expected"),
    [
        ("offset", Point(0.5, 0.1), {"offset_m": 11_000}, 57.4),
        ("side", Point(0.5, 0.1), {"side": "left"}, 0),
        ("side", Point(0.5, 0.1), {"side": "right"}, 11_057.4),
        ("side", Point(0.5, 0.1), {"side": "across"}, 11_057.4),
        ("side", box(0.2, -1, 0.3, 1), {"side": "left"}, 11_131.9),
        ("km", Point(0.5, 0.1), {"km": 55.66}, 0),
        ("km", Point(0.5, 0.1), {"km": 60}, 4119.1),  # 221 m on, the line is 2.2 m farther
        ("stretches", box(0.2, -1, 0.3, 1), {"stretches": (Stretch(22.264, 33.396),)}, 0),
        ("stretches", box(0.2, -1, 0.3, 1), {"stretches": (Stretch(23.264, 33.396),)}, 1000),
        ("stretches", box(0.2, -1, 0.3, 1), {"stretches": (Stretch(22.264, 35.396),)}, 2000),
        ("stretches", box(0.2, -1, 0.3, 1), {"stretches": ()}, 11_131.9),
        ("stretches", LineString([(0.5, -1), (0.5, 1)]), {"stretches": (Stretch(60, 60),)}, 4340.3),
        ("stretches", BESIDE, {"stretches": (Stretch(22.264, 33.396),)}, 0),
        ("stretches", BESIDE, {"stretches": (Stretch(22.258, 33.396),)}, 5),
        ("stretches", BESIDE, {"stretches": (Stretch(22.264, 43.396),)}, 10_000),
        ("stretches", LineString([(0.5, 0.000005), (0.5, 1)]), {"stretches": (Stretch(55.66, 55.66),)}, 0),
        ("stretches", LineString([(0.5, 0.000005), (0.5, 1)]), {"stretches": (Stretch(60, 60),)}, 4339.4),
        ("km", BESIDE, {"km": 33.3}, 0),
        ("km", LineString([(0.2, 0.0005), (0.3, 0.0005013)]), {"km": 33.39}, 0),  # 0.14 m farther at its end
        ("km", LineString([(0.2, 0.0005), (0.3, 0.000505)]), {"km": 33.39}, 7099),  # 0.55 m farther
    ],
)
def test_a_claim_along_a_line_is_off_by_what_is_measured(kind, footprint, claims, expected):
    assert off(kind, footprint, EQUATOR, line=EQUATOR, **claims) == pytest.approx(expected, rel=0.001, abs=1)


def test_a_line_said_to_be_on_another_one_may_be_off_by_what_divided_edges_stray():
    aside = LineString([(0.2, 0.00001), (0.3, 0.00001)])  # 1.106 m
    assert off("side", aside, EQUATOR, line=EQUATOR, side="on") == pytest.approx(0.906, abs=0.001)


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("km", {"km": None}),
        ("km", {"km": 25.0, "stretches": (Stretch(30, 33),)}),
        ("offset", {"offset_m": None}),
        ("side", {"side": None}),
        ("stretches", {"stretches": (Stretch(28, 33), Stretch(22, 25))}),
    ],
    ids=["no km", "km outside of its stretches", "no offset", "no side", "not in order"],
)
def test_what_is_missing_or_contradicts_itself_is_infinitely_off(kind, claims):
    assert off(kind, box(0.2, -1, 0.3, 1), EQUATOR, line=EQUATOR, **claims) == float("inf")


def test_a_crossing_behind_the_start_of_a_ring_is_told_before_it():
    across, km = LineString([(0.00018, -0.1), (0.00018, 0.1)]), line_of(SQUARE).length_km  # 20 m on
    stretches = (Stretch(km - 0.03, km - 0.03),)
    assert off("stretches", across, SQUARE, line=SQUARE, stretches=stretches) == pytest.approx(49, abs=0.1)


def test_two_stretches_that_meet_at_the_start_of_a_ring_should_be_one():
    corner, km = box(-0.5, -0.5, 0.5, 0.5), line_of(SQUARE).length_km
    apart = (Stretch(0, 55.66), Stretch(km - 55.287, km))
    assert off("stretches", corner, SQUARE, line=SQUARE, stretches=apart) == float("inf")


@pytest.mark.parametrize(
    ("lat", "has_row", "expected"),
    [(-0.4, False, 5770), (-0.4, True, 0), (-0.5, True, 5287), (-0.5, False, 0)],
    ids=["missing", "near", "too many", "far"],
)
def test_a_pair_without_a_row_is_off_by_how_far_it_lies_within_50_km(lat, has_row, expected):
    pair = Pair(shape_of(Point(0.5, lat)), shape_of(AREA))
    assert pair_error(pair, row() if has_row else None).off == pytest.approx(expected, abs=1)


def layer_errors(kind, layer, geometry, **properties):
    feature = Feature(
        "f", LocalText("某处", None), geometry, Rating.VERIFIED, 0.0, ("test",), "current", properties=properties
    )
    layers = {layer: Layer(layer, (feature,))}
    return dict(next(one for one in LAYER_KINDS if one.name == kind).check(layers))


def test_an_area_is_off_by_what_is_measured():
    errors = layer_errors("area", "zones", box(0, 0, 1, 1), drawn_area_km2=12_300.0)
    assert errors["zones/f/drawn_area_km2"].off == pytest.approx(8.464, abs=0.001)


def test_a_length_is_off_by_what_is_measured():
    errors = layer_errors("length", "expressways", EQUATOR, drawn_length_km=111.0)
    assert errors["expressways/f/drawn_length_km"].off == pytest.approx(0.3195, abs=0.0001)
