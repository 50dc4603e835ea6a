"""Places outside the area, as the catalogue of an area holds them."""

import csv
import gzip
from collections import Counter
from dataclasses import replace

import pytest

from geo.case import Precision
from geo.divisions import city_of
from geo.gazetteer.elsewhere import entries_elsewhere, places_outside, with_namesakes
from geo.gazetteer.entry import MatchType, spellings
from geo.gazetteer.national import FILE, Place, load_places

CITIES = ["510100", "510600", "511400", "512000"]


@pytest.fixture(scope="module")
def elsewhere(catalogue):
    return {e.id.removeprefix("elsewhere:"): e for e in catalogue.entries if e.kind == "elsewhere"}


@pytest.fixture(scope="module")
def ours(catalogue):
    return [entry for entry in catalogue.entries if entry.kind != "elsewhere"]


@pytest.fixture(scope="module")
def table():
    return list(csv.DictReader(gzip.decompress(FILE.read_bytes()).decode().splitlines()))


def forms(entry):
    return {(spelling.text, spelling.match_type) for spelling in spellings(entry)}


# ---- which


def test_each_division_outside_the_area_is_one_entry(elsewhere, table):
    divisions = {row["code"] for row in table if len(row["code"]) == 6}
    area = {code for code in divisions if city_of(code) in CITIES}
    assert {code for code in elsewhere if len(code) == 6} == divisions - area - {"510000"}


def test_an_entry_has_the_code_the_point_and_the_radius_of_its_division(elsewhere):
    entry = elsewhere["511800"]
    assert (entry.name, entry.adcodes, entry.cities, entry.shares) == ("雅安市", ("511800",), ("511800",), (1.0,))
    assert (entry.lon, entry.lat, entry.radius_m) == (102.6639, 29.9122, 94_000)
    assert entry.is_blocker


@pytest.mark.parametrize(
    ("code", "precision"),
    [
        ("610000", Precision.REGION),
        ("500000", Precision.CITY),
        ("511800", Precision.CITY),
        ("441900", Precision.CITY),
        ("429004", Precision.CITY),
        ("511302", Precision.COUNTY),
    ],
)
def test_a_division_is_as_coarse_as_it_is_large(elsewhere, code, precision):
    assert elsewhere[code].precision is precision


def test_the_province_of_the_area_is_not_elsewhere_and_what_else_it_holds_is():
    outside = {place.code for place in places_outside(load_places(), ["110000"])}
    assert not {"110000", "110105", "110105025"} & outside
    assert {"510000", "510100", "510104", "510104003"} <= outside


def test_a_country_without_the_area_has_the_rest():
    places = [Place("510000", "四川省", None), Place("510100", "成都市", None), Place("511800", "雅安市", None)]
    assert [place.code for place in places_outside(places, ["510100"])] == ["511800"]


# ---- names


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("610000", {("陕西省", MatchType.FULL), ("陕西", MatchType.ALIAS)}),
        ("511800", {("雅安市", MatchType.FULL), ("雅安", MatchType.ALIAS)}),
        (
            "422800",
            {("恩施土家族苗族自治州", MatchType.FULL), ("恩施", MatchType.ALIAS), ("恩施州", MatchType.ALIAS)},
        ),
        ("511302", {("顺庆区", MatchType.FULL), ("顺庆", MatchType.SHORT)}),
        ("110107", {("石景山区", MatchType.FULL), ("石景山", MatchType.ALIAS)}),
        ("469007", {("东方市", MatchType.FULL), ("东方", MatchType.SHORT)}),
        (
            "420528",
            {("长阳土家族自治县", MatchType.FULL), ("长阳县", MatchType.ALIAS), ("长阳", MatchType.SHORT)},
        ),
        (
            "130130",
            {("无极县", MatchType.FULL), ("无极", MatchType.SHORT)},
        ),
        (
            "621221",
            {("陇南市成县", MatchType.FULL), ("陇南成县", MatchType.ALIAS), ("成县", MatchType.SHORT)},
        ),
        ("150102", {("呼和浩特市新城区", MatchType.FULL), ("呼和浩特新城区", MatchType.ALIAS)}),
    ],
)
def test_how_a_division_may_be_called(elsewhere, code, expected):
    assert forms(elsewhere[code]) == expected


def test_a_former_name_is_one(elsewhere):
    assert ("渝北区", MatchType.FORMER) in forms(elsewhere["500157"])


def test_a_short_form_gives_way_to_a_city_of_ours(elsewhere):
    assert forms(elsewhere["430902"]) == {("资阳区", MatchType.FULL)}  # of 益阳


def test_the_sure_form_of_a_city_gives_way_to_what_is_written_out_of_ours(ours):
    site = replace(next(entry for entry in ours if entry.kind == "site"), name="雅安", aliases=(), short_names=())
    city = Place("511800", "雅安市", (103.0, 30.0), 90_000)
    found = [forms(entry) for own in ([], [site]) for entry in entries_elsewhere([city], [city], own)]
    assert found == [{("雅安市", MatchType.FULL), ("雅安", MatchType.ALIAS)}, {("雅安市", MatchType.FULL)}]


def test_a_short_form_stays_beside_a_bare_township_of_ours(elsewhere, ours):
    assert ("九江", MatchType.ALIAS) in forms(elsewhere["360400"])
    assert any(("九江", MatchType.SHORT) in forms(entry) for entry in ours)


def test_no_short_form_is_a_name_of_ours_that_needs_no_evidence(elsewhere, ours):
    sure = {
        text
        for entry in ours
        if not entry.is_blocker
        for text, kind in forms(entry)
        if kind is not MatchType.SHORT or entry.kind in {"city", "county"}
    }
    assert sure & {text for e in elsewhere.values() for text, kind in forms(e) if kind is not MatchType.FULL} == set()


def test_an_equal_name_that_is_written_out_stays_as_another_meaning(ours):
    county = next(entry for entry in ours if entry.kind == "county")
    chaoyang = replace(county, id="county:110105", name="朝阳区", aliases=(), former_names=())
    found = entries_elsewhere(load_places(), places_outside(load_places(), ["110000"]), [chaoyang])
    assert [(e.id, e.short_names) for e in found if e.name == "朝阳区"] == [("elsewhere:220104", ())]


# ---- townships


def test_a_township_whose_name_holds_one_of_ours_has_its_county(elsewhere):
    found = [entry for entry in elsewhere.values() if entry.name == "小三江镇"]
    assert [entry.adcodes for entry in found] == [("441825",)]


def test_a_township_without_a_centre_has_that_of_its_county(ours):
    county, township = Place("511802", "雨城区", (103.0, 29.9), 20_000), Place("511802999", "小三江镇", None)
    three_rivers = [entry for entry in ours if ("三江镇", MatchType.ALIAS) in forms(entry)]
    _, entry = entries_elsewhere([county, township], [county, township], three_rivers)
    assert (entry.name, entry.precision, entry.adcodes) == ("小三江镇", Precision.COUNTY, ("511802",))
    assert (entry.lon, entry.lat, entry.radius_m) == (103.0, 29.9, 20_000)


@pytest.mark.parametrize("name", ["三江镇", "双流镇", "罗江街道", "太平桥街道"])
def test_other_townships_are_left_out(elsewhere, name):
    """Equal to one of ours, called after a county of ours, or holding only a bare name that needs evidence anyway."""
    assert [entry.id for entry in elsewhere.values() if entry.name == name] == []


def test_a_township_of_ours_knows_how_many_elsewhere_share_its_name(ours, table):
    counts = Counter(row["name"] for row in table if len(row["code"]) == 9 and city_of(row["code"][:6]) not in CITIES)
    towns = [entry for entry in ours if entry.kind == "town"]
    assert {e.id: e.namesakes for e in towns} == {e.id: counts[e.name] for e in towns}
    assert max(entry.namesakes for entry in towns) > 10


def test_only_townships_have_namesakes(ours):
    assert {entry.kind for entry in with_namesakes(ours, load_places()) if entry.namesakes} == {"town"}
