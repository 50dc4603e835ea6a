"""Which encoding a text is in, and its lines as they arrive."""

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.encodings import encoding_of, is_encoding, text_lines
from geo.errors import SourceError

SIMPLIFIED = [
    "什邡市洛水镇",
    "成都市龙泉驿区",
    "眉山站",
    "资阳北站",
    "郫县西站",
    "德阳市旌阳区庐山南路一段53号",
    "Chengdu",
]
TRADITIONAL = ["雙流縣", "龍泉驛區", "簡陽市養馬鎮", "成都東站", "廣漢市", "德陽市旌陽區廬山南路一段53號"]
UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


class Arriving:
    """Bytes that arrive piece by piece."""

    def __init__(self, pieces):
        self.pieces = [piece for piece in pieces if piece]

    def read1(self, _size):
        return self.pieces.pop(0) if self.pieces else b""


def lines_of(content, encoding=None):
    return list(text_lines(io.BytesIO(content), encoding))


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030", "gbk"])
def test_a_simplified_text_is_read_in_whatever_encoding(encoding):
    assert lines_of("\n".join(SIMPLIFIED).encode(encoding)) == SIMPLIFIED


@pytest.mark.parametrize("encoding", [*UNICODE, "gb18030", "gbk", "big5"])
def test_a_traditional_text_is_read_in_whatever_encoding(encoding):
    assert lines_of("\n".join(TRADITIONAL).encode(encoding)) == TRADITIONAL


@pytest.mark.parametrize("line", [*SIMPLIFIED, "邛崃市"])
def test_one_line_of_gbk_is_enough(line):
    assert lines_of(f"{line}\n".encode("gbk")) == [line]


@pytest.mark.parametrize("line", TRADITIONAL)
def test_one_line_of_big5_is_enough(line):
    assert lines_of(f"{line}\n".encode("big5")) == [line]


@pytest.mark.parametrize("line", ["德阳𠮷市", "㐂家坝", "𠮷㐂"])
def test_characters_of_four_bytes_are_those_of_gb_18030(line):
    assert lines_of(f"{line}\n".encode("gb18030")) == [line]


def test_what_is_ascii_decides_nothing():
    assert lines_of(b"name\n" * 40_000 + "双流县\n".encode("gbk")) == ["name"] * 40_000 + ["双流县"]


@pytest.mark.parametrize("text", ["Café Zürich", "Größe", "Улица Ленина", "Ελλάδα", "ก", "서울", "😀"])
def test_utf_8_of_other_languages_stays_utf_8(text):
    assert lines_of(f"{text}\n德阳市\n".encode()) == [text, "德阳市"]


def test_a_damaged_line_of_utf_8_leaves_the_others_whole():
    content = "德阳市\n\n".encode() + b"\xff\xed\xa0\x80" + "简阳市\r\n雙流縣".encode()
    assert lines_of(content) == ["德阳市", "", "\ufffd\ufffd\ufffd\ufffd简阳市", "雙流縣"]


@pytest.mark.parametrize("line", ["a\0b", "\0", "\0\0\0", "德阳\0市"])
def test_a_zero_in_a_line_makes_it_no_utf_16(line):
    assert lines_of(f"{line}\n德阳市\n".encode()) == [line, "德阳市"]


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\x01" + b"\0" * 200,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 20,
        ("東京都渋谷区神南一丁目\n" * 20).encode("shift_jis"),
        "東京都渋谷区神南\n成都市\n".encode("shift_jis"),
        "東京タワー\n新宿御苑のバラ園\n上野アメ横商店街\n".encode("euc_jp"),
        "서울특별시 강남구 · 테헤란로\n부산광역시 해운대구\n경기도 수원시 팔달구\n".encode("euc_kr"),
        "Café\n".encode("latin-1"),
        "Café “Zürich”\nGröße – Straße\n".encode("cp1252"),
        "name\nÉlysée, Paris\nSainte-Thérèse-de-Blainville\n".encode("latin-1"),
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(SourceError, match="is no text in UTF-8, UTF-16, GB 18030 or Big5; name its --encoding"):
        lines_of(content)


def test_an_encoding_that_is_said_is_not_doubted():
    assert lines_of("東京都".encode("shift_jis"), "shift_jis") == ["東京都"]


def test_what_was_found_is_told_once():
    heard = []
    list(text_lines(io.BytesIO("双流县\n资阳\n".encode("gbk") * 100_000), on_found=heard.append))
    assert heard == ["gb18030"]


@pytest.mark.parametrize("name", ["utf-8", "GBK", "big5", "cp936"])
def test_names_of_encodings_are_known(name):
    assert is_encoding(name)


@pytest.mark.parametrize("name", ["foo", "", "hex", "rot13", "undefined", "a\0b"])
def test_other_names_are_not(name):
    assert not is_encoding(name)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_usual_way(end):
    assert lines_of(f"德阳市{end}{end}资阳市{end}".encode()) == ["德阳市", "", "资阳市"]


def test_a_line_is_given_before_the_next_one_has_arrived():
    stream = Arriving(["德阳".encode(), "市\n资".encode(), "阳市\n".encode()])
    lines = text_lines(stream)
    assert next(lines) == "德阳市"
    assert len(stream.pieces) == 1


def test_half_a_character_behind_whole_lines_decides_nothing():
    content = "name\n德阳市\n".encode("gbk")
    assert list(text_lines(Arriving([content[:6], content[6:]]))) == ["name", "德阳市"]


@pytest.mark.parametrize("cut", range(1, 6))
def test_half_a_line_decides_nothing(cut):
    content = "眉山站\n".encode("gbk")  # whose first characters alone are UTF-8 too
    assert list(text_lines(Arriving([content[:cut], content[cut:]]))) == ["眉山站"]


texts = st.lists(st.sampled_from([*SIMPLIFIED, *TRADITIONAL[:1], "", " ", "a,b;c\t1", "，"]), max_size=12)


@given(texts, st.sampled_from([*UNICODE, "gb18030"]), st.lists(st.integers(0, 400), max_size=8), st.data())
def test_however_bytes_arrive_they_are_the_same_lines(lines, encoding, cuts, data):
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    lines = ["德阳市旌阳区", *lines]  # what a first piece decides by
    content = "".join(f"{line}{end}" for line in lines).encode(encoding)
    first = len(f"德阳市旌阳区{end}".encode(encoding))
    at = [0, *sorted(min(first + cut, len(content)) for cut in cuts), len(content)]
    pieces = [content[start:stop] for start, stop in pairwise(at)]
    assert list(text_lines(Arriving(pieces))) == lines


@given(st.binary(max_size=300))
def test_whatever_arrives_is_decided_or_refused(sample):
    try:
        assert encoding_of(sample) in {None, "utf-8-sig", "utf-8", "utf-16", "utf-32", "utf-16-le", "utf-16-be",
                                       "gb18030", "big5hkscs"}  # fmt: skip
    except SourceError:
        assert not sample.isascii()


@given(st.text(max_size=100).filter(lambda text: not text.startswith("\ufeff") and "\0" not in text))
def test_valid_utf_8_with_a_chinese_line_is_never_another_encoding(text):
    lines = ["德阳市", *text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    content = "".join(f"{line}\n" for line in lines).encode("utf-8", "ignore")
    assert lines_of(content) == content.decode().split("\n")[:-1]
