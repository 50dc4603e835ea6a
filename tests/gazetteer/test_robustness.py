"""Whatever arrives is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.divisions import city_of
from geo.gazetteer.batch.columns import answer_row
from geo.gazetteer.documents import geocode_document

NAMES = [
    "成都市",
    "新津縣",
    "天府",
    "兴隆",
    "龙泉山",
    "、",
    "与",
    "路",
    "站",
    "彭什",
    "石羊镇",
    "遂宁站",
    "\ud800",
    "😀",
    "Ａ",
    "\x00",
    " ",
]
texts = st.one_of(st.text(max_size=200), st.text(st.characters(categories=["Cs", "Lo", "So"]), max_size=50))
mixtures = st.lists(st.sampled_from(NAMES), max_size=30).map("".join)


@given(st.one_of(texts, mixtures))
def test_any_text_is_answered_with_spans_inside_it(gazetteer, text):
    spans = [match.span for match in gazetteer.locate(text)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(mixtures)
def test_confidence_is_between_0_and_1_and_shares_sum_to_1(gazetteer, text):
    matches = gazetteer.locate(text)
    assert all(0 < match.confidence <= 1 for match in matches)
    assert all(abs(sum(match.shares) - 1) < 0.002 for match in matches if match.shares)


@given(mixtures)
def test_the_best_code_is_one_of_the_matches(gazetteer, text):
    document = geocode_document(gazetteer.locate(text))
    found = {code for match in document["matches"] for code in match["adcodes"]}
    assert document["adcode"] is None or document["adcode"] in {*found, *map(city_of, found)}


@given(mixtures)
def test_the_row_of_a_table_says_what_the_document_says(gazetteer, text):
    locations = gazetteer.locate(text)
    document, row = geocode_document(locations), answer_row(locations)
    assert all(row[name] == document[name] for name in ("adcode", "adcodes", "lon", "lat"))
    assert not document["adcode"] or document["radius_m"] == row["radius_m"]


@pytest.mark.parametrize("unit", ["德阳市", "成", "、", "兴隆", "\ud800"])
def test_a_text_of_100_000_characters_is_answered(gazetteer, unit):
    text = (unit * 100_000)[:100_000]
    assert isinstance(geocode_document(gazetteer.locate(text)), dict)
