import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from geo.catalogue.case_records import read_case_records
from geo.cli.main import tongcheng
from geo.imports.places import read_known_area
from geo.sources import Sources

HEADS = ["编号", "标题", "主题", "地点", "经度", "纬度", "坐标系", "开始日期"]


@pytest.fixture(scope="session")
def area(checkout):
    return read_known_area(Sources(checkout / "data"))


@pytest.fixture
def mine(checkout, tmp_path, area, monkeypatch):
    """A folder of the records that an import reads; names, which no draft changes, are compiled once for all tests."""

    def with_cases(sources):
        records = read_case_records(sources, cities=list(area.cities), counties=list(area.counties))
        return replace(area, records=records)

    monkeypatch.setattr("geo.imports.places.read_known_area", with_cases)
    return shutil.copytree(checkout / "data", tmp_path / "mine", ignore=_all_but_records)


def _all_but_records(folder, names):
    return {name for name in names if (Path(folder) / name).is_dir()} - {"cases", "ids"}


@pytest.fixture
def run(mine):
    def run(*args):
        return CliRunner().invoke(tongcheng, ["import", *map(str, args), "--data", str(mine)])

    return run


@pytest.fixture
def workbook(tmp_path):
    def write(*rows, heads=HEADS, name="cases.xlsx", change=lambda _: None):
        book = openpyxl.Workbook()
        for row in [heads, *rows]:
            book.active.append(row)
        change(book.active)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
