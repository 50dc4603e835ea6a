"""The strip chart: each label has room, by a rough width of its text."""

import re
from itertools import product

import pytest

LINES = ["expressways/R2", "transit_lines/S3", "corridors/chengdu-ziyang-opening"]
BAR = re.compile(r"<a href=[^>]*><title>.*?</a>", re.DOTALL)
LABEL = re.compile(r'<text class="case-id" x="([^"]*)" y="([^"]*)" text-anchor="(start|end)">([^<]*)</text>')
SPAN = re.compile(r'<rect [^>]*x="([^"]*)" y="([^"]*)" width="([^"]*)"')


def box_of(label):
    x, y, anchor, text = label
    wide = len(re.findall(r"[\u2000-\uffff]", text))
    width = 12 * wide + 7 * (len(text) - wide)
    west = float(x) if anchor == "start" else float(x) - width
    return west, float(y) - 9, west + width, float(y)


@pytest.fixture(params=product(LINES, ["zh", "en"]), ids="-".join)
def bars(request, client):
    """The boxes of label and spans of each bar: west, top, east, bottom, in the units of a chart that is 960 wide."""
    line, lang = request.param
    page = client.get(f"/layers/{line}?lang={lang}").get_data(as_text=True)
    assert 'viewBox="0 0 960 ' in page
    return [
        (
            box_of(LABEL.search(bar).groups()),
            [(float(x), float(y), float(x) + float(w), float(y) + 10) for x, y, w in SPAN.findall(bar)],
        )
        for bar in BAR.findall(page)
    ]


def test_no_label_leaves_the_chart(bars):
    assert bars
    assert [label for label, _ in bars if label[0] < 0 or label[2] > 960] == []


def overlap(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def test_no_label_lies_on_a_bar(bars):
    spans = [span for _, spans in bars for span in spans]
    assert [label for label, _ in bars if any(overlap(label, span) for span in spans)] == []


def test_no_label_lies_on_another(bars):
    labels = [label for label, _ in bars]
    assert [label for label in labels if sum(overlap(label, other) for other in labels) > 1] == []
