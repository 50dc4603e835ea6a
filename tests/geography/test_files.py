"""What GDAL reads becomes geography too: encodings, projections, datums, limits."""

import json
import shutil
import tomllib
import zipfile

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, mapping

from geo.datum import Datum
from geo.shift import from_wgs84
from tests.geography.conftest import bent
from tests.geography.test_osm import S3, STOPS, imported, reasons

pytestmark = pytest.mark.filterwarnings("ignore:'crs' was not provided")  # that is what they are about

LINE = LineString(bent(STOPS, by=1.08))


def frame(shapes, names, crs="EPSG:4326"):
    return gpd.GeoDataFrame({"名称": names}, geometry=list(shapes), crs=crs)


def passes_all_stops(folder):
    line = imported(folder, "transit_lines")["S3"]
    return all(line.distance(Point(at)) < 1e-4 for at in STOPS)


def test_a_shapefile_in_gbk_is_read_without_being_told(run, folder, tmp_path):
    file = tmp_path / "轨道.shp"
    frame([LINE], ["成资线"]).to_file(file, encoding="GBK")
    file.with_suffix(".cpg").unlink()
    table = bytearray(file.with_suffix(".dbf").read_bytes())
    table[29] = 0  # nor does the table say its language
    file.with_suffix(".dbf").write_bytes(table)
    result, report = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)
    assert ("transit_lines", "S3") in reasons(report["accepted"])


def test_a_shapefile_that_says_no_projection_is_measured_by_its_stations(run, folder, tmp_path):
    shifted = shapely.transform(LINE, lambda at: np.column_stack(from_wgs84(at[:, 0], at[:, 1], Datum.GCJ02)))
    lon, lat = from_wgs84([at[0] for at in STOPS], [at[1] for at in STOPS], Datum.GCJ02)
    file = tmp_path / "a.gpkg"
    frame([shifted], ["成资线"], crs=None).to_file(file, layer="lines")
    frame(map(Point, zip(lon, lat, strict=True)), [name for name, _ in S3], crs=None).to_file(file, layer="stations")
    result, report = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert report["datum"].startswith("GCJ-02 (measured: 6 of its stations lie")
    assert passes_all_stops(folder)


def test_a_shapefile_without_prj_whose_datum_cannot_be_measured_needs_it_said(run, folder, tmp_path):
    file = tmp_path / "a.shp"
    frame([LINE], ["成资线"]).to_file(file, encoding="UTF-8")
    file.with_suffix(".prj").unlink()
    result, _ = run(file, "--layer", "transit_lines")
    assert "say --datum" in str(result.exception)
    result, _ = run(file, "--layer", "transit_lines", "--datum", "cgcs2000")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def test_a_geopackage_in_metres_of_cgcs2000_is_projected(run, folder, tmp_path):
    file = tmp_path / "a.gpkg"
    frame([LINE], ["成资线"]).to_crs("EPSG:4544").to_file(file)  # CGCS2000, 3-degree zone of 105° E
    result, _ = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def test_a_kml_is_read(run, folder, tmp_path):
    file = tmp_path / "a.kml"
    gpd.GeoDataFrame({"Name": ["成资线"]}, geometry=[LINE], crs="EPSG:4326").to_file(file, driver="KML")
    result, _ = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def dxf(corners, layer):
    """Return a drawing of one polyline, as the format writes it: a code and a value a line."""
    pairs = [(0, "SECTION"), (2, "ENTITIES"), (0, "POLYLINE"), (8, layer), (66, 1), (70, 0)]
    for lon, lat in corners:
        pairs += [(0, "VERTEX"), (8, layer), (10, lon), (20, lat), (30, 0.0)]
    pairs += [(0, "SEQEND"), (0, "ENDSEC"), (0, "EOF")]
    return "".join(f"{code}\n{value}\n" for code, value in pairs)


def test_a_dxf_never_says_its_datum(run, folder, tmp_path):
    file = tmp_path / "a.dxf"
    file.write_text(dxf(LINE.coords, "S3"))
    result, _ = run(file, "--layer", "transit_lines")
    assert "say --datum" in str(result.exception)
    result, _ = run(file, "--layer", "transit_lines", "--datum", "wgs84")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def test_columns_called_as_tags_say_the_layer(run, folder, tmp_path):
    box = Polygon.from_bounds(104.25, 30.26, 104.29, 30.30)
    file = tmp_path / "a.geojson"
    gpd.GeoDataFrame({"natural": ["water"], "name": ["三岔湖"]}, geometry=[box], crs="EPSG:4326").to_file(file)
    result, _ = run(file)
    assert result.exit_code == 0, result.output
    assert list(imported(folder, "lakes")) == ["sancha"]


def test_a_file_that_says_nothing_of_its_features_is_asked_for_the_layer(run, tmp_path):
    file = tmp_path / "a.geojson"
    frame([LINE], ["成资线"]).to_file(file)
    result, _ = run(file)
    assert "say --layer, one of transit_lines, expressways" in str(result.exception)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(run, folder, tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b"0" * 50_000_000)
    result, _ = run(file, "--layer", "lakes")
    assert "times its size; expected at most" in str(result.exception)
    assert not (folder / "imported").exists()


def test_a_shapefile_in_a_zip_is_read(run, folder, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    frame([LINE], ["成资线"]).to_file(inside / "line.shp", encoding="UTF-8")
    file = shutil.make_archive(str(tmp_path / "a"), "zip", inside)
    result, _ = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def test_a_file_of_another_country_says_where_it_lies(run, tmp_path):
    file = tmp_path / "a.geojson"
    frame([LineString([(13.0, 52.0), (13.1, 52.1)])], ["成资线"]).to_file(file)
    result, _ = run(file, "--layer", "transit_lines")
    assert "lies at 13.00–13.10°E, 52.00–52.10°N" in str(result.exception)


@pytest.mark.parametrize("content", [b"", b"not a file of any format"])
def test_what_is_no_file_of_a_known_format_is_refused(run, folder, tmp_path, content):
    file = tmp_path / "a.gpkg"
    file.write_bytes(content)
    result, _ = run(file, "--layer", "lakes")
    assert "cannot be read" in str(result.exception)
    assert not (folder / "imported").exists()


def test_an_import_that_fails_on_the_way_leaves_the_layers_of_before(run, folder, tmp_path, monkeypatch):
    file = tmp_path / "a.geojson"
    frame([LINE], ["成资线"]).to_file(file)
    run(file, "--layer", "transit_lines")
    before = {path.name: path.read_bytes() for path in (folder / "imported").iterdir()}
    frame([LineString(bent(STOPS, by=1.07))], ["成资线"]).to_file(file)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geo.imports.writing._apply", full)
    result, _ = run(file, "--layer", "transit_lines")
    assert "No space left on device" in str(result.exception)
    assert {path.name: path.read_bytes() for path in (folder / "imported").iterdir()} == before


def with_language(table, language):
    """Return a dBASE table that says another language of its texts."""
    return table[:29] + bytes([language]) + table[30:]


@pytest.mark.parametrize("language", [0x00, 0x57], ids=["none", "of the computer that wrote it"])
def test_a_zipped_shapefile_in_gbk_with_capital_suffixes_is_read(run, folder, tmp_path, language):
    frame([LINE], ["成资线"]).to_file(tmp_path / "line.shp", encoding="GBK")
    table = tmp_path / "line.dbf"
    table.write_bytes(with_language(table.read_bytes(), language))
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for suffix in (".shp", ".shx", ".prj", ".dbf"):
            archive.write(tmp_path / f"line{suffix}", f"LINE{suffix.upper()}")
    result, _ = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert passes_all_stops(folder)


def test_cells_that_are_lists_and_numbers_with_gaps_are_no_obstacle(run, folder, tmp_path):
    file = tmp_path / "a.geojson"
    rows = [({"name": "成资线", "stops": [1, 2], "km": 38.7}, mapping(LINE)), ({"name": "别的线", "km": None}, None)]
    features = [{"type": "Feature", "properties": cells, "geometry": shape} for cells, shape in rows]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    result, _ = run(file, "--layer", "transit_lines")
    assert result.exit_code == 0, result.output
    assert list(imported(folder, "transit_lines")) == ["S3"]


def test_the_outline_in_a_drawing_is_an_area(run, folder, tmp_path):
    file = tmp_path / "a.geojson"
    frame([Polygon.from_bounds(104.25, 30.26, 104.29, 30.30).exterior], ["三岔湖"]).to_file(file)
    result, _ = run(file, "--layer", "lakes")
    assert result.exit_code == 0, result.output
    assert imported(folder, "lakes")["sancha"].geom_type == "Polygon"


def test_shapes_of_another_kind_than_the_layer_are_told(run, tmp_path):
    file = tmp_path / "a.geojson"
    frame([LINE], ["三岔湖"]).to_file(file)
    result, _ = run(file, "--layer", "lakes")
    assert "holds no areas, as lakes are drawn" in str(result.exception)


def test_names_that_are_none_of_ours_are_told(run, folder, tmp_path):
    file = tmp_path / "a.geojson"
    frame([LINE], ["某某线"]).to_file(file)
    result, report = run(file, "--layer", "transit_lines")
    assert result.exit_code == 1
    assert report["notes"] == ["no name and no number is that of a feature of ours; there stands 某某线"]
    assert not (folder / "imported").exists()


def test_a_packed_drawing_that_would_fill_the_disk_is_refused(run, tmp_path):
    file = tmp_path / "a.kmz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b" " * 50_000_000)
    result, _ = run(file, "--layer", "lakes")
    assert "times its size; expected at most" in str(result.exception)


def test_a_format_that_is_not_read_is_named(run, tmp_path):
    file = tmp_path / "a.vrt"  # would let a file open others
    file.write_text("<OGRVRTDataSource/>")
    result, _ = run(file, "--layer", "lakes")
    assert "is of no format that is read" in str(result.exception)


def test_another_file_leaves_the_base_map_and_to_whom_it_is_owed(extract, run, folder, tmp_path):
    extract.way([(104.0, 30.6), (104.1, 30.7)], {"highway": "primary", "name": "试样路"})
    run(extract.write(tmp_path / "a.osm.pbf"))
    base = (folder / "imported" / "base.gpkg").read_bytes()
    file = tmp_path / "b.geojson"
    frame([LINE], ["成资线"]).to_file(file)
    result, _ = run(file, "--layer", "transit_lines", "--attribution", "某局")
    assert result.exit_code == 0, result.output
    assert (folder / "imported" / "base.gpkg").read_bytes() == base
    said = tomllib.loads((folder / "imported" / "SOURCE.toml").read_text(encoding="utf-8"))
    assert {one["attribution"] for one in said["file"]} == {"© OpenStreetMap contributors, ODbL", "某局"}


def test_a_full_disk_for_temporary_files_changes_nothing_and_says_nothing_was_taken(
    extract, run, folder, tmp_path, monkeypatch
):
    extract.way([(104.0, 30.6), (104.1, 30.7)], {"highway": "primary"})

    def full(*_, **__):
        message = "Failed to commit transaction"  # what GDAL says of it
        raise pyogrio.errors.DataSourceError(message)

    monkeypatch.setattr("pyogrio.write_dataframe", full)
    result, report = run(extract.write(tmp_path / "a.osm.pbf"))
    assert "cannot be written (Failed to commit transaction)" in str(result.exception)
    assert (report, "taken" in result.output) == (None, False)
    assert not (folder / "imported").exists()
