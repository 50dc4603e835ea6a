"""Words that cut through names, against every way to divide a text."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.lexicon import load_words
from geo.gazetteer.segment import cut_by_words

AROUND = 4
NAME, UNKNOWN = 18, -3  # weights of a name and of a character that no list has
texts = st.text(st.sampled_from("推广汉语建成都市圈其中江苏投资阳的在北京大学金堂"), min_size=3, max_size=9)


def cost(parts):
    words = load_words()
    return sum(words.total - words.get(part, UNKNOWN if len(part) == 1 else -math.inf) for part in parts)


def divisions(text):
    for cuts in itertools.product((False, True), repeat=max(len(text) - 1, 0)):
        borders = [0, *(at for at, is_cut in enumerate(cuts, 1) if is_cut), len(text)]
        yield [text[a:b] for a, b in itertools.pairwise(borders) if a < b]


def likeliest(text, is_allowed=None):
    return min(cost(parts) for parts in divisions(text) if is_allowed is None or is_allowed(parts))


def brute_force(text, start, end):
    """Try every division of the characters around a name, with and without it as a word."""
    left, right = max(start - AROUND, 0), min(end + AROUND, len(text))
    words, name = load_words(), text[start:end]

    def is_no_place_called_after_it(parts):
        begins = [left + sum(map(len, parts[:number])) for number in range(len(parts))]
        return all(
            begin != start or len(part) <= len(name) or not words.is_place(part)
            for begin, part in zip(begins, parts, strict=True)
        )

    free = likeliest(text[left:right], is_no_place_called_after_it)
    own = words.total - max(words.get(name, 0), NAME)
    alone = likeliest(text[left:start]) + own + likeliest(text[end:right])
    return max(alone - free, 0)


def bridges(text, start, end):
    words = load_words()
    return any(
        text[a:b] in words
        for a, b in itertools.combinations(range(len(text) + 1), 2)
        if b - a <= 4 and (a < start < b or (start <= a < end < b))
    )


@given(texts, st.data())
def test_it_is_what_every_division_into_words_gives(text, data):
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, min(start + 4, len(text))))
    found = cut_by_words(text, start, end)
    if not bridges(text, start, end):
        assert found == 0
    else:
        assert found in {brute_force(text, start, end), *_one_sided(text, start, end)}


def _one_sided(text, start, end):
    """A side that no word reaches over is not looked at: what stands there costs the same both times."""
    yield brute_force(text[:end], start, end)
    yield brute_force(text[start:], 0, end - start)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推广汉语", "广汉"), ("其中江苏", "中江"), ("投资阳光", "资阳"), ("音乐至上", "乐至"), ("峨眉山金顶", "眉山"),
        ("建成都市圈", "成都市"), ("加快形成都市农业", "成都市"), ("打造全新都市生活", "新都"),
    ],
)  # fmt: skip
def test_words_cut_through_what_is_no_name(text, name):
    start = text.index(name)
    assert cut_by_words(text, start, start + len(name)) > 1


@pytest.mark.parametrize(
    ("text", "name"), [("广汉的汉语", "广汉"), ("在成都市区", "成都市"), ("成都市政府", "成都市"), ("北京医院", "北京")]
)
def test_a_name_that_stands_by_itself_is_not_cut(text, name):
    start = text.index(name)
    assert cut_by_words(text, start, start + len(name)) <= 1


def test_where_another_name_stands_no_word_is_looked_for():
    assert cut_by_words("推广汉语", 1, 3, (True, True)) == 0
