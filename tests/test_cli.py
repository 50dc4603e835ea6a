"""The command."""

import json

import pytest
from click.testing import CliRunner

from geo.cli.main import tongcheng
from geo.errors import StoreError


def run(*args):
    return CliRunner().invoke(tongcheng, list(args))


@pytest.mark.parametrize("command", ["check", "build", "serve", "export", "geocode", "reverse"])
def test_every_command_explains_itself_with_examples(command):
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"tongcheng {command}" in result.output


def test_check_counts_the_cases():
    result = run("check")
    assert result.exit_code == 0
    assert "121 cases checked" in result.output


def test_check_is_strict_when_asked():
    result = run("check", "--strict")
    assert result.exit_code == 1
    assert "error: data/cases/B04.toml: places: '万罗路'" in result.output


def test_check_lists_every_problem_and_fails(data_copy):
    (data_copy / "cases" / "A01.toml").write_text('id = "A01"\n', encoding="utf-8")
    result = run("check", "--data", str(data_copy))
    assert result.exit_code == 1
    assert "data/cases/A01.toml: theme: is missing; add it" in result.output
    assert "data/cases/A01.toml: title: is missing; add it" in result.output


def test_build_writes_where_it_is_told(tmp_path):
    path = tmp_path / "x.gpkg"
    result = run("build", "--catalogue", str(path))
    assert result.exit_code == 0
    assert path.stat().st_size > 1_000_000


def test_export_writes_to_standard_output(catalogue_file):
    result = run("export", "belts", "--catalogue", str(catalogue_file))
    assert len(json.loads(result.stdout)["features"]) == 3


def test_export_writes_a_file_under_a_condition(catalogue_file, tmp_path):
    out = tmp_path / "ecology.geojson"
    run("export", "cases", "--theme", "ecology", "--out", str(out), "--catalogue", str(catalogue_file))
    assert len(json.loads(out.read_text(encoding="utf-8"))["features"]) == 9


def test_export_into_a_folder_that_does_not_exist_is_told(catalogue_file, tmp_path):
    result = run("export", "belts", "--out", str(tmp_path / "no" / "x.geojson"), "--catalogue", str(catalogue_file))
    assert isinstance(result.exception, StoreError)
    assert "choose another file with --out" in str(result.exception)
