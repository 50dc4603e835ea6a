"""Cards beside links and frames in other pages: drawn from the map, kept in bounds."""

import dataclasses
import html
import io
import re
import threading
import xml.etree.ElementTree as ET

import pytest
from PIL import Image
from werkzeug.exceptions import ServiceUnavailable

from geo.text import LocalText
from webapp.discovery import head as pictures_module
from webapp.discovery.head import Pictures
from webapp.discovery.oembed import Asked, oembed_document

PROXY = {"X-Forwarded-Prefix": "/atlas", "X-Forwarded-Proto": "https", "Host": "maps.example"}


def parsed(body):
    return ET.fromstring(body)  # noqa: S314  our own answer


def problems_of(client, path, status=400):
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    return response.get_json(force=True)["problems"]


# Cards


@pytest.mark.parametrize("path", ["/og/home.png", "/og/A08.png?lang=en", "/og/A01.png"])
def test_a_card_is_a_picture_of_the_size_it_is_said_to_have(client, path):
    assert Image.open(io.BytesIO(client.get(path).data)).size == (1200, 630)


def test_cards_of_two_cases_differ(client):
    assert client.get("/og/A08.png").data != client.get("/og/A01.png").data


@pytest.mark.parametrize("path", ["/og/Z99.png", "/og/..png", "/og/home.jpg"])
def test_there_is_no_card_of_nothing(client, path):
    assert client.get(path).status_code == 404


def test_a_card_is_drawn_once_and_the_oldest_goes_first():
    drawn = []
    pictures = Pictures(lambda name, lang: drawn.append(name) or f"{name} {lang}".encode(), most=2)
    names = ["a", "a", "b", "a", "c", "b", "a"]
    assert [pictures.picture(name, "zh") for name in names] == [f"{name} zh".encode() for name in names]
    assert drawn == ["a", "b", "c", "a"]


def test_one_card_is_drawn_at_a_time_and_a_crowd_is_sent_away(monkeypatch):
    monkeypatch.setattr(pictures_module, "_PATIENCE_S", 0.01)
    begun, may_end = threading.Event(), threading.Event()

    def slowly(_name, _lang):
        begun.set()
        may_end.wait(10)
        return b"drawn"

    pictures = Pictures(slowly)
    first = threading.Thread(target=pictures.picture, args=("a", "zh"))
    first.start()
    begun.wait(10)
    with pytest.raises(ServiceUnavailable):
        pictures.picture("b", "zh")
    may_end.set()
    first.join()
    assert pictures.picture("a", "zh") == b"drawn"


# oEmbed


def test_a_case_can_be_framed(client):
    document = client.get("/oembed?url=http://localhost/cases/A08%3Flang%3Den&maxwidth=400").get_json()
    assert (document["version"], document["type"]) == ("1.0", "rich")
    assert (document["width"], document["height"]) == (400, 600)
    assert 'src="http://localhost/?embed=1&amp;open=case:A08&amp;lang=en"' in document["html"]
    assert document["thumbnail_url"] == "http://localhost/og/A08.png?lang=en"


def test_a_title_cannot_leave_the_frame_that_it_names(app, catalogue):
    located = catalogue.case("A08")
    case = dataclasses.replace(located.case, title=LocalText("""A"B'C<script>&"""))
    hostile = dataclasses.replace(catalogue, cases={"A08": dataclasses.replace(located, case=case)})
    with app.test_request_context("/oembed"):
        document = oembed_document(hostile, Asked("pages.case", {"case_id": "A08"}, "zh", 800, 600))
    assert 'title="A&quot;B&#x27;C&lt;script&gt;&amp;" loading=' in document["html"]


def test_the_frame_may_be_shown_by_other_sites(client):
    document = client.get("/oembed?url=http://localhost/layers/belts/chengdu-ziyang").get_json()
    address = html.unescape(re.search(r'src="([^"]+)"', document["html"])[1])
    response = client.get(address)
    assert response.status_code == 200
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert '"open":"belts:chengdu-ziyang"' in response.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/cases/A08", "/layers/belts/chengdu-ziyang"])
def test_a_page_that_can_be_framed_leads_to_its_frame(client, path):
    text = client.get(path).get_data(as_text=True)
    (address,) = re.findall(r'type="application/json\+oembed" href="([^"]+)"', text)
    assert client.get(html.unescape(address)).get_json()["title"]


def test_a_frame_as_xml_says_the_same(client):
    as_json = client.get("/oembed?url=http://localhost/cases/A08").get_json()
    root = parsed(client.get("/oembed?url=http://localhost/cases/A08&format=xml").data)
    assert {child.tag: child.text for child in root} == {name: str(value) for name, value in as_json.items()}


def test_a_frame_under_a_proxy_prefix_stays_below_it(client):
    path = "/oembed?url=https://maps.example/atlas/cases/A08"
    assert 'src="https://maps.example/atlas/?embed=1' in client.get(path, headers=PROXY).get_json()["html"]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "x",
        "http://elsewhere.example/cases/A08",
        "javascript:alert(1)",
        "http://localhost:99/",
        "http://[",
        "//localhost/",
    ],
)
def test_an_address_that_is_not_ours_is_refused(client, url):
    (problem,) = problems_of(client, f"/oembed?url={url}")
    assert problem.startswith("url: arrived")


@pytest.mark.parametrize("path", ["/about", "/cases/Z99", "/nothing", "/exports/cases.geojson", "/layers/belts/none"])
def test_a_page_that_cannot_be_framed_is_not_found(client, path):
    assert problems_of(client, f"/oembed?url=http://localhost{path}", 404)


def test_a_form_that_oembed_does_not_know_is_not_implemented(client):
    assert problems_of(client, "/oembed?url=http://localhost/&format=yaml", 501) == [
        "format: arrived 'yaml'; known are json, xml"
    ]


def test_all_problems_of_a_request_are_told_at_once(client):
    assert len(problems_of(client, "/oembed?url=x&maxwidth=0&maxheight=-1&colour=red")) == 4
