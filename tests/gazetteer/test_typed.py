"""Names as people type them are read as meant; what only looks like one is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.folding import folded
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.latin_names import key_of, not_named, says_enough


@pytest.fixture(scope="module")
def counties(gazetteer):
    """Return the codes of a text; cities only where it names no county of theirs."""
    return lambda text: geocode_document(gazetteer.locate(text))["adcodes"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Wenjiang District, Chengdu", ["510115"]),
        ("PENGZHOU SHI", ["510182"]),
        ("Meishan, Pengshan", ["511403"]),
        ("jin niu qu, cheng du", ["510106"]),
        ("Qīngshén xiàn", ["511425"]),
        ("Wǔhóu Qū", ["510107"]),
        ("Déyáng", ["510600"]),
        ("De\u0301ya\u0301ng", ["510600"]),
        ("Jingyang District Deyang", ["510603"]),
        ("Chengdu Jinjiang", ["510104"]),
        ("Xindu, Chengdu", ["510114"]),
        ("Renshou County in Meishan", ["511421"]),
        ("Shuangliu County", ["510116"]),
        ("Dujiangyan is famous for its irrigation", ["510181"]),
        ("Qionglai, Pujiang and Dayi", ["510183", "510131", "510129"]),
        ("住在Chongzhou", ["510184"]),
        ("成都市Jinjiang", ["510104"]),
        ("Sichuan Ziyang Anyue", ["512021"]),
        ("Mount Qingcheng", ["510181"]),
        ("qing cheng shan", ["510181"]),
        ("Qingcheng Mountain", ["510181"]),
        ("88 Tianfu Avenue, Wuhou District, Chengdu", ["510107"]),
        ("Tianfu Avenue in Renshou County", ["511421"]),
        ("People's Park, Chengdu", ["510105"]),
        ("Sichuan University, Wangjiang Campus", ["510107"]),
    ],
)
def test_a_county_is_read_in_english_and_pinyin(counties, text, codes):
    assert counties(text) == codes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tianfu Avenue", "天府大道"),
        ("tianfu dadao", "天府大道"),
        ("Tianfu Ave", "天府大道"),
        ("Tianfu Airport", "成都天府国际机场"),
        ("Luodai Town, Longquanyi", "洛带镇"),
        ("Anren, Dayi County", "安仁镇"),
        ("Xinglong Lake", "兴隆湖"),
        ("Chengdu East Railway Station", "成都东站"),
        ("Jinsha Site Museum", "金沙遗址博物馆"),
        ("Chengdu Hi-tech Zone", "成都高新区"),
    ],
)
def test_a_place_is_read_in_english_and_pinyin(gazetteer, text, name):
    assert name in [match.name for match in gazetteer.locate(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Jinjiang, Fujian",
        "Fujian Jinjiang",
        "Qingyang County, Anhui",
        "Pujiang County in Zhejiang",
        "Ziyang District, Yiyang, Hunan",
        "Chaoyang District, Beijing",
        "Chengdu Road, Tianjin",
        "Deyang South Road",
        "Jinjiang Inn",
        "Mr Jin Tang and Ms An Yue",
        "Zhang Chenghua",
        "Su Dongpo wrote poems",
        "Longquanyiness and Chengdus",
        "xchengdu chengdux",
        "A long march, a gaoxin thing",
        "see https://www.chengdu.example.cn/wuhou and wuhou@chengdu.example.com",
        "Metro Line 2 in Shanghai",
        "The mayor of Tianfu",
        "People's Park",
        "South Railway Station",
        "Yulin is a city of Shaanxi",
        "Taikoo Li, Beijing",
        "Ziyang County, Shaanxi",
        "Jintang, Shanxi",
        "Xiqu Road, Haerbin",
    ],
)
def test_what_only_looks_like_a_place_of_ours_is_none(gazetteer, text):
    assert gazetteer.locate(text) == []


def test_a_reading_of_several_places_is_decided_by_what_stands_beside_it(counties):
    assert counties("Pujiang County, Chengdu") == ["510131"]
    assert counties("Longxing Town, Chongzhou") == ["510184"]


@pytest.mark.parametrize(
    ("name", "is_enough"),
    [
        ("Kuanzhai Alley", True),
        ("Danjingtai", True),
        ("Yulin", False),
        ("Music Square Station", False),
        ("Chengdu Music Square Station", True),
        ("University of Finance and Economics", True),
        ("Min River", False),
    ],
)
def test_an_english_name_is_enough_where_it_is_that_of_one_place(name, is_enough):
    assert says_enough(name) is is_enough


WORDS = ["Chengdu", "WENJIANG", "qu", "District", "Tianfu", "Avenue", "Long", "quan", "yi", "Beijing", "Inn", "in", "2"]
english = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", "-", ". ", "市", "\u200b"])))


@given(english.map(lambda parts: "".join(word + gap for word, gap in parts)))
def test_every_span_of_latin_letters_folds_to_a_recorded_name(gazetteer, text):
    latin = [match for match in gazetteer.locate(text) if match.match_type == "latin"]
    keys = [(match, key_of(folded(text[slice(*match.span)]).text)) for match in latin]
    entries = [(gazetteer.entry(match.entry_id), key) for match, key in keys]
    assert all(key in (*entry.latin, *entry.latin_short) for entry, key in entries)


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("成都市龙驿区", "龙泉驿区"),
        ("四川省成都市金中县", "金堂县"),
        ("眉山市东波区", "东坡区"),
        ("德阳市经阳区黄河西路", "旌阳区"),
        ("资阳市雁将区", "雁江区"),
        ("成都温讧区", "温江区"),
        ("成都市 双柳区", "双流区"),
        ("成都市都江偃市", "都江堰市"),
        ("成都市龙泉区大面街道", "龙泉驿区"),
        ("成都市浦江县西来镇", "蒲江县"),
    ],
)
def test_a_county_after_its_city_may_be_mistyped_by_one_character(gazetteer, text, county):
    typed = [match for match in gazetteer.locate(text) if match.match_type == "typo"]
    assert [(match.name, match.reason) for match in typed] == [(county, f"one character differs from {county}")]
    assert all(match.confidence < 0.7 for match in typed)


@pytest.mark.parametrize(
    "text",
    [
        "成都市金融区",  # a word
        "成都市绿江区",  # as near to 锦江区 as to 温江区
        "成都市新城区",  # another city has one
        "成都市浦江县",  # a county elsewhere
        "眉山市青川县",
        "德阳市广元市",
        "成都市区",
        "成都市各区县",
        "成都市金牛小区",  # one more is not one less
        "成都市金午庄",
        "青阳区",  # no city
        "眉山市青羊区",  # another city
    ],
)
def test_what_differs_otherwise_is_no_typo(gazetteer, text):
    assert [match for match in gazetteer.locate(text) if match.match_type == "typo"] == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("住在成 都 市 青 阳 区。", (8, 13)),
        ("⻘⽺区", (0, 3)),
        ("在Ｃｈｅｎｇｄｕ，Pidu", (9, 13)),
        ("到武\u200b侯\xad区去", (1, 6)),
    ],
)
def test_spans_are_those_of_the_text_as_it_was_typed(gazetteer, text, span):
    assert gazetteer.locate(text)[-1].span == span


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("成德眉资开会", ["510100", "510600", "511400", "512000"]),
        ("温郫都片区", ["510115", "510117", "510181"]),
        ("德眉资三市", ["510600", "511400", "512000"]),
        ("成资两地协作", ["510100", "512000"]),
        ("蓉城的银杏黄了", ["510100"]),
        ("金简仁一体化", ["510121", "510185", "511421"]),
        ("金中片区开工", ["510121", "510623"]),
        ("成都东到资阳北的动车", ["510108", "512002"]),
        ("眉山东—成都南", ["511402", "510107"]),
        ("成都东往德阳", ["510108", "510600"]),
        ("绵阳-成都东", ["510108"]),
    ],
)
def test_an_abbreviation_names_all_that_it_stands_for(counties, text, codes):
    assert sorted(counties(text)) == sorted(codes)


@pytest.mark.parametrize(
    "text", ["造成资金缺口", "养成德育的习惯", "芙蓉城", "预算外资金中片段", "成德大道", "高粱到北方", "绵阳-成都"]
)
def test_letters_of_other_words_are_no_abbreviation(gazetteer, text):
    assert [match for match in gazetteer.locate(text) if match.match_type == "abbreviation"] == []


@pytest.mark.parametrize("join", ["到", "至", "——", "-", "→"])
def test_the_ends_of_a_journey_have_spans_of_their_own(gazetteer, join):
    spans = [match.span for match in gazetteer.locate(f"成都东{join}资阳北")]
    assert spans == [(0, 3), (3 + len(join), 6 + len(join))]


def test_an_english_name_of_nothing_known_is_refused():
    assert not_named({"甲": ["A"]}, []) == ["data/gazetteer/english.csv: '甲' is no name of the gazetteer"]
