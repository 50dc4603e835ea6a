"""Counts of counties and cities against the footprints themselves, counted one by one."""

import dataclasses
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.case import Precision
from geo.catalogue.counted import CountedPlaces
from geo.catalogue.marks import Marks
from geo.query import CaseQuery, from_args

WHOLE = (102.0, 29.0, 106.0, 32.5)
AS_FINE_AS_A_COUNTY = {
    Precision.EXACT, Precision.STREET, Precision.TOWN, Precision.ZONE, Precision.LINE, Precision.COUNTY,
}  # fmt: skip
QUERIES = ["", "theme=ecology", "theme=layout&city=510600", "near=transit_lines:S3&within_km=5", "q=公交"]


@pytest.fixture(scope="module")
def places(catalogue):
    return CountedPlaces(catalogue)


def query_of(catalogue, text):
    return from_args([tuple(pair.split("=", 1)) for pair in text.split("&") if pair], catalogue.vocabulary)


@pytest.mark.parametrize("text", ["", "theme=ecology", "q=公交"])
def test_a_county_counts_the_cases_with_a_place_in_it(catalogue, places, text):
    query = query_of(catalogue, text)
    expected = Counter(
        code
        for case in catalogue.select(query)
        for code in {c for f in case.footprints if f.precision in AS_FINE_AS_A_COUNTY for c in f.counties}
    )
    found = {name: count for (layer, name), count in places.counts(query).items() if layer == "counties"}
    assert found == dict(expected)


def test_a_case_known_by_its_city_alone_counts_there(catalogue):
    located = catalogue.case("A08")
    city = catalogue.layer("cities").feature("510600").geometry
    by_city = dataclasses.replace(located.footprints[0], precision=Precision.CITY, geometry=city, counties=())
    one = dataclasses.replace(catalogue, cases={"A08": dataclasses.replace(located, footprints=(by_city,))})
    assert CountedPlaces(one).counts(CaseQuery()) == {("cities", "510600"): 1}


@pytest.mark.parametrize("text", QUERIES)
def test_what_is_counted_is_listed(catalogue, places, text):
    query = query_of(catalogue, text)
    counts = places.counts(query)
    assert {key: len(places.cases_in(query, key)) for key in counts} == counts


@pytest.mark.parametrize("text", QUERIES)
def test_no_case_with_a_place_is_lost_between_marks_and_counts(catalogue, places, text):
    query = query_of(catalogue, text)
    marked = {n for mark in Marks(catalogue).in_view(query, WHOLE, zoom=8, is_fine=True) for n in mark.numbers}
    counted = {int(n) for key in places.counts(query) for n in places.cases_in(query, key)}
    located = {int(n) for n in catalogue.index.numbers(query) if not catalogue.index.is_region[n]}
    assert marked | counted == located


@given(st.floats(0, 18))
def test_no_pin_stands_for_a_county_or_a_city_where_these_are_counted(catalogue, zoom):
    found = Marks(catalogue).in_view(CaseQuery(), WHOLE, zoom=zoom, is_fine=True)
    numbers = np.array([number for mark in found for number in mark.numbers])
    precisions = {catalogue.index.cases[number].best.precision for number in numbers}
    assert precisions.isdisjoint({Precision.COUNTY, Precision.BELT, Precision.CITY})
