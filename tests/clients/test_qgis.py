"""QGIS, the one of Debian, without a screen: the API as a layer, and the files that it opens."""

import json
from pathlib import Path

import pytest

from geo.layers.table import layer_spec
from geo.styles import PALETTE

PROGRAM = Path(__file__).with_name("qgis_program.py")


@pytest.fixture
def qgis(run, tmp_path):
    """Open a source and return what QGIS says of it."""

    def opened(provider, source, *, subset="", bbox=""):
        told = run(
            "/usr/bin/python3", PROGRAM, provider, source, subset, bbox,
            QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=str(tmp_path),
        )  # fmt: skip
        return json.loads(told.splitlines()[-1])

    return opened


@pytest.fixture
def source(server):
    """Return the address of a collection, as QGIS writes it."""

    def address(what, *, box_only=False):
        return f"url='{server}/api' typename='{what}' restrictToRequestBBOX='{box_only:d}' pageSize='6'"

    return address


@pytest.mark.parametrize(
    "what", ["cases", "footprint_points", "footprint_lines", "footprint_areas", "counties", "axes"]
)
def test_qgis_reads_every_feature(qgis, source, tables, what):
    layer = qgis("OAPIF", source(what))
    assert layer["valid"]
    assert layer["crs"] == "EPSG:4326"
    assert layer["count"] == len(tables.table(what))
    assert {feature["id"] for feature in layer["features"]} == {item.id for item in tables.table(what).items}


def test_qgis_reads_page_by_page(qgis, source, log):
    qgis("OAPIF", source("cases"))
    assert [asked.features for asked in log.items("cases") if asked["limit"] == "6"] == [6, 6, 3]


def test_qgis_reads_chinese_numbers_and_lists(qgis, source):
    (case,) = qgis("OAPIF", source("cases"), subset="id = 'A01'")["features"]
    assert case["title_zh"] == "相向打造成德临港经济产业带"
    assert case["radius_m"] == 6700.0
    assert case["city"] == ["510100", "510600"]


def test_qgis_has_dates_compared_here(qgis, source, log):
    """The only filter that QGIS 3.22 hands on; newer ones hand on CQL2."""
    layer = qgis("OAPIF", source("cases"), subset="\"last_checked\" >= '2026-11-01'")
    (asked,) = [asked for asked in log.items("cases") if asked["datetime"]]
    assert layer["accepted"]
    assert 0 < asked.features == layer["count"] < 15


def test_qgis_compares_the_rest_itself(qgis, source):
    layer = qgis("OAPIF", source("cases"), subset="\"theme\" = 'ecology'")
    assert {feature["theme"] for feature in layer["features"]} == {"ecology"}
    assert layer["count"] == 2


def test_qgis_asks_for_what_is_in_view(qgis, source, log):
    layer = qgis("OAPIF", source("cases", box_only=True), bbox="104.0,30.4,104.4,30.9")
    asked = [asked for asked in log.items("cases") if asked["bbox"]]
    assert sum(one.features for one in asked) < 15
    assert len(layer["features"]) == 4


@pytest.mark.parametrize("format_id", ["gpkg", "fgb", "geojson", "shp"])
def test_qgis_opens_files_of_layers(qgis, download, format_id):
    layer = qgis("ogr", str(download("counties", format_id)))
    assert layer["crs"] == "EPSG:4326"
    assert layer["count"] == 35


def test_qgis_draws_cases_in_the_colours_of_their_themes(qgis, download):
    layer = qgis("ogr", f"{download('cases', 'gpkg')}|layername=cases")
    assert layer["renderer"] == "RuleRenderer"
    assert set(layer["colours"]) == {color.lower() for color in PALETTE}


def test_qgis_draws_layers_in_our_colours(qgis, download):
    layer = qgis("ogr", f"{download('belts', 'gpkg')}|layername=belts")
    assert layer_spec("belts").style.color.lower() in layer["colours"]
