"""Facts that have a life: what holds on a day, and what a fact must say."""

from datetime import date

import pytest

from geo.case import Rating
from geo.dated import About, Fact, former_values, holding, is_there, opened

MEMORY = {"rating": Rating.RECALLED, "source": "recalled, no source seen"}


def fact(about, value, **dates):
    return Fact(about=About(about), value=value, rating=Rating.RECALLED, source="recalled", **dates)


def day(text):
    return date.fromisoformat(text)


CODES = (fact("code", "G4201", valid_to="2019"), fact("code", "G4202", valid_from="2017", known_at="2023-04-28"))
LINE = (
    fact("status", "under_construction", valid_from="2020", valid_to="2024-09-28"),
    fact("status", "in_operation", valid_from="2024-09-29"),
)


@pytest.mark.parametrize(
    ("on", "code"),
    [("2001-01-01", "G4201"), ("2016-12-31", "G4201"), ("2017-01-01", "G4202"), ("2026-11-27", "G4202")],
)
def test_where_two_facts_overlap_the_one_that_began_later_holds(on, code):
    assert holding(CODES, day(on))["code"].value == code


@pytest.mark.parametrize(
    ("until", "last", "after"),
    [
        ("2016", "2016-12-31", "2017-01-01"),
        ("2016-02", "2016-02-29", "2016-03-01"),
        ("2016-05-03", "2016-05-03", "2016-05-04"),
    ],
)
def test_an_end_counts_up_to_the_last_day_of_its_date(until, last, after):
    told = (fact("city", "512000", valid_to=until),)
    assert holding(told, day(last))["city"].value == "512000"
    assert "city" not in holding(told, day(after))


def test_what_is_only_known_at_a_date_is_unknown_before_it():
    told = (fact("code", "SA2", known_at="2023-04-28"),)
    assert "code" not in holding(told, day("2023-04-27"))
    assert holding(told, day("2023-04-28"))["code"].value == "SA2"


def test_a_measure_holds_before_the_date_at_which_it_is_known():
    told = (fact("official_area_km2", 2214.0, known_at="2026-11"),)
    assert holding(told, day("1999-01-01"))["official_area_km2"].value == 2214.0


@pytest.mark.parametrize(("on", "there"), [("2019-12-31", False), ("2020-01-01", True), ("2025-01-01", True)])
def test_a_thing_is_not_there_before_its_first_status_begins(on, there):
    assert is_there(LINE, day(on)) is there


def test_a_thing_is_not_there_after_its_last_status_ended():
    ended = (fact("status", "in_operation", valid_from="1990", valid_to="2000"),)
    assert not is_there(ended, day("2001-01-01"))


def test_what_is_known_to_run_on_a_day_was_there_before_but_what_is_being_built_was_not():
    runs = (fact("status", "in_operation", known_at="2026-09"),)
    built = (fact("status", "under_construction", known_at="2026-09"),)
    assert (is_there(runs, day("2000-01-01")), is_there(built, day("2000-01-01"))) == (True, False)


def test_a_thing_without_facts_about_its_status_is_always_there():
    assert is_there(CODES, day("1900-01-01"))


def test_a_line_opened_when_it_first_was_in_operation():
    assert opened(LINE).valid_from == "2024-09-29"
    assert opened(LINE[:1]) is None


def test_a_value_of_today_is_no_former_one():
    again = (*CODES, fact("code", "G4202", valid_to="1999"))
    assert former_values(again, About.CODE) == (("G4201", "2019"),)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"valid_from": "2016-13"}, "valid_from: arrived '2016-13'; expected YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"valid_from": "2016", "valid_to": "2015-12"}, "valid_to 2015-12 is before valid_from 2016"),
        ({}, "has no date; give valid_from, valid_to or known_at"),
        ({"known_at": "2016", "rating": Rating.VERIFIED}, "is rated verified, and its source has no date"),
        ({"known_at": "2016", "value": 5.0}, "value: arrived 5.0; expected a text"),
        ({"known_at": "2016", "about": "official_area_km2"}, "expected a number"),
        ({"known_at": "2016", "about": "status", "value": "open"}, "arrived 'open'; known are planned"),
    ],
)
def test_what_is_wrong_with_a_fact_is_told(said, problem):
    kept = {"about": "code", "value": "G1", **MEMORY} | said
    (told,) = Fact(**kept | {"about": About(kept["about"])}).problems()
    assert problem in told


def test_a_verified_fact_with_a_dated_source_is_fine():
    kept = {"value": "G1", "known_at": "2016", "source": "somewhere", "source_date": "2016-05"}
    assert list(Fact(about=About.CODE, rating=Rating.VERIFIED, **kept).problems()) == []
