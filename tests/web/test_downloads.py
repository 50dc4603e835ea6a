"""Downloads and the data of the map."""

import io
import json
import zipfile

import openpyxl
import pytest

from geo.exports.formats import FORMATS
from geo.exports.geojson import JSON_FG_TYPE as JSON_FG
from tests.layers import LAYERS
from webapp import exports
from webapp.assets import asset_url


def test_all_cases_are_exported(client):
    response = client.get("/exports/cases.geojson")
    assert response.mimetype == "application/geo+json"
    assert len(response.get_json(force=True)["features"]) == 15


def test_an_empty_parameter_is_no_condition(client):
    response = client.get("/exports/cases.geojson?theme=&city=")
    assert len(response.get_json(force=True)["features"]) == 15


def test_conditions_hold_for_the_export(client):
    features = client.get("/exports/cases.geojson?theme=ecology&city=德阳").get_json(force=True)["features"]
    assert {f["properties"]["theme"] for f in features} == {"ecology"}
    assert all("510600" in f["properties"]["city"] for f in features)


@pytest.mark.parametrize("query", ["", "theme=reform", "city=510600&membership=named", "precision=county"])
def test_list_and_export_count_alike(client, query):
    exported = len(client.get(f"/exports/cases.geojson?{query}").get_json(force=True)["features"])
    assert f'data-count="{exported}"' in client.get(f"/cases?{query}").get_data(as_text=True)


@pytest.mark.parametrize("layer", [spec.id for spec in LAYERS])
def test_each_layer_is_exported(client, catalogue, layer):
    features = client.get(f"/exports/{layer}.geojson").get_json(force=True)["features"]
    assert len(features) == len(catalogue.layer(layer))


def test_one_case_is_exported_with_all_its_shapes(client):
    document = client.get("/exports/cases/A08.geojson?geometry=footprint").get_json(force=True)
    (feature,) = document["features"]
    assert feature["id"] == "A08"
    assert feature["geometry"]["type"] == "GeometryCollection"


def test_footprints_carry_the_case_they_belong_to(client):
    features = client.get("/exports/footprints.geojson?theme=opening").get_json(force=True)["features"]
    assert {"case_id", "role", "precision", "method", "evidence"} <= set(features[0]["properties"])


def test_a_download_has_a_name(client):
    disposition = client.get("/exports/belts.geojson").headers["Content-Disposition"]
    assert disposition == "attachment; filename=tongcheng-belts-2026-11-24.geojson"


@pytest.mark.parametrize("format_id", FORMATS)
def test_every_format_is_served_under_its_suffix_with_its_media_type(client, format_id):
    chosen = FORMATS[format_id]
    response = client.get(f"/exports/airports.{chosen.suffix}")
    assert response.status_code == 200
    assert response.mimetype == chosen.media_type
    assert response.headers["ETag"]
    assert int(response.headers["Content-Length"]) == len(response.data) > 0


@pytest.mark.parametrize("format_id", FORMATS)
def test_what_the_visitor_has_is_not_sent_again(client, format_id):
    address = f"/exports/airports.{FORMATS[format_id].suffix}"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("datum", ["cgcs2000", "gcj02", "bd09"])
def test_geojson_in_another_datum_is_jsonfg_under_its_name(client, datum):
    response = client.get(f"/exports/belts.geojson?datum={datum}")
    assert response.mimetype == JSON_FG
    assert response.headers["Content-Disposition"].endswith(f"tongcheng-belts-2026-11-24-{datum}.jsonfg")
    assert json.loads(response.data)["features"][0]["place"]


@pytest.mark.parametrize(
    ("path", "remedy"),
    [
        ("/exports/belts.kml?datum=gcj02", "is always WGS-84"),
        ("/exports/airports.gpx?datum=bd09", "is always WGS-84"),
        ("/exports/belts.pmtiles?datum=cgcs2000", "is always WGS-84"),
        ("/exports/belts.gpx", "choose one of"),
        ("/exports/cases.pmtiles", "choose gpkg"),
        ("/exports/cases.gpx?geometry=footprint", "choose one of"),
        ("/exports/belts.gpkg?datum=mars", "known are wgs84, cgcs2000, gcj02, bd09"),
        ("/exports/cases/A08.gpkg?datum=mars", "known are wgs84, cgcs2000, gcj02, bd09"),
        ("/exports/all.zip?theme=ecology", "unknown parameter"),
    ],
)
def test_what_cannot_be_written_is_refused_with_the_remedy(client, path, remedy):
    response = client.get(path)
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert remedy in response.get_json(force=True)["detail"]


@pytest.mark.parametrize("path", ["/exports/cases.dwg", "/exports/cases/A08.dwg", "/exports/cases?format=dwg"])
def test_an_unknown_format_names_those_that_are_known(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "gpkg" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("said", "status", "problem"),
    [
        ("format=gpkg&format=csv", 400, "format: arrived 2 times; expected once"),
        ("format=", 404, "cases: which format?"),
    ],
)
def test_a_form_names_one_format(client, said, status, problem):
    response = client.get(f"/exports/cases?{said}")
    assert response.status_code == status
    assert response.get_json(force=True)["detail"].startswith(problem)


def test_a_form_leads_to_the_address_of_the_file(client):
    response = client.get("/exports/cases?theme=ecology&city=&geometry=label&datum=wgs84&format=gpkg")
    assert response.status_code == 303
    assert response.headers["Location"] == "/exports/cases.gpkg?theme=ecology"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/exports/a%0d%0ab?format=gpkg", 303),
        ("/exports/cases/a%0ab?format=gpkg", 303),
        ("/exports/cases/%2e%2e?format=gpkg", 400),
        ("/exports/cases.csv?q=%0d%0aX:1", 200),
        ("/exports/cases.csv?q=龙泉山", 200),
        ("/exports/cases.csv?q=%ff%00", 200),
        ("/exports/cases.gpkg?q=%27%3bdrop", 200),
        ("/exports/.", 404),
        ("/exports/cases.", 404),
        ("/exports/cases", 404),
    ],
)
def test_hostile_addresses_break_nothing(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "X" not in response.headers


def test_a_form_for_one_case_keeps_what_was_chosen(client):
    response = client.get("/exports/cases/A08?geometry=footprint&datum=gcj02&format=shp")
    assert response.headers["Location"] == "/exports/cases/A08.shp.zip?geometry=footprint&datum=gcj02"


@pytest.mark.parametrize("path", ["/cases?theme=ecology", "/cases/A08", "/layers/belts", "/"])
def test_a_page_offers_every_format_that_fits(client, path):
    page = client.get(path).get_data(as_text=True)
    assert '<option value="gpkg">' in page
    assert ('<option value="pmtiles">' in page) == (path == "/layers/belts")
    assert '<option value="gcj02">' in page


def test_the_menu_of_the_list_keeps_its_conditions(client):
    page = client.get("/cases?theme=ecology&city=德阳").get_data(as_text=True)
    assert '<input type="hidden" name="theme" value="ecology"><input type="hidden" name="city" value="510600">' in page


def test_csvw_stands_beside_the_csv(client):
    link = client.get("/exports/cases.csv?theme=ecology").headers["Link"]
    assert link.startswith('</exports/cases.csv-metadata.json?theme=ecology>; rel="describedby"')
    metadata = client.get("/exports/cases.csv-metadata.json?theme=ecology")
    assert metadata.mimetype == "application/csvm+json"
    assert json.loads(metadata.data)["url"] == "/exports/cases.csv?theme=ecology"
    assert client.get("/exports/cases/A08.csv-metadata.json").status_code == 200


def test_a_row_of_a_spreadsheet_leads_to_its_page(client):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/exports/footprints.xlsx").data))
    row = book["data"][2]
    assert row[0].hyperlink.target == f"http://localhost/cases/{row[1].value}"


def test_a_long_export_streams_under_an_etag(client, monkeypatch):
    whole = client.get("/exports/cases.geojson").data
    monkeypatch.setattr(exports, "STREAMED_FROM", 100)
    response = client.get("/exports/cases.geojson")
    assert response.is_streamed
    assert response.data == whole
    assert client.get("/exports/cases.geojson", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_everything_comes_in_one_zip(client, bundle, monkeypatch):
    monkeypatch.setattr("webapp.exports.write_bundle", lambda _: bundle)
    archive = zipfile.ZipFile(io.BytesIO(client.get("/exports/all.zip").data))
    names = set(archive.namelist())
    assert {"tongcheng.gpkg", "README.txt", "LICENSE.txt", "CITATION.txt", "data-dictionary.csv"} <= names
    assert {f"geojson/{spec.id}.geojson" for spec in LAYERS} <= names
    assert {"csv/cases.csv", "csv/footprint_areas.csv", "csv/cases.csv-metadata.json"} <= names


def test_a_region_wide_case_has_no_position(client):
    assert client.get("/map/cases/H04.json").get_json()["position"] is None
    assert client.get("/map/cases/A08.json").get_json()["position"] is not None


def test_the_details_of_a_case_come_in_the_language_asked_for(client):
    assert client.get("/map/cases/A08.json?lang=en").get_json()["theme_name"] == "Development layout"
    assert client.get("/map/cases/A08.json").get_json()["theme_name"] == "发展布局"


@pytest.mark.parametrize("name", ["leaflet.js", "map.js", "map.css", "pages.css"])
def test_an_asset_is_kept_for_good_under_the_address_that_names_its_content(client, app, name):
    with app.test_request_context():
        address = asset_url(name)
    assert "immutable" in client.get(address).headers["Cache-Control"]
    assert "immutable" not in client.get(f"/assets/old/{name}").headers["Cache-Control"]


def test_leaflet_comes_whole_from_its_package(client):
    assert b"Leaflet 1.9.4" in client.get("/assets/x/leaflet.js").data


@pytest.mark.parametrize("name", ["../apps.py", "leaflet-src.js", "..%2f..%2fapps.py", "map/main.js"])
def test_no_other_asset_is_served(client, name):
    assert client.get(f"/assets/x/{name}").status_code == 404


def test_all_that_is_wrong_with_a_file_and_its_conditions_is_told_at_once(client):
    answer = client.get("/exports/cases.geojson?geometry=x&datum=y&foo=1&theme=zz", headers={"Accept": "*/*"})
    told = [problem.split(":")[0] for problem in answer.get_json(force=True)["problems"]]
    assert told == ["geometry", "datum", "foo", "theme"]
