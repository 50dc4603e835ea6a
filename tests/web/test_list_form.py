"""The form of the list, pressed as it stands, asks for the same."""

from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest

from geo.query import from_args

POLYGON = "103.5,30 105,30 105,31.5 103.5,31.5"


class Form(HTMLParser):
    """What a browser sends when the first form of a class is sent as it stands."""

    def __init__(self):
        super().__init__()
        self.sent, self._is_inside, self._select, self._chosen = [], False, None, None

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "form":
            self._is_inside = attributes.get("class") == "filters"
        elif tag == "select":
            self._select, self._chosen = attributes["name"], None
        elif tag == "option" and (self._chosen is None or "selected" in attributes):
            self._chosen = attributes["value"]
        elif tag == "input" and self._is_inside and (attributes.get("type") != "checkbox" or "checked" in attributes):
            self.sent.append((attributes["name"], attributes.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "select" and self._is_inside:
            self.sent.append((self._select, self._chosen))
        elif tag == "form":
            self._is_inside = False


def pressed(client, args):
    form = Form()
    form.feed(client.get(f"/cases?{urlencode(args)}").get_data(as_text=True))
    return form.sent


@pytest.mark.parametrize(
    "args",
    [
        [],
        [
            ("polygon", POLYGON),
            ("near", "transit_lines:S3"),
            ("near", "belts:chengdu-ziyang"),
            ("within_km", "49.9"),
            ("year", "2021,2022"),
        ],
        [("near", "counties:510113"), ("within_km", "12.3456789"), ("region", "include"), ("certainty", "applies")],
        [("near", "transit_lines:S3"), ("within_km", "0"), ("certainty", "located,possible")],
        [("theme", "ecology,opening"), ("min_precision", "county"), ("q", "成都 <b>"), ("bbox", "103,30,105,32")],
        [("belt", "chengdu-ziyang"), ("status", "planned,unknown"), ("membership", "named"), ("line", "S3")],
    ],
)
def test_what_was_asked_is_asked_again(client, catalogue, args):
    asked, again = (from_args(some, catalogue.vocabulary) for some in (args, pressed(client, args)))
    assert sorted(again.to_args()) == sorted(asked.to_args())


def test_a_feature_that_the_menu_lacks_stands_in_it(client):
    text = client.get("/cases?near=counties:510113&within_km=5").get_data(as_text=True)
    assert '<option value="counties:510113" selected>青白江区</option>' in text


def test_a_group_says_what_it_means_beside_its_count(client):
    text = client.get("/cases?county=510113&lang=en").get_data(as_text=True)
    assert 'title="The practice holds for a county or city that it reaches."' in text
