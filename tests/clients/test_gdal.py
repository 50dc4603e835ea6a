"""GDAL reads the API: the one in pyogrio's wheel, and Debian's older ogr2ogr."""

import pyogrio
import pytest

from tests.layers import SERVED


@pytest.fixture
def address(server):
    return f"OAPIF:{server}/api"


def test_gdal_lists_every_collection(address):
    assert {name for name, _ in pyogrio.list_layers(address)} == set(SERVED)


@pytest.mark.parametrize("what", SERVED)
def test_gdal_reads_every_feature(address, tables, what):
    frame = pyogrio.read_dataframe(address, layer=what)
    assert set(frame["id"]) == {item.id for item in tables.table(what).items}
    assert len(frame) == len(tables.table(what))
    assert frame.geometry.notna().all()


def test_gdal_reads_page_by_page(address, log):
    frame = pyogrio.read_dataframe(address, layer="cases", PAGE_SIZE=6, INITIAL_REQUEST_PAGE_SIZE=1)
    assert [asked.features for asked in log.items("cases") if asked["limit"] == "6"] == [6, 6, 3]
    assert frame["id"].nunique() == len(frame) == 15


def test_gdal_has_the_box_looked_up_here(address, log):
    frame = pyogrio.read_dataframe(address, layer="cases", bbox=(104.0, 30.4, 104.4, 30.9))
    (asked,) = [asked for asked in log.items("cases") if asked["bbox"]]
    assert 0 < asked.features == len(frame) < 15
    assert frame.geometry.x.between(104.0, 104.4).all()
    assert frame.geometry.y.between(30.4, 30.9).all()


def test_gdal_has_attributes_compared_here(address, log):
    frame = pyogrio.read_dataframe(address, layer="cases", where="theme = 'ecology'")
    assert set(frame["theme"]) == {"ecology"}
    assert [(asked["theme"], asked.features) for asked in log.items("cases")][1:] == [("ecology", len(frame))]


def test_gdal_reads_chinese_numbers_and_truth(address):
    (case,) = pyogrio.read_dataframe(address, layer="cases", where="id = 'A01'").to_dict("records")
    assert case["title_zh"] == "相向打造成德临港经济产业带"
    assert case["radius_m"] == 6700.0
    assert case["schematic"] is True


def test_gdal_reads_another_coordinate_system(address):
    """Of many features: GDAL 3.12 looks one up by its id without saying in which coordinate system."""
    layout = {"layer": "cases", "where": "theme = 'layout'"}
    frame = pyogrio.read_dataframe(address, CRS="EPSG:4544", **layout)
    assert frame.crs.to_epsg() == 4544
    here = pyogrio.read_dataframe(address, **layout).to_crs(4544)
    assert list(frame["id"]) == list(here["id"])
    assert frame.geometry.distance(here.geometry).max() < 0.2


@pytest.mark.parametrize("what", ["cases", "footprint_areas", "counties"])
def test_debians_ogr2ogr_converts_a_collection(address, tables, run, tmp_path, what):
    run("ogr2ogr", tmp_path / "out.gpkg", address, what)
    assert pyogrio.read_info(tmp_path / "out.gpkg", layer=what)["features"] == len(tables.table(what))


def test_debians_ogrinfo_reads_chinese(address, run):
    told = run("ogrinfo", "-ro", address, "cases", "-where", "id = 'A01'")
    assert "title_zh (String) = 相向打造成德临港经济产业带" in told
