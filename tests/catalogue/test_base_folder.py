"""A data folder that stands on another one: what it lacks, replaces, adds, leaves out; which file a problem names."""

import shutil

import pytest
from click.testing import CliRunner

from geo.catalogue.build import build_catalogue
from geo.catalogue_file import data_digest
from geo.cli.main import tongcheng
from geo.errors import RecordError, SourceError
from geo.files import bundled_folder, default_catalogue_path, own_catalogue_path
from geo.sources import Sources
from tests.area.conftest import FOLDER

LINE = 'T01 = { since = "2026-11-10", titles = ["试验记录1", "另一个题目"] }\n'


@pytest.fixture
def base(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "base")
    return tmp_path / "base"


@pytest.fixture
def mine(base):
    folder = base.with_name("mine")
    write(folder / "area.toml", 'base = "../base"\nname = { zh = "试验区" }\nwithout = ["cases/T02"]\n')
    return folder


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def case_of(base, case_id, **replaced):
    text = (base / "cases" / f"{case_id}.toml").read_text(encoding="utf-8")
    for old, new in replaced.values():
        text = text.replace(old, new)
    return text


def test_what_a_folder_lacks_comes_from_its_base_and_what_it_leaves_out_is_gone(mine):
    catalogue, _ = build_catalogue(Sources(mine))
    assert catalogue.area.name.zh == "试验区"
    assert list(catalogue.cases) == ["T01", "T03", "T04", "T05", "T06", "T07", "T08", "T09", "T10"]
    assert len(catalogue.layer("counties")) == 23


def test_no_record_of_the_base_tells_of_a_case_that_is_left_out(base, mine):
    told = case_of(base, "T01", title=("\n[title]", '\nsee_also = ["T02", "T03"]\n\n[title]'))
    write(base / "cases" / "T01.toml", told)
    assert build_catalogue(Sources(base))[0].case("T01").case.see_also == ("T02", "T03")
    assert build_catalogue(Sources(mine))[0].case("T01").case.see_also == ("T03",)
    write(mine / "cases" / "T01.toml", told)
    with pytest.raises(RecordError, match=r"cases/T01\.toml: see_also: 'T02' is no case"):
        build_catalogue(Sources(mine))


def test_a_record_of_the_same_id_replaces_that_of_the_base_and_others_are_added(base, mine):
    write(mine / "cases" / "T01.toml", case_of(base, "T01", title=("试验记录1", "另一个题目")))
    write(mine / "ids" / "ledger.toml", LINE)
    write(
        mine / "themes.toml",
        '[[theme]]\nid = "services"\nname = { zh = "服务" }\n\n[[theme]]\nid = "water"\nname = { zh = "水利" }\n',
    )
    catalogue, _ = build_catalogue(Sources(mine))
    assert catalogue.case("T01").case.title.zh == "另一个题目"
    assert [theme.name.zh for theme in catalogue.themes] == ["现代产业", "交通互联", "服务", "水利"]


def test_a_row_is_replaced_by_its_id(base, mine):
    write(mine / "townships" / "SOURCE.toml", 'datum = "WGS-84"\n')
    write(
        mine / "townships" / "townships.csv",
        "id,name_zh,county,lon,lat,coord_source\n430102002,新街街道,430102,112.99,28.19,test\n",
    )
    rows = {row["id"]: row["name_zh"] for row in Sources(mine).csv("townships/townships.csv")}
    assert rows["430102002"] == "新街街道"
    assert len(rows) == len(Sources(base).csv("townships/townships.csv"))


def test_coordinates_need_a_datum_in_their_own_folder(mine):
    write(mine / "townships" / "townships.csv", "id,name_zh,county,lon,lat,coord_source\n")
    with pytest.raises(SourceError, match=r"mine/townships/SOURCE.toml: is missing"):
        Sources(mine).csv("townships/townships.csv")


def test_a_problem_names_the_file_of_the_folder_that_holds_the_record(base, mine):
    write(mine / "cases" / "T01.toml", case_of(base, "T01", theme=('theme = "', 'theme = "x')))
    write(base / "cases" / "T03.toml", case_of(base, "T03", theme=('theme = "', 'theme = "x')))
    with pytest.raises(RecordError) as caught:
        build_catalogue(Sources(mine))
    assert [problem.split(": theme")[0] for problem in caught.value.problems] == [
        f"{base}/cases/T03.toml", f"{mine}/cases/T01.toml",
    ]  # fmt: skip


def problems_of(folder):
    with pytest.raises(RecordError) as caught:
        build_catalogue(Sources(folder))
    return list(caught.value.problems)


def test_a_new_case_wants_its_line_in_the_ledger_beside_it(base, mine):
    write(mine / "cases" / "T11.toml", case_of(base, "T01", id=("T01", "T11"), title=("试验记录1", "试验记录11")))
    (problem,) = problems_of(mine)
    assert problem.startswith(f"{mine}/ids/ledger.toml: T11: is new; add the line: T11 = ")


def test_a_case_of_the_base_wants_its_line_in_the_ledger_of_the_base(base, mine):
    write(base / "cases" / "T11.toml", case_of(base, "T01", id=("T01", "T11"), title=("试验记录1", "试验记录11")))
    write(mine / "ids" / "ledger.toml", LINE)
    write(mine / "cases" / "T01.toml", case_of(base, "T01", title=("试验记录1", "另一个题目")))
    (problem,) = problems_of(mine)
    assert problem.startswith(f"{base}/ids/ledger.toml: T11: is new; ")


def test_another_title_of_a_replaced_case_is_told_for_the_ledger_beside_it(base, mine):
    write(mine / "cases" / "T01.toml", case_of(base, "T01", title=("试验记录1", "新题目")))
    (problem,) = problems_of(mine)
    assert problem.startswith(f"{mine}/ids/ledger.toml: T01: the title '新题目' is none of its titles")


def test_what_a_replaced_case_lacks_is_told_for_its_own_file(mine):
    write(mine / "cases" / "T01.toml", 'id = "T01"\n')
    assert f"{mine}/cases/T01.toml: theme: is missing; add it" in problems_of(mine)


def test_an_id_is_not_found_in_a_longer_one(base, mine):
    write(mine / "ids" / "ledger.toml", 'T011 = { since = "2026-11-10", titles = ["无"] }\n')
    write(base / "ids" / "retired.toml", "")
    ledger = base / "ids" / "ledger.toml"
    write(ledger, ledger.read_text(encoding="utf-8").replace('T01 = { since = "', 'T01 = { since = "x'))
    assert [problem.split(":")[:2] for problem in problems_of(mine)] == [
        [f"{base}/ids/ledger.toml", " T01"],
        [f"{mine}/ids/ledger.toml", " T011"],
    ]


def test_every_file_that_a_problem_names_is_of_the_folder_it_is_told_for(mine):
    write(mine / "ids" / "ledger.toml", 'T99 = { since = "2026-11-10", titles = ["无"] }\n')
    (problem,) = problems_of(mine)
    assert problem == (
        f"{mine}/ids/ledger.toml: T99: has no record and is not retired; restore {mine}/cases/T99.toml or retire it in "
        f"{mine}/ids/retired.toml"
    )


def test_a_folder_that_leaves_out_every_case_is_told_for_itself(mine):
    every = ", ".join(f'"cases/T{number:02}"' for number in range(1, 11))
    write(mine / "area.toml", f'base = "../base"\nname = {{ zh = "试验区" }}\nwithout = [{every}]\n')
    assert f"{mine}/cases: holds no case; expected at least one <id>.toml" in problems_of(mine)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ('base = "../nowhere"', "there is no folder"),
        ('base = "../mine"', "leads back"),
        ("base = 3", 'expected "bundled" or the path of another folder'),
        ('without = ["cases/T01"]', "needs a base"),
        ('base = "../base"\nwithout = ["T01"]', "expected a list of records"),
        ('base = "../base', r"mine/area.toml: is not TOML"),
    ],
)
def test_a_base_that_cannot_be_is_told(mine, said, problem):
    write(mine / "area.toml", f'{said}\nname = {{ zh = "试验区" }}\n')
    with pytest.raises(SourceError, match=problem):
        Sources(mine)


def test_leaving_out_what_is_not_there_is_told(mine):
    write(mine / "area.toml", 'base = "../base"\nwithout = ["cases/Z99"]\n')
    with pytest.raises(RecordError, match=r"area.toml: without: 'cases/Z99' is no record of the base"):
        build_catalogue(Sources(mine))


def test_the_digest_covers_the_base(base, mine):
    before = data_digest(mine)
    write(base / "themes.toml", (base / "themes.toml").read_text(encoding="utf-8") + "# changed\n")
    assert data_digest(mine) != before


def test_the_installed_records_are_a_base(tmp_path):
    write(tmp_path / "area.toml", 'base = "bundled"\n')
    assert Sources(tmp_path).paths("cases", "A0*.toml")[0] == "cases/A01.toml"


def test_the_environment_names_the_folder_of_whoever_names_none(monkeypatch):
    monkeypatch.setenv("TONGCHENG_DATA", str(FOLDER))
    assert CliRunner().invoke(tongcheng, ["check", "--quiet"]).output.startswith("10 cases checked")
    assert own_catalogue_path(None) == own_catalogue_path(FOLDER) != default_catalogue_path()
    assert own_catalogue_path(bundled_folder()) == default_catalogue_path()


def test_an_option_goes_before_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("TONGCHENG_DATA", str(tmp_path / "nowhere"))
    assert CliRunner().invoke(tongcheng, ["check", "--quiet", "--data", str(FOLDER)]).output.startswith("10 cases")
    with pytest.raises(SourceError, match="TONGCHENG_DATA"):
        Sources()
