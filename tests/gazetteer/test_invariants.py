"""Answers agree with themselves, whatever the text: codes, points, errors and what holds what."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.case import Precision
from geo.divisions import city_of, is_city
from geo.gazetteer.compile import township_radius_m
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.within import TOGETHER
from geo.layers.boundaries import Township

GEOD = Geod(ellps="WGS84")
JOINERS = ["", "的", "，", " ", "、", "和", "到", "。", "（"]
STREETS = ["", "府城大道西段399号", "人民路2号", "某小区3栋", "边", "段"]
TEMPLATES = ["{county}{name}", "{city}{county}{name}88号", "{county}的{name}", "{county}，{name}", "{name}{county}段"]


@pytest.fixture(scope="session")
def of_many(catalogue):
    """The places of several counties; abbreviations of several cities mean all of each, and are never cut."""
    return [entry for entry in catalogue.entries if len(entry.adcodes) > 1 and entry.kind != TOGETHER]


@pytest.fixture(scope="session")
def called(catalogue):
    """The names of the counties and cities of the area by code."""
    return {entry.adcodes[0]: entry.name for entry in catalogue.entries if entry.kind in {"county", "city"}}


@pytest.fixture(scope="session")
def texts(catalogue, of_many, called):
    """A strategy of texts: a county or city, a place of many counties, a township, a street, and what joins them."""
    towns = [entry.name for entry in catalogue.entries if entry.kind == "town"]
    names = [entry.name for entry in of_many]
    part = st.sampled_from(["", *called.values()]), st.sampled_from(["", *names]), st.sampled_from(["", *towns])
    words = st.tuples(*part, st.sampled_from(STREETS)).flatmap(st.permutations)
    return st.tuples(words, st.sampled_from(JOINERS)).map(lambda told: told[1].join(filter(None, told[0])))


@pytest.fixture(scope="session")
def shapes(catalogue):
    """The areas of counties and cities by code."""
    return {feature.id: feature.geometry for name in ("cities", "counties") for feature in catalogue.layer(name)}


@pytest.fixture(scope="session")
def contradictions(gazetteer, shapes):
    """Return a function that lists in what the answer to a text contradicts itself."""

    def found(text):
        document = geocode_document(gazetteer.locate(text))
        return [
            *_of_document(document, shapes),
            *(wrong for m in document["matches"] for wrong in _of_match(m, shapes)),
        ]

    return found


def _of_document(document, shapes):
    code, matches = document["adcode"], document["matches"]
    written = [m["adcodes"][0] for m in matches if _is_written(m)]
    around = [one for one in written if not is_city(one)] or written
    if code is None and document["adcodes"] and not document["question"] and not _is_of_many(document):
        yield "no code and no question"
    if code is not None and code not in document["adcodes"]:
        yield f"{code} is none of {document['adcodes']}"
    if code is not None and around and not {code, city_of(code)} & set(around):
        yield f"{code} lies in none of the written {around}"
    if code is not None and not _is_in(shapes[code], document):
        yield f"the point does not lie in {code}"


def _of_match(match, shapes):
    if match["within"] and not all(match["within"] in {code, city_of(code)} for code in match["adcodes"]):
        yield f"{match['name']} does not lie in {match['within']}"
    if match["adcodes"] and not any(_is_in(shapes[code], match) for code in match["adcodes"]):
        yield f"the point of {match['name']} lies in none of its counties"
    if match["adcodes"] and not match["radius_m"] > 0:
        yield f"{match['name']} is said to be exact"
    if match["share"] and (len(match["share"]) != len(match["adcodes"]) or abs(sum(match["share"]) - 1) > 0.002):
        yield f"the shares of {match['name']} are {match['share']}"


def _is_written(match):
    is_division = match["kind"] in {"county", "city"} and match["match_type"] not in {"village", "outdated"}
    return is_division and not match["rejected"]


def _is_of_many(document):
    return any(len(m["adcodes"]) > 1 and (m["share"] or m["kind"] == TOGETHER) for m in document["matches"])


def _is_in(shape, point):
    return shapely.intersects_xy(shape, point["lon"], point["lat"])


@given(st.data())
def test_the_answer_to_a_made_text_agrees_with_itself(contradictions, texts, data):
    assert contradictions(data.draw(texts)) == []


def test_the_answers_to_titles_and_places_of_cases_agree_with_themselves(contradictions, catalogue):
    cases = [case.case for case in catalogue.cases.values()]
    real = [*(case.title.zh for case in cases), *(case.summary.zh for case in cases)]
    real += [place.mention for case in cases for place in case.places]
    assert {text: wrong for text in real if (wrong := contradictions(text))} == {}


@pytest.fixture(scope="session")
def answered(gazetteer):
    """Return a function that answers a text: the best code, all codes, and those of an entry where it is read."""

    def answer(text, entry):
        locations = gazetteer.locate(text)
        document = geocode_document(locations)
        return document["adcode"], document["adcodes"], {one.adcodes for one in locations if one.entry_id == entry.id}

    return answer


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_place_of_many_counties_beside_one_of_them_is_cut_to_it(answered, of_many, called, template):
    pairs = [(entry, code) for entry in of_many for code in entry.adcodes]
    texts = [template.format(name=e.name, county=called[code], city=called[city_of(code)]) for e, code in pairs]
    answers = [answered(text, entry) for text, (entry, _) in zip(texts, pairs, strict=True)]
    assert len(answers) > 300
    assert [(code, codes) for code, codes, _ in answers] == [(code, [code]) for _, code in pairs]
    assert [cut - {(code,)} for (_, _, cut), (_, code) in zip(answers, pairs, strict=True)] == [set()] * len(pairs)


def test_a_place_of_many_counties_beside_a_city_is_cut_to_its_counties_there(gazetteer, of_many, called):
    pairs = [(entry, city) for entry in of_many for city in sorted({city_of(code) for code in entry.adcodes})]
    cut = [gazetteer.locate(f"{called[city]}的{entry.name}")[-1].adcodes for entry, city in pairs]
    assert cut == [tuple(code for code in entry.adcodes if city_of(code) == city) for entry, city in pairs]


@pytest.mark.parametrize(
    ("text", "adcode", "adcodes"),
    [
        ("成都市武侯区天府大道北段1700号", "510107", ["510107"]),
        ("成都市新津区岷江边", "510118", ["510118"]),
        ("成都市岷江新津段", "510118", ["510118"]),
        ("眉山天府新区视高街道", "511421", ["511421"]),
        ("视高街道天府大道", "511421", ["511421"]),
        ("德阳市天府大道", "510600", ["510681", "510603", "510600"]),
        ("武侯区、天府大道", "510107", ["510107"]),
        ("沿天府大道去武侯区", "510107", ["510107"]),
        ("资阳市简阳市", "510185", ["510185"]),
        ("资阳市简阳市三岔街道", "510185", ["510185"]),
        ("资阳市，简阳市", "510185", ["510185", "512000"]),
    ],
)
def test_what_is_written_decides(gazetteer, text, adcode, adcodes):
    document = geocode_document(gazetteer.locate(text))
    assert (document["adcode"], document["adcodes"]) == (adcode, adcodes)


def test_a_match_says_which_written_county_or_city_holds_it(gazetteer):
    matches = gazetteer.locate("成都市武侯区天府大道，德阳市旌阳区。天府大道")
    assert [match.within for match in matches] == ["", "510100", "510107", "", "510600", ""]


@pytest.mark.parametrize(
    "text", ["成都市岷江新津段", "岷江（新津区）", "新津区公告：岷江水位上涨", "成都市新津区，岷江边"]
)
def test_a_river_is_cut_to_the_county_that_stands_before_it_or_beside_it(gazetteer, text):
    assert [match.adcodes for match in gazetteer.locate(text) if match.name == "岷江"] == [("510118",)]


@pytest.mark.parametrize("text", ["新津区和岷江", "从新津区到岷江", "新津区有雨。岷江水位上涨", "岷江流经新津区"])
def test_a_river_is_another_mention_where_something_parts_it_from_a_county(gazetteer, text):
    assert [(len(m.adcodes), m.within) for m in gazetteer.locate(text) if m.name == "岷江"] == [(12, "")]


def test_an_abbreviation_of_cities_means_all_of_them_beside_one_too(gazetteer):
    document = geocode_document(gazetteer.locate("成都市推进成德眉资同城化"))
    assert document["matches"][-1]["adcodes"] == ["510100", "510600", "511400", "512000"]
    assert document["matches"][-1]["candidates"] == []
    assert (document["adcode"], document["adcodes"]) == ("510100", ["510100", "510600", "511400", "512000"])


def test_a_county_does_not_hold_itself(gazetteer):
    assert [match.within for match in gazetteer.locate("武侯区就是武侯区")] == ["", ""]


def test_a_cut_says_so(gazetteer):
    assert gazetteer.locate("新津区岷江边")[1].reason == "named place; cut to its part in 新津区"


def test_the_shares_of_what_is_cut_to_a_city_are_those_there(gazetteer):
    _, road = gazetteer.locate("德阳市天府大道")
    whole = dict(zip(*_shares(gazetteer.locate("天府大道")[0]), strict=True))
    there = {code: share / (whole["510681"] + whole["510603"]) for code, share in whole.items() if code[:4] == "5106"}
    assert dict(zip(*_shares(road), strict=True)) == pytest.approx(there, abs=0.001)


def _shares(location):
    return location.adcodes, location.shares


def test_a_zone_names_its_counties_without_shares_and_asks_which(gazetteer):
    document = geocode_document(gazetteer.locate("成都市高新区府城大道西段399号"), "zh")
    zone = document["matches"][-1]
    assert document["adcode"] is None
    assert sorted(document["adcodes"]) == ["510107", "510116", "510117"]
    assert zone["share"] == []
    assert sorted(one["name"] for one in zone["candidates"]) == ["双流区", "武侯区", "郫都区"]
    assert document["question"] == "成都高新区的哪个区县？"


def test_a_zone_whose_parts_a_source_measures_has_their_shares(gazetteer):
    (zone,) = gazetteer.locate("成都天府国际机场临空经济区")
    assert (zone.adcodes, zone.shares) == (("510185", "512002"), (0.6678, 0.3322))


def test_namesakes_ask_which(gazetteer):
    document = geocode_document(gazetteer.locate("去回龙镇的路"))
    assert document["question"] == "Which 回龙镇?"
    assert [one["adcodes"] for one in document["matches"][0]["candidates"]] == [["510183"], ["510623"]]


@pytest.mark.parametrize("text", ["永兴镇", "去永兴镇的路", "永兴镇政府", "永兴镇。"])
def test_a_town_that_became_a_subdistrict_is_a_namesake_by_its_former_name(gazetteer, text):
    document = geocode_document(gazetteer.locate(text))
    assert document["question"] == "Which 永兴镇?"
    assert [one["adcodes"] for one in document["matches"][0]["candidates"]] == [["510116"], ["510623"]]


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("永兴街道", "510116"),
        ("永兴镇正街23号", "510623"),
        ("德阳永兴镇", "510623"),
        ("成都市永兴镇", "510116"),
    ],
)
def test_a_name_of_today_an_address_or_a_city_tells_a_town_from_a_former_one(gazetteer, text, adcode):
    assert geocode_document(gazetteer.locate(text))["adcode"] == adcode


def test_a_city_that_a_county_has_left_says_so(gazetteer):
    city, county = gazetteer.locate("资阳市简阳市")
    assert (city.match_type, city.reason) == ("outdated", "city written out; 510185 has left it")
    assert county.within == ""


@pytest.fixture(scope="session")
def ours(catalogue):
    """The entries of places in the area."""
    return [entry for entry in catalogue.entries if not entry.is_blocker]


def test_no_place_is_said_to_be_exact(ours):
    assert [entry.id for entry in ours if not entry.radius_m > 0] == []


def test_points_lie_in_their_counties(ours, shapes):
    points = [(entry.id, entry.adcodes[0], entry.lon, entry.lat) for entry in ours if len(entry.adcodes) == 1]
    points += [(entry.id, part.code, part.lon, part.lat) for entry in ours for part in entry.parts]
    assert [p for p in points if not shapely.intersects_xy(shapes[p[1]], *p[2:])] == []


def test_every_part_that_a_text_may_mean_has_its_point(of_many):
    told = {entry.id: {part.code for part in entry.parts} for entry in of_many}
    assert all(set(entry.adcodes) <= told[entry.id] for entry in of_many)


def test_nine_of_ten_points_of_a_place_lie_within_its_radius(ours, shapes):
    """By other points and other distances: random ones, and geodesics."""
    coarse = [e for e in ours if e.precision in {Precision.COUNTY, Precision.CITY}]
    areas = {(e.lon, e.lat, e.radius_m): e.adcodes for e in coarse}
    areas |= {p[2:]: (p.code,) for e in coarse for p in e.parts if not is_city(p.code)}
    random = np.random.default_rng(7)
    inside = {
        point: _within(random, shapely.union_all([shapes[code] for code in codes]), *point)
        for point, codes in areas.items()
    }
    assert len(inside) > 60
    assert {point: part for point, part in inside.items() if not 0.87 < part < 0.94} == {}


def test_nine_of_ten_parts_of_a_line_lie_within_its_radius(ours, catalogue):
    """By the lengths of small pieces, and geodesics."""
    lines = [e for e in ours if e.feature and e.precision is Precision.LINE]
    inside = {e.id: _near(catalogue.layer(e.feature[0]).feature(e.feature[1]).geometry, e) for e in lines}
    assert len(inside) > 30
    assert {name: part for name, part in inside.items() if not 0.88 < part < 0.93} == {}


def test_nine_of_ten_points_of_a_township_are_told_by_its_bounding_box(catalogue):
    """Of counties, whose shapes are known, as if no more than their bounding boxes were."""
    random, counties = np.random.default_rng(8), catalogue.layer("counties")
    inside = [_within(random, county.geometry, *_middle(*county.geometry.bounds)) for county in counties]
    assert 0.85 < np.median(inside) < 0.95
    assert min(inside) > 0.75


def _middle(west, south, east, north):
    box_m = GEOD.inv(west, south, east, north)[2]
    township = Township("", "", "", 0.0, 0.0, "", box_m)
    return (west + east) / 2, (south + north) / 2, township_radius_m(township)


def test_a_township_without_a_bounding_box_is_taken_to_be_a_usual_one():
    assert township_radius_m(Township("", "", "", 104.0, 30.0, "")) == 4000


def _near(line, entry):
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(shapely.segmentize(line, 2e-4))]
    starts, ends = np.concatenate([part[:-1] for part in parts]), np.concatenate([part[1:] for part in parts])
    lengths = GEOD.inv(*starts.T, *ends.T)[2]
    middle = (starts + ends) / 2
    metres = GEOD.inv(np.full(len(middle), entry.lon), np.full(len(middle), entry.lat), *middle.T)[2]
    return float(lengths[metres <= entry.radius_m].sum() / lengths.sum())


def _within(random, area, lon, lat, radius_m):
    west, south, east, north = area.bounds
    height = np.sin(np.radians([south, north]))
    x, y = random.uniform(west, east, 8000), np.degrees(np.arcsin(random.uniform(*height, 8000)))
    kept = shapely.contains_xy(area, x, y)
    x, y = x[kept], y[kept]
    metres = GEOD.inv(np.full(len(x), lon), np.full(len(x), lat), x, y)[2]
    return float((metres <= radius_m).mean())


@pytest.mark.parametrize(
    "text", ["高新区", "高新区府城大道西段399号", "高新区天府三街", "高新区管委会", "高新区南二路88号"]
)
def test_a_short_name_of_several_zones_asks_which(gazetteer, text):
    document = geocode_document(gazetteer.locate(text))
    assert (document["adcode"], document["question"]) == (None, "Which 高新区?")
    names = {one["name"]: one["adcodes"] for one in document["matches"][0]["candidates"]}
    assert set(names) == {"成都高新区", "德阳高新区", "眉山高新区", "资阳高新区"}
    assert names["德阳高新区"] == ["510681"]


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("天府新区视高街道", "511421"),
        ("天府新区兴隆街道", "510116"),
        ("成都市天府新区", "510116"),
        ("经开区南二路，德阳市", "510603"),
        ("德阳市高新区", "510681"),
        ("广汉市高新区", "510681"),
        ("成都市高新区", None),
    ],
)
def test_what_stands_beside_a_short_name_of_several_zones_decides(gazetteer, text, adcode):
    assert geocode_document(gazetteer.locate(text))["adcode"] == adcode


@pytest.mark.parametrize("text", ["天府新区", "去天府新区", "天府新区管委会", "天府新区召开会议"])
def test_a_zone_of_two_cities_asks_which_part(gazetteer, text):
    document = geocode_document(gazetteer.locate(text))
    assert (document["adcode"], document["question"]) == (None, "Which 天府新区?")
    assert [one["adcodes"] for one in document["matches"][0]["candidates"]] == [["510116"], ["511421", "511403"]]


@pytest.mark.parametrize(
    "text", ["成都高新区天府大道中段", "成都高新区天府大道", "成都高新区的天府大道", "天府大道中段（成都高新区）"]
)
def test_a_street_in_a_zone_lies_in_the_counties_of_both(contradictions, gazetteer, text):
    document = geocode_document(gazetteer.locate(text))
    assert (document["adcode"], document["adcodes"]) == (None, ["510116", "510107"])
    assert document["question"]
    assert [one["adcodes"] for one in document["matches"][0]["candidates"]] == [["510116"], ["510107"]]
    assert contradictions(text) == []


def test_a_street_in_one_of_several_zones_lies_in_the_counties_of_some(gazetteer):
    document = geocode_document(gazetteer.locate("天府新区天府大道"))
    assert (document["adcode"], document["adcodes"]) == (None, ["510116", "511421"])


def test_a_zone_that_a_street_crosses_in_one_county_is_cut_to_it(gazetteer):
    document = geocode_document(gazetteer.locate("眉山天府新区天府大道"))
    assert (document["adcode"], document["adcodes"]) == ("511421", ["511421"])
    assert [match["candidates"] for match in document["matches"]] == [[], []]


def test_the_radius_of_a_street_in_a_zone_reaches_its_parts(gazetteer, catalogue):
    road = gazetteer.locate("成都高新区天府大道")[-1]
    entry = next(one for one in catalogue.entries if one.id == road.entry_id)
    for part in (part for part in entry.parts if part.code in road.adcodes):
        away_m = GEOD.inv(road.lon, road.lat, part.lon, part.lat)[2]
        assert away_m + part.radius_m <= road.radius_m * 1.01
