"""What is made of the places of a text: once for all addresses in one place, and never otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.candidates import address_head
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.gazetteer import Gazetteer

HEADS = (
    "成都市",
    "成都市武侯区",
    "武侯区桂溪街道",
    "德阳市中江县",
    "四川省眉山市仁寿县视高街道",
    "资阳市",
    "成都市太平街道",
    "成都市青龙镇",
)
RESTS = (
    "", "解放街12号", "的天府新区", "、德阳市", "泉驿区", "到资阳北", "民路", "人", "委", "文化街3栋", "23号", "青羊区",
    "（北京）",
    "圈", "天府大道", "某小区", " Longquanyi", "镇", "街道办",
)  # fmt: skip


@pytest.fixture(scope="module")
def fresh(catalogue):
    return lambda: Gazetteer(catalogue.entries)


@given(st.sampled_from(HEADS), st.sampled_from(RESTS), st.sampled_from(RESTS), st.sampled_from(("", "我在", "，")))
def test_what_stands_behind_the_head_of_an_address_changes_nothing(fresh, head, first, second, before):
    """Read with a memory of another text, and without one."""
    gazetteer = fresh()
    gazetteer.answer(before + head + first, geocode_document)
    remembered = gazetteer.answer(before + head + second, geocode_document)
    assert remembered == fresh().answer(before + head + second, geocode_document)


def test_it_is_made_once(fresh):
    made = []
    gazetteer = fresh()
    for number in range(3):
        gazetteer.answer(f"成都市武侯区桂溪街道某街{number}号", made.append)
    assert len(made) == 1


def test_memory_is_bounded(fresh, monkeypatch):
    monkeypatch.setattr("geo.gazetteer.gazetteer._MOST_MADE", 2)
    gazetteer = fresh()
    for head in ("成都市", "德阳市", "眉山市", "资阳市"):
        gazetteer.locate(head)
    assert len(gazetteer._made) <= 2


@pytest.mark.parametrize("text", ["天府新区华阳街道", "武侯人民南路", "成都市的武侯区", "北京市朝阳区", "成都市欢乐谷"])
def test_only_divisions_in_full_are_a_head(fresh, text):
    found = fresh()._index.find(text)
    assert found == [] or address_head(found) is None
