"""What the map fetches: results, marks, outlines, layers, details; and how it reads its address."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fields import FIELDS
from webapp.app import create_app
from webapp.map.view_state import STATE_NAMES, read_state
from webapp.settings import Settings

WHOLE = "102,29,106,32.5"


def brought(client, name, address):
    text = client.get(address).get_data(as_text=True)
    return json.loads(re.search(rf'id="map-{name}">(.*?)</script>', text).group(1))


def test_the_page_brings_its_state_and_its_first_results(client):
    assert brought(client, "state", "/?theme=ecology")["args"] == [["theme", "ecology"]]
    assert brought(client, "results", "/?theme=ecology")["matched"] == 2


def test_short_names_say_the_same(client):
    short = brought(client, "state", "/?t=ecology&n=transit_lines:S3&k=5&i=case:A08&v=9/30.6/104.1&w=belts")
    long = "/?theme=ecology&near=transit_lines:S3&within_km=5&open=case:A08&view=9/30.6/104.1&layers=belts"
    assert short == brought(client, "state", long)


def test_what_of_the_address_was_left_out_is_told_in_the_language_of_the_page(client):
    address = "/?theme=sports&nope=1&view=abc&within_km=5"
    assert brought(client, "state", address)["problems"] == [
        "nope：未知参数",
        "主题 (theme)：“sports”无法使用",
        "view：“abc”无法使用",
        "公里以内 (within_km)：无法使用",
    ]
    assert "known are layout" in brought(client, "state", f"{address}&lang=en")["problems"][1]
    assert brought(client, "state", "/?lang=fr")["problems"] == ["lang：“fr”无法使用"]


def test_every_name_has_one_short_name():
    names = [*(field.short for field in FIELDS.values()), *STATE_NAMES.values()]
    assert len(set(names)) == len(names)
    assert not set(names) & ({*FIELDS, *STATE_NAMES} - {"q", "embed", "lang"})


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/?theme=sports&city=510100", "theme: unknown value 'sports'"),
        ("/?colour=red", "colour: unknown parameter"),
        ("/?view=9/abc", "view: '9/abc' arrived"),
        ("/?layers=belts,roads", "layers: no layer has the id 'roads'"),
        ("/?open=case:Z99", "open: 'case:Z99' is nowhere"),
        ("/?tour=moon", "tour: 'moon' is nowhere"),
        ("/?tour=belts.²", "tour: 'belts.²' is nowhere"),
        ("/?tour=belts.00012", "tour: 'belts.00012' is nowhere"),
        ("/?view=9/3_0.6/104.1", "view: '9/3_0.6/104.1' arrived"),
        ("/?base=google", "base: unknown value 'google'"),
        ("/?within_km=5", "within_km: needs near"),
    ],
)
def test_a_part_of_the_address_that_cannot_be_used_is_left_out_and_told(client, address, told):
    (problem,) = brought(client, "state", f"{address}&lang=en")["problems"]
    assert problem.startswith(told)


def test_a_layer_named_many_times_is_one_layer(client):
    once = client.get("/map/layers/belts,cities.json").data
    assert client.get(f"/map/layers/belts,{'cities,' * 500}belts.json").data == once
    assert brought(client, "state", f"/?layers=belts,{'cities,' * 500}belts")["layers"] == ["belts", "cities"]


@pytest.mark.parametrize("address", ["results.json?offset=1_0", "marks.json?zoom=1_0&window=103,30,105,31"])
def test_numbers_of_the_map_are_plain(client, address):
    assert client.get(f"/map/{address}").status_code == 400


def test_rows_beyond_every_case_are_none(client):
    assert client.get(f"/map/results.json?offset={'9' * 4400}").get_json()["cases"] == []


def test_what_can_be_used_of_an_address_is_kept(client):
    assert brought(client, "state", "/?theme=sports&city=510100")["args"] == [["city", "510100"]]


@given(st.lists(st.tuples(st.sampled_from([*STATE_NAMES, "q", "theme", "bbox", "polygon", "x"]), st.text(max_size=20))))
def test_any_address_gives_a_state(catalogue, args):
    state = read_state(catalogue, args)
    assert state.document([]).problems == []


def test_an_address_never_leaves_a_trace_in_the_page_of_the_next_visitor(client):
    client.get("/?evil=<b>&embed=1")
    client.get("/?evil=<b>")
    assert "evil" not in client.get("/").get_data(as_text=True)


def test_an_embedded_map_may_stand_in_any_frame_and_other_pages_may_not(client):
    assert "frame-ancestors *" in client.get("/?embed=1").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "query", ["", "theme=ecology", "near=transit_lines:S3&within_km=5", "q=公交", "precision=region"]
)
def test_counts_agree_between_results_marks_and_api(client, query):
    results = client.get(f"/map/results.json?{query}").get_json()
    marks = client.get(f"/map/marks.json?{query}&zoom=10&window={WHOLE}").get_json()
    on_map = len(marks["cases"]) + sum(sum(cluster["themes"].values()) for cluster in marks["clusters"])
    assert on_map == results["located"]
    assert results["located"] + results["region_wide"] == results["matched"]
    assert client.get(f"/api/collections/cases/items?{query}&limit=1").get_json()["numberMatched"] == results["matched"]


@pytest.fixture
def pieces(catalogue, monkeypatch):
    """The rows of all cases in the pieces in which they come."""
    monkeypatch.setattr("webapp.map.results.PAGE_SIZE", 6)
    client = create_app(catalogue, Settings()).test_client()
    return [client.get(f"/map/results.json?offset={offset}").get_json()["cases"] for offset in (0, 6, 12)]


def test_the_rows_of_all_pieces_are_all_cases_each_once(pieces):
    ids = [row["id"] for piece in pieces for row in piece]
    assert [len(piece) for piece in pieces] == [6, 6, 3]
    assert len(set(ids)) == 15


def test_cases_with_a_place_come_before_those_of_the_whole_region(pieces):
    regions = [row["region"] for piece in pieces for row in piece]
    assert regions == [False] * 13 + [True] * 2


def test_nothing_found_offers_the_nearest_changes(client):
    found = client.get("/map/results.json?near=lakes:heilongtan&within_km=0&theme=governance").get_json()
    assert found["matched"] == 0
    assert all(change["count"] > 0 for change in found["relaxations"])
    assert {change["name"] for change in found["relaxations"]} >= {"near", "theme"}


def test_a_chip_names_its_condition(client):
    found = client.get("/map/results.json?near=transit_lines:S3&within_km=5&lang=en").get_json()
    assert [chip["label"] for chip in found["chips"]] == ["Near: Chengdu–Ziyang Line (S3) ≤ 5 km"]


def test_outlines_stand_once_for_each_shape(client):
    found = client.get("/map/outlines.json").get_json()
    drawn = {json.dumps([outline["radius_m"], outline["shape"]]) for outline in found["shapes"]}
    assert len(drawn) == len(found["shapes"])
    assert {case for outline in found["shapes"] for case in outline["cases"]} <= set(found["cases"])


@pytest.mark.parametrize(
    "name", ["base", "choices", "tours", "layers/belts,eco_zones", "features/belts/chengdu-deyang", "cases/A08"]
)
def test_data_that_no_query_changes_is_kept_until_it_changes(client, name):
    first = client.get(f"/map/{name}.json")
    assert first.status_code == 200
    again = client.get(f"/map/{name}.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/map/marks.json?zoom=x&window=1,2&theme=sports", 400),
        ("/map/results.json?offset=-1", 400),
        ("/map/layers/roads.json", 404),
        ("/map/features/belts/none.json", 404),
        ("/map/base.json?theme=sports", 400),
    ],
)
def test_data_that_cannot_be_answered_is_a_problem_document(client, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"


def test_all_problems_of_a_request_for_marks_are_told_at_once(client):
    problems = client.get("/map/marks.json?zoom=x&window=1,2&theme=sports").get_json(force=True)["problems"]
    assert len(problems) == 3


def test_other_maps_get_the_datum_they_use(client):
    maps = {one["datum"]: one for one in client.get("/map/cases/B01.json").get_json()["elsewhere"]}
    assert set(maps) == {"CGCS2000", "GCJ-02", "BD-09"}
    assert maps["GCJ-02"]["position"].replace(",", "%2C") in maps["GCJ-02"]["url"]
    assert maps["GCJ-02"]["position"] != maps["CGCS2000"]["position"]


def test_a_case_tells_which_cases_are_related_and_why(client):
    related = client.get("/map/cases/A08.json?lang=en").get_json()["related"]
    assert {"same place", "same theme"} <= {one["why"] for one in related}


def test_every_tour_has_steps_in_both_languages(client):
    tours = client.get("/map/tours.json?lang=en").get_json()
    assert len(tours) >= 5
    assert all(step["text"].isascii() or "公交" in step["text"] or "–" in step["text"] or "²" in step["text"]
               for tour in tours for step in tour["steps"])  # fmt: skip


def test_a_citation_names_case_title_and_address(client):
    citation = client.get("/map/cases/B01.json?lang=en").get_json()["citation"]
    assert "B01" in citation
    assert citation.endswith("http://localhost/cases/B01?lang=en")


def test_an_arrow_has_no_name_in_a_language_that_the_record_does_not_speak(client):
    lines = client.get("/map/layers/expressways.json?lang=en").get_json()["expressways"]
    ends = [end["name"] for line in lines for end in line["line"]["ends"]]
    assert ends
    assert [name for name in ends if name and not name.isascii()] == []
