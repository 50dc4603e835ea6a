"""Downloads and the data of the map."""

import pytest

from geo.layers import LAYERS
from webapp.assets import asset_url


def test_all_cases_are_exported(client):
    response = client.get("/exports/cases.geojson")
    assert response.mimetype == "application/geo+json"
    assert len(response.get_json(force=True)["features"]) == 121


def test_an_empty_parameter_is_no_condition(client):
    response = client.get("/exports/cases.geojson?theme=&city=")
    assert len(response.get_json(force=True)["features"]) == 121


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
    assert "tongcheng-belts.geojson" in disposition


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
