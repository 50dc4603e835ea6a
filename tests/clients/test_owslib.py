"""OWSLib, the client of Python's catalogues, walks the API."""

import pytest
from owslib.ogcapi.features import Features

from tests.layers import SERVED


@pytest.fixture
def features(server):
    return Features(f"{server}/api/")


def test_owslib_lists_the_collections(features):
    assert set(features.feature_collections()) == set(SERVED)


def test_owslib_reads_the_conformance(features):
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in features.conformance()["conformsTo"]


def test_owslib_reads_the_api_document(features):
    assert features.api()["openapi"].startswith("3.0")


def test_owslib_reads_a_page(features):
    page = features.collection_items("cases", limit=7)
    assert (page["numberMatched"], page["numberReturned"]) == (15, 7)


def test_owslib_reads_one_feature(features):
    assert features.collection_item("cases", "A01")["properties"]["title_zh"] == "相向打造成德临港经济产业带"


def test_owslib_reads_what_can_be_asked_for(features):
    assert {"id", "theme", "title_zh"} <= set(features.collection_queryables("cases")["properties"])


def test_owslib_has_boxes_looked_up(features):
    page = features.collection_items("cases", bbox=[104.0, 30.4, 104.4, 30.9], limit=1000)
    assert page["numberReturned"] == 4


def test_owslib_filters_by_cql2_text(features):
    page = features.collection_items("cases", filter="theme = 'ecology' AND city_zh LIKE '%德阳%'")
    assert {feature["properties"]["theme"] for feature in page["features"]} == {"ecology"}


def test_owslib_is_told_what_is_wrong(features):
    with pytest.raises(RuntimeError, match="filter"):
        features.collection_items("cases", filter="theme = ")
