"""Map, pages, API and exports as of a day."""

import json

import pytest


def ids(client, address):
    return {feature["id"] for feature in json.loads(client.get(address).data)["features"]}


def test_the_api_serves_what_is_there_on_a_day(client):
    then = ids(client, "/api/collections/expressways/items?at=2000-01-03")
    assert {"R1", "CL"} & then == set()
    assert "CL" in ids(client, "/api/collections/expressways/items?at=2000-01-04")


def test_near_a_line_that_was_not_open_then_says_so_in_api_list_and_results(client):
    near = "near=transit_lines:S3&within_km=1&at=2023-01-01&lang=en"
    told = "Chengdu–Ziyang Line (S3) is not open: Under construction, 2020."
    assert json.loads(client.get(f"/api/collections/cases/items?{near}").data)["warnings"][0] == told
    assert json.loads(client.get(f"/map/results.json?{near}").data)["warnings"][0] == told
    assert told in client.get(f"/cases?{near}").text


def test_near_a_line_that_is_open_has_no_note(client):
    said = client.get("/api/collections/cases/items?near=transit_lines:S3&within_km=1&lang=en").json["warnings"]
    assert [one for one in said if "not open" in one or "not there" in one] == []


def test_a_feature_that_is_not_there_on_a_day_is_not_found_then(client):
    answer = client.get("/api/collections/expressways/items/R1?at=2000-01-01")
    assert answer.status_code == 404
    assert "on that day" in answer.text


def test_an_export_is_as_of_a_day(client):
    found = json.loads(client.get("/exports/counties.geojson?at=2015-12-31").data)["features"]
    assert {f["properties"]["code"] for f in found if f["id"] == "510185"} == {"512081"}


@pytest.mark.parametrize("address", ["/api/collections/belts/items", "/layers/belts", "/map/base.json", "/cases"])
def test_a_day_that_is_none_is_told(client, address):
    answer = client.get(f"{address}?at=2015-02-30", headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "at: '2015-02-30' arrived; expected a day as YYYY-MM-DD" in answer.text


def test_the_page_of_a_feature_tells_its_life_and_keeps_the_day_in_its_links(client):
    page = client.get("/layers/expressways/R1?at=2010-01-01&lang=en").text
    assert "G4201" in page
    assert "As of 2010-01-01" in page
    assert 'href="/layers/expressways?at=2010-01-01&amp;lang=en"' in page


def test_a_page_and_the_panel_bear_the_name_of_the_day(client):
    assert "<h1>新津县</h1>" in client.get("/layers/counties/510118?at=2019-12-31").text
    assert client.get("/map/features/counties/510118.json?at=2019-12-31").json["name"]["text"] == "新津县"
    assert "<h1>新津区</h1>" in client.get("/layers/counties/510118").text


def test_the_map_restores_the_day_of_its_address_and_draws_it(client):
    page = client.get("/?j=2010-01-01").text
    assert '"at":"2010-01-01"' in page.replace(" ", "")
    shapes = json.loads(client.get("/map/layers/transit_lines.json?at=2010-01-01").data)
    assert "S3" not in {shape["id"] for shape in shapes["transit_lines"]}
