"""The table of relations against everything recomputed."""

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point, box

from geo.case import Rating
from geo.crs import metric_of
from geo.feature import Feature, Layer
from geo.relations.relate import relate
from geo.text import LocalText

METRIC = metric_of((103, 29, 106, 32))


@pytest.fixture(scope="module")
def footprints(catalogue):
    return catalogue.metric.to_metric_all([footprint.geometry for footprint in catalogue.footprints])


@pytest.fixture(scope="module")
def features(catalogue):
    return catalogue.metric.to_metric_all(
        [feature.geometry for layer in catalogue.layers.values() for feature in layer]
    )


@pytest.fixture(scope="module")
def pairs(catalogue):
    return catalogue.relations.footprint, catalogue.relations.feature


@pytest.fixture(scope="module")
def distances(footprints, features):
    return shapely.distance(footprints[:, None], features[None, :])


def test_exactly_the_pairs_within_50_km_are_kept(distances, pairs):
    kept = np.zeros(distances.shape, dtype=bool)
    kept[pairs] = True
    assert (kept == (distances <= 50_000)).all()


def test_distances_are_those_of_brute_force(catalogue, distances, pairs):
    assert catalogue.relations.distance_m == pytest.approx(distances[pairs], abs=1e-6)


@pytest.mark.parametrize("predicate", ["intersects", "within", "touches"])
def test_predicates_are_those_of_brute_force(catalogue, footprints, features, pairs, predicate):
    expected = getattr(shapely, predicate)(footprints[:, None], features[None, :])[pairs]
    assert (getattr(catalogue.relations, predicate) == expected).all()


def test_shares_of_areas_are_those_of_brute_force(catalogue, footprints, features, pairs):
    footprint, feature = (numbers[::7] for numbers in pairs)
    shares = catalogue.relations.share[::7]
    areas = (shapely.get_dimensions(footprints[footprint]) == 2) & (shapely.get_dimensions(features[feature]) == 2)
    common = shapely.intersection(footprints[footprint][areas], features[feature][areas])
    expected = shapely.area(common) / shapely.area(footprints[footprint][areas])
    assert shares[areas] == pytest.approx(expected, abs=1e-9)


def test_a_distance_is_0_exactly_where_they_meet(catalogue):
    relations = catalogue.relations
    assert ((relations.distance_m == 0) == relations.intersects).all()


def test_a_nearest_point_is_as_far_as_the_distance_says(catalogue):
    relations = catalogue.relations
    is_point = np.array([footprint.geometry.geom_type == "Point" for footprint in catalogue.footprints])
    rows = np.flatnonzero(is_point[relations.footprint] & (relations.distance_m > 100))
    points = [catalogue.footprints[number].geometry for number in relations.footprint[rows]]
    geodesic = Geod(ellps="WGS84").inv(
        shapely.get_x(points), shapely.get_y(points), relations.nearest_lon[rows], relations.nearest_lat[rows]
    )[2]
    assert relations.distance_m[rows] == pytest.approx(geodesic, rel=0.001)


def test_relations_read_back_are_those_that_were_built(built, catalogue):
    written, read = built[0].relations, catalogue.relations
    assert list(read.features) == list(written.features)
    assert (read.footprint == written.footprint).all()
    assert (read.side == written.side).all()
    assert read.km == pytest.approx(written.km, nan_ok=True)
    assert (read.stretch_row == written.stretch_row).all()
    assert read.to_km == pytest.approx(written.to_km)


def feature(shape):
    return Feature("f", LocalText("某处", None), shape, Rating.VERIFIED, 0.0, ("test",), "current")


def related(footprint, shape, **lines):
    layers = {"belts": Layer("belts", (feature(shape),))}
    layers |= {name: Layer(name, (feature(line),)) for name, line in lines.items()}
    found = relate([footprint], layers, METRIC).of_feature("belts", "f")
    return found[0] if found else None


def test_a_point_inside_lies_within_and_wholly():
    relation = related(Point(104.05, 30.05), box(104, 30, 104.1, 30.1))
    assert (relation.within, relation.intersects, relation.touches, relation.share) == (True, True, False, 1.0)


def test_areas_with_a_common_border_touch_and_share_nothing():
    relation = related(box(104.1, 30, 104.2, 30.1), box(104, 30, 104.1, 30.1))
    assert (relation.touches, relation.within, relation.distance_m) == (True, False, 0.0)
    assert relation.share == pytest.approx(0.0, abs=1e-9)


def test_half_an_area_inside_is_a_share_of_a_half():
    assert related(box(104.05, 30, 104.15, 30.1), box(104, 30, 104.1, 30.1)).share == pytest.approx(0.5, abs=0.001)


def test_an_area_has_no_share_of_a_line():
    assert related(box(104, 30, 104.1, 30.1), LineString([(103.9, 30.05), (104.2, 30.05)])).share is None


def test_a_line_along_another_one_has_the_share_that_runs_along_whatever_their_corners():
    along = LineString([(104, 30), (104.1, 30.1), (104.3, 30.3)])
    line = LineString([(104.1, 30.1), (104.17, 30.17), (104.4, 30.4)])
    assert related(along, line).share == pytest.approx(2 / 3, abs=0.001)


def test_a_line_a_few_centimetres_beside_another_one_runs_along_it_without_a_common_point():
    line, beside = LineString([(104.3, 30.5), (104.32, 30.5)]), LineString([(104.305, 30.500001), (104.315, 30.500001)])
    relation = related(beside, line, axes=line)
    assert relation.distance_m == pytest.approx(0.1, abs=0.05)
    assert (relation.intersects, relation.share, relation.side) == (False, 1.0, "across")
    assert relation.stretches == (pytest.approx((0.48, 1.44), abs=0.001),)
    assert relation.km == pytest.approx(0.96, abs=0.001)


def test_a_line_that_ends_centimetres_before_another_one_meets_it_at_a_point():
    line, before = LineString([(104.3, 30.5), (104.32, 30.5)]), LineString([(104.31, 30.6), (104.31, 30.500001)])
    relation = related(before, line, axes=line)
    assert (relation.intersects, relation.share) == (False, 0.0)
    assert relation.stretches == (pytest.approx((0.96, 0.96), abs=0.001),)


def test_a_line_a_metre_beside_another_one_lies_on_its_side():
    line, beside = LineString([(104.3, 30.5), (104.32, 30.5)]), LineString([(104.305, 30.50001), (104.315, 30.50001)])
    relation = related(beside, line, axes=line)
    assert (relation.share, relation.side, relation.stretches) == (0.0, "left", ())


def test_a_line_that_crosses_another_one_has_no_share_of_it():
    assert related(LineString([(104, 30), (104.2, 30.2)]), LineString([(104, 30.2), (104.2, 30)])).share == 0


def test_what_lies_beyond_50_km_has_no_relation():
    assert related(Point(105, 30), box(104, 30, 104.1, 30.1)) is None


def test_a_place_beside_an_axis_has_kilometre_offset_and_side():
    axis = LineString([(104.0, 30.5), (104.2, 30.5)])
    relation = related(Point(104.1, 30.51), axis.buffer(0.1), axes=axis)
    assert relation.km == pytest.approx(9.6, abs=0.05)
    assert relation.offset_m == pytest.approx(1109, abs=5)
    assert relation.side == "left"


def test_an_area_across_an_axis_covers_a_stretch_of_it():
    axis = LineString([(104.0, 30.5), (104.2, 30.5)])
    relation = related(box(104.05, 30.4, 104.1, 30.6), axis.buffer(0.1), axes=axis)
    assert relation.side == "across"
    assert relation.stretches == (pytest.approx((4.8, 9.6), abs=0.05),)


def test_no_footprints_have_no_relations():
    assert len(relate([], {"belts": Layer("belts", (feature(box(0, 0, 1, 1)),))}, METRIC)) == 0


def test_no_layers_have_no_relations():
    assert len(relate([Point(104, 30)], {}, METRIC)) == 0
