"""What each format promises beyond its geometry: what it says about itself, hostile text, names, styles."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest
from pyproj import Geod
from shapely.geometry import Point

from geo.catalogue.columns import CASE_COLUMNS
from geo.datum import Datum
from geo.errors import NotFoundError
from geo.exports.about import file_stem
from geo.exports.collection import Collection, collection_of
from geo.exports.formats import FORMATS, format_ending_in, format_named
from geo.exports.shapefile import short_names
from geo.exports.spreadsheets import csvw_metadata
from geo.exports.tables import Row
from geo.layers.spec import Column
from geo.shift import from_wgs84, to_wgs84
from geo.text import LocalText
from tests.layers import LAYERS

CITIES = {"chengdu": (104.0665, 30.5728), "deyang": (104.398, 31.127), "meishan": (103.8485, 30.0754),
          "ziyang": (104.6276, 30.1289)}  # fmt: skip
HOSTILE = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3", "\t=1", " =1+1", "＝1＋1")
TEXT = Column("label", "string", LocalText("名称", "Name"))
ID = Column("id", "string", LocalText("编号", "Id"))


def hostile(catalogue, text):
    return Collection(
        "cases", LocalText("无"), (ID, TEXT), [Row("1", Point(104, 30), {"id": "1", "label": text})], catalogue, "point"
    )


def said_by(format_id, content, path):
    """Everything a file says about itself, as one text."""
    path.write_bytes(content)
    if format_id in {"gpkg", "fgb"}:
        info = pyogrio.read_info(path, layer="airports")
        return json.dumps(info["layer_metadata"], ensure_ascii=False)
    if format_id == "parquet":
        return pq.read_schema(path).metadata[b"tongcheng"].decode()
    if format_id == "xlsx":
        return "\n".join(str(value) for row in openpyxl.load_workbook(path)["about"].values for value in row)
    if format_id == "shp":
        return zipfile.ZipFile(path).read("README.txt").decode("utf-8-sig")
    return content.decode() if format_id != "pmtiles" else str(pyogrio.read_info(path)["dataset_metadata"])


@pytest.mark.parametrize("format_id", [name for name in FORMATS if name != "csv"])
def test_the_file_itself_says_licence_attribution_source_datum_query_and_date(tables, format_id, tmp_path):
    found = collection_of(tables, "airports", [("bbox", "103,29,106,32")])
    said = said_by(format_id, FORMATS[format_id].write(found), tmp_path / f"x.{FORMATS[format_id].suffix}")
    expected = ("MIT for the records", "天地图", "Tongcheng Atlas 0.1.0", "WGS-84", "103.0%2C29.0", "2026-11-24")
    assert [text for text in expected if text not in said] == []


def test_csvw_says_it_for_the_csv_and_types_the_columns(tables):
    found = collection_of(tables, "cases", [("theme", "ecology")])
    metadata = json.loads(csvw_metadata(found, "cases.csv?theme=ecology"))
    columns = {column["name"]: column for column in metadata["tableSchema"]["columns"]}
    header = next(csv.reader(io.StringIO(FORMATS["csv"].write(found).decode("utf-8-sig"))))
    assert metadata["url"] == "cases.csv?theme=ecology"
    assert metadata["dc:license"].startswith("MIT")
    assert {"name": "query", "value": "theme=ecology"} in metadata["notes"]
    assert list(columns) == header
    assert columns["city"]["separator"] == "；"
    assert columns["radius_m"]["datatype"] == "double"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spreadsheet_runs_nothing_of_a_csv(catalogue, text):
    rows = list(csv.reader(io.StringIO(FORMATS["csv"].write(hostile(catalogue, text)).decode("utf-8-sig"), newline="")))
    assert rows[1][1] == f"'{text}"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_spreadsheet_takes_every_text_of_an_xlsx_for_a_text(catalogue, text):
    cell = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(hostile(catalogue, text))))["data"]["B2"]
    assert cell.data_type == "s"
    assert cell.value == text


@pytest.mark.parametrize("format_id", [f.id for f in FORMATS.values() if not f.is_for_layers_only])
@pytest.mark.parametrize("text", ["\x00\x08<&>\"'", "]]>", "\x1e", "a" * 40_000])
def test_no_text_breaks_a_file(catalogue, format_id, text):
    assert FORMATS[format_id].write(hostile(catalogue, text))


@pytest.mark.parametrize("format_id", ["kml", "gpx"])
def test_xml_stays_xml(catalogue, format_id):
    assert ET.fromstring(FORMATS[format_id].write(hostile(catalogue, "\x08<b>&]]>"))).tag  # noqa: S314  our own file


def test_csv_begins_with_the_mark_that_excel_needs(tables):
    assert FORMATS["csv"].write(collection_of(tables, "cases", [])).startswith(b"\xef\xbb\xbfid,title_zh")


def test_a_point_has_lon_and_lat_in_csv(tables):
    text = FORMATS["csv"].write(collection_of(tables, "cases", [])).decode("utf-8-sig")
    (row,) = [row for row in csv.DictReader(io.StringIO(text, newline="")) if row["id"] == "A08"]
    assert (row["lon"], row["lat"], row["wkt"]) == ("104.0114", "31.0935", "POINT (104.0114 31.0935)")


def test_xlsx_is_ready_for_work(tables):
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(collection_of(tables, "cases", []))))
    sheet = book["data"]
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, sheet[2], strict=True))
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.endswith("16")
    assert row["radius_m"].data_type == "n"
    assert row["schematic"].data_type == "b"
    assert row["sources"].hyperlink.target == "https://m.yybnet.net/deyang/guanghan/202004/10401976.html"
    assert "Radius of uncertainty of the best footprint, metres" in {cell.value for cell in book["about"]["D"]}


def test_qgis_finds_a_style_for_each_layer(tables, tmp_path):
    path = tmp_path / "x.gpkg"
    path.write_bytes(FORMATS["gpkg"].write(collection_of(tables, "footprints", [])))
    styles = pyogrio.read_dataframe(path, layer="layer_styles").set_index("f_table_name")
    assert list(styles.index) == ["footprints_points", "footprints_lines", "footprints_areas"]
    assert ET.fromstring(styles.loc["footprints_lines", "styleQML"].split("\n", 1)[1]).tag == "qgis"  # noqa: S314
    assert styles["useAsDefault"].all()


@pytest.mark.parametrize("layer", [spec.id for spec in LAYERS])
def test_every_layer_has_short_names_that_differ(tables, layer):
    names = [column.name for column in collection_of(tables, layer, []).columns]
    short = list(short_names(names).values())
    assert len({name.lower() for name in short}) == len(names)
    assert max(map(len, short)) <= 10


def test_short_names_of_cases_are_told():
    short = short_names([column.name for column in CASE_COLUMNS])
    assert short["geometry_role"] == "geometry_r"
    assert (short["reusable_zh"], short["reusable_en"]) == ("reusable_z", "reusable_e")
    assert (short["title_zh"], short["title_status"]) == ("title_zh", "title_stat")


def test_a_shapefile_has_a_cpg_and_cuts_texts_between_characters(tables):
    archive = zipfile.ZipFile(io.BytesIO(FORMATS["shp"].write(collection_of(tables, "cases", []))))
    (cpg,) = [name for name in archive.namelist() if name.endswith(".cpg")]
    assert archive.read(cpg) == b"UTF-8"
    assert "geometry_r  geometry_role" in archive.read("README.txt").decode("utf-8-sig")


@pytest.mark.parametrize(
    ("what", "args", "options", "name"),
    [
        ("cases", [], {}, "tongcheng-cases-2026-11-24"),
        ("cases", [("theme", "ecology")], {}, "tongcheng-cases-theme-ecology-2026-11-24"),
        ("cases", [], {"geometry": "footprint"}, "tongcheng-cases-shapes-2026-11-24"),
        ("footprint_areas", [], {"datum": Datum.GCJ02}, "tongcheng-footprint-areas-2026-11-24-gcj02"),
        ("cases", [("city", "德阳")], {}, "tongcheng-cases-city-510600-2026-11-24"),
        ("belts", [("bbox", "103,29,106,32")], {}, "tongcheng-belts-bbox-103.0-29.0-106.0-32.0-2026-11-24"),
    ],
)
def test_the_file_name_says_what_query_date_and_datum(tables, what, args, options, name):
    assert file_stem(collection_of(tables, what, args, **options)) == name


@pytest.mark.parametrize("args", [[("q", "龙泉山")], [("q", "x" * 180)], [("theme", "ecology"), ("q", "../../etc")]])
def test_a_file_name_is_short_and_ascii_whatever_is_asked(tables, args):
    stem = file_stem(collection_of(tables, "cases", args))
    assert stem.isascii()
    assert "/" not in stem
    assert len(stem) < 90


def test_two_long_queries_have_two_names(tables):
    stems = {file_stem(collection_of(tables, "cases", [("q", text)])) for text in ("龙泉山", "龙门山")}
    assert len(stems) == 2


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("city", CITIES)
def test_the_inverse_is_exact_below_a_centimetre(city, datum):
    lon, lat = CITIES[city]
    x, y = from_wgs84(lon, lat, datum)
    back_lon, back_lat = to_wgs84(round(float(x), 8), round(float(y), 8), datum)
    assert Geod(ellps="WGS84").inv(lon, lat, float(back_lon), float(back_lat))[2] < 0.01


@pytest.mark.parametrize("datum", ["cgcs2000", "gcj02", "bd09"])
def test_geojson_in_another_datum_is_jsonfg(datum):
    assert format_named("geojson", datum=Datum(datum)).id == "jsonfg"
    assert format_ending_in("geojson", datum=Datum(datum)).id == "jsonfg"
    assert format_named("geojson").id == "geojson"


def test_an_unknown_format_names_those_that_are_known():
    with pytest.raises(NotFoundError, match=r"geojson, geojsonseq, jsonfg, gpkg, fgb"):
        format_named("dwg")
    with pytest.raises(NotFoundError, match=r"\.geojson, \.geojsons, \.jsonfg, \.gpkg"):
        format_ending_in("dwg")
