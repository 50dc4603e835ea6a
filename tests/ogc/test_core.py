"""OGC API – Features, Part 1: core, GeoJSON, HTML, OpenAPI 3.0."""

import re

import pytest
from openapi_spec_validator import validate

from geo.fields import FIELDS
from tests.layers import SERVED
from webapp.api.documents import CONFORMANCE

GEOMETRY_TYPES = {
    "cases": {"Point"},
    "footprint_points": {"Point", "MultiPoint"},
    "footprint_lines": {"LineString", "MultiLineString"},
    "footprint_areas": {"Polygon", "MultiPolygon"},
    "transit_lines": {"LineString", "MultiLineString"},
    "airports": {"Point"},
    "belts": {"Polygon", "MultiPolygon"},
}
PAGES = (
    "/", "/conformance", "/collections", "/functions", "/collections/cases", "/collections/belts",
    "/collections/cases/items", "/collections/counties/items", "/collections/cases/items/A08",
    "/collections/cases/queryables", "/collections/cases/sortables", "/collections/cases/schema",
)  # fmt: skip


def rels(document):
    return {link["rel"].rsplit("/", 1)[-1] for link in document["links"]}


def test_the_landing_page_leads_to_everything(get):
    wanted = {"self", "alternate", "service-desc", "service-doc", "conformance", "data", "functions"}
    assert rels(get("/")) == wanted


def test_every_link_of_the_landing_page_answers(client, get):
    assert {client.get(link["href"]).status_code for link in get("/")["links"]} == {200}


def test_links_are_absolute_and_keep_the_prefix_of_a_proxy(client):
    document = client.get("/api/", headers={"X-Forwarded-Prefix": "/atlas", "Host": "maps.example"}).get_json()
    assert all(link["href"].startswith("http://maps.example/atlas/api/") for link in document["links"])


def test_the_declared_classes_are_the_tested_ones(get):
    assert get("/conformance")["conformsTo"] == list(CONFORMANCE)


def test_the_openapi_document_is_valid(get):
    document = get("/openapi.json")
    validate(document)
    assert document["openapi"].startswith("3.0")


def test_the_openapi_document_refers_to_nothing_outside(client):
    text = client.get("/api/openapi.json").get_data(as_text=True)
    assert set(re.findall(r'"\$ref":"(.)', text)) == {"#"}


@pytest.mark.parametrize("name", ["limit", "bbox", "datetime"])
def test_the_parameters_of_the_standard_are_described_as_it_asks(get, name):
    parameter = get("/openapi.json")["components"]["parameters"][name]
    assert (parameter["style"], parameter["explode"], parameter["required"]) == ("form", False, False)


@pytest.mark.parametrize("name", [name for name in FIELDS if name != "bbox"])
def test_every_condition_on_cases_stands_in_the_openapi_document(get, name):
    used = get("/openapi.json")["paths"]["/collections/cases/items"]["get"]["parameters"]
    assert {"$ref": f"#/components/parameters/condition_{name}"} in used


@pytest.mark.parametrize("path", ["/geocode", "/reverse", "/facets"])
def test_geocoding_and_counts_stand_in_the_openapi_document(get, path):
    assert "get" in get("/openapi.json")["paths"][path]


def test_all_collections_are_listed(get):
    assert [collection["id"] for collection in get("/collections")["collections"]] == list(SERVED)


@pytest.mark.parametrize("what", SERVED)
def test_a_collection_says_what_it_holds_and_where(get, what):
    document = get(f"/collections/{what}")
    assert document["itemType"] == "feature"
    west, south, east, north = document["extent"]["spatial"]["bbox"][0]
    assert 102 < west <= east < 107
    assert 28 < south <= north < 33
    assert {"items", "self", "queryables", "schema", "sortables"} <= rels(document)


@pytest.mark.parametrize("what", GEOMETRY_TYPES)
def test_a_collection_has_one_type_of_geometry(get, what):
    features = get(f"/collections/{what}/items", limit=1000)["features"]
    assert {feature["geometry"]["type"] for feature in features} <= GEOMETRY_TYPES[what]
    assert features


def test_the_footprints_of_all_kinds_are_all_footprints(ids, catalogue):
    kinds = [ids(f"footprint_{kind}") for kind in ("points", "lines", "areas")]
    assert sum(map(len, kinds)) == len(catalogue.footprints)
    assert sorted(kinds[0] + kinds[1] + kinds[2]) == sorted(f.id for f in catalogue.footprints)


def test_pages_follow_their_links_to_the_end(client, get):
    document, seen = get("/collections/cases/items", limit=6), []
    for _ in range(3):
        seen += [feature["id"] for feature in document["features"]]
        following = [link["href"] for link in document["links"] if link["rel"] == "next"]
        document = client.get(following[0]).get_json(force=True) if following else None
    assert document is None
    assert len(set(seen)) == 15


def test_a_limit_above_the_greatest_is_the_greatest(get):
    assert get("/collections/cases/items", limit=5_000_000)["numberReturned"] == 15


def test_one_feature_comes_with_its_links(get):
    document = get("/collections/cases/items/A08")
    assert (document["type"], document["id"]) == ("Feature", "A08")
    assert {"self", "alternate", "collection"} <= rels(document)


def test_only_related_cases_are_related_and_the_page_describes(get):
    found = [(link["rel"], link["type"], link["href"]) for link in get("/collections/cases/items/A01")["links"]]
    related = [href for rel, _, href in found if rel == "related"]
    assert ("describedby", "text/html", "http://localhost/cases/A01") in found
    assert related
    assert all("/api/collections/cases/items/" in href and not href.endswith("/A01") for href in related)


def test_a_box_holds_on_the_geometry_that_is_served(ids):
    inside = ids(bbox="104.0,30.4,104.4,30.9")
    assert 0 < len(inside) < 15
    assert ids(bbox="104.0,30.4,0,104.4,30.9,5000") == inside


def test_a_box_over_the_antimeridian_is_two_boxes(ids):
    assert ids(bbox="170,20,-170,40") == []
    assert len(ids(bbox="104.9,-90,104.0,90")) + len(ids(bbox="104.0,-90,104.9,90")) == 15


@pytest.mark.parametrize(
    ("interval", "is_in"),
    [
        ("2022-01-01/..", True),
        ("../1990-01-01", False),
        ("2021-06-01T00:00:00Z/2021-09-02T23:59:59Z", False),
        ("2021-09-01T00:00:00Z/2021-09-04T00:00:00+08:00", True),
        ("2021-09-03", True),
        ("1990-01-01", False),
    ],
)
def test_an_interval_chooses_the_cases_that_held_in_it(ids, catalogue, interval, is_in):
    period = catalogue.case("A08").case.period
    assert period.start_date is not None
    assert ("A08" in ids(datetime=interval)) == is_in


def test_json_is_readable_chinese(client):
    assert "龙泉山" in client.get("/api/collections/eco_zones/items").get_data(as_text=True)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_is_a_page_too(client, path, lang):
    response = client.get(f"/api{path}", query_string={"f": "html", "lang": lang})
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert f'lang="{"zh-CN" if lang == "zh" else "en"}"' in response.get_data(as_text=True)


def test_a_browser_gets_a_page_without_asking_for_it(client):
    response = client.get("/api/collections", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert response.mimetype == "text/html"
    assert "Accept" in response.headers["Vary"]


def test_what_is_here_already_is_not_sent_again(client):
    first = client.get("/api/collections/cases/items")
    again = client.get("/api/collections/cases/items", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_form_or_language_has_another_etag(client):
    asked = ("?f=json", "?f=html", "?f=json&lang=en", "?f=html&lang=en")
    assert len({client.get(f"/api/collections{query}").headers["ETag"] for query in asked}) == 4


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_features_travel_compressed(client, encoding):
    response = client.get("/api/collections/cases/items", headers={"Accept-Encoding": encoding})
    assert response.headers["Content-Encoding"] == encoding
    kept = client.get(
        "/api/collections/cases/items",
        headers={"Accept-Encoding": encoding, "If-None-Match": response.headers["ETag"]},
    )
    assert kept.status_code == 304


def test_pages_of_other_hosts_may_read_it(client):
    assert client.get("/api/collections").headers["Access-Control-Allow-Origin"] == "*"
    asked = client.options("/api/collections", headers={"Origin": "http://elsewhere.example"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(client, method):
    response = client.open("/api/collections/cases/items", method=method)
    assert response.status_code == 405
    assert set(response.allow) == {"GET", "HEAD", "OPTIONS"}
    assert response.mimetype == "application/problem+json"
