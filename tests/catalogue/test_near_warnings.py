"""What is said of distances under a query: how far off the drawn features are, and which are drawn too short."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from geo.catalogue.linear_places import linear_document, linear_place
from geo.catalogue.near_warnings import near_warnings
from geo.cli.main import tongcheng
from geo.layers.drawn_lines import drawn_short
from geo.query import CaseQuery

OFF = "Distances are measured to what is drawn, which may be up to"
LINE_19 = (
    f"{OFF} 2.1 km from the real one.",
    "Line 19 is drawn to within 2.1 km only, and 1 km was asked for: cases may be missing, or too many.",
    (
        "Line 19 is drawn 90.5 km long, officially it has 99.2 km: it is not drawn whole, or runs elsewhere in part, "
        "so that a distance to it may be far too great or too small."
    ),
)


def told(catalogue, **conditions):
    return tuple(sentence.en for sentence in near_warnings(catalogue, CaseQuery(**conditions)))


def test_without_a_condition_of_place_nothing_is_said(catalogue):
    assert told(catalogue, theme=("ecology",)) == ()


def test_a_distance_below_the_precision_of_a_line_that_is_drawn_short_is_told(catalogue):
    assert told(catalogue, near=("transit_lines:M19",), within_km=1.0) == LINE_19


def test_a_line_through_its_stations_answers_half_a_kilometre(catalogue):
    assert told(catalogue, near=("transit_lines:M2",), within_km=0.5) == (f"{OFF} 0.3 km from the real one.",)


@pytest.mark.parametrize(("within_km", "is_told"), [(0.29, True), (0.3, False)])
def test_the_precision_of_the_line_is_the_limit(catalogue, within_km, is_told):
    said = told(catalogue, near=("transit_lines:M2",), within_km=within_km)
    assert any("was asked for" in sentence for sentence in said) is is_told


def test_being_on_a_line_asks_for_no_distance(catalogue):
    assert not any("was asked for" in sentence for sentence in told(catalogue, line=("M19",)))


def test_a_distance_to_an_area_is_not_below_its_precision(catalogue):
    (said,) = told(catalogue, near=("belts:chengdu-ziyang",), within_km=1.0)
    assert said.startswith(OFF)


@pytest.mark.parametrize(
    ("official_km", "rating", "is_told"),
    [
        (100.0, None, False),
        (100.1, None, True),
        (100.1, "verified-proxy", True),
        (200.0, "recalled", False),
        (None, None, False),
    ],
)
def test_a_line_is_drawn_short_below_93_hundredths_of_a_length_with_a_source(catalogue, official_km, rating, is_told):
    line = catalogue.layer("transit_lines").feature("S3")
    told = {"drawn_length_km": 93.0, "official_length_km": official_km, "official_length_km_rating": rating}
    assert (drawn_short(replace(line, properties=line.properties | told)) is not None) is is_told


def test_roads_are_held_to_it_too(catalogue):
    """R3: 394.6 of 443 km; R1: 80.3 of 85 km; the length of 成渝 is recalled."""
    said = {name: told(catalogue, near=(f"expressways:{name}",), within_km=20.0) for name in ("R3", "R1", "CYU")}
    assert {name: len(sentences) for name, sentences in said.items()} == {"R3": 2, "R1": 1, "CYU": 1}


def test_a_kilometre_on_a_line_that_is_drawn_short_says_so(catalogue):
    on_s3, on_2 = (linear_document(linear_place(catalogue, line, km=3), "en")["warning"] for line in ("S3", "M2"))
    assert on_s3.startswith("Chengdu–Ziyang Line (S3) is drawn 35.8 km long, officially it has 38.7 km")
    assert on_2 is None


def test_the_command_says_it_beside_the_counts(catalogue_file):
    args = ["query", "--near", "transit_lines:M19", "--within-km", "1", "--lang", "en", "--catalogue", catalogue_file]
    result = CliRunner().invoke(tongcheng, [str(arg) for arg in args])
    assert result.stderr.splitlines()[1:] == [f"note: {sentence}" for sentence in LINE_19]
