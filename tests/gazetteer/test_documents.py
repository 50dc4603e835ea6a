"""What is told of the places that a text names; also in cities without counties."""

import pytest

from geo.case import Location, Precision
from geo.gazetteer.documents import geocode_document

LINE = ("440304", "440306", "440309")


@pytest.fixture
def place():
    """Return a function that makes what a mention was matched to."""

    def make(kind, *codes, precision=Precision.EXACT, start=0):
        shares, span = (1 / len(codes),) * len(codes), (start, start + 2)
        return Location(kind, kind, kind, span, "exact", 0.9, precision, 100.0, codes, shares, 113.8, 22.9, "")

    return make


@pytest.mark.parametrize("city", ["441900", "442000", "460400", "620200", "429004"])
def test_beside_a_city_without_counties_the_counties_of_a_long_line_are_no_answer(place, city):
    document = geocode_document([place("line", *LINE, city), place("township", city, start=9)])
    assert (document["adcode"], document["adcodes"]) == (city, [city])


def test_a_place_elsewhere_is_another_mention_beside_a_county_that_is_written(place):
    document = geocode_document(
        [place("county", "441302", precision=Precision.COUNTY), place("station", "441900", start=9)]
    )
    assert (document["adcode"], document["adcodes"]) == ("441302", ["441302", "441900"])


def test_a_city_with_counties_is_an_answer_beside_those_of_others_alone(place):
    document = geocode_document(
        [place("city", "441300"), place("township", "441302", start=9), place("city", "440300")]
    )
    assert (document["adcode"], document["adcodes"]) == ("441302", ["441302", "440300"])
