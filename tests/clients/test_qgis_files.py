"""QGIS draws the files that we write as we draw them, and counts every row."""

import json
import subprocess
from pathlib import Path

import pytest

from geo.exports.collection import collection_of
from geo.exports.formats import FORMATS

pytestmark = pytest.mark.clients
QGIS_PYTHON = "/usr/bin/python3"
ASK_QGIS = """
import json, sys
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
found = {}
for address in sys.argv[1:]:
    layer = QgsVectorLayer(address, "x", "ogr")
    rules = layer.renderer().rootRule().children() if layer.isValid() and hasattr(layer.renderer(), "rootRule") else []
    found[address] = [layer.isValid(), layer.featureCount(), [rule.symbol().color().name() for rule in rules]]
print(json.dumps(found))
"""


@pytest.fixture
def write(tables, tmp_path):
    def written(what, format_id, **options):
        path = tmp_path / f"{what}.{FORMATS[format_id].suffix}"
        path.write_bytes(FORMATS[format_id].write(collection_of(tables, what, [], **options)))
        return path

    return written


def in_qgis(*addresses):
    environment = {"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(Path(addresses[0]).parent)}
    done = subprocess.run(
        [QGIS_PYTHON, "-c", ASK_QGIS, *addresses], capture_output=True, text=True, check=True, env=environment
    )
    return list(json.loads(done.stdout.splitlines()[-1]).values())


def test_qgis_opens_a_geopackage_in_the_colours_of_the_map(write):
    ((is_valid, count, colors),) = in_qgis(str(write("cases", "gpkg")))
    assert (is_valid, count) == (True, 15)
    assert colors[:2] == ["#332288", "#88ccee"]


def test_qgis_draws_true_shapes_kind_by_kind(write):
    path = write("cases", "gpkg", geometry="footprint")
    found = in_qgis(*(f"{path}|layername=cases_{kind}" for kind in ("points", "lines", "areas")))
    assert [len(colors) for _, _, colors in found] == [9, 9, 9]
    assert min(count for _, count, _ in found) > 0


@pytest.mark.parametrize("format_id", ["geojson", "fgb", "kml", "csv"])
def test_qgis_counts_every_row(write, format_id):
    ((is_valid, count, _),) = in_qgis(str(write("counties", format_id)))
    assert (is_valid, count) == (True, 35)
