"""A new layer is a data file, a module and its words: done for real in a copy, and everything follows."""

import json
import shutil

import pytest

from tests.contract.code import ROOT
from tests.contract.copies import add_words, change, copied, run
from tests.folders import small_folder

pytestmark = pytest.mark.copies
MODULE = '''"""Hospitals."""

from dataclasses import dataclass

from shapely.geometry import Point

from geo.case import Precision, Rating
from geo.feature import Feature
from geo.layers.spec import COUNTY, Family, Geocoded, Group, LayerSpec, LayerStyle, texts
from geo.record import Record
from geo.text import LocalText
from geo.text import word

_FILE = "health/hospitals.csv"


@dataclass(frozen=True)
class HospitalRecord(Record):
    """A hospital, WGS-84."""

    id: str
    name_zh: str
    name_en: str | None
    lon: float
    lat: float
    county: str
    wards: str


@dataclass(frozen=True)
class HospitalRecords:
    """All hospitals."""

    hospitals: tuple[HospitalRecord, ...]


def hospital(record):
    """Return a hospital."""
    return Feature(
        id=record.id,
        name=LocalText(record.name_zh, record.name_en),
        geometry=Point(record.lon, record.lat),
        rating=Rating.VERIFIED,
        precision_m=50.0,
        sources=("test",),
        status="current",
        properties={"county": record.county, "wards": tuple(record.wards.split("|"))},
    )


FAMILY = Family(
    read=lambda reader: HospitalRecords(reader.csv(HospitalRecord, _FILE)),
    layers=(
        LayerSpec(
            id="hospitals",
            group=Group("health", word("Care of the sick")),
            title=word("Hospitals of the area"),
            geometry="point",
            style=LayerStyle("#aa0044", fill_opacity=1.0),
            files=(_FILE,),
            columns=(COUNTY, texts("wards", word("Wards of the house"))),
            build=lambda records, _: [hospital(one) for one in records.of(HospitalRecords).hospitals],
            geocoded=Geocoded("hospital", Precision.EXACT),
            is_near_choice=True,
        ),
    ),
)
'''
WORDS = {
    "Care of the sick": "医疗卫生",
    "Hospitals of the area": "区内医院",
    "Wards of the house": "院内病区",
}
ROWS = """id,name_zh,name_en,lon,lat,county,wards
H1,蓉北第一医院,First Hospital of Rongbei,104.2501,30.8790,510113,内科|外科
H2,石室医院,,104.0612,30.6601,510104,儿科
"""
# What a reader of each place sees; one process, for the copy is another product than the one that tests import.
SCRIPT = """
import io, json, sys
from contextlib import redirect_stdout
from pathlib import Path
from geo.cli.main import tongcheng
data, file, out = sys.argv[1:]
run = lambda *args: tongcheng([*args], standalone_mode=False)
told = {}
with redirect_stdout(io.StringIO()) as printed:
    run("check", "--data", data, "--quiet")
    run("build", "--data", data, "--catalogue", file)
    run("export", "hospitals", "--catalogue", file, "--out", out)
told["exported"] = json.loads(Path(out).read_text())
from geo.catalogue.store import read_catalogue
from geo.gazetteer.gazetteer import Gazetteer
from webapp.app import create_app
catalogue = read_catalogue(Path(file))
client = create_app(catalogue).test_client()
told["located"] = [found.kind for found in Gazetteer(catalogue.entries).locate("家住蓉北第一医院旁")]
page = lambda address: [client.get(address).status_code, client.get(address).text]
told["map"], told["layer"] = page("/?lang=en"), page("/layers/hospitals?lang=en")
told["feature"] = page("/layers/hospitals/H1")
told["shapes"] = page("/map/layers/hospitals.json")
told["items"] = page("/api/collections/hospitals/items")
told["near"] = page("/api/collections/cases/items?near=hospitals:H1&within_km=20")
told["choices"] = page("/map/choices.json")
told["openapi"] = page("/api/openapi.json")
sys.path.insert(0, "scripts")
import make_docs
told["docs"] = make_docs.layers_page()
print(json.dumps(told))
"""


def add_module(copy, text=MODULE):
    (copy / "geo" / "layers" / "hospitals.py").write_text(text, encoding="utf-8")
    table = copy / "geo" / "layers" / "table.py"
    change(table, "    expressways,\n    places,\n", "    expressways,\n    hospitals,\n    places,\n")
    change(table, "    places.FAMILY,\n", "    places.FAMILY,\n    hospitals.FAMILY,\n")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    tests = [
        f"tests/{name}.py" for name in ("__init__", "contract/__init__", "contract/code", "contract/test_messages")
    ]
    root = copied(tmp_path_factory.mktemp("copy"), "geo", "webapp", "scripts", *tests)
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("images", "adr"))
    health = small_folder(root / "data") / "health"
    health.mkdir()
    (health / "hospitals.csv").write_text(ROWS, encoding="utf-8")
    (health / "SOURCE.toml").write_text('origin = "test"\ndatum = "WGS-84"\n', encoding="utf-8")
    add_module(root)
    return root


@pytest.fixture(scope="module")
def untranslated(copy):
    """Run the check of words before they are added; the same copy serves all."""
    done = run(copy, "-m", "pytest", "-vv", "-p", "no:cacheprovider", "--noconftest", "tests/contract/test_messages.py")
    add_words(copy, WORDS)
    return done.stdout


@pytest.fixture(scope="module")
def told(copy, untranslated):
    done = run(copy, "-c", SCRIPT, str(copy / "data"), str(copy / "c.gpkg"), str(copy / "h.geojson"))
    assert done.returncode == 0, done.stderr + untranslated
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("place", ["map", "layer", "feature", "shapes", "items", "near", "choices", "openapi"])
def test_every_address_answers(told, place):
    assert told[place][0] == 200


def test_the_tree_of_the_map_has_the_layer_under_its_group(told):
    assert '"group": "health", "group_title": "Care of the sick", "id": "hospitals"' in told["map"][1]


def test_the_map_draws_its_features(told):
    assert [shape["name"] for shape in json.loads(told["shapes"][1])["hospitals"]] == ["蓉北第一医院", "石室医院"]


def test_api_and_export_tell_the_columns_with_lists_as_one_text(told):
    served, exported = json.loads(told["items"][1])["features"], told["exported"]["features"]
    assert [feature["properties"]["wards"] for feature in served] == ["内科; 外科", "儿科"]
    assert [feature["properties"]["wards"] for feature in exported] == ["内科; 外科", "儿科"]


def test_its_pages_tell_titles_names_and_values(told):
    assert "Hospitals of the area" in told["layer"][1]
    assert "院内病区" in told["feature"][1]
    assert "青白江区" in told["feature"][1]


def test_cases_are_found_near_it_and_lists_offer_it(told):
    assert "A01" in {case["id"] for case in json.loads(told["near"][1])["features"]}
    (group,) = json.loads(told["choices"][1])
    assert group["title"] == "区内医院"


def test_a_text_that_names_one_is_located(told):
    assert told["located"] == ["hospital"]


def test_openapi_and_docs_name_it(told):
    assert '"hospitals"' in told["openapi"][1]
    assert "| `hospitals` | 区内医院 | Hospitals of the area | point | `county`, `wards` |" in told["docs"]


def test_words_without_a_translation_are_told(untranslated):
    told = "assert ['Care of the sick', 'Hospitals of the area', 'Wards of the house'] == []"
    assert told in untranslated


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        (', word("Care of the sick")', "Group.__init__() missing 1 required positional argument: 'title'"),
        ('            style=LayerStyle("#aa0044", fill_opacity=1.0),\n', "required keyword-only argument: 'style'"),
        ("            files=(_FILE,),\n", "required keyword-only argument: 'files'"),
    ],
)
def test_what_is_left_out_of_the_module_is_told_at_once(copy, tmp_path, left_out, message):
    (tmp_path / "hospitals.py").write_text(MODULE.replace(left_out, ""), encoding="utf-8")
    done = run(copy, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import hospitals")
    assert message in done.stderr
