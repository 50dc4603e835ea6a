"""Exports: RFC 7946, and read back by GDAL."""

import json

import pyogrio
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LinearRing, Polygon, shape

from geo.exports.collection import Collection, collection_of
from geo.exports.geojson import geometry, write_geojson
from geo.exports.tables import Row, Tables
from geo.text import LocalText

ALL = (
    "cases", "footprints", "cities", "counties", "belts", "corridors", "border_zones", "transit_lines",
    "transit_stations", "expressways", "airports", "eco_zones", "rivers", "lakes", "zones",
)  # fmt: skip


def exported(catalogue, what, args=(), **options):
    return json.loads(write_geojson(collection_of(Tables(catalogue), what, args, **options)))


@pytest.mark.parametrize("what", ALL)
def test_gdal_reads_every_export_back_with_equal_counts(catalogue, what, tmp_path):
    collection = collection_of(Tables(catalogue), what, [])
    path = tmp_path / f"{what}.geojson"
    path.write_bytes(write_geojson(collection))
    assert pyogrio.read_info(path)["features"] == len(collection.rows)


@pytest.mark.parametrize("what", ALL)
def test_no_feature_lacks_a_geometry_or_an_id(catalogue, what):
    features = exported(catalogue, what)["features"]
    assert [f for f in features if not f["geometry"] or not isinstance(f["id"], str)] == []


@pytest.mark.parametrize("what", ALL)
def test_the_columns_are_the_documented_ones(catalogue, what):
    collection = collection_of(Tables(catalogue), what, [])
    names = [column.name for column in collection.columns]
    assert {tuple(row.values) for row in collection.rows} == {tuple(names)}


def test_there_is_no_crs_member(catalogue):
    assert "crs" not in exported(catalogue, "belts")


def test_the_file_carries_datum_licence_and_attribution(catalogue):
    document = exported(catalogue, "cases")
    assert document["datum"] == "WGS-84"
    assert "天地图" in document["attribution"]
    assert document["licence"]


def test_cases_are_label_points_so_that_nobody_takes_them_for_sites(catalogue):
    features = exported(catalogue, "cases")["features"]
    assert {f["geometry"]["type"] for f in features} == {"Point"}
    assert {f["properties"]["geometry_role"] for f in features} == {"label"}


def test_true_shapes_hold_the_same_cases(catalogue):
    points = [f["id"] for f in exported(catalogue, "cases")["features"]]
    shapes = [f["id"] for f in exported(catalogue, "cases", geometry="footprint")["features"]]
    assert points == shapes


def test_a_schematic_thing_says_so(catalogue):
    assert {f["properties"]["schematic"] for f in exported(catalogue, "belts")["features"]} == {True}


def test_city_is_a_list_of_codes(catalogue):
    (case,) = [f for f in exported(catalogue, "cases")["features"] if f["id"] == "A08"]
    assert case["properties"]["city"] == ["510100", "510600"]


def test_an_empty_collection_is_legal(catalogue):
    document = json.loads(write_geojson(Collection("none", LocalText("无"), (), (), catalogue)))
    assert document["features"] == []
    assert "bbox" not in document


@given(st.lists(st.tuples(st.floats(103, 106), st.floats(29, 32)), min_size=3, max_size=3, unique=True))
def test_outer_rings_run_counter_clockwise(points):
    triangle = Polygon(points)
    if triangle.area > 1e-6:
        assert LinearRing(geometry(triangle)["coordinates"][0]).is_ccw


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_numbers_have_at_most_six_decimals(catalogue, lon, lat):
    written = write_geojson(
        Collection(
            "x", LocalText("x"), (), [Row("1", shape({"type": "Point", "coordinates": (lon, lat)}), {})], catalogue
        )
    )
    numbers = json.loads(written)["features"][0]["geometry"]["coordinates"]
    assert all(len(str(n).split(".")[-1]) <= 6 or "e" in str(n) for n in numbers)
