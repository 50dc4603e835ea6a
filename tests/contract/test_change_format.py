"""Adding an export format is one module and one row: done here in a copy of the program, everything else follows."""

import json

import pytest

from tests.contract.code import ROOT
from tests.contract.copies import WORDS, add_words, change, copied, run

pytestmark = pytest.mark.copies
MODULE = '''"""TopoJSON of points, which need no arcs."""

import orjson

from geo.exports.about import about_dict
from geo.exports.collection import Collection


def write_topojson(collection: Collection) -> bytes:
    """Return a topology."""
    points = [
        {"type": "Point", "id": row.id, "coordinates": [row.geometry.x, row.geometry.y], "properties": row.values}
        for row in collection.rows
    ]
    objects = {collection.id: {"type": "GeometryCollection", "geometries": points}}
    return orjson.dumps({"type": "Topology", "about": about_dict(collection), "objects": objects, "arcs": []})
'''
ROW = """        Format(
            id="topojson",
            suffix="topojson",
            media_type="application/topo+json",
            title=word("TopoJSON"),
            sentence=word("TopoJSON: for D3; points only."),
            note="Lists stay lists, nulls null.",
            chunks=_whole(topojson.write_topojson),
            carries=("point",),
            is_text=True,
        ),
"""
END_OF_TABLE = "    )\n}\nBY_SUFFIX"
PROBE = """
import importlib.util, json, sys
from pathlib import Path
from click.testing import CliRunner
from geo.catalogue.store import read_catalogue
from geo.cli.main import tongcheng
from webapp.app import create_app
from webapp.settings import Settings

file, out = sys.argv[1:]
command = CliRunner()
written = command.invoke(tongcheng, ["export", "airports", "--format", "topojson", "--out", out, "--catalogue", file])
client = create_app(read_catalogue(Path(file)), Settings()).test_client()
get = lambda address, **headers: client.get(address, headers=headers)
served = get("/exports/airports.topojson", **{"Accept-Encoding": "gzip"})
spec = importlib.util.spec_from_file_location("make_docs", Path("scripts/make_docs.py"))
docs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(docs)
print(json.dumps({
    "exit": written.exit_code,
    "help": command.invoke(tongcheng, ["export", "--help"]).output,
    "type": served.mimetype,
    "encoding": served.headers.get("Content-Encoding"),
    "status": served.status_code,
    "form": get("/exports/airports?format=topojson").headers["Location"],
    "refused": get("/exports/belts.topojson").get_json(force=True)["detail"],
    "list": get("/cases").get_data(as_text=True),
    "map": get("/?lang=en").get_data(as_text=True),
    "layer": get("/layers/belts").get_data(as_text=True),
    "dcat": get("/catalog.jsonld").get_data(as_text=True),
    "docs": docs.exports_page(),
}))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the program with a format that nobody has translated, and that no test reads back."""
    tests = ("tests/__init__.py", "tests/exports/__init__.py", "tests/exports/readers.py")
    folder = copied(tmp_path_factory.mktemp("changed"), "geo", "webapp", "scripts", *tests)
    for name in ("data", "docs"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "geo" / "exports" / "topojson.py").write_text(MODULE, encoding="utf-8")
    change(folder / "geo/exports/formats.py", "shapefile, spreadsheets", "shapefile, spreadsheets, topojson")
    change(folder / "geo/exports/formats.py", END_OF_TABLE, ROW + END_OF_TABLE)
    return folder


@pytest.fixture(scope="module")
def unfinished(copy):
    return run(copy, "scripts/check_tables.py")


@pytest.fixture(scope="module")
def finished(copy, unfinished):
    """The copy with its words translated and a reader in the tests."""
    assert unfinished.returncode == 1
    add_words(copy, {"TopoJSON": "TopoJSON", "TopoJSON: for D3; points only.": "TopoJSON：用于 D3；只含点。"})
    change(
        copy / "tests/exports/readers.py",
        '    "geojson": Reader(pyogrio.read_dataframe),\n',
        '    "geojson": Reader(pyogrio.read_dataframe),\n    "topojson": Reader(pyogrio.read_dataframe),\n',
    )
    return copy


@pytest.fixture(scope="module")
def found(finished, catalogue_file, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "airports.topojson"
    probed = run(finished, "-c", PROBE, str(catalogue_file), str(out))
    assert probed.returncode == 0, probed.stderr
    return {**json.loads(probed.stdout), "file": json.loads(out.read_bytes())}


def test_a_format_without_translation_and_reader_is_told_in_one_sentence_each(unfinished):
    assert unfinished.stdout.splitlines() == [
        f"format topojson: 'TopoJSON: for D3; points only.' has no Chinese; add it to {WORDS} and compile it",
        "format topojson: nothing reads it back in tests; add a row to READERS in tests/exports/readers.py",
    ]


def test_a_format_that_lacks_nothing_is_complete(finished):
    assert run(finished, "scripts/check_tables.py").stdout == "the tables are complete\n"


def test_the_command_writes_and_tells_the_format(found):
    assert found["exit"] == 0
    assert [len(one["geometries"]) > 0 for one in found["file"]["objects"].values()] == [True]
    assert "TopoJSON: for D3; points only." in found["help"]


def test_the_format_is_served_compressed_under_its_suffix(found):
    assert (found["status"], found["type"], found["encoding"]) == (200, "application/topo+json", "gzip")
    assert found["form"] == "/exports/airports.topojson"


def test_what_the_format_cannot_carry_is_refused_with_the_remedy(found):
    assert "topojson holds only point geometries, and belts is area; choose one of geojson" in found["refused"]


@pytest.mark.parametrize("page", ["list", "map"])
def test_the_format_stands_in_menus_with_its_sentence(found, page):
    assert '<option value="topojson"' in found[page]
    assert {"list": "TopoJSON：用于 D3；只含点。", "map": "TopoJSON: for D3; points only."}[page] in found[page]


def test_the_format_stands_in_no_menu_of_what_it_cannot_carry(found):
    assert "topojson" not in found["layer"]


def test_the_catalogue_of_the_data_and_the_docs_tell_of_the_format(found):
    assert "/exports/airports.topojson" in found["dcat"]
    assert "| `topojson` | `.topojson` |" in found["docs"]
