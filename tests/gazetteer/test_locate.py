"""What a text means; all sentences are ours."""

import pytest

from geo.gazetteer.documents import geocode_document


@pytest.fixture
def names(gazetteer):
    return lambda text: [match.name for match in gazetteer.locate(text)]


@pytest.fixture
def adcode(gazetteer):
    return lambda text: geocode_document(gazetteer.locate(text))["adcode"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("龙泉山城市森林公园新修了一条步道", "龙泉山城市森林公园"),
        ("彭什交界地带种川芎", "彭州—什邡交界地带"),
        ("简雁乐三地签约", "简阳—雁江—乐至交界地带"),
        ("蒲丹两县共建橘园", "蒲江—丹棱交界地带"),
        ("成德临港经济产业带新开工一家工厂", "成德临港经济产业带"),
        ("乘S3线去资阳", "市域(郊)铁路成资线（资阳线）"),
        ("新津县的老照片", "新津区"),
        ("罗江县的老照片", "罗江区"),
        ("雙流縣的老照片", "双流区"),
        ("沱江流域联合巡河", "沱江"),
    ],
)
def test_a_name_is_found(names, text, name):
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "浙江省龙泉市的青瓷",
        "益阳市资阳区的公园",
        "承德的避暑山庄",
        "河北省兴隆县的山楂",
        "住在德阳路12号",
        "锦江大道堵车了",
        "天府三街的写字楼",
        "西安大慈寺",
        "今天天气很好",
        "",
    ],
)
def test_a_name_of_elsewhere_or_of_a_street_is_no_place_of_ours(names, text):
    assert names(text) == []


def test_a_long_name_consumes_what_it_contains(names, adcode):
    assert names("眉山天府新区") == ["眉山天府新区"]
    assert adcode("眉山天府新区") is None


def test_a_county_that_is_written_out_vetoes_namesakes_elsewhere(names):
    assert names("锦江区青龙街道") == ["锦江区"]
    assert names("彭山区青龙街道") == ["彭山区", "青龙街道"]


@pytest.mark.parametrize(
    ("text", "county"), [("双流永兴镇", "510116"), ("简阳永兴镇", "510185"), ("仁寿回龙镇", "511421")]
)
def test_a_county_by_its_bare_name_holds_the_township_behind_it(gazetteer, text, county):
    assert geocode_document(gazetteer.locate(text))["adcodes"] == [county]


def test_a_township_without_its_county_answers_the_county(adcode):
    assert adcode("成都市华阳街道某小区") == "510116"


def test_an_estate_without_street_or_township_answers_the_city(adcode):
    assert adcode("德阳市阳光花园3栋1单元") == "510600"


def test_a_bare_common_word_is_no_township(names):
    assert names("成都市加强合作、发展文化") == ["成都市"]


def test_a_list_of_short_names_is_read_as_counties(names):
    assert names("锦江、青羊两区") == ["锦江区", "青羊区"]


def test_a_line_is_in_all_its_counties_with_shares_that_sum_to_one(gazetteer):
    (match,) = gazetteer.locate("市域铁路S3线")
    assert match.adcodes == ("510185", "512002")
    assert sum(match.shares) == pytest.approx(1, abs=0.001)


def test_a_park_is_in_all_its_counties(gazetteer):
    (match,) = gazetteer.locate("龙泉山城市森林公园")
    assert {"510112", "510121", "510185"} <= set(match.adcodes)


def test_a_match_says_why(gazetteer):
    (match,) = gazetteer.locate("新津县")
    assert match.reason == "county written out, as it was called until 2020"
    assert match.match_type == "former"


def test_namesakes_in_two_cities_stay_ambiguous_with_their_candidates(gazetteer):
    (match,) = gazetteer.locate("去回龙镇的路")
    assert match.kind == "ambiguous"
    assert match.adcodes == ()
    assert match.rejected == ("former_town:510183:回龙镇", "town:510623102")


def test_namesakes_in_one_city_answer_the_city(adcode):
    assert adcode("去三星镇的路") == "510100"


def test_a_place_beside_a_county_is_the_one_next_to_it(gazetteer):
    match = gazetteer.locate("青白江区与三星镇")[1]
    assert match.adcodes == ("510121",)
    assert match.reason.startswith("township written out, decided by the neighbouring county")


def test_a_span_is_that_of_the_original_text(gazetteer):
    text = "😀ＡＢ新津縣"
    (match,) = gazetteer.locate(text)
    assert text[slice(*match.span)] == "新津縣"


def test_the_document_has_the_documented_members(gazetteer):
    document = geocode_document(gazetteer.locate("仁寿县视高街道"))
    assert set(document) == {"adcode", "adcodes", "lon", "lat", "radius_m", "question", "matches"}
    assert set(document["matches"][0]) == {
        "name", "entry_id", "kind", "span", "match_type", "confidence", "precision", "radius_m", "adcodes", "share",
        "lon", "lat", "within", "reason", "rejected", "candidates",
    }  # fmt: skip


def test_nothing_found_is_an_answer(gazetteer):
    assert geocode_document(gazetteer.locate("")) == {
        "adcode": None, "adcodes": [], "lon": None, "lat": None, "radius_m": None, "question": None, "matches": [],
    }  # fmt: skip
