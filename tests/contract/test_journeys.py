"""How many rooms something passes through: the modules that pass it on, told by following the calls of a real journey.

A module that answers without asking another one (a text, a number, a code) is vocabulary and is not counted.
"""

import ast
import statistics
import sys

import numpy as np
import pytest

from geo.catalogue.case_records import read_case_records
from geo.catalogue.footprints import Locator
from geo.datum import Datum
from geo.exports.collection import Selected, collection_at
from geo.exports.formats import FORMATS
from geo.exports.tables import Tables
from geo.gazetteer.gazetteer import Gazetteer
from geo.query import from_args
from geo.sources import Sources
from tests.contract.code import MODULES, ROOT, nodes_of
from webapp.app import create_app
from webapp.pages.case_list import list_page
from webapp.urls import Urls

HOUSES = tuple(f"{ROOT / name}/" for name in ("geo", "webapp"))


def rooms(journey):
    """Return the modules that ask another module of the product during a journey."""
    asking = set()

    def on_event(frame, event, _):
        here = _room(frame)
        if event != "call" or here is None:
            return
        caller = frame.f_back
        while caller is not None and _room(caller) is None:
            caller = caller.f_back
        if caller is not None and _room(caller) != here:
            asking.add(_room(caller))

    sys.setprofile(on_event)
    try:
        journey()
    finally:
        sys.setprofile(None)
    return sorted(asking)


def _room(frame):
    path = frame.f_code.co_filename
    is_ours = path.startswith(HOUSES) and path.endswith(".py") and frame.f_code.co_name != "<module>"
    return path.removeprefix(f"{ROOT}/") if is_ours else None


def test_a_record_becomes_a_footprint_in_at_most_8_rooms(catalogue, checkout):
    gazetteer = Gazetteer(catalogue.entries)

    def journey():
        known = {name: [feature.id for feature in catalogue.layers[name]] for name in ("cities", "counties")}
        records = read_case_records(Sources(checkout / "data"), **known)
        Locator(records.area, gazetteer, catalogue.layers).footprints(records.cases[0])

    assert 3 <= len(rooms(journey)) <= 8, rooms(journey)


def test_a_footprint_becomes_geojson_in_at_most_6_rooms(catalogue):
    def journey():
        table = Tables(catalogue).table("footprint_areas")
        found = Selected(np.arange(len(table)), "")
        FORMATS["geojson"].write(collection_at(table, found, datum=Datum.WGS84))

    assert 3 <= len(rooms(journey)) <= 6, rooms(journey)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/map/outlines.json", 9),
        ("/map/marks.json?zoom=9&window=102,29,106,32", 9),
        ("/api/collections/cases/items?theme=ecology", 8),
        ("/api/facets?theme=ecology", 8),
    ],
)
def test_an_answer_is_made_in_few_rooms(catalogue, address, most):
    client = create_app(catalogue).test_client()
    client.get(address.partition("?")[0])  # what is made once is no part of the way
    asked = rooms(lambda: client.get(address))
    assert 3 <= len(asked) <= most, asked


def test_the_list_of_a_theme_is_made_in_at_most_8_rooms(catalogue):
    def journey():
        list_page(catalogue, from_args([("theme", "ecology")], catalogue.vocabulary), Urls("zh"))

    with create_app(catalogue).test_request_context("/cases?theme=ecology"):
        asked = rooms(journey)
    assert 3 <= len(asked) <= 8, asked


def test_functions_are_of_one_thought():
    functions = [node for path in MODULES for node in nodes_of(path) if isinstance(node, ast.FunctionDef)]
    lengths = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    assert statistics.median(node.end_lineno - node.lineno + 1 for node in functions) <= 7
    assert [name for name, lines in lengths.items() if lines > 60] == []
