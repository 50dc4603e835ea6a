"""Answers of the API and of discovery are what they are declared to be, as a reader of schemas sees it."""

import json
import operator
import re
from functools import reduce

import pytest
from openapi_schema_validator import OAS30Validator

from geo.exports.geojson import FeatureCollection, FgCollection
from webapp.api.schemas import reference, schemas_of
from webapp.discovery.wire import CaseNode, DatasetNode, DcatCatalog, FeatureNode, Linkset, OEmbed
from webapp.negotiate import Problem

ANSWERS = {
    "/": "/",
    "/conformance": "/conformance",
    "/collections": "/collections",
    "/functions": "/functions",
    "/openapi.json": "/openapi.json",
    "/facets": "/facets?near=transit_lines:S3&within_km=5",
    "/geocode": "/geocode?q=彭什川芎现代农业产业园在敖平镇与成都之间",
    "/reverse": "/reverse?lon=104.39&lat=31.13",
    "/linear": "/linear?line=S3&km=22.302",
    "/collections/cases": "/collections/cases",
    "/collections/cases/queryables": "/collections/cases/queryables",
    "/collections/cases/sortables": "/collections/cases/sortables",
    "/collections/cases/schema": "/collections/cases/schema",
    "/collections/cases/items": "/collections/cases/items?near=transit_lines:S3&within_km=5",
    "/collections/cases/items/{featureId}": "/collections/cases/items/A08",
    "/collections/footprint_points": "/collections/footprint_points",
    "/collections/footprint_lines/items": "/collections/footprint_lines/items",
    "/collections/footprint_areas/items": "/collections/footprint_areas/items?limit=10",
    "/collections/{layerId}": "/collections/belts",
    "/collections/{layerId}/queryables": "/collections/belts/queryables",
    "/collections/{layerId}/sortables": "/collections/rivers/sortables",
    "/collections/{layerId}/schema": "/collections/transit_lines/schema",
    "/collections/{layerId}/items": "/collections/transit_lines/items",
    "/collections/{layerId}/items/{featureId}": "/collections/belts/items/chengdu-ziyang",
}
IN_A_DATUM = {
    "/collections/cases/items": "/collections/cases/items?datum=gcj02&limit=5",
    "/collections/cases/items/{featureId}": "/collections/cases/items/A08?datum=bd09",
    "/collections/{layerId}/items": "/collections/belts/items?datum=cgcs2000",
    "/collections/{layerId}/items/{featureId}": "/collections/belts/items/chengdu-ziyang?datum=gcj02",
}


def closed(schema):
    """A schema under which a field that is not declared is wrong too."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inside = {name: closed(value) for name, value in schema.items()}
    return (
        inside | {"additionalProperties": False}
        if schema.get("type") == "object" and "properties" in schema
        else inside
    )


def wrong(answer, schema, schemas):
    """What a reader of schemas finds wrong with an answer."""
    whole = {**schema, "components": {"schemas": closed(schemas)}}
    return [f"{list(error.path)}: {error.message[:200]}" for error in OAS30Validator(whole).iter_errors(answer)]


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/api/openapi.json").get_json()


@pytest.mark.parametrize(
    ("path", "address", "media_type"),
    [
        *((path, address, "json") for path, address in ANSWERS.items()),
        *((path, address, "application/vnd.ogc.fg+json") for path, address in IN_A_DATUM.items()),
    ],
)
def test_an_answer_of_the_api_is_what_openapi_declares(client, document, path, address, media_type):
    declared = document["paths"][path]["get"]["responses"]["200"]["content"]
    response = client.get(f"/api{address}", headers={"Accept": "application/json"})
    kind = media_type if media_type in declared else response.mimetype
    (schema,) = [one["schema"] for name, one in declared.items() if name.startswith(kind)]
    assert response.status_code == 200
    assert wrong(response.get_json(force=True), schema, document["components"]["schemas"]) == []


def test_no_path_of_the_api_is_left_out(document):
    answered = [path for path in document["paths"] if "footprint" not in path]
    assert set(answered) - ANSWERS.keys() == {"/openapi.html"}


@pytest.mark.parametrize(
    ("address", "declared"),
    [
        ("/api/facets?theme=sports", Problem),
        ("/exports/belts.dwg", Problem),
        ("/oembed?url=http://localhost/cases/A08", OEmbed),
        ("/.well-known/api-catalog", Linkset),
        ("/catalog.jsonld", DcatCatalog),
        ("/exports/cases.geojson", FeatureCollection),
        ("/exports/cases.geojson?near=transit_lines:S3&within_km=5", FeatureCollection),
        ("/exports/footprints.geojson", FeatureCollection),
        ("/exports/zones.geojson?bbox=1,1,2,2", FeatureCollection),
        ("/exports/transit_lines.jsonfg?datum=gcj02", FgCollection),
        ("/exports/cases.jsonfg?geometry=footprint", FgCollection),
    ],
)
def test_an_answer_is_what_it_is_declared_to_be(client, address, declared):
    answer = client.get(address, headers={"Accept": "application/json"}).get_json(force=True)
    assert wrong(answer, reference(declared), schemas_of((declared,))) == []


@pytest.mark.parametrize(
    ("address", "declared"),
    [
        ("/", DatasetNode),
        ("/about?lang=en", DatasetNode),
        ("/cases/A08", CaseNode),
        ("/cases/B04?lang=en", CaseNode),
        ("/layers/belts/chengdu-ziyang", FeatureNode),
        ("/layers/airports/CTU", FeatureNode),
    ],
)
def test_what_a_page_tells_programs_is_what_it_is_declared_to_be(client, address, declared):
    page = client.get(address).get_data(as_text=True)
    (told,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert wrong(json.loads(told), reference(declared), schemas_of((declared,))) == []


@pytest.mark.parametrize(
    ("address", "path", "value"),
    [
        ("/api/", ("links", 0, "href"), None),
        ("/api/reverse?lon=104.39&lat=31.13", ("county", "id"), 510603),
        ("/api/geocode?q=彭州", ("matches", 0, "share"), "1"),
        ("/api/linear?line=S3&km=1", ("side",), "beside"),
        ("/api/collections/cases/items?limit=1", ("features", 0, "geometry", "coordinates"), "104,30"),
        ("/api/collections/cases/items?limit=1", ("features", 0, "colour"), "red"),
    ],
)
def test_an_answer_that_is_not_what_is_declared_is_seen(client, document, address, path, value):
    answer = client.get(address, headers={"Accept": "application/json"}).get_json(force=True)
    reduce(operator.getitem, path[:-1], answer)[path[-1]] = value
    found = document["paths"][address[4:].split("?")[0]]["get"]["responses"]["200"]["content"]
    (schema, *_) = [one["schema"] for one in found.values()]
    assert wrong(answer, schema, document["components"]["schemas"]) != []


def test_the_extent_of_a_collection_begins_in_the_west(client):
    (bounds,) = client.get("/api/collections/cities?f=json").get_json()["extent"]["spatial"]["bbox"]
    assert bounds == [pytest.approx(side, abs=0.01) for side in (102.85, 29.40, 105.74, 31.70)]
