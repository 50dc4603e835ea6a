"""The strip chart of a line, measured by its own scale."""

import re

import pytest

_RECTANGLE = r'x="([\d.]+)" y="\d+" width="([\d.]+)"'


@pytest.fixture(params=["transit_lines/S3", "expressways/R2"])
def chart(request, client):
    page = client.get(f"/layers/{request.param}").get_data(as_text=True)
    return re.search(r'<figure class="chart">(.*?)</figure>', page, re.DOTALL)[1]


def test_a_bar_begins_and_ends_where_the_scale_shows_its_kilometres(chart):
    ticks = {int(km): float(x) for x, km in re.findall(r'class="km" x="([\d.]+)"[^>]*>(\d+)<', chart)}
    px_a_km = (ticks[max(ticks)] - ticks[0]) / max(ticks)
    bars = re.findall(r"<title>[^<]*: ([^<:]*) km</title>(.*?)<text", chart, re.DOTALL)
    told = [float(km) for text, _ in bars for piece in text.split(", ") for km in (piece.split("–") * 2)[:2]]
    drawn = [(float(x), float(width)) for _, rects in bars for x, width in re.findall(_RECTANGLE, rects)]
    ends = [(x - ticks[0]) / px_a_km for start, width in drawn for x in (start, start + width)]
    assert len(told) > 2
    assert ends == pytest.approx(told, abs=0.3)  # a bar is at least as wide as can be seen
