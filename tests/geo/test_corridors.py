"""Belts, corridors and border zones from their recipes."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from geo.crs import area_km2, metric_of
from geo.errors import GeometryError, RecordError
from geo.layers.belts import BeltRecords, Member, axis_line, belt_area, belt_feature, clipped_axis
from geo.layers.border_zones import BorderZoneRecords, border_line, border_zone, border_zone_feature
from geo.layers.boundaries import BoundaryRecords
from geo.layers.spec import LayerRecords
from geo.layers.table import build_layers

BELTS = ["chengdu-deyang", "chengdu-meishan", "chengdu-ziyang"]


def recipe(records, belt_id):
    return next(r for r in (*records.of(BeltRecords).belts, *records.of(BeltRecords).corridors) if r.id == belt_id)


def zone_record(records, zone_id):
    return next(r for r in records.of(BorderZoneRecords).zones if r.id == zone_id)


@pytest.mark.parametrize("belt", [*BELTS, "tianfu-avenue", "chengdu-ziyang-opening"])
def test_a_belt_contains_its_axis(records, counties, belt):
    declared = recipe(records, belt)
    assert belt_area(declared, counties).buffer(1e-9).contains(clipped_axis(declared, counties))


@pytest.mark.parametrize("belt", BELTS)
def test_a_belt_lies_within_its_members(records, counties, belt):
    declared = recipe(records, belt)
    members = shapely.union_all([counties[member.county] for member in declared.members])
    assert members.buffer(1e-9).contains(belt_area(declared, counties))


def test_belts_show_their_recipe_and_are_schematic(layers):
    belt = layers["belts"].feature("chengdu-deyang")
    assert belt.is_schematic
    assert "广汉北站 (verified)" in belt.properties["axis"]
    assert "510682 (recalled)" in belt.properties["members"]


def test_a_wider_belt_is_larger(records, counties):
    narrow = recipe(records, "chengdu-ziyang")
    wide = replace(narrow, width_km=narrow.width_km * 2)
    assert area_km2(belt_area(wide, counties)) > area_km2(belt_area(narrow, counties))


def test_an_axis_that_crosses_itself_is_refused(records):
    declared = recipe(records, "chengdu-deyang")
    a, b, c, d, *_ = declared.nodes
    far = replace(b, lon=b.lon + 1), replace(c, lon=c.lon - 1)
    with pytest.raises(GeometryError, match="chengdu-deyang: nodes: the axis crosses itself"):
        axis_line(replace(declared, nodes=(a, d, far[0], far[1], replace(b, lat=b.lat + 0.2))))


def test_an_axis_needs_two_different_points(records):
    declared = recipe(records, "chengdu-deyang")
    with pytest.raises(GeometryError, match="two different points; 1 arrived"):
        axis_line(replace(declared, nodes=declared.nodes[:1] * 2))


def test_a_width_must_be_above_nothing(records, counties):
    with pytest.raises(GeometryError, match="width_km: 0 arrived"):
        belt_area(replace(recipe(records, "chengdu-deyang"), width_km=0), counties)


def test_an_unknown_member_is_refused(records, counties):
    declared = replace(recipe(records, "chengdu-deyang"), members=(Member("999999", "recalled"),))
    with pytest.raises(GeometryError, match="999999"):
        belt_feature(declared, counties)


def test_members_away_from_the_axis_are_refused(records, counties):
    declared = replace(recipe(records, "chengdu-deyang"), members=(Member("512021", "recalled"),))
    with pytest.raises(GeometryError, match="none of them holds the axis"):
        belt_area(declared, counties)


def test_a_border_zone_lies_on_both_sides_of_the_border(layers, counties):
    zone = layers["border_zones"].feature("qingbaijiang-guanghan").geometry
    assert zone.intersects(counties["510113"].buffer(-0.005))
    assert zone.intersects(counties["510681"].buffer(-0.005))


def test_a_border_zone_stays_within_its_counties(layers, counties):
    zone = layers["border_zones"].feature("pengzhou-shifang").geometry
    assert counties["510182"].union(counties["510682"]).buffer(1e-9).contains(zone)


@pytest.mark.parametrize(
    ("zone", "km"),
    [
        ("qingbaijiang-guanghan", 17.63),
        ("pengzhou-shifang", 71.56),
        ("jintang-zhongjiang", 75.17),
        ("pujiang-danling", 24.04),
    ],
)
def test_a_border_zone_knows_the_length_of_its_border(layers, zone, km):
    assert layers["border_zones"].feature(zone).properties["border_km"] == pytest.approx(km, rel=0.01)


def test_the_sides_of_a_zone_add_up_to_it(layers):
    properties = layers["border_zones"].feature("pengzhou-shifang").properties
    sides = [float(side.split(": ")[1]) for side in properties["area_by_side_km2"]]
    assert sum(sides) == pytest.approx(properties["area_km2"], abs=0.2)


def test_there_are_seven_pilot_zones(layers):
    assert sum(zone.properties["is_pilot"] for zone in layers["border_zones"]) == 7


def test_a_zone_may_join_three_counties(layers):
    assert layers["border_zones"].feature("jianyang-yanjiang-lezhi").properties["counties"] == (
        "510185",
        "512002",
        "512022",
    )


def test_counties_that_touch_in_a_point_have_no_zone(records, counties):
    record = replace(zone_record(records, "pengzhou-shifang"), pairs=(("510104", "510106"),))
    with pytest.raises(GeometryError, match="510104 and 510106 share no border"):
        border_zone_feature(record, counties, width_km=5)


@given(width_km=st.floats(0.5, 10))
def test_no_point_of_a_zone_is_farther_from_the_border_than_its_width(width_km):
    record, counties = SHARED["record"], SHARED["counties"]
    border = border_line(record, counties)
    zone = border_zone(border, [counties["510113"], counties["510681"]], width_km=width_km)
    metric = metric_of(border.bounds)
    farthest = max(metric.distance_m(border, Point(xy)) for xy in shapely.get_coordinates(zone))
    assert farthest <= width_km * 1000 * 1.001


def farthest_m(shape, line):
    """Return how far the outline of a shape lies from a line, on the ellipsoid: from corners to dots on the line."""
    corners, dots = shapely.get_coordinates(shape), shapely.get_coordinates(shapely.segmentize(line, 0.0005))
    pairs = np.hstack([np.repeat(corners, len(dots), axis=0), np.tile(dots, (len(corners), 1))])
    _, _, distances = Geod(ellps="WGS84").inv(*pairs.T)
    return distances.reshape(len(corners), len(dots)).min(axis=1).max()


def test_a_belt_of_ten_kilometres_reaches_five_from_its_axis(records, counties):
    declared = replace(recipe(records, "chengdu-ziyang"), width_km=10)
    assert farthest_m(belt_area(declared, counties), axis_line(declared)) == pytest.approx(5000, rel=0.01)


def test_a_border_zone_of_three_kilometres_reaches_three_from_its_border(records, counties):
    border = border_line(zone_record(records, "qingbaijiang-guanghan"), counties)
    zone = border_zone(border, [counties["510113"], counties["510681"]], width_km=3)
    assert farthest_m(zone, border) == pytest.approx(3000, rel=0.01)


SHARED = {}


@pytest.fixture(autouse=True, scope="module")
def _shared_for_properties(records, counties):
    SHARED.update(record=zone_record(records, "qingbaijiang-guanghan"), counties=counties)


def test_the_sides_of_all_zones_are_a_layer(layers, counties):
    side = layers["border_zone_sides"].feature("pengzhou-shifang-510182")
    assert counties["510182"].buffer(1e-9).contains(side.geometry)
    assert side.properties["border_zone"] == "pengzhou-shifang"


def test_both_sides_together_are_the_zone(layers):
    sides = [s.geometry for s in layers["border_zone_sides"] if s.properties["border_zone"] == "pengzhou-shifang"]
    zone = layers["border_zones"].feature("pengzhou-shifang").geometry
    assert shapely.union_all(sides).symmetric_difference(zone).area < 1e-9


@pytest.mark.parametrize(
    ("pair", "km"),
    [("510113-510681", 17.63), ("510182-510682", 71.56), ("510121-510623", 75.17), ("510185-512002", 63.88)],
)
def test_a_border_line_has_the_measured_length(layers, pair, km):
    assert layers["border_lines"].feature(pair).properties["border_km"] == pytest.approx(km, rel=0.01)


def test_an_axis_is_a_feature_with_its_recipe(layers):
    axis = layers["axes"].feature("chengdu-deyang")
    assert axis.geometry.geom_type == "LineString"
    assert axis.is_schematic
    assert "510682 (recalled)" in axis.properties["members"]


def test_members_that_touch_no_other_are_refused(records, counties):
    declared = recipe(records, "chengdu-deyang")
    apart = replace(declared, members=(*declared.members, Member("512021", "recalled")))
    with pytest.raises(GeometryError, match="512021 touch no other member"):
        belt_area(apart, counties)


def test_all_recipes_that_cannot_be_carried_out_are_told_at_once(records):
    belts, zones = records.of(BeltRecords), records.of(BorderZoneRecords)
    narrow = replace(belts, belts=tuple(replace(belt, width_km=0) for belt in belts.belts))
    apart = replace(zones, zones=(replace(zones.zones[0], pairs=(("510104", "510106"),)),))
    names = ("cities", "counties", "belts", "axes", "border_zones", "border_zone_sides")
    broken = LayerRecords([records.of(BoundaryRecords), narrow, apart], names)
    with pytest.raises(RecordError) as caught:
        build_layers(broken)
    assert len(caught.value.problems) == 4
