"""`tongcheng import cases`: what rows become, and what they never change."""

import datetime as dt
import re
import shutil
import time
import tomllib

import openpyxl
import pytest
from click.testing import CliRunner

from geo.catalogue.build import build_catalogue
from geo.cli.main import tongcheng
from geo.sources import Sources
from tests.imports.conftest import HEADS, contents

GOOD = ["K1", "试点新建蔬菜基地", "现代产业", "德阳市广汉市", None, None, None, "2023年5月"]


def record(folder, case_id):
    return tomllib.loads((folder / "cases" / f"{case_id}.toml").read_text(encoding="utf-8"))


def memory(folder, case_id):
    return tomllib.loads((folder / "imports" / f"{case_id}.toml").read_text(encoding="utf-8"))


def test_a_row_becomes_a_draft_with_its_source_and_place(run, mine, workbook):
    result = run("cases", workbook(GOOD))
    assert result.exit_code == 0, result.output
    draft = record(mine, "D13")
    assert draft["title"] == {"zh": "试点新建蔬菜基地"}
    assert (draft["theme"], draft["cities"], draft["period"]) == ("industry", ["510600"], {"start_date": "2023-05"})
    assert (draft["membership"], draft["title_status"], draft["status"]) == ("related", "descriptive", "unknown")
    assert draft["places"] == [{"mention": "德阳市广汉市", "role": "jurisdiction", "county": "510681"}]
    source = draft["sources"][0]
    assert (source["title"], source["rating"]) == ("cases.xlsx", "recalled")
    assert source["note"]["zh"] == "由 cases.xlsx 导入，编号 K1"


def test_how_a_place_was_found_is_kept_beside_the_record(run, mine, workbook):
    run("cases", workbook(["K1", "某试点", "现代产业", "眉山市复兴镇与金堂县", *[None] * 4]))
    places = memory(mine, "D13")["place"]
    assert [(place["mention"], place["found"], place["kind"]) for place in places] == [
        ("复兴镇", "复兴镇", "town"),
        ("金堂县", "金堂县", "county"),
    ]
    assert [place["confidence"] >= 0.85 for place in places] == [True, True]
    assert places[1]["reason"] == "county written out"
    assert places[0]["alternatives"] == ["金堂县"]
    assert "# 金堂县 (county), confidence 0.97: county written out" in (mine / "cases" / "D13.toml").read_text()


def test_check_passes_with_drafts_and_draws_points_of_every_datum_where_they_are(run, checkout, mine, workbook):
    points = [
        ["K1", "环湖绿道一期", "生态环境", "三岔湖；什邡市", 104.27, 30.29, "WGS-84", 2022],
        ["K2", "环湖绿道之二", "生态环境", "三岔湖", 104.27, 30.29, "CGCS2000", None],
        ["K3", "湖畔步道第三段", "生态环境", "三岔湖", 104.2723744, 30.2873302, "GCJ-02", None],
        ["K4", "观鸟台建设项目", "生态环境", "三岔湖", 104.2788026, 30.2936219, "BD-09", None],
    ]
    result = run("cases", workbook(*points))
    assert result.exit_code == 0, result.stderr
    shutil.copytree(checkout / "data", mine, ignore=shutil.ignore_patterns("cases", "ids"), dirs_exist_ok=True)
    catalogue, report = build_catalogue(Sources(mine))
    places = catalogue.cases["F24"].footprints
    assert [(place.name.zh, place.method) for place in places] == [("三岔湖", "coordinates"), ("什邡市", "full")]
    ids = ("F24", "F25", "F26", "F27")
    drawn = [catalogue.cases[name].footprints[0] for name in ids]
    assert [(one.geometry.x, one.geometry.y) for one in drawn] == [pytest.approx((104.27, 30.29), abs=1e-6)] * 4
    assert {(one.precision, one.counties, one.radius_m) for one in drawn} == {("exact", ("510185",), 100.0)}
    assert record(mine, "F26")["places"][0]["point"] == {
        "lon": 104.2723744, "lat": 30.2873302, "datum": "gcj02", "radius_m": 100.0,
    }  # fmt: skip
    assert not [warning for warning in report.warnings if any(f"cases/{name}" in warning for name in ids)]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["K", "甲", "现代产业", "广汉市", 104.25, 30.88, None, None], "expected WGS-84, CGCS2000, GCJ-02 or BD-09"),
        (["K", "甲", "现代产业", "广汉市", 30.88, 104.25, "GPS", None], "They are swapped: write 104.25, 30.88"),
        (["K", "甲", "现代产业", "广汉市", 116.4, 39.9, "GPS", None], "a point in one of the 35 counties"),
        (["K", "甲", "现代产业", "广汉市", 104.25, None, "GPS", None], "纬度: arrived nothing beside lon"),
        (["K", "甲", "现代产业", "广汉市", "约104", 30.8, "GPS", None], "经度: arrived '约104'; expected a number"),
        (["K", "甲", "现代产业", "广汉市", 104.25, 30.88, "西安80", None], "坐标系: arrived '西安80'; expected one of"),
        (["K", "甲", "现代产业", "广汉市", None, None, None, 45292], "is 2024-01-01: format the cells as dates"),
        (
            ["K", "甲", "现代产业", "广汉市", None, None, None, "去年"],
            "开始日期: arrived '去年'; expected a date such as",
        ),
        (
            ["K", "甲", "现代产业", "火星", None, None, None, None],
            "地点: arrived '火星'; expected a place in this area",
        ),
        (["K", "甲", "商业", "广汉市", None, None, None, None], "主题: arrived '商业'; expected one of layout"),
        (["K", None, "现代产业", "广汉市", None, None, None, None], "标题: arrived nothing; expected a text"),
        (["K", "=1+1", "现代产业", "广汉市", None, None, None, None], "标题: arrived the formula =1+1"),
        (["K", "相向打造成德临港经济产业带", "现代产业", "广汉市", *[None] * 4], "a title of A01; expected a practice"),
    ],
)
def test_a_problem_says_row_column_what_arrived_what_was_expected(run, mine, workbook, row, told):
    before = contents(mine)
    result = run("cases", workbook(row))
    assert result.exit_code == 1
    assert re.search(r"error: row 2, \S+: arrived ", result.stderr)
    assert told in result.stderr
    assert contents(mine) == before


def test_all_problems_of_all_rows_are_told_at_once(run, workbook):
    rows = [["K", "甲", "商业", "火星", *[None] * 3, "去年"], GOOD, ["L", None, "商业", "火星", *[None] * 4]]
    lines = [line for line in run("cases", workbook(*rows)).stderr.splitlines() if line.startswith("error")]
    assert [line.split(":")[1].strip() for line in lines] == [
        "row 2, 主题", "row 2, 开始日期", "row 2, 地点", "row 4, 标题", "row 4, 主题", "row 4, 地点",
    ]  # fmt: skip


def test_a_date_cell_is_a_date(run, mine, workbook):
    run("cases", workbook([*GOOD[:7], dt.datetime(2023, 5, 4)]))  # noqa: DTZ001  as a workbook holds it
    assert record(mine, "D13")["period"] == {"start_date": "2023-05-04"}


@pytest.mark.parametrize("cell", ["104.27,30.29", "104.27，30.29", "104.27 30.29", "１０４.２７、３０.２９"])
def test_both_numbers_of_a_point_may_stand_in_one_cell(run, mine, workbook, cell):
    heads = ["编号", "标题", "主题", "坐标", "坐标系"]
    run("cases", workbook(["K1", "某园区", "现代产业", cell, "GPS"], heads=heads))
    point = record(mine, "D13")["places"][0]["point"]
    assert (point["lon"], point["lat"]) == (104.27, 30.29)


def test_one_number_is_no_point(run, workbook):
    heads = ["编号", "标题", "主题", "坐标", "坐标系"]
    result = run("cases", workbook(["K1", "某园区", "现代产业", "104.27", "GPS"], heads=heads))
    assert "row 2, 坐标: arrived '104.27'; expected longitude,latitude in degrees" in result.stderr


def test_two_rows_of_one_title_or_one_key_are_told(run, workbook):
    rows = [GOOD, ["K2", "试点新建“蔬菜基地”", *GOOD[2:]], ["K1", "另一件事", *GOOD[2:]]]
    result = run("cases", workbook(*rows))
    assert "row 3, 标题: arrived the title of row 2 again" in result.stderr
    assert "row 4, 编号: arrived 'K1', which is the key of row 2 too" in result.stderr


def test_a_title_much_like_another_is_told_and_taken(run, mine, workbook):
    result = run("cases", workbook(["K1", "相向打造成德临港经济产业带二期", "发展布局", "广汉市", *[None] * 4]))
    assert "is much like A01 '相向打造成德临港经济产业带' (0.93)" in result.stderr
    assert record(mine, "A09")["title"]["zh"] == "相向打造成德临港经济产业带二期"


def test_importing_twice_changes_nothing(run, workbook, tmp_path):
    path = workbook(GOOD, ["K", "甲", "商业", "火星", *[None] * 4])
    run("cases", path)
    before = contents(tmp_path)
    result = run("cases", path)
    assert "2 rows: 0 new, 0 changed, 1 unchanged, 1 with problems" in result.stdout
    assert contents(tmp_path) == before


def test_a_changed_row_keeps_its_id(run, mine, workbook):
    run("cases", workbook(GOOD))
    result = run("cases", workbook(["K0", "新的一行", *GOOD[2:]], ["K1", "试点扩建蔬菜基地", *GOOD[2:]]))
    assert "D13 changed, row 3: 试点扩建蔬菜基地" in result.stdout
    assert record(mine, "D13")["title"]["zh"] == "试点扩建蔬菜基地"
    ledger = tomllib.loads((mine / "ids" / "ledger.toml").read_text(encoding="utf-8"))
    assert ledger["D13"]["titles"] == ["试点新建蔬菜基地", "试点扩建蔬菜基地"]


def test_without_a_key_the_title_finds_the_row_again(run, mine, workbook):
    run("cases", workbook([None, *GOOD[1:]]))
    result = run("cases", workbook([None, *GOOD[1:3], "德阳市什邡市", *GOOD[4:]]))
    assert "D13 changed" in result.stdout
    assert record(mine, "D13")["places"][0]["county"] == "510682"


def test_a_record_that_was_edited_is_never_overwritten(run, mine, workbook):
    run("cases", workbook(GOOD))
    path = mine / "cases" / "D13.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"unknown"', '"completed"'), encoding="utf-8")
    before = contents(mine)
    result = run("cases", workbook([*GOOD[:3], "德阳市什邡市", *GOOD[4:]]))
    assert result.exit_code == 1
    assert "row 2: arrived a row that changed, while cases/D13.toml was edited since it was imported" in result.stderr
    assert contents(mine) == before


def test_a_row_that_is_gone_is_told_and_its_draft_stays(run, mine, workbook):
    run("cases", workbook(GOOD, ["K2", "第二件事", *GOOD[2:]]))
    result = run("cases", workbook(GOOD))
    assert "1 drafts of cases.xlsx have no row in it now: D14; they stay" in result.stderr
    assert (mine / "cases" / "D14.toml").is_file()


def test_mended_rows_are_imported_and_belong_to_their_file(run, mine, workbook, tmp_path):
    run("cases", workbook(GOOD, ["K2", "第二件事", "商业", *GOOD[3:]]))
    path = tmp_path / "cases.problems.xlsx"
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book.active[1]][-1] == "导入问题 import problem"
    assert "主题: arrived '商业'" in book.active["I2"].value
    book.active["C2"] = "现代产业"
    book.save(path)
    result = run("cases", path)
    assert result.exit_code == 0, result.stderr
    assert memory(mine, "D14")["origin"] == "cases.xlsx"
    again = run("cases", workbook(GOOD, ["K2", "第二件事", *GOOD[2:]]))
    assert "2 rows: 0 new, 0 changed, 2 unchanged, 0 with problems" in again.stdout


def test_a_second_row_of_a_title_that_was_not_mended_takes_no_id_away(run, workbook, tmp_path):
    run("cases", workbook(GOOD, ["K2", *GOOD[1:]]))
    mended = run("cases", tmp_path / "cases.problems.xlsx")
    assert "arrived '试点新建蔬菜基地', a title of D13, imported from cases.xlsx" in mended.stderr
    changed = run("cases", workbook(["K1", "试点扩建蔬菜基地", *GOOD[2:]]))
    assert "D13 changed, row 2: 试点扩建蔬菜基地" in changed.stdout


def test_a_second_row_of_a_title_above_the_first_takes_no_id_away(run, workbook):
    run("cases", workbook(GOOD))
    result = run("cases", workbook(["K2", *GOOD[1:]], GOOD))
    assert "row 2, 标题: arrived '试点新建蔬菜基地', a title of D13" in result.stderr
    assert "2 rows: 0 new, 0 changed, 1 unchanged, 1 with problems" in result.stdout


def test_a_file_that_is_being_mended_is_not_replaced(run, workbook, tmp_path):
    run("cases", workbook(["K2", "第二件事", "商业", *GOOD[3:]]))
    before = (tmp_path / "cases.problems.xlsx").read_bytes()
    run("cases", workbook(["K3", "第三件事", "商业", *GOOD[3:]]))
    assert (tmp_path / "cases.problems.xlsx").read_bytes() == before
    assert (tmp_path / "cases.problems-2.xlsx").is_file()


def test_defaults_and_maps_fill_what_the_file_does_not_say(run, mine, workbook):
    path = workbook(["某试点", "广汉市"], heads=["项目", "哪里"])
    result = run("cases", path, "--map", "项目=title", "--map", "哪里=place", "--default", "theme=现代产业")
    assert result.exit_code == 0, result.output
    assert record(mine, "D13")["places"][0]["county"] == "510681"


def test_a_row_changes_with_what_its_blank_cells_mean(run, workbook):
    path = workbook([*GOOD[:2], None, *GOOD[3:]])
    run("cases", path, "--default", "theme=现代产业")
    assert "0 changed, 1 unchanged" in run("cases", path, "--default", "theme=现代产业").stdout
    assert "1 changed, 0 unchanged" in run("cases", path, "--default", "theme=发展布局").stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--map", "标题=titel"], "'titel' is no field; expected one of cities"),
        (["--map", "题目=title"], "the table has no column '题目'; it has 编号, 标题"),
        (["--map", "地点=title", "--map", "标题=title"], "all are the field title"),
        (["--default", "thema=x"], "'thema' is no field"),
        (["--default", "theme"], "expected two texts with = between them"),
    ],
)
def test_what_is_said_wrongly_is_told(run, workbook, args, told):
    result = run("cases", workbook(GOOD), *args)
    assert told in f"{result.exception} {result.output}"


def test_a_dry_run_and_a_strict_one_write_nothing(run, mine, workbook, tmp_path):
    path = workbook(GOOD, ["K2", "第二件事", "商业", *GOOD[3:]])
    before = contents(mine)
    assert "nothing was written" in run("cases", path, "--dry-run").stdout
    assert not (tmp_path / "cases.problems.xlsx").exists()
    assert "nothing was written" in run("cases", path, "--strict").stdout
    assert contents(mine) == before


def test_places_come_from_the_title_where_the_row_names_none(run, mine, workbook):
    result = run("cases", workbook(["K1", "金堂县试点新建蔬菜基地", "现代产业", *[None] * 5]))
    assert "row 2, 地点: nothing arrived; the title names 金堂县" in result.stderr
    assert record(mine, "D13")["cities"] == ["510100"]


def test_a_place_that_nobody_knows_is_shown_as_the_cities_of_its_row(run, mine, workbook):
    result = run("cases", workbook(["K1", "某试点", "现代产业", "火星基地", "德阳"],
                                   heads=["编号", "标题", "主题", "地点", "城市"]))  # fmt: skip
    assert "'火星基地': in no list of names; shown as its county or cities" in result.stderr
    assert record(mine, "D13")["cities"] == ["510600"]


def test_the_package_is_only_read(workbook):
    result = CliRunner().invoke(tongcheng, ["import", "cases", str(workbook(GOOD))])
    assert result.exit_code == 2
    assert "name the folder to write to with --data" in result.output


WIDE = [*HEADS, "区县", "城市", "误差米"]


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([104.27, 30.29, "GPS", None, "什邡市"], "区县: arrived 什邡市, while the point lies in 简阳市"),
        ([None, None, None, None, "中江镇"], "区县: arrived '中江镇'; expected one of 510104"),
        ([None, None, None, None, None, "德阳、重庆"], "城市: arrived '重庆'; expected some of 成都市, 德阳市"),
        ([104.27, 30.29, "GPS", None, None, None, -5], "误差米: arrived -5; expected metres above 0"),
    ],
)
def test_what_contradicts_the_area_is_a_problem(run, workbook, cells, told):
    result = run("cases", workbook(["K", "甲", "现代产业", "什邡市", *cells], heads=WIDE))
    assert told in result.stderr


def test_a_place_elsewhere_than_its_point_or_cities_is_told(run, workbook):
    rows = [["K1", "甲试点项目", "现代产业", "什邡市", 104.27, 30.29, "GPS"],
            ["K2", "乙示范工程", "现代产业", "什邡市", None, None, None, None, None, "资阳"]]  # fmt: skip
    result = run("cases", workbook(*rows, heads=WIDE))
    assert "row 2, 地点: the point lies in 简阳市, while '什邡市' means 什邡市; the point was taken" in result.stderr
    assert "row 3, 地点: '什邡市' lies in none of the cities that the row names" in result.stderr


def test_a_folder_that_does_not_hold_is_not_added_to(run, mine, workbook):
    shutil.copy(mine / "cases" / "A01.toml", mine / "cases" / "Z99.toml")
    result = run("cases", workbook(GOOD))
    assert "data/cases/Z99.toml: id: arrived 'A01'" in str(result.exception)


def test_a_thousand_rows_take_seconds(run, workbook):
    names = ["广汉市", "简阳市", "彭山区", "雁江区", "什邡市"]
    rows = [[f"K{n}", f"第{n}号试点{n * n}", "现代产业", names[n % 5], *[None] * 4] for n in range(1000)]
    path = workbook(*rows)
    start = time.process_time()
    result = run("cases", path, "--quiet")
    assert time.process_time() - start < 8  # compiling the names, which this leaves out, takes one more
    assert "1000 rows: 1000 new" in result.stdout
