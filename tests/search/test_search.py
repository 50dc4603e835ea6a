"""Search: what is asked in Chinese, pinyin, initials or English is found."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.pinyin import syllables
from geo.query import CaseQuery
from geo.search import Document, SearchIndex, highlights, runs

# What people would type, and a case that must come out: Chinese, pinyin, initials, traditional signs, English.
QUERIES = [
    ("龙泉山", "G01"), ("龙泉山城市森林公园", "G01"), ("城市森林公园", "G01"), ("龍泉山", "G01"),
    ("longquanshan", "G01"),
    ("long quan shan", "G01"), ("longquans", "G01"), ("lqs", "G01"), ("forest park", "G01"), ("川芎", "A08"),
    ("chuanxiong", "D12"), ("彭什", "A08"), ("pengshi", "A08"), ("S3", "B01"), ("成资线", "B01"), ("资阳线", "B01"),
    ("suburban railway", "B01"), ("跨市公交", "B06"), ("bus", "B06"), ("断头路", "B04"), ("duantoulu", "B04"),
    ("老鹰水库", "F23"), ("水源地", "F23"), ("银政通", "H04"), ("yinzhengtong", "H04"), ("144小时", "E06"),
    ("A08", "A08"), ("shifang", "A08"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "case_id"), QUERIES, ids=[text for text, _ in QUERIES])
def test_what_people_type_finds_the_case(catalogue, text, case_id):
    assert case_id in [case.id for case in catalogue.select(CaseQuery(q=text))]


INDEX = SearchIndex(
    [
        Document("桥", "", "很久以前这里有龙泉"),
        Document("龙泉的桥", "龙泉驿区", ""),
        Document("Bridges", "", "a long bridge"),
    ]
)


def test_a_title_ranks_above_a_text():
    assert INDEX.ranked("龙泉").tolist() == [1, 0]


def test_everything_asked_for_must_be_there():
    assert INDEX.ranked("龙泉 以前").tolist() == [0]


@pytest.mark.parametrize("text", ["NEAR", "a OR", '"', "*", "龙泉)", "col:x", "-", "^", "'; DROP TABLE found"])
def test_signs_of_the_query_language_are_plain_text(text):
    assert len(INDEX.search(text)) <= 3


@given(st.text(max_size=50))
def test_any_text_is_an_answer(text):
    assert set(INDEX.search(text).tolist()) == set(INDEX.ranked(text).tolist())


@pytest.mark.parametrize(
    ("text", "searched", "expected"),
    [
        ("建设龙泉山公园", "龙泉山", [(2, 5)]),
        ("建设龙泉山公园", "longquan", [(2, 4)]),
        ("建设龙泉山公园", "lqs", [(2, 5)]),
        ("建设龙泉山公园", "龍泉山", [(2, 5)]),
        ("The S3 line", "s3", [(4, 6)]),
        ("桥", "河", []),
        ("", "河", []),
    ],
)
def test_what_was_found_is_marked(text, searched, expected):
    assert highlights(text, searched) == expected


@given(st.text(max_size=40), st.text(max_size=10))
def test_marks_lie_inside_the_text_in_order_and_apart(text, searched):
    spans = highlights(text, searched)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] < b[0] for a, b in itertools.pairwise(spans))


@given(st.text(max_size=40))
def test_stretches_lie_where_they_say(text):
    assert all(len(text[run.start : run.start + len(run.text)]) == len(run.text) for run in runs(text))


def test_counties_are_read_as_their_english_names_say(catalogue):
    read = {c.id: "".join(syllables(c.name.zh[:-1], catalogue.readings)) for c in catalogue.layer("counties")}
    told = {c.id: c.name.en.split()[0].lower().replace("'", "") for c in catalogue.layer("counties")}
    assert read == told
