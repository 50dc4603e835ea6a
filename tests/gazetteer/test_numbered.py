"""A name that begins or ends with a number or a letter never stands inside a longer number or word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.entry import spellings

MORE = st.sampled_from("0123456789AZaz")


def is_latin(character):
    return character.isascii() and character.isalnum()


@pytest.fixture(scope="module")
def names(catalogue):
    ours = [entry for entry in catalogue.entries if not entry.is_blocker]
    written = {spelling.text for entry in ours for spelling in spellings(entry)}
    return sorted(written.union(entry.name_en for entry in ours if entry.kind in {"line", "road"} and entry.name_en))


@given(data=st.data(), more=MORE)
def test_a_name_does_not_end_inside_a_longer_number(gazetteer, names, data, more):
    name = data.draw(st.sampled_from([name for name in names if is_latin(name[-1])]))
    assert [one.name for one in gazetteer.locate(f"成都{name}{more}") if one.span[1] == len(name) + 2] == []


@given(data=st.data(), more=MORE)
def test_a_name_does_not_begin_inside_a_longer_number(gazetteer, names, data, more):
    name = data.draw(st.sampled_from([name for name in names if is_latin(name[0])]))
    assert [one.name for one in gazetteer.locate(f"成都的{more}{name}") if one.span[0] == 4] == []


@pytest.mark.parametrize("text", ["地铁11号线", "15号线", "G42021", "成都S31线", "成都G42021", "成都地铁111号线"])
def test_a_number_that_no_line_has_is_no_line(gazetteer, text):
    assert [one.name for one in gazetteer.locate(text) if one.kind in {"line", "road"}] == []


@pytest.mark.parametrize(
    ("text", "line"), [("地铁13号线", "line:M13"), ("成都地铁30号线", "line:M30"), ("地铁3号线", "line:M3")]
)
def test_a_line_of_two_digits_is_not_the_line_of_its_last(gazetteer, text, line):
    assert [one.entry_id for one in gazetteer.locate(text)] == [line]


def test_a_line_that_is_only_listed_is_known_by_its_city(gazetteer):
    (found,) = gazetteer.locate("成都地铁13号线")
    assert (found.precision, found.adcodes, found.feature) == ("city", ("510100",), ("cities", "510100"))
