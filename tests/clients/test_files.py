"""What is taken away opens in the programs that people have: DuckDB, GeoPandas, Debian's GDAL, LibreOffice."""

import csv
import io

import duckdb
import geopandas
import openpyxl
import pytest

from geo.exports.formats import FORMATS

TITLE = "相向打造成德临港经济产业带"
UNKNOWN_TO_DEBIANS_GDAL = {"parquet", "pmtiles"}
KINDS = {"cases": "point", "counties": "area", "transit_lines": "line"}
CARRIED = [
    (format_id, what)
    for format_id, made in FORMATS.items()
    for what, kind in KINDS.items()
    if kind in made.carries and format_id not in UNKNOWN_TO_DEBIANS_GDAL
]


@pytest.fixture
def parquet(download):
    return {"file": str(download("cases", "parquet"))}


def test_duckdb_reads_geoparquet_by_its_boxes(parquet):
    box = "bbox.xmin >= 104.0 AND bbox.xmax <= 104.4 AND bbox.ymin >= 30.4 AND bbox.ymax <= 30.9"
    assert duckdb.sql(f"SELECT count(*) FROM read_parquet($file) WHERE {box}", params=parquet).fetchall() == [(4,)]  # noqa: S608


def test_duckdb_counts_every_case(parquet):
    assert duckdb.sql("SELECT count(DISTINCT id) FROM read_parquet($file)", params=parquet).fetchall() == [(15,)]


def test_duckdb_reads_chinese_and_lists(parquet):
    found = duckdb.sql("SELECT title_zh, city FROM read_parquet($file) WHERE id = 'A01'", params=parquet).fetchall()
    assert found == [(TITLE, ["510100", "510600"])]


def test_geopandas_reads_geoparquet_in_a_box(download):
    frame = geopandas.read_parquet(download("cases", "parquet"), bbox=(104.0, 30.4, 104.4, 30.9))
    assert len(frame) == 4


@pytest.mark.parametrize(("format_id", "what"), CARRIED)
def test_debians_gdal_reads_every_format(download, run, tables, format_id, what):
    """GDAL 3.6, older than the one that writes."""
    told = run("ogrinfo", "-ro", "-al", "-so", download(what, format_id))
    assert f"Feature Count: {len(tables.table(what))}" in told


@pytest.mark.parametrize("format_id", ["csv", "xlsx"])
def test_libreoffice_opens_tables_with_chinese_intact(download, run, tmp_path, format_id):
    path = download("cases", format_id)
    filters = ["--infilter=CSV:44,34,76"] if format_id == "csv" else []
    run("soffice", "--headless", *filters, "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir",
        tmp_path / "out", path)  # fmt: skip
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "cases.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) == 15
    assert {row["id"]: row["title_zh"] for row in rows}["A01"] == TITLE


def test_libreoffice_makes_a_workbook_of_the_csv(download, run, tmp_path):
    path = download("cases", "csv")
    run("soffice", "--headless", "--infilter=CSV:44,34,76", "--convert-to", "xlsx", "--outdir", tmp_path / "out", path)
    rows = list(openpyxl.load_workbook(tmp_path / "out" / "cases.xlsx").active.values)
    assert len(rows) == 16
    assert TITLE in rows[1]
