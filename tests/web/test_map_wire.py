"""What the scripts of the map read, name by name: literal positions, boxes and shapes."""

import dataclasses
import json
import re

import pytest
from shapely.geometry import LineString, MultiPolygon, Point, box

from geo.catalogue.marks import Mark
from geo.catalogue.matched import Matched
from geo.query import CaseQuery
from webapp.app import create_app
from webapp.latlon import LatLonBox, box_of
from webapp.map.overlays import marks_document, outlines
from webapp.map.wire import Steps, Thin, as_json, thin
from webapp.settings import Settings


def brought(client, name, address="/"):
    text = client.get(address).get_data(as_text=True)
    return json.loads(re.search(rf'id="map-{name}">(.*?)</script>', text).group(1))


def test_a_mark_says_where_its_case_is(client):
    found = client.get("/map/marks.json?window=104,31,104.05,31.2&zoom=12&theme=layout").get_json()
    assert found["clusters"] == []
    assert found["cases"] == [
        {
            "id": "A08",
            "title": "彭什交界地带：蓉北乡村振兴协同融合发展管委会",
            "theme": "layout",
            "precision": "town",
            "schematic": True,
            "at": {"lat": 31.0935, "lon": 104.0114},
        }
    ]


def test_a_cluster_says_where_it_is_what_it_holds_and_what_bounds_it(client):
    (cluster,) = client.get("/map/marks.json?window=104,31,104.05,31.2&zoom=12").get_json()["clusters"]
    assert cluster["at"] == {"lat": 31.0935, "lon": 104.0114}
    assert cluster["themes"] == {"layout": 1, "industry": 1}
    assert cluster["box"] == {"south": 31.0935, "west": 104.0114, "north": 31.0935, "east": 104.0114}
    assert [case["id"] for case in cluster["cases"]] == ["A08", "D12"]


def test_the_box_of_a_cluster_has_its_sides_by_name(catalogue):
    themes = (2, *[0] * (len(catalogue.themes) - 1))
    mark = Mark(lon=104.0, lat=30.5, count=2, themes=themes, numbers=(0, 1), box=(103.5, 30.25, 104.5, 30.75))
    (cluster,) = json.loads(as_json(marks_document(Matched(catalogue, CaseQuery()), [mark], "zh")))["clusters"]
    assert cluster["at"] == {"lat": 30.5, "lon": 104.0}
    assert cluster["box"] == {"south": 30.25, "west": 103.5, "north": 30.75, "east": 104.5}


def test_the_window_of_an_address_is_zoom_and_centre_by_name(client):
    view = brought(client, "state", "/?view=9.5/30.6/104.1")["view"]
    assert view == {"zoom": 9.5, "center": {"lat": 30.6, "lon": 104.1}}


def test_the_map_begins_with_the_four_cities(client):
    parts = {part["part"]: part["with"] for part in brought(client, "parts")}
    assert parts["map"]["view"] == {"zoom": 8, "center": {"lat": 30.5515, "lon": 104.293}}
    assert parts["home"]["box"] == {
        "south": pytest.approx(29.40, abs=0.01),
        "west": pytest.approx(102.85, abs=0.01),
        "north": pytest.approx(31.70, abs=0.01),
        "east": pytest.approx(105.74, abs=0.01),
    }


def test_the_map_zooms_as_far_as_its_own_data_bear(client):
    parts = {part["part"]: part["with"] for part in brought(client, "parts")}
    assert parts["map"]["max_zoom"] == 12


@pytest.mark.parametrize(("asked", "opened"), [("18", 12), ("12.25", 12), ("11.5", 11.5)])
def test_an_address_with_a_deeper_window_opens_at_the_limit(client, asked, opened):
    state = brought(client, "state", f"/?view={asked}/30.6/104.1")
    assert state["view"] == {"zoom": opened, "center": {"lat": 30.6, "lon": 104.1}}
    assert state["problems"] == []


def test_address_and_answers_have_one_limit_of_zoom(client):
    window = "/map/marks.json?window=104,31,104.05,31.2"
    assert client.get(f"{window}&zoom=18").status_code == 200
    assert client.get(f"{window}&zoom=18.25").status_code == 400
    assert brought(client, "state", "/?view=18/30.6/104.1")["problems"] == []
    assert len(brought(client, "state", "/?view=18.25/30.6/104.1")["problems"]) == 1


def test_online_maps_have_no_limit_of_zoom_of_their_own(catalogue):
    settings = Settings(base_maps=("osm", "amap"))
    parts = {part["part"]: part["with"] for part in brought(create_app(catalogue, settings).test_client(), "parts")}
    assert parts["map"]["max_zoom"] == 18
    assert [set(one) for one in parts["base"]["online"]] == [{"id", "title", "url", "attribution", "datum"}] * 2


def test_the_form_of_the_map_is_a_list_of_fields(client):
    (part,) = [part["with"] for part in brought(client, "parts", "/?lang=en") if part["part"] == "results"]
    fields = {field["id"]: field for field in part["fields"]}
    kinds = {name: field["kind"] for name, field in fields.items()}
    assert kinds["q"] == "text"
    assert kinds["theme"] == kinds["county"] == "choice"
    assert kinds["bbox"] == kinds["polygon"] == "shape"
    assert (kinds["near"], fields["near"]["least"], fields["near"]["most"]) == ("near", 0, 50)
    assert fields["min_precision"]["choices"][0] == {"value": "exact", "label": "Exact site"}
    assert [choice["value"] for choice in fields["region"]["choices"]] == ["include"]


def test_a_case_says_where_its_label_is_and_when_it_held(client):
    found = client.get("/map/cases/B01.json").get_json()
    assert found["position"] == {"lat": 30.2806, "lon": 104.3849}
    assert found["period"] == {"start": "2020", "end": "2024-09-29"}
    assert found["shapes"][1] == {
        "name": "福田站",
        "schematic": False,
        "radius_m": 100,
        "shape": {"kind": "point", "digits": 5, "parts": [{"lon": [10438490], "lat": [3028060]}]},
    }


def test_each_other_map_gets_the_order_that_it_reads(client):
    maps = {one["map"]: one for one in client.get("/map/cases/B01.json").get_json()["elsewhere"]}
    assert maps["天地图"]["position"] == "104.384900,30.280600"
    assert "position=104.387527%2C30.278102&" in maps["高德地图"]["url"]
    assert "location=30.284356%2C104.393973&" in maps["百度地图"]["url"]


def test_a_place_that_stands_in_for_an_unknown_one_has_no_shape(client):
    found = client.get("/map/cases/B04.json").get_json()
    assert [place["mention"] for place in found["places"] if place["fallback"]] == ["万罗路", "云大路"]
    assert [shape["name"] for shape in found["shapes"]] == [
        "放高路",
        "金简仁快速路",
        "三岔湖环湖路",
        "视高站",
        "青龙街道",
        "资阳北站",
    ]


def test_a_place_that_stands_in_for_an_unknown_one_is_not_outlined(catalogue):
    located = catalogue.case("A08")
    unknown = [dataclasses.replace(footprint, is_fallback=True) for footprint in located.footprints]
    known = dataclasses.replace(unknown[1], is_fallback=False)
    one = dataclasses.replace(catalogue, cases={"A08": dataclasses.replace(located, footprints=(*unknown, known))})
    (outline,) = outlines(one, CaseQuery(), "zh").shapes
    assert (outline.cases, outline.shape) == (["A08"], thin(known.geometry))


def test_what_is_schematic_says_so_in_every_answer(client):
    belts = client.get("/map/layers/belts,cities.json").get_json()
    assert {belt["schematic"] for belt in belts["belts"]} == {True}
    assert {city["schematic"] for city in belts["cities"]} == {False}
    outlined = client.get("/map/outlines.json?theme=layout").get_json()["shapes"]
    assert True in {outline["schematic"] for outline in outlined if "A08" in outline["cases"]}


def test_a_facet_counts_each_value_by_name(client):
    facets = client.get("/map/results.json?theme=ecology&city=510600").get_json()["facets"]
    assert {"value": "510600", "label": "德阳市", "count": 1} in facets["city"]


def test_a_choice_of_near_has_a_value_and_a_label(client):
    group = client.get("/map/choices.json").get_json()[0]
    assert group["title"] == "三带"
    assert group["choices"][0] == {"value": "belts:chengdu-deyang", "label": "成德临港经济产业带"}


def test_a_thin_geometry_is_steps_of_longitude_and_latitude():
    assert thin(Point(104.06, 30.66)) == Thin(kind="point", digits=5, parts=[Steps(lon=[10406000], lat=[3066000])])
    line = Thin(kind="line", digits=4, parts=[Steps(lon=[1040000, 1000], lat=[300000, 2000])])
    assert thin(LineString([(104, 30), (104.1, 30.2)])) == line
    area = Thin(kind="area", digits=4, parts=[Steps(lon=[1050000, 0, -10000, 0], lat=[300000, 10000, 0, -10000])])
    assert thin(MultiPolygon([box(104, 30, 105, 31)])) == area


def test_a_box_takes_its_sides_in_the_order_of_the_library():
    assert box_of((102.0, 29.0, 106.0, 32.5), digits=1) == LatLonBox(south=29.0, west=102.0, north=32.5, east=106.0)
