"""The catalogue through time: 简阳, the ring expressway and the line to 资阳."""

from datetime import date

import pytest

from geo.catalogue.not_open import not_open
from geo.dated import About
from geo.query import from_args


def at(catalogue, layer, feature, day):
    layers = catalogue.layers_at(date.fromisoformat(day) if day else None)
    return layers[layer].feature(feature)


@pytest.mark.parametrize(
    ("day", "name", "code", "city"),
    [
        ("2005-06-30", "简阳市", "512081", "512000"),
        ("2015-12-31", "简阳市", "512081", "512000"),
        ("2017-01-01", "简阳市", "510185", "510100"),
        (None, "简阳市", "510185", "510100"),
    ],
)
def test_jianyang_was_of_ziyang_until_2016(catalogue, day, name, code, city):
    county = at(catalogue, "counties", "510185", day)
    assert (county.name.zh, county.properties["code"], county.properties["city"]) == (name, code, city)


@pytest.mark.parametrize(
    ("county", "year", "before", "after"),
    [
        ("510118", 2020, "新津县", "新津区"),
        ("510117", 2016, "郫县", "郫都区"),
        ("510116", 2015, "双流县", "双流区"),
        ("510604", 2017, "罗江县", "罗江区"),
        ("511403", 2014, "彭山县", "彭山区"),
    ],
)
def test_a_county_bears_the_name_of_the_day(catalogue, county, year, before, after):
    names = [at(catalogue, "counties", county, f"{one}-12-31").name.zh for one in (year - 1, year)]
    assert names == [before, after]


@pytest.mark.parametrize(("day", "code"), [("2002-01-01", "G4201"), ("2016-12-31", "G4201"), (None, "G4202")])
def test_the_ring_was_renumbered(catalogue, day, code):
    assert at(catalogue, "expressways", "R1", day).properties["code"] == code


def test_the_ring_is_not_there_before_it_opened(catalogue):
    assert "R1" not in catalogue.layers_at(date(2001, 12, 18))["expressways"]
    assert "R1" in catalogue.layers_at(date(2001, 12, 19))["expressways"]


@pytest.mark.parametrize(
    ("day", "status", "opened"),
    [
        ("2022-01-01", "under_construction", None),
        ("2024-09-28", "under_construction", None),
        ("2024-09-29", "in_operation", "2024-09-29"),
        (None, "in_operation", "2024-09-29"),
    ],
)
def test_the_line_to_ziyang_opened(catalogue, day, status, opened):
    line = at(catalogue, "transit_lines", "S3", day)
    assert (line.status, line.properties["open_date"]) == (status, opened)


def test_the_line_to_ziyang_is_not_there_before_it_was_begun(catalogue):
    assert "S3" not in catalogue.layers_at(date(2019, 12, 31))["transit_lines"]


@pytest.mark.parametrize(
    ("line", "status_date", "progress"),
    [("S5", "2025-12-01", "94%"), ("S11", "2023-08-30", "10座地下车站")],
)
def test_a_line_under_construction_says_so_with_its_newest_date_and_progress(catalogue, line, status_date, progress):
    found = catalogue.layer("transit_lines").feature(line)
    told = [fact.value for fact in found.facts if fact.about is About.PROGRESS]
    assert (found.status, found.status_date) == ("under_construction", status_date)
    assert progress in told[0]


@pytest.mark.parametrize("road", ["TQ", "CN", "CL"])
def test_what_opened_on_13_september_2024_says_so(catalogue, road):
    found = catalogue.layer("expressways").feature(road).facts
    opened = [f for f in found if f.about is About.OPENING and f.valid_from == "2024-09-13"]
    assert [(fact.rating.value, fact.source_date) for fact in opened] == [("verified", "2024-09-12")]


def test_areas_that_were_collected_from_memory_say_so(catalogue):
    ratings = {county.properties["official_area_km2_rating"] for county in catalogue.layer("counties")}
    assert ratings == {"recalled"}


def test_near_a_line_that_is_not_open_says_so(catalogue):
    query = from_args([("near", "transit_lines:S3"), ("within_km", "1")], catalogue.vocabulary)
    told = [note.en for day in (date(2015, 1, 1), date(2023, 1, 1), None) for note in not_open(catalogue, query, day)]
    assert told == [
        "Chengdu–Ziyang Line (S3) is not there on 2015-01-01; distances are to what is drawn now.",
        "Chengdu–Ziyang Line (S3) is not open: Under construction, 2020.",
    ]


def test_the_layers_of_a_time_between_two_changes_are_made_once(catalogue):
    assert catalogue.layers_at(date(2025, 12, 5)) is catalogue.layers_at(date(2025, 12, 6))
    assert catalogue.layers_at(None) is catalogue.layers
