"""The filter."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import QueryError
from geo.fields import FIELDS, Divisions, Kind
from geo.query import CaseQuery, Vocabulary, from_args, parse_bbox
from geo.text import LocalText

VOCABULARY = Vocabulary({name: {"a": "a", "b": "b", "甲": "a"} for name, field in FIELDS.items() if field.of})
LISTED = [name for name, field in FIELDS.items() if field.kind is Kind.CHOICE]
SINGLE = [name for name, field in FIELDS.items() if field.kind is Kind.SINGLE]

choices = st.lists(st.sampled_from(["a", "b"]), unique=True).map(tuple)
boxes = st.tuples(st.floats(-180, 179), st.floats(-90, 89), st.floats(0, 1), st.floats(0, 1)).map(
    lambda b: (b[0], b[1], b[0] + b[2], b[1] + b[3])
)
queries = st.builds(
    CaseQuery,
    **dict.fromkeys(LISTED, choices),
    **dict.fromkeys(SINGLE, st.sampled_from([(), ("a",), ("b",)])),
    near=st.just(("a", "b")),
    within_km=st.none() | st.floats(0, 50),
    q=st.text(max_size=200).map(str.strip),
    year=st.lists(st.integers(1900, 2100), unique=True).map(tuple),
    bbox=st.none() | boxes,
)


@given(queries)
def test_reading_back_what_was_written_gives_the_same_query(query):
    assert from_args(query.to_args(), VOCABULARY) == query


def test_empty_values_are_no_condition():
    assert from_args([("theme", ""), ("city", " ")], VOCABULARY) == CaseQuery()


def test_several_values_may_be_repeated_or_separated_by_commas():
    assert from_args([("theme", "a,b")], VOCABULARY) == from_args([("theme", "a"), ("theme", "b")], VOCABULARY)


def test_a_name_stands_for_its_id():
    assert from_args([("city", "甲")], VOCABULARY).values("city") == ("a",)


def test_all_problems_are_told_at_once():
    with pytest.raises(QueryError) as caught:
        from_args([("colour", "red"), ("theme", "x"), ("year", "soon"), ("bbox", "1,2")], VOCABULARY)
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("104,31,105,30", "south 31.0 is above north 30.0"),
        ("105,30,104,31", "west 105.0 is east of east 104.0"),
        ("104,30,105", "is not four numbers"),
        ("a,b,c,d", "is not four numbers"),
        ("nan,0,1,1", "is not four numbers"),
        ("1_04,30,105,31", "is not four numbers"),
        ("0,0,181,1", "outside the world"),
    ],
)
def test_a_box_that_cannot_be_used_is_told(text, told):
    with pytest.raises(QueryError, match=told):
        parse_bbox(text)


def test_different_fields_are_all_required(catalogue):
    query = from_args([("theme", "生态环境"), ("city", "德阳")], catalogue.vocabulary)
    assert {(c.case.theme, "510600" in c.case.cities) for c in catalogue.select(query)} == {("ecology", True)}


def test_values_of_one_field_are_alternatives(catalogue):
    both = from_args([("theme", "ecology,opening")], catalogue.vocabulary)
    assert {c.case.theme for c in catalogue.select(both)} == {"ecology", "opening"}


def test_a_region_wide_case_answers_no_county_condition(catalogue):
    query = from_args([("county", "什邡市")], catalogue.vocabulary)
    found = catalogue.select(query)
    assert found
    assert not any(case.is_region_wide for case in found)


@pytest.mark.parametrize("text", ["2" * 4400, "020221", "02022", "202", "1899", "2101", "２０２２", "2_22", "+2022"])
def test_a_year_that_is_not_four_digits_is_told(text):
    with pytest.raises(QueryError, match="expected four digits such as 2022"):
        from_args([("year", text)], VOCABULARY)


@pytest.mark.parametrize("text", ["1_0", "nan", "inf", "50.01", "-1", "１", "9" * 4400])
def test_a_distance_that_cannot_be_used_is_told(text):
    with pytest.raises(QueryError, match="expected kilometres from 0"):
        from_args([("near", "a"), ("within_km", text)], VOCABULARY)


def test_a_year_finds_the_cases_that_cover_it(catalogue):
    query = from_args([("year", "2021")], catalogue.vocabulary)
    assert "A08" in {case.id for case in catalogue.select(query)}


def test_a_city_may_be_named_as_people_call_it():
    cities = [SimpleNamespace(id="422800", name=LocalText("恩施土家族苗族自治州", "Enshi")),
              SimpleNamespace(id="420500", name=LocalText("宜昌市", "Yichang"))]  # fmt: skip
    spelt = Divisions(("cities",)).spellings(SimpleNamespace(layers={"cities": cities}))
    assert {spelt[name] for name in ("恩施", "恩施州", "恩施土家族苗族自治州", "enshi", "422800")} == {"422800"}
    assert spelt["宜昌"] == spelt["宜昌市"] == "420500"
