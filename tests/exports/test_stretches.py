"""Stretches as a collection: cut from the drawn line, in every face that takes collections away."""

import csv
import io
import zipfile

import numpy as np
import pyogrio
import pytest
import shapely
from click.testing import CliRunner
from pyproj import Geod
from shapely.geometry import LineString, MultiLineString

from geo.cli.main import tongcheng
from geo.exports.collection import collection_of
from geo.exports.formats import FORMATS
from geo.exports.stretches import part_of
from geo.exports.tables import Tables
from geo.relations.linear import LinearReference
from webapp.app import create_app
from webapp.settings import Settings

ELLIPSOID = Geod(ellps="WGS84")
IN_TWO_PARTS = LinearReference(MultiLineString([[(0, 0), (1000, 0)], [(2000, 0), (3000, 0)]]))
RING = LinearReference(LineString([(0, 0), (1000, 0), (1000, 1000), (0, 1000), (0, 0)]))


def test_a_part_keeps_the_corners_of_its_line():
    assert part_of(RING, 900, 1100).wkt == "LINESTRING (900 0, 1000 0, 1000 100)"


def test_a_part_over_a_gap_has_a_piece_on_each_side():
    assert part_of(IN_TWO_PARTS, 900, 1200).wkt == "MULTILINESTRING ((900 0, 1000 0), (2000 0, 2200 0))"


def test_a_part_that_begins_where_a_piece_ends_has_no_point_of_it():
    assert part_of(IN_TWO_PARTS, 1000, 1200).wkt == "LINESTRING (2000 0, 2200 0)"


def test_a_part_over_the_start_of_a_ring_is_two_pieces():
    assert part_of(RING, 3900, 50).wkt == "MULTILINESTRING ((0 100, 0 0), (0 0, 50 0))"


@pytest.fixture(scope="module")
def tables(catalogue):
    return Tables(catalogue)


@pytest.fixture(scope="module")
def stretches(tables):
    return collection_of(tables, "stretches", []).rows


@pytest.fixture(scope="module")
def client(catalogue):
    return create_app(catalogue, Settings()).test_client()


def test_every_stretch_has_a_length_and_an_id_of_its_own(stretches):
    assert (shapely.length([row.geometry for row in stretches]) > 0).all()
    assert len({row.id for row in stretches}) == len(stretches)


def test_a_stretch_lies_on_the_drawn_line(catalogue, stretches):
    """Belts and corridors are drawn as areas; their lines are the axes."""
    on = {"belts": "axes", "corridors": "axes"}
    keys = [(row["layer"], row["feature_id"]) for row in (one.values for one in stretches)]
    lines = [catalogue.layer(on.get(layer, layer)).feature(feature).geometry for layer, feature in keys]
    corners, of = shapely.get_coordinates([row.geometry for row in stretches], return_index=True)
    away_deg = shapely.distance(shapely.points(corners), np.array(lines, dtype=object)[of])
    assert away_deg.max() < 2e-6  # 0.2 m


def test_the_length_of_a_stretch_is_that_on_the_ellipsoid(catalogue, stretches):
    rows = [row for row in stretches if row.values["layer"] == "expressways"]
    whole_km = [catalogue.lines["expressways", row.values["feature_id"]].length_m / 1000 for row in rows]
    span_km = np.array([row.values["to_km"] - row.values["from_km"] for row in rows])
    told = np.where(span_km < 0, span_km + whole_km, span_km)
    measured = [ELLIPSOID.geometry_length(row.geometry) / 1000 for row in rows]
    assert measured == pytest.approx(told, rel=0.001, abs=0.001)


def test_stretches_of_a_place_add_up_to_what_it_covers_of_the_line(catalogue, stretches):
    """Cut in degrees, where both are drawn with straight edges, and measured on the ellipsoid."""
    road = catalogue.layer("expressways").feature("R2").geometry
    rows = [row for row in stretches if row.values["feature_id"] == "R2"]
    shapes = {footprint.id: footprint.geometry for footprint in catalogue.footprints}
    areas = {row.values["footprint_id"] for row in rows if shapes[row.values["footprint_id"]].area}
    covered = {one: ELLIPSOID.geometry_length(shapely.intersection(road, shapes[one])) / 1000 for one in areas}
    added = dict.fromkeys(areas, 0.0) | {
        one: sum(ELLIPSOID.geometry_length(r.geometry) / 1000 for r in rows if r.values["footprint_id"] == one)
        for one in areas
    }
    assert added == pytest.approx(covered, rel=0.001, abs=0.05)


def test_a_stretch_over_the_start_of_a_ring_is_one_row_of_two_parts(stretches):
    over = [row for row in stretches if row.values["from_km"] > row.values["to_km"]]
    first, second = shapely.get_parts(over[0].geometry)
    assert {row.geometry.geom_type for row in over} == {"MultiLineString"}
    assert {row.values["feature_id"] for row in over} <= {"R1", "R2", "R3"}
    assert first.coords[-1] == second.coords[0]


def test_a_stretch_is_schematic_where_its_line_is(stretches):
    """S3 is straight over more than 3 km; line 2 leads through its stations."""
    on = {
        row.values["feature_id"]: row.values["schematic"] for row in stretches if row.values["layer"] == "transit_lines"
    }
    assert (on["S3"], on["M2"]) == (True, False)


def test_the_api_serves_and_describes_stretches(client):
    address = "/api/collections/stretches/items?filter=feature_id = 'S3' AND case_id = 'B01'&sortby=from_km&limit=2"
    document = client.get(address).get_json(force=True)
    properties = document["features"][0]["properties"]
    one = client.get(f"/api/collections/stretches/items/{document['features'][0]['id']}")
    schema = client.get("/api/collections/stretches/schema?lang=en").get_json(force=True)
    assert (properties["case_id"], properties["layer"], properties["feature_id"]) == ("B01", "transit_lines", "S3")
    assert one.get_json(force=True)["geometry"]["type"] == "LineString"
    assert schema["properties"]["from_km"]["title"] == "Kilometre of the drawn line at which it begins"
    assert "stretches" in [c["id"] for c in client.get("/api/collections?f=json").get_json()["collections"]]


def test_a_box_keeps_the_stretches_in_it(client):
    inside = client.get("/exports/stretches.geojson?bbox=104.6,30.1,104.7,30.2").get_json(force=True)["features"]
    assert "S3" in {one["properties"]["feature_id"] for one in inside}
    assert "CGR" not in {one["properties"]["feature_id"] for one in inside}


def test_the_command_writes_stretches_as_csv(catalogue_file, tmp_path):
    out = tmp_path / "stretches.csv"
    CliRunner().invoke(tongcheng, ["export", "stretches", "--out", str(out), "--catalogue", str(catalogue_file)])
    first = next(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert list(first)[:7] == ["id", "case_id", "footprint_id", "layer", "feature_id", "from_km", "to_km"]
    assert first["wkt"].startswith("LINESTRING")


def test_a_geopackage_holds_stretches_with_a_style(tables, tmp_path):
    path = tmp_path / "stretches.gpkg"
    path.write_bytes(FORMATS["gpkg"].write(collection_of(tables, "stretches", [])))
    assert pyogrio.read_info(path, layer="stretches")["geometry_type"] == "MultiLineString"
    assert pyogrio.read_dataframe(path, layer="layer_styles", read_geometry=False)["f_table_name"][0] == "stretches"


def test_the_bundle_has_stretches(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert {"geojson/stretches.geojson", "csv/stretches.csv"} <= set(archive.namelist())
        assert "stretches" in archive.read("data-dictionary.csv").decode("utf-8-sig")
