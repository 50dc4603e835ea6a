"""How often words stand, as it is shipped and as it is read."""

import gzip
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folding import normalise
from geo.gazetteer import lexicon
from geo.gazetteer.lexicon import Words, load_words, word_file

han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def words():
    return load_words()


def read(content):
    total, *lines = gzip.decompress(content).decode().splitlines()
    return Words(int(total), lines)


@given(st.dictionaries(han, st.integers(1, 10**8), min_size=1))
def test_words_are_read_back_with_the_logarithm_of_their_count(counts):
    found = read(word_file(counts))
    assert found.keys() == counts.keys()
    assert len(found) == len(counts)
    assert max(abs(found[one] / 4 - math.log(counts[one])) for one in counts) <= 0.125
    assert found.total == round(4 * math.log(sum(counts.values())))


def test_the_same_words_give_the_same_file_in_any_order():
    assert word_file({"推广": 3, "推": 1}) == word_file({"推": 1, "推广": 3})


def test_what_is_too_long_counts_in_the_total_only():
    found = read(word_file({"推广": 1, "中华人民共和国": 1_000_000}))
    assert dict(found) == {"推广": 0}
    assert found.total == 55  # 4 ln 1 000 001


@pytest.mark.parametrize("unknown", ["", "龘龘龘", "A", "推广广", "📍"])
def test_what_is_no_word_has_no_weight(words, unknown):
    assert unknown not in words
    assert words.get(unknown) is None
    assert unknown not in words.beginning[unknown[:1]]


def test_the_shipped_words_have_the_counts_of_their_source(words):
    counts = {"推广": 2801, "汉语": 1611, "其中": 34173, "江苏": 3337, "广汉": 69, "的": 318825}
    assert {word: words[word] for word in counts} == {w: round(4 * math.log(n)) for w, n in counts.items()}


def test_a_second_reading_of_the_file_finds_the_same_words(words):
    """Character by character: what is ASCII ends a word."""
    lines = gzip.decompress(lexicon.FILE.read_bytes()).decode().split("\n")[1:]
    expected = {}
    for line in lines:
        rest = ""
        for sign in line[1:]:
            if sign == "!":
                continue
            if sign.isascii():
                expected[line[0] + rest] = ord(sign) - 40
            rest = "" if sign.isascii() else rest + sign
    assert dict(words) == expected


def test_the_shipped_words_are_folded_as_texts_are(words):
    assert [word for word in words if normalise(word) != word] == []
    assert {len(word) for word in words} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("其中 江苏", "其 中江 苏"),
        ("推广 汉语", "推 广汉 语"),
        ("投资 阳光", "投 资阳 光"),
        ("音乐 至上", "音 乐至 上"),
        ("峨眉山 金顶", "峨 眉山 金顶"),
        ("建成 都市 圈", "建 成都市 圈"),
    ],
)
def test_the_right_boundaries_cost_less(words, right, wrong):
    def cost(parts):
        return sum(words.total - words.get(part, 0) for part in parts.split())

    assert cost(right) < cost(wrong)


def test_only_the_groups_that_are_asked_for_are_read():
    found = read(word_file({"推广": 5, "推": 2, "汉语": 3}))
    assert found.beginning["推"] is found.beginning["推"]
    assert found.beginning.keys() == {"推"}


def test_places_are_told_from_other_words(words):
    assert [words.is_place(word) for word in ("北京", "浙江大学", "推广", "东坡肉", "龘龘")] == [
        True,
        True,
        False,
        False,
        False,
    ]
