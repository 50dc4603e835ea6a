"""Geocoding over HTTP."""

import pytest


def test_a_text_is_located(client):
    document = client.get("/api/geocode?q=仁寿县视高街道").get_json()
    assert document["adcode"] == "511421"
    assert [match["name"] for match in document["matches"]] == ["仁寿县", "视高街道"]


@pytest.mark.parametrize(("lang", "question"), [("zh", "哪个回龙镇？"), ("en", "Which 回龙镇?")])
def test_what_nothing_decides_is_asked_in_the_language_of_the_request(client, lang, question):
    document = client.get(f"/api/geocode?q=去回龙镇的路&lang={lang}").get_json()
    assert (document["adcode"], document["question"]) == (None, question)


def test_coordinates_are_located(client):
    assert client.get("/api/reverse?lon=104.39&lat=31.13").get_json()["county"]["id"] == "510603"


def test_coordinates_in_another_datum_are_converted(client):
    document = client.get("/api/reverse?lon=104.39&lat=31.13&datum=gcj02").get_json()
    assert document["lon"] == pytest.approx(104.3875, abs=0.002)
    assert document["lon"] != 104.39


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("/api/geocode", "q: 0 characters arrived"),
        (f"/api/geocode?q={'x' * 10_001}", "q: 10001 characters arrived"),
        ("/api/geocode?q=x&z=1", "z: unknown parameter; known are datum, lang, q"),
        ("/api/reverse?lon=x&lat=31", "lon: 'x' arrived; expected a number"),
        ("/api/reverse?lon=nan&lat=31", "lon: 'nan' arrived; expected a number"),
        ("/api/reverse?lon=31&lat=104", "did you mean 104.0,31.0?"),
        ("/api/reverse?lon=104&lat=31&datum=utm", "datum: unknown value 'utm'"),
    ],
)
def test_a_bad_request_says_what_arrived_and_what_was_expected(client, address, problem):
    response = client.get(address, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert any(problem in told for told in response.get_json()["problems"])


def test_all_problems_of_a_request_are_told_at_once(client):
    response = client.get("/api/reverse?lon=x&lat=y&datum=z&w=1", headers={"Accept": "application/json"})
    assert len(response.get_json()["problems"]) == 4


@pytest.mark.parametrize("parameter", ["lon", "lat", "linear_lon", "linear_lat"])
def test_the_limits_of_coordinates_are_declared_as_they_are_kept(client, parameter):
    document = client.get("/api/openapi.json").get_json()["components"]["parameters"][parameter]["schema"]
    kept = {"lon": (73, 136), "lat": (3, 54)}[parameter.removeprefix("linear_")]
    assert (document["minimum"], document["maximum"]) == kept


@pytest.mark.parametrize(
    ("place", "status"),
    [("lon=104&lat=5", 200), ("lon=73&lat=54", 200), ("lon=72.9&lat=30", 400), ("lon=104&lat=2.9", 400)],
)
def test_a_point_is_answered_up_to_the_declared_limits(client, place, status):
    assert client.get(f"/api/reverse?{place}").status_code == status
