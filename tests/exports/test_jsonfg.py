"""JSON-FG: WGS-84 for every reader, the datum asked for beside it, time where days are known."""

import json

import pyogrio
import pytest
from shapely.geometry import Polygon, shape

from geo.datum import Datum
from geo.exports.collection import Collection, case_collection, collection_of
from geo.exports.geojson import geometry, jsonfg_chunks, jsonfg_feature
from geo.exports.tables import Row
from geo.text import LocalText

SHIFTED = (Datum.GCJ02, Datum.BD09)
CITIES = {"chengdu": (104.0665, 30.5728), "deyang": (104.398, 31.127), "meishan": (103.8485, 30.0754),
          "ziyang": (104.6276, 30.1289)}  # fmt: skip


def written(collection):
    return json.loads(b"".join(jsonfg_chunks(collection)))


def document(tables, what, datum):
    return written(collection_of(tables, what, [], datum=datum))


@pytest.mark.parametrize("datum", list(Datum))
@pytest.mark.parametrize("what", ["cases", "footprints", "belts"])
def test_geometry_is_wgs84_whatever_the_datum(tables, what, datum):
    plain = [f["geometry"] for f in document(tables, what, Datum.WGS84)["features"]]
    others = [f["geometry"] for f in document(tables, what, datum)["features"]]
    assert max(shape(a).distance(shape(b)) for a, b in zip(plain, others, strict=True)) < 1.1e-6


def test_place_is_null_in_wgs84(tables):
    assert {f["place"] for f in document(tables, "cases", Datum.WGS84)["features"]} == {None}


def test_place_of_epsg_4490_has_latitude_first(tables):
    found = document(tables, "cases", Datum.CGCS2000)
    assert found["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/4490"
    (case,) = [f for f in found["features"] if f["id"] == "A08"]
    assert case["place"]["coordinates"] == case["geometry"]["coordinates"][::-1]


@pytest.mark.parametrize(("datum", "name"), [("gcj02", "GCJ-02 (not WGS-84)"), ("bd09", "BD-09 (not WGS-84)")])
def test_a_shifted_datum_never_passes_for_wgs84(tables, datum, name):
    found = document(tables, "cases", Datum(datum))
    assert found["coordRefSys"]["name"] == name
    assert found["coordRefSys"]["type"] == "EngineeringCRS"
    assert min(shape(f["place"]).distance(shape(f["geometry"])) for f in found["features"]) > 0.002


@pytest.mark.parametrize("datum", list(Datum))
def test_gdal_reads_it(tables, datum, tmp_path):
    path = tmp_path / "cases.json"
    path.write_text(json.dumps(document(tables, "cases", datum)), encoding="utf-8")
    frame = pyogrio.read_dataframe(f"JSONFG:{path}")
    assert len(frame) == 15
    assert frame.geometry.x.between(103, 106).all()
    expected = {Datum.WGS84: 4326, Datum.CGCS2000: 4490}.get(datum)
    assert (frame.crs and frame.crs.to_epsg()) == expected


def test_an_empty_collection_is_legal(catalogue):
    found = written(Collection("none", LocalText("无"), (), (), catalogue))
    assert found["features"] == []
    assert "bbox" not in found


@pytest.mark.parametrize(
    ("values", "time"),
    [
        ({"start_date": "2021-09-03", "end_date": "2022-01-31"}, {"interval": ["2021-09-03", "2022-01-31"]}),
        ({"start_date": "2021-09-03", "end_date": None}, {"interval": ["2021-09-03", ".."]}),
        ({"start_date": "2021", "end_date": None}, None),
        ({"start_date": "2021-09-03", "end_date": "2022"}, None),
        ({"start_date": None, "end_date": "2022-01-31"}, None),
        ({}, None),
    ],
)
def test_no_day_is_made_up(values, time):
    assert (
        jsonfg_feature(Row("1", shape({"type": "Point", "coordinates": (104, 30)}), values), Datum.WGS84)["time"]
        == time
    )


def test_one_case_is_one_of_the_cases(tables):
    found = written(case_collection(tables, "A08", geometry="footprint", datum=Datum.CGCS2000))
    assert found["featureType"] == "cases"
    assert found["features"][0]["place"]["type"] == "GeometryCollection"


def test_a_ring_that_rounding_would_cross_stays_valid():
    narrow = Polygon([(0, 0), (1, 0), (1, 1), (0.5000004, 0.0000004), (0.5000003, 0.00000041), (0, 1)])
    assert narrow.is_valid
    assert shape(geometry(narrow)).is_valid
