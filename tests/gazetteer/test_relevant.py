"""What is left out of a text before it is read changes no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.documents import geocode_document
from geo.gazetteer.entry import spellings
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.relevant import Found

BETWEEN = ["", "、", "，", "。", "的", "到", "和", "医院", "村", "镇", "站", "人", "街12号", "一起", "同意新的办法" * 9]


@pytest.fixture(scope="module")
def texts(catalogue):
    """A strategy of texts: names of every kind, of ours and elsewhere, and what stands between them."""
    kinds = sorted({entry.kind for entry in catalogue.entries})
    names = {kind: [s.text for e in catalogue.entries if e.kind == kind for s in spellings(e)] for kind in kinds}
    name = st.sampled_from(kinds).flatmap(lambda kind: st.sampled_from(names[kind]))
    parts = st.lists(st.tuples(name, st.sampled_from(BETWEEN)), min_size=1, max_size=6)
    return parts.map(lambda told: "".join(name + between for name, between in told))


@pytest.fixture(scope="module")
def reader(catalogue):
    """A gazetteer that leaves out what it may of short texts too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("geo.gazetteer.relevant._SHORT", 0)
        yield Gazetteer(catalogue.entries)


@pytest.fixture(scope="module")
def of_all(catalogue):
    """A gazetteer that leaves nothing out."""
    gazetteer = Gazetteer(catalogue.entries)

    def answer(text):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Found, "that_matter", lambda found, _: list(found.matches))
            return geocode_document(gazetteer.locate(text))

    return answer


@given(st.data())
def test_answers_are_those_of_reading_every_name(reader, of_all, texts, data):
    text = data.draw(texts)
    assert geocode_document(reader.locate(text)) == of_all(text)


@pytest.mark.parametrize(
    "text",
    [
        "安仁、元通、街子一日游",
        "仁寿县的一切，都在视高",
        "郫县人民和团结医院",
        "彭州南站",
        "北斗站",
        "德阳观胜",
        "昨天在杭州，武侯祠",
        "成都市的人从很远很远很远的地方搬到三圣医院",
        "成都市的人从很远很远很远的地方搬到七一村",
        "位于石咀医院发明村，圆石社区人",
        "在深圳的那一家住得也是这样，后来住了成都的七斗星",
        f"绵阳市的消息。{'同意新的办法' * 12}，向阳镇的人说",
    ],
)
def test_what_says_something_of_a_name_is_read(reader, of_all, text):
    assert geocode_document(reader.locate(text)) == of_all(text)
