"""The command."""

import json
import subprocess
import sys

import pandas as pd
import pyogrio
import pytest
from click.testing import CliRunner

from geo.catalogue.store import read_catalogue
from geo.cli.main import tongcheng
from geo.errors import SourceError, StoreError
from tests.area.conftest import FOLDER as CHANGSHA

pytestmark = pytest.mark.usefixtures("read_once")


def run(*args):
    return CliRunner().invoke(tongcheng, list(args))


@pytest.mark.parametrize(
    "command", ["check", "build", "serve", "export", "geocode", "reverse", "linear", "verify", "init"]
)
def test_every_command_explains_itself_with_examples(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"tongcheng {command}" in result.output


def test_the_command_starts_without_a_heavy_library():
    code = "import sys, geo.cli.main; print(sorted({'numpy', 'pandas', 'shapely', 'pydantic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.fixture(scope="module")
def checked(built):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geo.catalogue.build.build_catalogue", lambda *_, **__: built)
        return run("check")


def test_check_counts_the_cases(checked):
    assert checked.exit_code == 0
    assert "15 cases checked" in checked.output


def test_check_is_strict_when_asked(built, monkeypatch):
    monkeypatch.setattr("geo.catalogue.build.build_catalogue", lambda *_, **__: built)
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "error: data/cases/B04.toml: places: '万罗路'" in result.output


def test_check_lists_every_problem_and_fails(data_copy):
    (data_copy / "cases" / "A01.toml").write_text('id = "A01"\n', encoding="utf-8")
    result = run("check", "--data", str(data_copy))
    assert result.exit_code == 1
    assert f"error: {data_copy}/cases/A01.toml: theme: is missing; add it" in result.output
    assert f"error: {data_copy}/cases/A01.toml: title: is missing; add it" in result.output


def test_build_writes_where_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("geo.files.own_folder", lambda: tmp_path / "own")
    path = tmp_path / "x.gpkg"
    result = run("build", "--data", str(CHANGSHA), "--catalogue", str(path))
    assert result.exit_code == 0
    assert list(read_catalogue(path).cases)[:3] == ["T01", "T02", "T03"]


def test_export_writes_to_standard_output(catalogue_file):
    result = run("export", "belts", "--catalogue", str(catalogue_file))
    assert len(json.loads(result.stdout)["features"]) == 3


def test_export_writes_a_file_under_a_condition(catalogue_file, tmp_path):
    out = tmp_path / "ecology.geojson"
    run("export", "cases", "--theme", "ecology", "--out", str(out), "--catalogue", str(catalogue_file))
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 2


@pytest.mark.parametrize("name", ["x.gpkg", "x.shp.zip", "x.xlsx", "x.jsonfg"])
def test_the_file_name_chooses_the_format(catalogue_file, tmp_path, name):
    out = tmp_path / name
    run("export", "airports", "--out", str(out), "--catalogue", str(catalogue_file))
    assert out.read_bytes()[:2] in {b"SQ", b"PK", b'{"'}


def test_csvw_is_written_beside_a_csv(catalogue_file, tmp_path):
    run("export", "belts", "--out", str(tmp_path / "belts.csv"), "--catalogue", str(catalogue_file))
    assert json.loads((tmp_path / "belts.csv-metadata.json").read_text(encoding="utf-8"))["url"] == "belts.csv"


def test_geojson_in_another_datum_becomes_jsonfg(catalogue_file):
    result = run("export", "belts", "--datum", "gcj02", "--catalogue", str(catalogue_file))
    assert json.loads(result.stdout)["coordRefSys"]["name"] == "GCJ-02 (not WGS-84)"


def test_everything_is_exported_twice_alike(catalogue_file, bundle, tmp_path):
    one = tmp_path / "one.zip"
    run("export", "--all", str(one), "--catalogue", str(catalogue_file))
    assert one.read_bytes() == bundle
    names = [name for name, _ in pyogrio.list_layers(f"/vsizip/{one}/tongcheng.gpkg")]
    assert names[:4] == ["cases", "footprint_points", "footprint_lines", "footprint_areas"]
    assert names[-1] == "layer_styles"


@pytest.mark.parametrize("args", [[], ["belts", "--all", "x.zip"]])
def test_export_wants_either_one_thing_or_everything(args):
    assert "say what to export" in run("export", *args).output


def test_export_into_a_folder_that_does_not_exist_is_told(catalogue_file, tmp_path):
    result = run("export", "belts", "--out", str(tmp_path / "no" / "x.geojson"), "--catalogue", str(catalogue_file))
    assert isinstance(result.exception, StoreError)
    assert "choose another file with --out" in str(result.exception)


def test_check_shows_for_each_mention_what_was_matched_how_and_how_surely(checked):
    lines = checked.output.splitlines()
    assert "A08 彭什交界地带 → 彭州—什邡交界地带 [zone; 彭州市、什邡市] alias 0.93" in lines
    assert any(line.startswith("B04 万罗路 → ") and line.endswith("fallback 0.30") for line in lines)


def test_every_line_gets_its_answer_in_order(catalogue_file, tmp_path):
    path = tmp_path / "texts.txt"
    path.write_bytes("德阳市\n\n".encode() + b"\xff\xed\xa0\x80" + "简阳市\r\n雙流縣".encode())
    result = run("geocode", str(path), "--catalogue", str(catalogue_file))
    answers = [json.loads(line)["adcode"] for line in result.stdout.splitlines()]
    assert answers == ["510600", None, "510185", "510116"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_column_of_a_csv_is_geocoded(catalogue_file, tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_text("地址\n仁寿县视高街道\n\n德阳市\n", encoding=encoding)
    result = run("geocode", "--column", "地址", str(path), "--catalogue", str(catalogue_file))
    assert [json.loads(line)["adcode"] for line in result.stdout.splitlines()] == ["511421", None, "510600"]


def test_a_column_of_a_workbook_is_geocoded(catalogue_file, tmp_path):
    path = tmp_path / "list.xlsx"
    pd.DataFrame({"地址": ["什邡市", None, "德阳市"]}).to_excel(path, index=False)
    result = run("geocode", "--column", "地址", str(path), "--catalogue", str(catalogue_file))
    assert [json.loads(line)["adcode"] for line in result.stdout.splitlines()] == ["510682", None, "510600"]


@pytest.mark.parametrize(("name", "content"), [("a.csv", b""), ("a.xlsx", b"not a workbook"), ("a.parquet", b"PAR1")])
def test_a_table_that_cannot_be_read_is_refused(catalogue_file, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    result = run("geocode", "--column", "地址", str(tmp_path / name), "--catalogue", str(catalogue_file))
    assert isinstance(result.exception, SourceError)
    assert f"{name}: cannot be read as a table" in str(result.exception)


def test_a_column_that_is_not_there_is_refused_with_those_that_are(catalogue_file, tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x,y\n1,2\n")
    result = run("geocode", "--column", "地址", str(tmp_path / "a.csv"), "--catalogue", str(catalogue_file))
    assert result.exit_code == 2
    assert "has no column '地址'; it has x, y" in result.output


def test_every_line_of_coordinates_gets_an_answer_or_an_error(catalogue_file, tmp_path):
    path = tmp_path / "points.txt"
    path.write_text("104.39,31.13\n31.13,104.39\nnan,1\n1_04,30\nx\n116,40\n", encoding="utf-8")
    result = run("reverse", str(path), "--catalogue", str(catalogue_file))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer.get("inside") for answer in answers] == [True, None, None, None, None, False]
    assert "did you mean 104.39,31.13?" in answers[1]["error"]


def test_coordinates_are_converted_from_their_datum(catalogue_file, tmp_path):
    path = tmp_path / "points.txt"
    path.write_text("104.39,31.13\n", encoding="utf-8")
    result = run("reverse", "--datum", "bd09", str(path), "--catalogue", str(catalogue_file))
    assert json.loads(result.stdout)["lon"] < 104.385


def test_query_says_how_surely_and_why(catalogue_file):
    result = run("query", "--near", "transit_lines:S3", "--within-km", "5", "--catalogue", str(catalogue_file))
    line = next(line for line in result.stdout.splitlines() if line.startswith("B06"))
    assert line.split("\t")[2:] == ["possible", "成都天府国际机场，2.3–5.3 km，里程 4.3 km"]
    assert "located 4, possible 2, applies 2, region 2" in result.stderr


def test_query_without_a_place_says_no_group(catalogue_file):
    result = run("query", "--theme", "ecology", "--lang", "en", "--catalogue", str(catalogue_file))
    assert {line.count("\t") for line in result.stdout.splitlines()} == {1}
