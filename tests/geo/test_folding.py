"""Texts are folded to be compared, and every span of a folded text is known in the text as it came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folding import folded, normalise


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ｓ３线", "S3线"),
        ("天府大道８８号", "天府大道88号"),
        ("什邡縣資陽區", "什邡县资阳区"),
        ("⻘⽩江⼤弯", "青白江大弯"),
        ("⻰泉驿⻋站", "龙泉驿车站"),
        ("⻄岭雪⼭", "西岭雪山"),
        ("彭\u200b州\ufeff市", "彭州市"),
        ("蒲\xad江\u2060县", "蒲江县"),
        ("\u202e崇州市\u202c", "崇州市"),
        ("邛\ufe0f崃", "邛崃"),
        ("新 津 区 花 源 镇", "新津区花源镇"),
        ("眉\u3000山\u3000市", "眉山市"),
        ("大\xa0邑\xa0\xa0县", "大邑县"),
        ("彭州市濛 阳 街 道", "彭州市濛阳街道"),
        ("金 \u200b堂 县", "金堂县"),
    ],
)
def test_what_is_typed_is_read_as_meant(typed, meant):
    assert folded(typed).text == normalise(meant)


@pytest.mark.parametrize(
    "text", ["", "四川 德阳 中江", "A 座", "Deyang City", "第 3 号", "（绵竹），罗江：", "①②", "\u3000中江", "中江 "]
)
def test_what_needs_no_folding_stays(text):
    assert folded(text) == (text, ())


def test_a_span_is_mapped_to_the_text_as_it_came():
    typed = "住在彭\u200b 州 市里"
    reading = folded(typed)
    start = reading.text.index("彭州市")
    assert reading.span(start, start + 3) == (2, 8)


signs = st.sampled_from(
    [
        "彭",
        "州",
        "資",
        "⻘",
        "Ｓ",
        "３",
        "a",
        "é",
        "，",
        " ",
        "\u3000",
        "\xa0",
        "\u200b",
        "\xad",
        "\ufeff",
        "\ud800",
        "😀",
        "\n",
    ]
)
texts = st.one_of(st.text(), st.lists(signs).map("".join))


@given(texts)
def test_normalising_moves_no_character(text):
    assert len(normalise(text)) == len(text)


@given(texts)
def test_folding_twice_is_folding_once(text):
    once = normalise(text)
    assert normalise(once) == once


@given(texts, st.data())
def test_every_span_folds_to_what_was_read_there(text, data):
    reading = folded(text)
    if reading.text:
        start = data.draw(st.integers(0, len(reading.text) - 1))
        end = data.draw(st.integers(start + 1, len(reading.text)))
        left, right = reading.span(start, end)
        assert 0 <= left < right <= len(text)
        assert [normalise(text[reading.span(at, at + 1)[0]]) for at in range(start, end)] == list(
            reading.text[start:end]
        )


@given(texts)
def test_a_plain_text_is_given_back_as_it_is(text):
    reading = folded(text)
    assert reading.kept or len(reading.text) in {0, len(text)}  # 0: nothing in it is seen
