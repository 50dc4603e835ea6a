"""The base map: what it draws, how its names stand, and what its legend says."""

import json
import re

import pytest
import shapely
from shapely.geometry import LineString, MultiPoint, Point


@pytest.fixture
def base(client):
    return client.get("/map/base.json").get_json()


@pytest.fixture
def towns(client):
    return client.get("/map/towns.json").get_json()


def lines_of(base, style):
    """Return the lines of a part in degrees, by the steps that the wire has."""
    lines = []
    for part in (one["shape"] for one in base["parts"] if one["style"] == style):
        for steps in part["parts"]:
            at, corners = (0, 0), []
            for lon, lat in zip(steps["lon"], steps["lat"], strict=True):
                at = (at[0] + lon, at[1] + lat)
                corners.append((at[0] / 10 ** part["digits"], at[1] / 10 ** part["digits"]))
            lines.append(corners)
    return lines


@pytest.mark.parametrize(
    ("city", "lon", "lat"),
    # railway stations in those towns, of another source: 成都 south, 德阳, 眉山 east, 资阳 north
    [
        ("成都市", 104.065, 30.608),
        ("德阳市", 104.386, 31.168),
        ("眉山市", 103.820, 30.069),
        ("资阳市", 104.679, 30.130),
    ],
)
def test_the_name_of_a_city_stands_at_its_seat_with_a_dot(base, city, lon, lat):
    (label,) = [one for one in base["labels"] if one["name"] == city]
    assert Point(label["at"]["lon"], label["at"]["lat"]).distance(Point(lon, lat)) < 0.07
    assert (label["kind"], label["zoom"], label["has_dot"]) == ("cities", 7, True)


def test_a_county_without_a_known_seat_is_named_inside_its_borders_without_a_dot(base, catalogue):
    (label,) = [one for one in base["labels"] if one["name"] == "大邑县"]
    county = catalogue.layer("counties").feature("510129").geometry
    assert county.contains(Point(label["at"]["lon"], label["at"]["lat"]))
    assert not label["has_dot"]


def test_every_seat_lies_in_its_city_or_county(catalogue):
    areas = {one.id: one.geometry for layer in ("cities", "counties") for one in catalogue.layer(layer)}
    assert [seat.id for seat in catalogue.layer("seats") if not areas[seat.id].contains(seat.geometry)] == []


def test_dots_of_counties_come_later_than_those_of_cities(base):
    assert [(one["zoom"], len(one["shape"]["parts"])) for one in base["parts"] if one["style"] == "seat"] == [
        (7, 4),
        (9, 17),
    ]


def test_neighbours_are_named_outside_of_the_area(base, catalogue):
    area = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
    found = {
        one["name"]: Point(one["at"]["lon"], one["at"]["lat"]) for one in base["labels"] if one["kind"] == "neighbours"
    }
    assert {"绵阳市", "雅安市", "乐山市", "内江市", "遂宁市", "重庆市", "自贡市", "阿坝藏族羌族自治州"} <= set(found)
    assert [name for name, place in found.items() if area.distance(place) < 0.05] == []


# Places that a river is known to flow by: the confluence at 金堂, the weir at 都江堰, 洪雅 on 青衣江.
@pytest.mark.parametrize(("lon", "lat"), [(104.44, 30.84), (103.62, 31.00), (103.37, 29.91)])
def test_a_river_flows_where_one_is_known_to(base, lon, lat):
    waters = [LineString(line) for style in ("river", "stream") for line in lines_of(base, style)]
    assert min(line.distance(Point(lon, lat)) for line in waters) < 0.03


def test_no_course_is_drawn_twice(catalogue):
    named = catalogue.metric.to_metric(shapely.union_all([river.geometry for river in catalogue.layer("rivers")]))
    for line in catalogue.layer("watercourses"):
        metric = catalogue.metric.to_metric(line.geometry)
        assert metric.intersection(named.buffer(1000)).length < 20_000, line.id


def test_waters_fade_beyond_the_zooms_that_their_sources_bear(base):
    assert {one["fades_from"] for one in base["parts"] if one["style"] in {"river", "stream"}} == {11}
    assert {one["fades_from"] for one in base["parts"] if one["style"] not in {"river", "stream"}} == {None}


def test_townships_are_named_from_zoom_10_the_surest_first_and_not_with_the_first_view(base, towns, catalogue):
    assert {one["kind"] for one in base["labels"]} == {"cities", "counties", "neighbours"}
    assert {(one["kind"], one["zoom"], one["has_dot"]) for one in towns} == {("towns", 10, False)}
    centres = {entry.name: entry.radius_m for entry in catalogue.entries if entry.id.startswith("town:")}
    assert centres[towns[0]["name"]] < centres[towns[-1]["name"]]
    assert MultiPoint([(one["at"]["lon"], one["at"]["lat"]) for one in towns]).within(
        shapely.box(102.8, 29.3, 105.8, 31.8)
    )


def test_townships_are_spelt_in_latin_letters_on_the_english_map(client, towns):
    names = [label["name"] for label in client.get("/map/towns.json?lang=en").get_json()]
    spelt = dict(zip([label["name"] for label in towns], names, strict=True))
    assert (spelt["敖平镇"], spelt["春熙路街道"], spelt["三岔街道"]) == ("Aoping", "Chunxilu", "Sancha")
    assert [name for name in names if re.search(r"[\u4e00-\u9fff]", name)] == []


def test_the_legend_tells_every_part_and_how_many_townships_are_missing(client, base):
    text = client.get("/?lang=en").get_data(as_text=True)
    parts = json.loads(re.search(r'id="map-parts">(.*?)</script>', text).group(1))
    (part,) = [one["with"] for one in parts if one["part"] == "base"]
    titles = {entry["id"]: entry["title"] for entry in part["entries"]}
    made_of_borders = {"land", "county", "city"}
    assert {one["style"] for one in base["parts"]} | made_of_borders | {"towns", "names"} == set(titles)
    assert titles["river"] == "Rivers"
    assert titles["towns"] == "Townships, from zoom 10: 383 of 514"
