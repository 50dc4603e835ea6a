"""Files of every kind that can be read, and of those that must not be."""

import contextlib
import io
import json
import warnings
import zipfile

import geopandas as gpd
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook.protection import WorkbookProtection
from shapely.geometry import LineString, Point

from geo.datum import Datum
from geo.errors import SourceError
from geo.imports.columns import CASE_FIELDS, Recognition, folded
from geo.imports.rows import iso_date
from geo.imports.tables import read_table
from geo.imports.workbooks import OLE

KNOWN = Recognition(CASE_FIELDS, {})
ROW = ("K1", "试点", "现代产业", "什邡市")


def read(path, **options):
    return read_table(path, is_known=KNOWN.is_known, **options)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_in_every_usual_encoding_with_every_usual_separator(tmp_path, encoding, separator):
    lines = [("编号", "标题", "主题", "地点"), ROW, ("K2", "一体化", "现代产业", "广汉市")]
    path = tmp_path / "x.csv"
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    table = read(path)
    assert table.columns == ("编号", "标题", "主题", "地点")
    assert [row.cells for row in table.rows] == [ROW, ("K2", "一体化", "现代产业", "广汉市")]


def test_a_traditional_table_in_big5_is_read_and_its_heads_are_known(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("編號,標題,主題,地點\r\nK1,試點,現代產業,什邡市\r\n".encode("big5"))
    table = read(path)
    assert KNOWN.columns(table.columns).at == {"key": 0, "title": 1, "theme": 2, "place": 3}
    assert [row.cells for row in table.rows] == [("K1", "試點", "現代產業", "什邡市")]


def test_a_table_without_a_theme_is_told_once(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("标题,类,地点\n广汉的试点项目,产业,广汉市\n什邡的试点项目,产业,什邡市\n", encoding="utf-8")
    told = run("cases", path)
    assert told.exit_code == 1
    (problem,) = told.exception.problems
    assert problem == (
        "no column is the theme; the table has 标题, 类, 地点. Say which, such as --map 类=theme, "
        "or one for all rows: --default theme=NAME"
    )


def test_a_table_without_a_title_is_told_once(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("事项,地点\n甲,广汉市\n乙,广汉市\n", encoding="utf-8")
    told = run("cases", path)
    assert told.exit_code == 1
    assert "no column is the title; the table has 事项, 地点. Say which, such as --map 事项=title" in str(
        told.exception
    )


def test_quotes_line_ends_and_a_stated_separator_are_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('sep=|\n标题|地点\n"甲|""乙""\n丙"|广汉市\n丁|什邡市\n', encoding="utf-8")
    assert [(row.number, row.cells) for row in read(path).rows] == [
        (3, ('甲|"乙"\n丙', "广汉市")),
        (5, ("丁", "什邡市")),
    ]


def test_a_title_above_the_header_is_left_out(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("某市案例表,,\n制表：某处,,\n标题,地点,主题\n甲,广汉市,\n", encoding="utf-8")
    table = read(path)
    assert table.columns == ("标题", "地点", "主题")
    assert table.rows[0].number == 4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "arrived an empty file"),
        (b"\0\0\0\0", "arrived an empty file"),
        ("标题,地点\n".encode(), "a table without a row"),
        (b"%PDF-1.7 \xff\xfe", "arrived a PDF"),
        (b"\x89PNG\r\n\x1a\n\xff\x00\x00", "arrived a picture"),
        (b"<html><table></table></html>", "a web page or XML"),
        (b"\x81\x00\x00\xff\x00\x00\x9d\xff\xff", "bytes that are no text"),
        (b'{"type": "FeatureCollection"}', "is no GeoJSON FeatureCollection"),
        (b"[" * 100_000, "is no GeoJSON FeatureCollection"),
        (OLE + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "is protected by a password"),
        (OLE + b"x" * 600, "is a file of Office before 2007"),
        (b"PK\x03\x04 nothing", "is a damaged archive"),
        (b"SQLite format 3\0 nothing", "cannot be read as a GeoPackage.*; save it again in its program"),
        (",".join(["标题", *map(str, range(300))]).encode() + b"\n" + b"x," * 300, "301 columns; expected at most 200"),
        (b"title\n" + b"x\n" * 20_001, "more than 20000 rows"),
        ('标题,地点\n"甲,乙\n'.encode(), "is no CSV"),
    ],
)
def test_a_file_of_another_kind_says_what_arrived_and_what_to_do(tmp_path, content, told):
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=told):
        read(path)


def test_an_encoding_that_is_none_is_told(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("标题,地点\n甲,广汉市\n", encoding="utf-8")
    with pytest.raises(SourceError, match="--encoding foo, which is none; expected one such as big5"):
        read(path, encoding="foo")


def _zip(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b"0" * 100_000_001}, "100 MB when unpacked"),
        ({f"xl/{number}.xml": b"" for number in range(2_001)}, "2001 parts"),
        ({"word/document.xml": b"<a/>"}, "arrived a Word document"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "an OpenDocument file"),
        ({"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "declares a document type"),
        ({"xl/workbook.xml": b"<a/>"}, "is a damaged workbook"),
    ],
)
def test_an_archive_that_may_hurt_is_refused_before_it_is_parsed(tmp_path, parts, told):
    with pytest.raises(SourceError, match=told):
        read(_zip(tmp_path / "x.xlsx", parts))


def test_an_archive_with_a_password_is_refused(workbook):
    path = workbook(ROW)
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1  # the flag of an encrypted part, in the directory
    path.write_bytes(content)
    with pytest.raises(SourceError, match="protected by a password"):
        read(path)


def test_a_protected_sheet_is_read_as_any_other(tmp_path):
    book = openpyxl.Workbook()
    book.security = WorkbookProtection(workbookPassword="x", lockStructure=True)
    book.active.protection.sheet = True
    book.active.append(["标题", "地点"])
    book.active.append(["甲", "广汉市"])
    book.save(tmp_path / "x.xlsx")
    assert read(tmp_path / "x.xlsx").rows[0].cells == ("甲", "广汉市")


def test_macros_are_told_and_never_run(workbook, tmp_path):
    parts = _parts(workbook(ROW))
    path = _zip(tmp_path / "x.xlsm", {**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    table = read(path)
    assert table.notes == ("the workbook holds macros: they were not run, only values are read",)
    assert table.rows[0].cells[:4] == ROW


def test_a_formula_counts_by_its_stored_value_and_is_told(workbook, tmp_path):
    parts = _parts(workbook(["K1", "=A2", "现代产业", "=1/0"]))
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<f>A2</f><v></v>", b"<f>A2</f><v>7</v>")
    assert b"<v>7</v>" in sheet
    table = read(_zip(tmp_path / "x.xlsx", {**parts, "xl/worksheets/sheet1.xml": sheet}))
    assert table.rows[0].cells[1] == 7
    assert table.rows[0].cells[3].arrived == "the formula =1/0 without a stored value"
    assert "2 formulas: the values that the file stores for them are read" in table.notes[0]


@pytest.mark.parametrize(
    ("value", "told"),
    [("#REF!", "the error #REF!"), ("=HYPERLINK(1)", "the formula"), ("字" * 5_001, "5001 characters")],
)
def test_a_cell_that_holds_no_value_is_a_problem_only_where_it_is_wanted(run, workbook, value, told):
    def change(sheet):
        sheet["B2"].value, sheet["B2"].data_type = value, "s"

    path = workbook(
        ["K1", "x", "现代产业", "广汉市", None, None, None, None, value], heads=[*HEADS, "备注"], change=change
    )
    result = run("cases", path)
    assert f"row 2, 标题: arrived {told}" in result.stderr
    assert "备注: arrived" not in result.stderr


def test_a_cell_merged_over_rows_counts_for_each_of_them(workbook):
    rows = [["K1", "甲", "现代产业", "广汉市"], ["K2", "乙", None, "什邡市"], ["K3", "丙", None, "广汉市"]]
    table = read(workbook(*rows, change=lambda sheet: sheet.merge_cells("C2:C4")))
    assert [row.cells[2] for row in table.rows] == ["现代产业"] * 3
    assert table.notes == ("1 merged cells: the value of each counts for all its rows",)


def test_cells_merged_across_columns_keep_the_first(workbook):
    table = read(workbook(["K1", "甲", "现代产业", "广汉市"], change=lambda sheet: sheet.merge_cells("B2:C2")))
    assert table.rows[0].cells[1:4] == ("甲", None, "广汉市")


def test_a_sheet_that_claims_a_million_rows_is_read_as_far_as_it_is_filled(workbook, tmp_path):
    parts = _parts(workbook(ROW))
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'ref="A1:H2"', b'ref="A1:XFD1048576"')
    assert b"XFD1048576" in parts[name]
    assert len(read(_zip(tmp_path / "x.xlsx", parts)).rows) == 1


def test_the_sheet_with_known_heads_is_read_or_the_one_that_is_named(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["无关", "内容"])
    book.active.append(["甲", "乙"])
    for name in ("一", "二"):
        book.create_sheet(name).append(["标题", "地点"])
        book[name].append([f"{name}号", "广汉市"])
    book.save(tmp_path / "x.xlsx")
    assert read(tmp_path / "x.xlsx").rows[0].cells[0] == "一号"
    assert read(tmp_path / "x.xlsx", sheet="二").rows[0].cells[0] == "二号"
    with pytest.raises(SourceError, match="expected one of Sheet, 一, 二"):
        read(tmp_path / "x.xlsx", sheet="三")


def test_geojson_states_its_datum_and_keeps_its_points(run, mine, tmp_path):
    feature = {"type": "Feature", "properties": {"标题": "某园区", "主题": "现代产业"},
               "geometry": {"type": "Point", "coordinates": [104.27, 30.29]}}  # fmt: skip
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert run("cases", path).exit_code == 0
    assert 'point = { lon = 104.27, lat = 30.29, datum = "wgs84", radius_m = 100.0 }' in _draft(mine, "D13")
    assert run("cases", path, "--datum", "gcj02").stdout.startswith("D13 changed")


def test_swapped_geojson_is_told_and_goes_to_a_geojson(run, tmp_path):
    feature = {"type": "Feature", "properties": {"标题": "某园区", "主题": "现代产业"},
               "geometry": {"type": "Point", "coordinates": [30.29, 104.27]}}  # fmt: skip
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    assert "They are swapped: write 104.27, 30.29" in run("cases", path).stderr
    written = json.loads((tmp_path / "x.problems.geojson").read_text(encoding="utf-8"))["features"][0]
    assert written["geometry"]["coordinates"] == [30.29, 104.27]
    assert "They are swapped" in written["properties"]["导入问题 import problem"]


def test_geojson_in_another_system_is_refused(tmp_path):
    path = tmp_path / "x.geojson"
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": []}), encoding="utf-8")
    with pytest.raises(SourceError, match="expected longitude and latitude in WGS-84"):
        read(path)


@pytest.mark.parametrize(("system", "datum"), [("EPSG:4326", Datum.WGS84), ("EPSG:4490", Datum.CGCS2000),
                                               ("EPSG:32648", Datum.WGS84), (None, None)])  # fmt: skip
def test_a_geopackage_states_its_datum(tmp_path, system, datum):
    path = tmp_path / "x.gpkg"
    frame = gpd.GeoDataFrame({"标题": ["某园区"]}, geometry=[Point(104.27, 30.29)], crs="EPSG:4326")
    with warnings.catch_warnings(action="ignore"):  # pyogrio tells that a system is missing
        (frame.to_crs(system) if system else frame.set_crs(None, allow_override=True)).to_file(path, layer="a")
    table = read(path)
    assert (table.datum, table.sheet, table.columns) == (datum, "a", ("标题",))
    assert table.rows[0].geometry.x == pytest.approx(104.27, abs=1e-6)


def test_a_line_of_a_geopackage_becomes_a_point_in_it_and_problems_go_to_a_geopackage(run, mine, tmp_path):
    path = tmp_path / "x.gpkg"
    lines = [LineString([(104.26, 30.29), (104.28, 30.29)]), Point(104.27, 30.29)]
    frame = gpd.GeoDataFrame({"标题": ["某步道", "某园区"], "主题": ["现代产业", "商业"]}, geometry=lines, crs=4326)
    frame.to_file(path, layer="a")
    result = run("cases", path)
    assert "a LineString arrived; a point inside it is kept of it" in result.stderr
    assert "point = { lon = 10" in _draft(mine, "D13")
    bad = gpd.read_file(tmp_path / "x.problems.gpkg")
    assert list(bad["标题"]) == ["某园区"]
    assert run("cases", tmp_path / "x.problems.gpkg", "--default", "theme=x").exit_code == 1


def test_bad_rows_of_a_geopackage_without_a_system_come_back_silently(run, tmp_path):
    path = tmp_path / "cases.gpkg"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        gpd.GeoDataFrame({"标题": ["试点"], "主题": ["商业"]}, geometry=[Point(104.55, 30.4)]).to_file(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert run("cases", path).exit_code == 1
    assert read(tmp_path / "cases.problems.gpkg").datum is None


def test_bad_rows_of_a_csv_keep_their_separator_and_never_become_formulas(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("标题;主题;地点\n@试点;商业;广汉市\n", encoding="gb18030")
    run("cases", path)
    text = (tmp_path / "x.problems.csv").read_text(encoding="utf-8-sig")
    assert text.splitlines()[1].startswith("'@试点;商业;广汉市;")
    assert read(tmp_path / "x.problems.csv").rows[0].cells[0] == "@试点"


def _draft(folder, case_id):
    return (folder / "cases" / f"{case_id}.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_template_imports_as_it_is(run, mine, tmp_path, suffix, lang):
    path = tmp_path / f"form{suffix}"
    assert run("template", path, "--lang", lang).exit_code == 0
    result = run("cases", path)
    assert result.exit_code == 0, result.stderr
    assert "1 row: 1 new" in result.stdout
    assert "left out" not in result.stderr
    assert 'theme = "layout"' in _draft(mine, "A09")


def test_every_field_stands_in_the_template(run, tmp_path):
    run("template", tmp_path / "form.csv")
    assert set(KNOWN.columns(read(tmp_path / "form.csv").columns).at) == {field.id for field in CASE_FIELDS}


def test_a_template_never_replaces_a_file(run, tmp_path):
    (tmp_path / "form.csv").write_text("mine", encoding="utf-8")
    assert "exists and may be filled in" in run("template", tmp_path / "form.csv").output
    assert (tmp_path / "form.csv").read_text(encoding="utf-8") == "mine"


def test_a_template_of_another_kind_is_refused(run, tmp_path):
    assert "ends in .xlsx or .csv" in str(run("template", tmp_path / "form.ods").exception)


def test_no_head_means_two_fields():
    names = [{folded(one) for one in (field.id, field.title.zh, field.title.en, *field.names)} for field in CASE_FIELDS]
    assert sum(map(len, names)) == len(set().union(*names))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023", "2023"), ("2023年", "2023"), ("2023.5", "2023-05"), ("2023年5月", "2023-05"),
        ("2023/5/4", "2023-05-04"), ("2023年5月4日", "2023-05-04"), ("２０２３-05", "2023-05"), ("2023-13", None),
        ("2023-02-30", None), ("45292", None), ("5/4/2023", None), ("1023", None), ("", None),
    ],
)  # fmt: skip
def test_dates_are_read_as_they_are_written_in_china(text, iso):
    assert iso_date(text) == iso


@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_a_plain_refusal(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    with contextlib.suppress(SourceError):
        table = read(path)
        assert {len(row.cells) for row in table.rows} == {len(table.columns)}


@settings(max_examples=10)
@given(
    st.lists(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=2, max_size=2), min_size=1)
)
def test_any_texts_come_back_out_of_a_workbook(tmp_path_factory, rows):
    book = openpyxl.Workbook()
    for row in [["标题", "地点"], *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(stream.getvalue())
    assert [list(row.cells) for row in read(path).rows] == rows


HEADS = ["编号", "标题", "主题", "地点", "经度", "纬度", "坐标系", "开始日期"]
