"""What is true of the records of today: every other test speaks of the frozen ones.

A fact about one case speaks of its record as it stood on WRITTEN. It is silent about cases that came later, that were
retired, and whose record was checked again since (`last_checked`): whoever mends a record may write its facts anew.
"""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from geo.case import Membership, TitleStatus
from geo.catalogue.build import build_catalogue
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.matched import Matched
from geo.gazetteer.entry import bare_township
from geo.query import CaseQuery, from_args
from geo.sources import Sources
from geo.verify import run as verify_run
from geo.verify.run import Claims, sample, verify

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = "2026-11-24"
LAST = {"A": 18, "B": 15, "C": 8, "D": 17, "E": 6, "F": 25, "G": 9, "H": 19, "I": 7}  # the last id of each group


@pytest.fixture(scope="module")
def built():
    return build_catalogue(Sources(ROOT / "data"))


@pytest.fixture(scope="module")
def catalogue(built) -> Catalogue:
    return built[0]


@pytest.fixture(scope="module")
def spoken_of(catalogue) -> frozenset[str]:
    """The cases whose facts stand here."""
    return frozenset(
        case_id
        for case_id, located in catalogue.cases.items()
        if located.case.last_checked == WRITTEN and int(case_id[1:]) <= LAST.get(case_id[0], 0)
    )


@pytest.fixture(scope="module")
def quoted(catalogue):
    """Value and qualifiers of every figure that is cited from the press release, by case and Chinese label."""
    return {
        (case_id, figure.label.zh): (figure.value, figure.qualifiers)
        for case_id, located in catalogue.cases.items()
        for figure in located.case.figures
        if figure.source == "press-release"
    }


# All records


def test_every_id_of_the_ledger_is_a_case_or_retired(catalogue):
    ledger = tomllib.loads((ROOT / "data" / "ids" / "ledger.toml").read_text(encoding="utf-8"))
    assert sorted(ledger) == sorted([*catalogue.cases, *catalogue.retired])


def test_nothing_that_ever_stood_in_the_ledger_was_taken_away():
    command = ["git", "log", "-p", "--format=", "--", "data/ids/ledger.toml"]
    asked = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if asked.returncode or not asked.stdout:
        pytest.skip("no history here")
    ledger = tomllib.loads((ROOT / "data" / "ids" / "ledger.toml").read_text(encoding="utf-8"))
    added = [tomllib.loads(line) for line in re.findall(r"^\+([A-Z]\d+ = .*)$", asked.stdout, re.MULTILINE)]
    ever = {(name, title) for line in added for name in line for title in line[name]["titles"]}
    now = {(name, title) for name in ledger for title in ledger[name]["titles"]}
    assert len(ever) >= 121
    assert ever - now == set()


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


def test_a_source_that_was_seen_only_at_a_copying_site_has_no_address(catalogue):
    linked = [
        source.title
        for case in catalogue.cases.values()
        for source in case.case.sources
        if source.note and "转载" in source.note.zh and source.url
    ]
    assert linked == []


def test_at_least_nine_in_ten_mentions_resolve(built):
    report = built[1]
    assert report.resolved / report.mentions >= 0.9


def test_every_label_point_lies_within_its_footprint(catalogue):
    outside = [case.id for case in catalogue.cases.values() if case.label_point.distance(case.best.geometry) > 1e-9]
    assert outside == []


def test_every_footprint_says_how_it_was_found(catalogue):
    silent = [f.id for case in catalogue.cases.values() for f in case.footprints if not (f.method and f.evidence)]
    assert silent == []


def test_every_case_has_a_fact(catalogue):
    assert [case_id for case_id in catalogue.cases if not catalogue.facts(case_id)] == []


def test_the_numbers_of_a_sample_are_those_of_the_second_method(catalogue, monkeypatch):
    monkeypatch.setattr(verify_run, "SAMPLE_EVERY", 40)
    monkeypatch.setattr(verify_run, "LAYER_KINDS", ())  # records have no part in those
    claims = Claims({f.id: f.geometry for f in catalogue.footprints}, catalogue.layers, catalogue.relations)
    results = verify(claims, sample(claims))
    assert [result.kind.name for result in results if not result.is_right] == []


# The press release


def test_the_nine_groups_keep_their_official_counts(catalogue):
    counts = {theme.name.zh: theme.official_count for theme in catalogue.themes if theme.official_count is not None}
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


NAMED = (
    "A01 A02 A03 A04 B01 B02 B03 B04 B06 B10 C01 C02 C03 C04 C05 D01 D02 D03 D04 D10 D14 D15 E02 E03 F01 "
    "F05 F06 F11 F12 F14 F17 F18 G01 G02 G03 G04 G05 H01 H02 H03 H04 H08 I01 I03 I04 I05 I06 I07"
)


def test_48_cases_are_named_by_the_press_release(catalogue, spoken_of):
    named = {case_id for case_id in spoken_of if catalogue.cases[case_id].case.membership is Membership.NAMED}
    assert len(NAMED.split()) == 48
    assert named == spoken_of.intersection(NAMED.split())


FIGURES = {
    ("D01", "集聚企业"): (3000, ("近",)),
    ("D01", "产值"): (2300, ("超",)),
    ("D02", "产业链产值"): (700, ("超",)),
    ("D04", "跨市域协作配套企业"): (1551, ()),
    ("C02", "实现互认的领域"): (2, ()),
    ("C05", "促成四市校地合作项目"): (300, ("超",)),
    ("B04", "累计打通城际“断头路”"): (13, ("累计",)),
    ("B06", "跨市公交"): (15, ()),
    ("B10", "日开行动车"): (136, ()),
    ("B10", "平均发车间隔"): (22, ()),
    ("H03", "无差别受理事项"): (241, ()),
    ("H04", "累计减少群众跑腿"): (611, ("累计", "超")),
    ("F01", "结对学校"): (292, ()),
    ("F05", "互认机构"): (154, ()),
    ("F06", "异地就医直接结算"): (541.8, ()),
    ("F06", "医保基金支付"): (23.7, ()),
    ("F12", "联合招聘活动"): (104, ()),
    ("F12", "共享就业岗位信息"): (30.07, ()),
    ("G03", "累计解决问题"): (11.74, ("累计",)),
    ("G03", "问题解决率"): (98.9, ()),
    ("G04", "累计修复大熊猫栖息地"): (17, ("累计", "余")),
}


@pytest.mark.parametrize("key", FIGURES, ids=" ".join)
def test_a_figure_of_the_press_release_stands_with_its_case(quoted, spoken_of, key):
    assert quoted.get(key) == FIGURES[key] or key[0] not in spoken_of


def test_the_area_page_carries_the_figures_of_no_single_case(catalogue):
    figures = {figure.label.zh: figure.value for figure in catalogue.area.figures}
    assert figures["经济总量"] == 2.78
    assert figures["占全省比重"] == 46.3
    assert figures["四市间日均流动人口"] == 60


# Where the cases lie: held against the records one by one. A station, town, zone or line of the case that lies there;
# a site of which only the county or city is stated; a jurisdiction.
GROUPS = {
    "S3 within 5 km": (
        {"near": "transit_lines:S3", "within_km": "5"},
        {
            "located": "A03 A04 A12 B01 B05 B10 B11 F23 H01 H12",
            "possible": "A05 B04 B13 B15 C01 C07 D03 D17 F09 G02 H14 H17 B06",
            "applies": "D01 D02 D07 D16 E04 E06 F02 F10 F16 H15",
        },
    ),
    "the Chengdu–Ziyang belt": (
        {"belt": "chengdu-ziyang"},
        {
            "located": "A03 A04 A12 B01 B04 B05 B06 B10 B11 B13 F23 G01 H01 H12",
            "possible": "A05 B15 C01 C07 D03 D17 F09 G02 H14 H17",
            "applies": "D01 D02 D07 D16 E04 E06 F02 F10 F16 H15",
        },
    ),
    "the ring zone": (
        {"eco_zone": "huancheng"},
        {
            "located": "B03 B08",
            "possible": "A01 A02 A11 B04 B06 B07 B12 B15 C04 C07 C08 D06 D09 E06 F03 F18 G02 I01 I05",
            "applies": "D01 D02 D05 D08 F16",
        },
    ),
    "龙泉山": (
        {"eco_zone": "longquanshan"},
        {
            "located": "A09 A11 A14 A18 B02 G01 H01",
            "possible": "A01 A02 A03 A04 A05 B04 B06 B07 B11 B12 B13 B15 C04 C07 C08 D09 E01 F23 G02 H12 H14 H17 I01 "
            "I05",
            "applies": "A07 A16 B05 D01 D02 F16",
        },
    ),
    "the Tianfu New Area–Renshou zone": (
        {"border_zone": "tianfu-renshou"},
        {
            "located": "A11 A18 B02 G01",
            "possible": "A02 B04 B06 B07 B12 C01 C04 C07 C08 D09 G02 H10 I01 I05",
            "applies": "D01 D02 D16 E04 E06",
        },
    ),
}


@pytest.mark.parametrize(("args", "groups"), GROUPS.values(), ids=GROUPS)
def test_groups_are_those_written_by_hand(catalogue, spoken_of, args, groups):
    query = from_args(args.items(), catalogue.vocabulary)
    matched = Matched(catalogue, query)
    numbers = catalogue.index.numbers(query).tolist()
    told = [(catalogue.index.cases[number].id, matched.of(number).certainty.value) for number in numbers]
    written = [(case_id, group) for group, ids in groups.items() for case_id in ids.split()]
    assert [pair for pair in told if pair[0] in spoken_of] == [pair for pair in written if pair[0] in spoken_of]


# What people would type, and a case that must come out among the first ten of those spoken of.
SEARCHED = [
    ("龙泉山", "G01"), ("龙泉山城市森林公园", "G01"), ("城市森林公园", "G01"), ("龍泉山", "G01"),
    ("longquanshan", "G01"), ("long quan shan", "G01"), ("longquans", "G01"), ("lqs", "G01"),
    ("forest park", "G01"), ("川芎", "A08"), ("chuanxiong", "D12"), ("彭什", "A08"), ("pengshi", "A08"),
    ("青白江广汉", "A07"), ("S3", "B01"), ("成资线", "B01"), ("资阳线", "B01"), ("suburban railway", "B01"),
    ("S11", "B03"), ("跨市公交", "B06"), ("公交", "B07"), ("bus", "B06"), ("断头路", "B04"),
    ("duantoulu", "B04"), ("天府大道", "B12"), ("tfdd", "B12"), ("安岳", "D13"), ("儿童医院", "F08"),
    ("hospital", "F08"), ("石室中学", "F03"), ("三星堆", "F19"), ("sanxingdui", "F19"), ("老鹰水库", "F23"),
    ("水源地", "F23"), ("银政通", "H04"), ("yinzhengtong", "H04"), ("法院", "H14"), ("court", "H14"),
    ("大熊猫国家公园", "G04"), ("中国牙谷", "D03"), ("yagu", "D03"), ("144小时", "E06"), ("一卡通", "B14"),
    ("天府通", "B14"), ("科创通", "C06"), ("毗河供水", "B15"), ("A08", "A08"), ("简雁乐", "A12"),
    ("安岳蔬菜", "D13"), ("vegetables", "D13"), ("shifang", "A08"), ("一卡码通", "B14"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "case_id"), SEARCHED, ids=[text for text, _ in SEARCHED])
def test_what_people_type_finds_the_case(catalogue, spoken_of, text, case_id):
    found = [case.id for case in catalogue.select(CaseQuery(q=text)) if case.id in spoken_of]
    assert case_id in found[:10] or case_id not in spoken_of


_NATURE = frozenset({"mountain", "river", "lake", "park", "eco_zone"})


def test_no_case_of_a_range_river_or_park_is_pinned_to_a_town_of_the_same_name(catalogue):
    """龙门山 of G04 is the mountain range, not 龙门山镇."""
    towns = {entry.name: bare_township(entry.name) for entry in catalogue.entries if entry.id.startswith("town:")}
    nature = {name for entry in catalogue.entries if entry.kind in _NATURE for name in (entry.name, *entry.aliases)}
    pinned = [
        (case.id, footprint.name.zh, name)
        for case in catalogue.cases.values()
        for footprint in case.footprints
        for name in nature
        if name.startswith(towns.get(footprint.name.zh, name + "-"))
        and name in case.case.title.zh + case.case.summary.zh
    ]
    assert pinned == []
