"""A folder with boundaries and cases alone: what it lacks is absent, and nothing fails."""

import json
import re

import pytest

from geo.catalogue.build import build_catalogue
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.errors import RecordError, SourceError
from geo.exports.bundle import write_bundle
from geo.exports.tables import Tables
from geo.face import OpenCatalogue
from geo.gazetteer.at_point import open_reverse
from geo.layers.table import build_layers, read_layer_records
from geo.query import CaseQuery
from geo.reading import RecordReader
from geo.render.picture import Picture, draw_picture
from geo.sources import Sources
from tests.folders import small_folder
from webapp.app import create_app

ABSENT = ["belts", "corridors", "axes", "border_zones", "transit_lines", "transit_stations", "expressways", "airports",
          "eco_zones", "rivers", "lakes", "zones"]  # fmt: skip

AIRPORT = """[[airport]]
id = "X"
name = { zh = "测试机场" }
lon = 30.5
lat = 104.1
county = "519999"
precision_m = 0
status = "current"
status_date = "soon"
rating = "verified"
source = "test"
"""


@pytest.fixture(scope="module")
def small_file(tmp_path_factory):
    root = tmp_path_factory.mktemp("small")
    built, _ = build_catalogue(Sources(small_folder(root / "data")))
    write_catalogue(built, root / "catalogue.gpkg")
    return root / "catalogue.gpkg"


@pytest.fixture(scope="module")
def small(small_file):
    return read_catalogue(small_file)


@pytest.fixture(scope="module")
def client(small):
    return create_app(small).test_client()


@pytest.fixture
def folder(tmp_path):
    return small_folder(tmp_path / "data", [])


def layers_of(folder):
    return build_layers(read_layer_records(RecordReader(Sources(folder))))


def test_only_the_boundaries_are_layers(small):
    assert list(small.layers) == ["cities", "counties"]


def test_the_map_offers_only_what_is_there(client):
    page = client.get("/?lang=en").text
    assert set(re.findall(r'"export": "/exports/(\w+)\.geojson"', page)) == {"cities", "counties"}
    assert re.findall(r'as="fetch" href="/map/([a-z]+)', page) == ["base"]
    assert client.get("/map/choices.json").json == []


def test_the_base_map_is_of_land_and_borders(client):
    found = client.get("/map/base.json").json
    assert found["parts"] == []
    assert {"510104", "510105"} <= set(found["borders"]["counties"])


def test_the_api_has_only_what_is_there(client):
    ids = [collection["id"] for collection in client.get("/api/collections").json["collections"]]
    assert [name for name in ABSENT if name in ids] == []
    layer = client.get("/api/openapi.json").json["components"]["parameters"]["layerId"]
    assert layer["schema"]["enum"] == ["stretches", "cities", "counties"]


def test_no_button_leads_to_tours_that_are_not_there(client, catalogue):
    assert re.search(r'<button[^>]*id="open-tours" hidden>', client.get("/").text)
    assert re.search(r'<button[^>]*id="open-tours">', create_app(catalogue).test_client().get("/").text)


def test_fields_of_absent_layers_are_not_offered(client):
    facets = set(client.get("/api/facets").json["facets"])
    assert {"theme", "city", "county", "status"} <= facets
    assert {"belt", "corridor", "border_zone", "line", "eco_zone"} & facets == set()
    described = json.dumps(client.get("/api/openapi.json").json["components"]["parameters"])
    assert '"condition_county"' in described
    assert '"condition_belt"' not in described
    assert 'name="belt"' not in client.get("/cases").text


def test_the_coverage_page_counts_by_what_is_there(client):
    page = client.get("/coverage?lang=en").text
    assert "/layers/counties/510104" in page
    assert "/layers/belts" not in page


@pytest.mark.parametrize(
    "address",
    ["/", "/about", "/cases", "/cases/A01", "/cases/B01?lang=en", "/coverage", "/layers/counties",
     "/layers/cities/510100", "/layers/counties/510104", "/map/cases/B01.json",
     "/map/features/counties/510104.json", "/map/results.json",
     "/map/outlines.json", "/map/tours.json", "/exports/counties.geojson", "/exports/stretches.csv",
     "/cases?near=counties:510104&within_km=5", "/catalog.jsonld", "/sitemap.xml", "/api/openapi.json",
     "/api/reverse?lon=104.06&lat=30.66", "/api/collections/cases/items", "/map/layers/cities,counties.json"],
)  # fmt: skip
def test_an_address_of_what_is_there_answers(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/layers/belts", "/layers/transit_lines/S3", "/exports/rivers.geojson", "/map/layers/airports.json",
     "/api/collections/lakes", "/api/collections/zones/items", "/map/features/eco_zones/longquanshan.json"],
)  # fmt: skip
def test_an_absent_layer_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_condition_on_an_absent_layer_says_why_it_has_no_values(client):
    assert client.get("/api/facets?line=S3").json["detail"] == (
        "line: unknown value 'S3'; known are none: the area has no such layer"
    )


def test_a_line_to_count_on_says_what_is_absent(client):
    assert client.get("/api/linear?line=S3&km=1").json["detail"] == (
        "line: unknown value 'S3'; this area has no line to count kilometres along"
    )


def test_what_is_near_is_asked_for_by_what_is_there(client):
    assert "such as cities:510100; layers are cities, counties" in client.get("/api/facets?near=x").json["detail"]
    assert client.get("/api/facets?within_km=5").json["detail"] == "within_km: needs near=<layer>:<id>"


def test_coordinates_are_told_without_zones(small_file):
    found = open_reverse(small_file).reverse(104.06, 30.66)
    assert found.city.id == "510100"
    assert found.zones["belts"] == []


def test_everything_else_is_written(small):
    assert write_bundle(Tables(small))
    assert draw_picture(small, Picture(CaseQuery(), lang="en"), suffix="png")
    assert list(OpenCatalogue(small).layers) == ["cities", "counties"]


@pytest.mark.parametrize("file", ["counties.toml", "counties.geojson", "cities.toml"])
def test_an_area_needs_cities_and_counties(folder, file):
    (folder / "boundaries" / file).unlink()
    with pytest.raises(SourceError, match=rf"data/boundaries/{file}: missing; every area needs its .*bring them"):
        layers_of(folder)


def test_half_of_the_files_of_a_layer_is_no_layer(data_copy):
    (data_copy / "expressways" / "nodes.csv").unlink()
    with pytest.raises(SourceError, match=r"data/expressways/nodes\.csv: is missing; restore it"):
        layers_of(data_copy)


def test_a_record_that_needs_an_absent_layer_is_told(data_copy):
    (data_copy / "expressways" / "expressways.toml").unlink()
    (data_copy / "expressways" / "nodes.csv").unlink()
    with pytest.raises(RecordError, match="expressway: 'R1' arrived; expected one of those that the folder has"):
        layers_of(data_copy)


def test_lines_may_have_no_official_distances(data_copy):
    (data_copy / "transit" / "distances.csv").unlink()
    assert layers_of(data_copy)["transit_lines"].feature("M18").properties["official_distances"] == ()


def test_a_text_that_would_be_read_as_two_is_told(data_copy):
    path = data_copy / "belts" / "belts.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("广汉北站", "广汉 – 北站"), encoding="utf-8")
    with pytest.raises(RecordError, match=r"chengdu-deyang: axis: '广汉 – 北站 .*stands between values; reword it"):
        layers_of(data_copy)


def test_a_feature_that_cannot_be_what_it_says_is_told(data_copy):
    path = data_copy / "airports" / "airports.toml"
    path.write_text(AIRPORT, encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        layers_of(data_copy)
    at = "30.5000, 104.1000"
    assert list(caught.value.problems) == [
        f"data/airports/airports.toml: X: lies at {at} to {at}; expected longitude 73 to 136 and latitude 3 to 54",
        "data/airports/airports.toml: X: precision_m: arrived 0.0; expected metres above 0",
        "data/airports/airports.toml: X: status_date: arrived 'soon'; expected YYYY, YYYY-MM or YYYY-MM-DD",
        "data/airports/airports.toml: X: county: '519999' is none of the counties; expected a code of them",
    ]


def test_coordinates_without_their_datum_are_told_with_what_to_write(data_copy):
    (data_copy / "transit" / "SOURCE.toml").unlink()
    told = r"data/transit/SOURCE\.toml: is missing; write it, with the datum of .*data/transit/stations\.csv"
    with pytest.raises(SourceError, match=told):
        layers_of(data_copy)
