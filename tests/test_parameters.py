"""The one reader of parameters."""

import re
from datetime import date
from typing import Annotated, Literal

import pytest
from pydantic import Field

from geo.datum import Datum
from geo.errors import QueryError
from geo.parameters import (
    FILLED,
    ONCE,
    VERBATIM,
    Decimal,
    Meaning,
    OneOf,
    Parameters,
    Parsed,
    Text,
    Whole,
    described,
    names_of,
    read,
    read_leniently,
    with_fields,
)
from geo.query import Bbox, parse_bbox
from geo.text import Lang, word


class Page(Parameters):
    lang: Annotated[Lang, Meaning(word("language"))] = "zh"
    limit: Annotated[int, Whole(least=1, most=1000)] = 100
    box_crs: Annotated[str, Text(most=5), Field(alias="bbox-crs")] = "x"
    bbox: Annotated[Bbox | None, Parsed(parse_bbox)] = None
    on: date | None = None
    datum: Datum = Datum.WGS84
    sort: Annotated[tuple[str, ...], ONCE] = ()
    theme: tuple[Annotated[str, OneOf({"a": "a", "甲": "a", "b": "b"})], ...] = ()
    near: tuple[str, ...] = ()
    within_km: Annotated[float | None, Decimal(0, 50, "kilometres from 0 to 50")] = None

    def misfits(self):
        return {"within_km": "needs near"} if self.within_km is not None and not self.near else {}


class Point(Parameters):
    lon: Annotated[float, Decimal(-180, 180, "a number in degrees")]
    q: Annotated[str, Text(least=1, most=10), VERBATIM]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("lang", "fr", "lang: unknown value 'fr'; known are zh, en"),
        ("limit", "0", "limit: '0' arrived; expected a whole number from 1"),
        ("limit", "１", "limit: '１' arrived; expected a whole number from 1"),
        ("bbox-crs", "123456", "bbox-crs: 6 characters arrived; expected at most 5"),
        ("bbox", "1,2", "bbox: '1,2' is not four numbers; expected west,south,east,north"),
        ("on", "2024-13-01", "on: '2024-13-01' arrived; expected a date such as 2023-05-31"),
        ("datum", "utm", "datum: unknown value 'utm'; known are wgs84, cgcs2000, gcj02, bd09"),
        ("theme", "c", "theme: unknown value 'c'; known are a, b"),
        ("within_km", "5", "within_km: needs near"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(name, text, told):
    _, problems = read_leniently(Page, [(name, text)])
    assert problems == [told]
    with pytest.raises(QueryError, match=f"^{re.escape(told)}$"):
        read(Page, [(name, text)])


def test_an_unknown_name_is_told_with_the_known_ones():
    _, problems = read_leniently(Page, [("colour", "red")])
    assert problems == [
        "colour: unknown parameter; known are bbox, bbox-crs, datum, lang, limit, near, on, sort, theme, within_km"
    ]


def test_all_problems_are_told_in_the_order_in_which_they_arrived():
    args = [("theme", "c"), ("colour", "red"), ("limit", "x"), ("lang", "fr")]
    with pytest.raises(QueryError) as caught:
        read(Page, args, also=["filter: empty"])
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "theme",
        "colour",
        "limit",
        "lang",
        "filter",
    ]


def test_the_rest_of_what_arrived_is_read():
    asked, _ = read_leniently(Page, [("theme", "甲,c"), ("theme", "b"), ("bbox-crs", "123456"), ("limit", "7")])
    assert (asked.theme, asked.box_crs, asked.limit) == (("a", "b"), "12345", 7)


def test_an_empty_text_is_no_parameter():
    assert read(Page, [("lang", ""), ("limit", " "), ("theme", ",")]) == Page()


@pytest.mark.parametrize("name", ["limit", "sort"])
def test_a_single_parameter_may_arrive_once(name):
    with pytest.raises(QueryError, match=f"{name}: arrived 2 times; expected once"):
        read(Page, [(name, "1"), (name, "2")])


def test_what_is_needed_and_did_not_arrive_is_told_as_empty():
    with pytest.raises(QueryError) as caught:
        read(Point, [])
    assert caught.value.problems == (
        "lon: '' arrived; expected a number in degrees",
        "q: 0 characters arrived; expected 1 to 10",
    )


def test_spaces_of_a_text_to_locate_are_kept():
    assert read(Point, [("lon", " 104 "), ("q", " x ")]) == Point(lon="104", q=" x ")


def test_a_request_may_ask_for_two_things():
    both = with_fields(Page, Point)
    assert {"lon", "q", "lang", "bbox-crs"} <= set(names_of(both))
    with pytest.raises(QueryError, match="within_km: needs near"):
        read(both, [("lon", "1"), ("q", "x"), ("within_km", "5")])


def test_a_model_describes_its_parameters():
    told = {parameter["name"]: parameter for parameter in described(with_fields(Point, Page), "en")}
    assert told["lang"] == {
        "name": "lang",
        "required": False,
        "description": "language",
        "schema": {"type": "string", "enum": ["zh", "en"], "default": "zh"},
    }
    assert told["lon"]["required"]
    assert told["theme"]["schema"] == {"type": "array", "items": {"type": "string", "enum": ["a", "甲", "b"]}}
    assert told["on"]["schema"] == {"type": "string", "format": "date"}


class Form(Parameters):
    f: Annotated[Literal["json", "html"] | None, FILLED] = None


def test_an_empty_text_is_a_problem_where_it_must_be_filled():
    assert read(Form, []) == Form()
    with pytest.raises(QueryError, match="f: unknown value ''; known are json, html"):
        read(Form, [("f", "")])
