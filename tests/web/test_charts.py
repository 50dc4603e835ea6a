"""The strip chart of a line, measured by its own scale."""

import re

import pytest

_NUMBER = r"([\d.]+)"


@pytest.fixture
def chart(client):
    page = client.get("/layers/transit_lines/S3").get_data(as_text=True)
    return re.search(r'<figure class="chart">(.*?)</figure>', page, re.DOTALL)[1]


def test_a_bar_begins_and_ends_where_the_scale_shows_its_kilometres(chart):
    ticks = {int(km): float(x) for x, km in re.findall(r'class="km" x="([\d.]+)"[^>]*>(\d+)<', chart)}
    px_a_km = (ticks[max(ticks)] - ticks[0]) / max(ticks)
    bar = rf'{_NUMBER}–{_NUMBER} km</title><rect class="bar [^"]*" x="{_NUMBER}" y="\d+" width="{_NUMBER}"'
    bars = re.findall(bar, chart)
    begins = [(float(x) - ticks[0]) / px_a_km for _, _, x, _ in bars]
    ends = [(float(x) + float(width) - ticks[0]) / px_a_km for _, _, x, width in bars]
    assert bars
    assert begins == pytest.approx([float(first) for first, *_ in bars], abs=0.1)
    assert ends == pytest.approx([float(last) for _, last, *_ in bars], abs=0.1)
