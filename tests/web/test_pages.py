"""Pages: they say what is known, in both languages, without JavaScript."""

import dataclasses
import html
import json
import re

import pytest

from geo.case import Membership
from geo.text import LocalText
from webapp.app import create_app
from webapp.settings import Settings

PAGES = ("/", "/cases", "/cases/A08", "/about")


def text_of(response):
    return html.unescape(response.get_data(as_text=True))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_answers_in_both_languages(client, path, lang):
    response = client.get(path, query_string={"lang": lang})
    assert response.status_code == 200
    assert f'<html lang="{"zh-CN" if lang == "zh" else "en"}">' in text_of(response)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_inline_script_or_style(client, path):
    text = text_of(client.get(path))
    data = ("application/json", "application/ld+json")  # browsers do not run these
    inline = [
        tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and not any(d in tag for d in data)
    ]
    assert inline == []
    assert not re.search(r"<style|\sstyle=|\son\w+=", text)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_loads_from_another_host(client, path):
    text = text_of(client.get(path))
    assert re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?//(?!localhost/)', text) == []


def test_the_policy_allows_own_scripts_only(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy


def test_the_list_carries_the_number_of_matching_cases(client):
    assert 'data-count="15"' in text_of(client.get("/cases"))
    assert 'data-count="2"' in text_of(client.get("/cases?theme=ecology"))


def test_the_list_keeps_its_conditions_in_the_export_link(client):
    assert "/exports/cases.geojson?theme=ecology" in text_of(client.get("/cases?theme=ecology"))


def test_a_list_without_a_match_says_so(client):
    response = client.get("/cases?theme=opening&status=completed")
    assert 'data-count="0"' in text_of(response)
    assert "没有符合全部条件的案例" in text_of(response)


def test_the_case_page_says_how_each_place_is_known(client):
    text = text_of(client.get("/cases/A08"))
    assert "敖平镇" in text
    assert "± 3.7 km" in text
    assert "示意" in text


def test_the_case_page_says_that_the_title_is_ours(client):
    assert "标题为本图所拟" in text_of(client.get("/cases/A08"))
    assert "其官方标题是否在100项之列未知。 标题为本图所拟。" in text_of(client.get("/cases/D01"))


def test_related_records_of_one_practice_point_to_each_other(client):
    assert 'href="/cases/D12"' in text_of(client.get("/cases/A08"))


def test_the_about_page_shows_official_counts_beside_ours(client):
    text = text_of(client.get("/about?lang=en"))
    assert "None is confirmed by the official list" in text
    assert "<td>100</td><td>9</td><td>6</td>" in text


@pytest.fixture(scope="module")
def with_confirmed(catalogue):
    """Serve a catalogue of which the published list holds two cases."""
    listed = {
        name: dataclasses.replace(
            catalogue.case(name), case=dataclasses.replace(catalogue.case(name).case, membership=Membership.CONFIRMED)
        )
        for name in ("A08", "B01")
    }
    return create_app(dataclasses.replace(catalogue, cases={**catalogue.cases, **listed})).test_client()


@pytest.mark.parametrize("address", ["/", "/cases", "/about", "/coverage"])
def test_readers_are_told_how_many_cases_the_official_list_confirms(client, with_confirmed, address):
    assert "没有一项经官方名单确认。" in text_of(client.get(address))
    assert "None is confirmed by the official list." in text_of(client.get(f"{address}?lang=en"))
    assert "经官方名单确认：2项。" in text_of(with_confirmed.get(address))
    told = text_of(with_confirmed.get(f"{address}?lang=en"))
    assert "Confirmed by the official list: 2." in told
    assert "None is confirmed" not in told


def test_the_language_link_keeps_every_other_parameter(client):
    text = text_of(client.get("/cases?theme=ecology&lang=en"))
    assert 'href="/cases?theme=ecology"' in text


def test_the_health_check_answers(client, catalogue):
    layers = len(catalogue.layers)
    assert client.get("/healthz").get_json() == {"status": "ok", "cases": 15, "layers": layers}


def test_a_page_that_has_not_changed_is_not_sent_again(client):
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""


def test_pages_are_compressed(client):
    assert client.get("/", headers={"Accept-Encoding": "br"}).headers["Content-Encoding"] == "br"


def test_the_site_works_under_a_proxy_prefix(client):
    text = text_of(client.get("/cases", headers={"X-Forwarded-Prefix": "/atlas"}))
    assert 'href="/atlas/cases/A01"' in text
    assert 'href="/atlas/assets/' in text


def test_a_search_for_the_marks_of_the_page_itself_breaks_nothing(client):
    text = text_of(client.get("/?q=@@results@@"))
    state = re.search(r'id="map-state">(.*?)</script>', text)[1]
    assert json.loads(state)["args"] == [["q", "@@results@@"]]


def test_a_title_without_english_is_shown_in_chinese(catalogue):
    located = catalogue.case("A08")
    case = dataclasses.replace(located.case, title=LocalText("只有中文的标题"))
    cases = {**catalogue.cases, "A08": dataclasses.replace(located, case=case)}
    changed = dataclasses.replace(catalogue, cases=cases)
    client = create_app(changed, Settings()).test_client()
    assert "只有中文的标题" in text_of(client.get("/cases?lang=en"))
    assert client.get("/map/cases/A08.json?lang=en").get_json()["title"] == {
        "text": "只有中文的标题",
        "translated": False,
    }
