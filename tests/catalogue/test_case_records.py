"""The case records: what holds of all of them, and how problems are told."""

import pytest

from geo.case import Membership, Rating, TitleStatus
from geo.catalogue.case_records import (
    case_from_json,
    case_to_json,
    read_case_records,
)
from geo.errors import RecordError, SourceError
from geo.record import is_iso_date
from geo.sources import Sources

CITIES = {"510100", "510600", "511400", "512000"}


def read(folder, catalogue):
    counties = {county.id for county in catalogue.layer("counties")}
    return read_case_records(Sources(folder), cities=CITIES, counties=counties)


def problems_of(folder, catalogue):
    with pytest.raises(RecordError) as caught:
        read(folder, catalogue)
    return caught.value.problems


def change(folder, case_id, old, new):
    path = folder / "cases" / f"{case_id}.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_there_are_121_cases(catalogue):
    assert len(catalogue.cases) == 121


def test_48_are_named_by_the_press_release_and_73_are_related(catalogue):
    memberships = [case.case.membership for case in catalogue.cases.values()]
    assert memberships.count(Membership.NAMED) == 48
    assert memberships.count(Membership.RELATED) == 73


def test_the_nine_groups_keep_their_official_counts(catalogue):
    counts = {theme.name.zh: theme.official_count for theme in catalogue.themes}
    assert counts == {
        "发展布局": 14,
        "基础设施": 7,
        "创新驱动": 5,
        "现代产业": 11,
        "开放合作": 4,
        "公共服务": 24,
        "生态环境": 8,
        "体制机制改革": 21,
        "工作推进机制": 6,
    }


def test_no_title_claims_to_be_official(catalogue):
    assert {case.case.title_status for case in catalogue.cases.values()} == {TitleStatus.DESCRIPTIVE}


def test_every_title_and_summary_is_in_both_languages(catalogue):
    texts = [text for case in catalogue.cases.values() for text in (case.case.title, case.case.summary)]
    assert [text.zh for text in texts if not text.en] == []


def test_a_named_case_cites_the_press_release(catalogue):
    uncited = [
        case.id
        for case in catalogue.cases.values()
        if case.case.membership is Membership.NAMED
        and "press-release" not in {source.id for source in case.case.sources}
    ]
    assert uncited == []


def test_a_source_that_may_not_be_linked_has_no_address(catalogue):
    linked = [
        source.title
        for case in catalogue.cases.values()
        for source in case.case.sources
        if source.rating is Rating.VERIFIED_PROXY and source.url
    ]
    assert linked == []


@pytest.mark.parametrize(
    ("case_id", "label", "value", "qualifiers"),
    [
        ("D01", "集聚企业", 3000, ("近",)),
        ("D01", "产值", 2300, ("超",)),
        ("D02", "产业链产值", 700, ("超",)),
        ("D04", "跨市域协作配套企业", 1551, ()),
        ("C02", "实现互认的领域", 2, ()),
        ("C05", "促成四市校地合作项目", 300, ("超",)),
        ("B04", "累计打通城际“断头路”", 13, ("累计",)),
        ("B06", "跨市公交", 15, ()),
        ("B10", "日开行动车", 136, ()),
        ("B10", "平均发车间隔", 22, ()),
        ("H03", "无差别受理事项", 241, ()),
        ("H04", "累计减少群众跑腿", 611, ("累计", "超")),
        ("F01", "结对学校", 292, ()),
        ("F05", "互认机构", 154, ()),
        ("F06", "异地就医直接结算", 541.8, ()),
        ("F06", "医保基金支付", 23.7, ()),
        ("F12", "联合招聘活动", 104, ()),
        ("F12", "共享就业岗位信息", 30.07, ()),
        ("G03", "累计解决问题", 11.74, ("累计",)),
        ("G03", "问题解决率", 98.9, ()),
        ("G04", "累计修复大熊猫栖息地", 17, ("累计", "余")),
    ],
)
def test_a_figure_of_the_press_release_stands_with_its_case(catalogue, case_id, label, value, qualifiers):
    figures = {figure.label.zh: figure for figure in catalogue.case(case_id).case.figures}
    assert figures[label].value == value
    assert tuple(figures[label].qualifiers) == qualifiers
    assert figures[label].source == "press-release"


def test_the_area_page_carries_the_figures_of_no_single_case(catalogue):
    figures = {figure.label.zh: figure.value for figure in catalogue.area.figures}
    assert figures["经济总量"] == 2.78
    assert figures["占全省比重"] == 46.3
    assert figures["四市间日均流动人口"] == 60


def test_a_case_survives_json(catalogue):
    case = catalogue.case("A08").case
    assert case_from_json(case_to_json(case)) == case


def test_all_problems_of_all_records_are_told_at_once(data_copy, catalogue):
    change(data_copy, "A01", 'theme = "layout"', 'theme = "sports"')
    change(data_copy, "A02", 'status = "ongoing"', 'status = "perhaps"')
    change(data_copy, "C02", 'source = "press-release"', 'source = "hearsay"')
    problems = problems_of(data_copy, catalogue)
    assert any("A01.toml: theme: arrived 'sports'" in problem for problem in problems)
    assert any("A02.toml: status: arrived 'perhaps'" in problem for problem in problems)
    assert any("C02.toml: figures: 实现互认的领域: source 'hearsay'" in problem for problem in problems)


def test_a_missing_field_is_named_with_its_file(data_copy, catalogue):
    change(data_copy, "A01", 'last_checked = "2026-11-24"\n', "")
    assert problems_of(data_copy, catalogue) == ("data/cases/A01.toml: last_checked: is missing; add it",)


def test_an_unknown_field_is_refused(data_copy, catalogue):
    change(data_copy, "A01", 'id = "A01"', 'id = "A01"\ncolour = "red"')
    assert problems_of(data_copy, catalogue) == (
        "data/cases/A01.toml: colour: is not a field of this record; remove it or correct its name",
    )


def test_an_id_that_is_not_the_file_name_is_refused(data_copy, catalogue):
    change(data_copy, "A01", 'id = "A01"', 'id = "A99"')
    assert "data/cases/A01.toml: id: arrived 'A99'; expected 'A01', the name of the file" in problems_of(
        data_copy, catalogue
    )


def test_an_unknown_county_is_refused(data_copy, catalogue):
    change(data_copy, "A08", 'county = "510182"', 'county = "510999"')
    (problem,) = problems_of(data_copy, catalogue)
    assert problem == "data/cases/A08.toml: places: 彭州市敖平镇: county '510999' is not one of the 35 counties"


def test_a_record_that_is_not_toml_names_file_and_line(data_copy, catalogue):
    (data_copy / "cases" / "A01.toml").write_text("id = \n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"data/cases/A01\.toml: is not TOML .*line 1"):
        read(data_copy, catalogue)


@pytest.mark.parametrize("text", ["2023", "2023-05", "2024-02-29"])
def test_a_date_may_be_as_exact_as_known(text):
    assert is_iso_date(text)


@pytest.mark.parametrize("text", ["", "23", "2023-13", "2023-02-29", "2023/05/01", "2023-5", "today"])
def test_a_date_that_does_not_exist_is_refused(text):
    assert not is_iso_date(text)
