"""Answers of the API and of discovery are what they are declared to be."""

import operator
from functools import reduce

import pytest

from webapp.api import wire
from webapp.discovery.wire import Linkset, OEmbed
from webapp.errors import Problem


@pytest.mark.parametrize(
    ("address", "declared"),
    [
        ("/api/?f=json", wire.Landing),
        ("/api/conformance?f=json", wire.Conformance),
        ("/api/functions?f=json", wire.Functions),
        ("/api/collections?f=json", wire.Collections),
        ("/api/collections/cases?f=json", wire.Collection),
        ("/api/collections/cases/schema?f=json", wire.Schema),
        ("/api/collections/belts/sortables?f=json", wire.Schema),
        ("/api/geocode?q=彭什川芎现代农业产业园在敖平镇", wire.Geocoded),
        ("/api/geocode?q=彭州&datum=gcj02", wire.Geocoded),
        ("/api/reverse?lon=104.39&lat=31.13", wire.Reversed),
        ("/api/reverse?lon=116&lat=40", wire.Reversed),
        ("/api/facets?theme=ecology", wire.Facets),
        ("/api/facets?theme=sports", Problem),
        ("/oembed?url=http://localhost/cases/A08", OEmbed),
        ("/.well-known/api-catalog", Linkset),
    ],
)
def test_an_answer_is_what_it_is_declared_to_be(client, address, declared):
    answer = client.get(address).get_json(force=True)
    assert set(answer) == set(declared.__annotations__)


@pytest.mark.parametrize(
    ("address", "path", "declared"),
    [
        ("/api/?f=json", ("links", 0), wire.Link),
        ("/api/collections?f=json", ("collections", 0), wire.Collection),
        ("/api/functions?f=json", ("functions", 0), wire.Function),
        ("/api/collections/cases?f=json", ("extent", "spatial"), wire.SpatialExtent),
        ("/api/collections/cases?f=json", ("extent", "temporal"), wire.TemporalExtent),
        ("/api/geocode?q=敖平镇", ("matches", 0), wire.Match),
        ("/api/reverse?lon=104.39&lat=31.13", ("county",), wire.FeatureThere),
        ("/api/reverse?lon=104.39&lat=31.13", ("township",), wire.NearestTownship),
    ],
)
def test_a_part_of_an_answer_is_what_it_is_declared_to_be(client, address, path, declared):
    part = reduce(operator.getitem, path, client.get(address).get_json())
    assert set(part) == set(declared.__annotations__)


def test_the_extent_of_a_collection_begins_in_the_west(client):
    (bounds,) = client.get("/api/collections/cities?f=json").get_json()["extent"]["spatial"]["bbox"]
    assert bounds == [pytest.approx(side, abs=0.01) for side in (102.85, 29.40, 105.74, 31.70)]
