"""Stations are found by their name, their network and their lines, and lie where they say."""

import pytest
from shapely.geometry import Point

from geo.catalogue.records import read_gazetteer_records
from geo.divisions import is_county
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stations import station_problems
from geo.sources import Sources


@pytest.fixture(scope="module")
def records(checkout):
    return read_gazetteer_records(Sources(checkout / "data"))


def counties_of(gazetteer, text):
    found = gazetteer.locate(text)
    return {code for one in found if one.kind == "station" for code in one.adcodes if is_county(code)}


def test_each_station_lies_in_the_county_that_is_said(records, catalogue):
    shapes = {county.id: county.geometry for county in catalogue.layers["counties"]}
    outside = [one.name for one in records.stations if not shapes[one.county].contains(Point(one.lon, one.lat))]
    assert outside == []


def test_no_station_stands_twice(records, catalogue):
    names = [one.name for one in records.stations]
    layer = {feature.name.zh: feature.geometry for feature in catalogue.layers["transit_stations"]}
    near = [s.name for s in records.stations if s.name in layer and layer[s.name].distance(Point(s.lon, s.lat)) < 0.012]
    assert len(names) == len(set(names))
    assert near == []


@pytest.mark.parametrize(
    "text",
    [
        "倪家桥站",
        "地铁倪家桥站",
        "倪家桥地铁站",
        "1号线倪家桥站",
        "地铁8号线倪家桥站下车",
        "1号线倪家桥",
        "成都地铁1号线倪家桥站",
    ],
)
def test_a_station_has_the_names_of_its_network_and_its_lines(gazetteer, text):
    assert counties_of(gazetteer, text) == {"510107"}


def test_a_station_is_known_to_some_hundred_metres(gazetteer):
    (found,) = gazetteer.locate("韦家碾站到倪家桥站")[1:]
    assert (found.radius_m, round(found.lon, 2), round(found.lat, 2)) == (100, 104.06, 30.63)


def test_a_bare_name_is_no_station(gazetteer):
    assert [counties_of(gazetteer, text) for text in ("成都的桐梓林", "成都大丰", "成都天府")] == [set(), set(), set()]


def test_what_is_a_station_elsewhere_too_needs_its_city(gazetteer):
    assert counties_of(gazetteer, "桂林站") == set()
    assert counties_of(gazetteer, "地铁8号线桂林站") == {"510108"}


def test_stations_of_the_layer_have_their_lines_and_other_names(gazetteer):
    texts = ("地铁6号线犀浦站", "成都火车东站", "资阳北高铁站")
    assert [counties_of(gazetteer, text) for text in texts] == [{"510117"}, {"510108"}, {"512002"}]


def test_what_is_not_there_is_told(records):
    said = list(station_problems(records, (), ()))
    assert len(said) == len(records.stations) + len(records.station_names)
    assert (
        "data/gazetteer: 成都站: feature 'CGR-1' is not there; expected the id of a station of the transit layer"
        in said
    )
    assert list(station_problems(records, *_known(records))) == []


def _known(records):
    return {one.feature for one in records.station_names}, {one.county for one in records.stations}


def test_gazetteer_without_stations_is_no_error(catalogue):
    assert Gazetteer([e for e in catalogue.entries if e.kind != "station"]).locate("皇花园站") == []
