"""Every failure: one shape, all problems at once, the remedy named, nothing internal."""

import re

import pytest

from geo.errors import SettingsError
from webapp.app import create_app
from webapp.settings import Settings, settings_from


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/exports/cases.geojson?theme=sports", 400),
        ("/exports/cases.geojson?colour=red", 400),
        ("/exports/cases.geojson?geometry=cube", 400),
        ("/exports/cases.geojson?bbox=1,2,3", 400),
        ("/exports/cases.geojson?year=soon", 400),
        ("/exports/belts.geojson?theme=ecology", 400),
        ("/exports/cases/A08.geojson?theme=ecology", 400),
        ("/map/results.json?x=1", 400),
        ("/exports/unknown.geojson", 404),
        ("/exports/cases/Z99.geojson", 404),
        ("/map/cases/Z99.json", 404),
    ],
)
def test_a_data_request_gets_a_problem_document(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.get_json(force=True)["problems"]


@pytest.mark.parametrize("lang", ["", "&lang=zh", "&lang=en", "&lang=fr"])
@pytest.mark.parametrize("path", ["/api/geocode?x=1", "/api/reverse?lon=1", "/exports/cases.geojson?x=1"])
def test_a_problem_document_is_in_one_language(client, path, lang):
    response = client.get(path + lang)
    assert response.headers["Content-Language"] == "en"
    assert response.get_json(force=True)["title"] == "The request cannot be understood"
    assert response.get_json(force=True)["detail"].isascii()


@pytest.mark.parametrize(
    ("lang", "tag", "title"), [("zh", "zh-CN", "无法理解这个请求"), ("en", "en", "The request cannot be understood")]
)
def test_a_page_says_in_which_language_the_problems_are(client, lang, tag, title):
    page = client.get(f"/cases?x=1&lang={lang}", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert f'<html lang="{tag}">' in page
    assert f"<h1>{title} <small>400</small></h1>" in page
    assert '<ul lang="en"><li>x: unknown parameter' in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/cases?theme=sports", 400),
        ("/cases?colour=red", 400),
        ("/cases?lang=fr", 400),
        ("/cases/Z99", 404),
        ("/nothing", 404),
        ("/exports/cases.xyz", 404),
    ],
)
def test_a_page_request_gets_a_page(client, path, status):
    response = client.get(path, headers={"Accept": "text/html"})
    assert response.status_code == status
    assert response.mimetype == "text/html"


@pytest.mark.parametrize("path", ["/cases/A08", "/about", "/map/cases/A08.json", "/cases", "/api/openapi.json"])
def test_two_languages_are_told_wherever_one_is_read(client, path):
    response = client.get(f"{path}?lang=en&lang=zh", headers={"Accept": "application/json"})
    assert response.get_json(force=True)["problems"] == ["lang: arrived 2 times; expected once"]


def test_all_problems_of_a_query_are_told_at_once(client):
    problems = client.get("/exports/cases.geojson?theme=sports&colour=red&year=x").get_json(force=True)["problems"]
    assert len(problems) == 3


def test_a_problem_names_what_would_be_right(client):
    (problem,) = client.get("/exports/cases.geojson?city=北京").get_json(force=True)["problems"]
    assert problem == "city: unknown value '北京'; known are 510100, 510600, 511400, 512000"


def test_hostile_parameters_stay_text(client):
    text = client.get("/cases?theme=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in text


def test_a_wrong_method_says_which_is_allowed(client):
    response = client.post("/cases")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_an_unexpected_failure_tells_nothing_internal(catalogue, monkeypatch):
    app = create_app(catalogue, Settings())
    monkeypatch.setattr("webapp.pages.routes._about_page", lambda *_: 1 / 0)
    response = app.test_client().get("/about")
    assert response.status_code == 500
    assert "division" not in response.get_data(as_text=True)


def test_unknown_and_unusable_settings_are_told_at_once():
    with pytest.raises(SettingsError) as caught:
        settings_from({"TONGCHENG_COLOUR": "red", "TONGCHENG_URL_PREFIX": "atlas/"})
    assert str(caught.value).count("\n") == 1


def test_settings_are_read_from_the_environment():
    assert settings_from({"TONGCHENG_REVIEW_NUMBER": "X 1", "PATH": "/bin"}) == Settings(review_number="X 1")


def test_a_page_leads_on_without_what_cannot_be_used(client):
    page = client.get("/cases?theme=ecology&certainty=located").get_data(as_text=True)
    (way_out,) = re.findall(r'class="button" href="([^"]*)"', page)
    assert way_out == "/cases?theme=ecology"
    assert client.get(way_out).status_code == 200
