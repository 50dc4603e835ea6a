"""A moved case leads to its new address; a withdrawn one says why it is gone."""

import dataclasses
import html

import pytest

from geo.case import Retired
from geo.text import LocalText
from webapp.app import create_app
from webapp.settings import Settings


@pytest.fixture(scope="module")
def client(catalogue):
    retired = {
        "A98": Retired("A98", "2026-11-25", "test", reason=LocalText("<b>重复</b>", "<b>Twice</b>")),
        "A99": Retired("A99", "2026-11-25", "test", moved_to="A08"),
    }
    return create_app(dataclasses.replace(catalogue, retired=retired), Settings()).test_client()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/cases/A99", "/cases/A08"),
        ("/cases/A99?lang=en", "/cases/A08?lang=en"),
        ("/exports/cases/A99.geojson?geometry=footprint", "/exports/cases/A08.geojson?geometry=footprint"),
        ("/api/collections/cases/items/A99?f=json&lang=en", "/api/collections/cases/items/A08?f=json&lang=en"),
        ("/og/A99.png", "/og/A08.png"),
        ("/map/cases/A99.json?lang=en&theme=ecology", "/map/cases/A08.json?lang=en&theme=ecology"),
    ],
)
def test_a_moved_case_leads_to_its_new_address_with_the_query(client, old, new):
    response = client.get(old)
    assert response.status_code == 301
    assert response.headers["Location"] == new


def test_the_new_address_keeps_the_prefix_of_a_proxy(client):
    response = client.get("/cases/A99", headers={"X-Forwarded-Prefix": "/atlas"})
    assert response.headers["Location"] == "/atlas/cases/A08"


def test_the_new_address_answers(client):
    assert client.get("/cases/A99?lang=en", follow_redirects=True).status_code == 200


@pytest.mark.parametrize(("lang", "reason"), [("zh", "<b>重复</b>"), ("en", "<b>Twice</b>")])
def test_a_withdrawn_case_answers_with_a_page_that_says_why(client, lang, reason):
    response = client.get(f"/cases/A98?lang={lang}", headers={"Accept": "text/html"})
    assert response.status_code == 410
    assert html.escape(reason) in response.get_data(as_text=True)
    assert reason not in response.get_data(as_text=True)


TOLD = {
    "en": ("en", "This case was withdrawn", "The case A98 was withdrawn on 2026-11-25: <b>Twice</b>"),
    "zh": ("zh-CN", "此案例已撤下", "案例A98已于2026-11-25撤下：<b>重复</b>"),
}


@pytest.mark.parametrize("lang", TOLD)
@pytest.mark.parametrize(
    "path", ["/exports/cases/A98.geojson", "/map/cases/A98.json", "/api/collections/cases/items/A98"]
)
def test_data_of_a_withdrawn_case_answers_with_a_problem_that_says_why(client, path, lang):
    response = client.get(f"{path}?lang={lang}")
    assert response.status_code == 410
    assert response.mimetype == "application/problem+json"
    document = response.get_json(force=True)
    assert (response.headers["Content-Language"], document["title"], *document["problems"]) == TOLD[lang]


def test_the_map_opens_a_moved_case_by_its_old_id(client):
    assert '"open":"case:A08"' in client.get("/?open=case:A99").get_data(as_text=True)
