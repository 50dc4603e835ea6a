"""The face for Python: frames with ids, datum and types; the same conditions as everywhere."""

import subprocess
import sys

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geo
from geo.errors import NotFoundError, QueryError, StoreError
from geo.query import CaseQuery


@pytest.fixture(scope="module")
def opened(catalogue_file):
    return geo.open_catalogue(catalogue_file)


def test_without_conditions_all_cases_come_in_the_order_of_their_ids(opened):
    cases = opened.cases()
    assert len(cases) == 15
    assert cases.index.name == "id"
    assert list(cases.index) == sorted(cases.index)
    assert cases.crs == "EPSG:4326"


@pytest.mark.parametrize(
    ("query", "conditions"),
    [
        ("theme=ecology&city=510600", {}),
        ("?theme=生态环境", {"city": "德阳"}),
        (CaseQuery(theme=("ecology",)), {"city": ["510600"]}),
        (None, {"theme": ("ecology",), "city": np.array(["510600"]), "q": None}),
    ],
)
def test_conditions_may_be_said_in_every_way(opened, query, conditions):
    assert list(opened.cases(query, **conditions).index) == ["G01"]


@pytest.mark.parametrize(
    "conditions",
    [
        {"bbox": (103.9, 30.5, 104.3, 30.8)},
        {"bbox": np.array([103.9, 30.5, 104.3, 30.8])},
        {"polygon": [(103.9, 30.5), (104.3, 30.5), (104.3, 30.8), (103.9, 30.8)]},
        {"polygon": np.array([[103.9, 30.5], [104.3, 30.5], [104.3, 30.8], [103.9, 30.8]])},
    ],
)
def test_shapes_may_be_said_as_numbers(opened, conditions):
    found = opened.cases(**conditions)
    assert 0 < len(found) < 15
    assert found.total_bounds[0] >= 103.9


def test_numbers_of_numpy_are_numbers(opened):
    expected = opened.cases(near="transit_lines:S3", within_km=5)
    assert opened.cases(near="transit_lines:S3", within_km=np.int64(5)).index.equals(expected.index)


def test_text_search_puts_the_best_first(opened):
    assert opened.cases(q="S3").index[0] == "B01"


def test_columns_are_typed_and_several_values_are_lists(opened):
    case = opened.cases().loc["A08"]
    assert case["city"] == ["510100", "510600"]
    types = opened.cases().dtypes.astype(str)
    assert types[["title_en", "radius_m", "schematic"]].to_list() == ["string", "float64", "boolean"]


def test_an_empty_answer_has_the_same_columns_and_types(opened):
    empty = opened.cases(theme="opening", status="completed")
    assert len(empty) == 0
    assert empty.dtypes.equals(opened.cases().dtypes)
    assert empty.crs == "EPSG:4326"


def test_shapes_instead_of_label_points(opened):
    assert opened.cases().loc["A08"].geometry.geom_type == "Point"
    assert opened.cases(geometry="footprint").loc["A08"].geometry.geom_type != "Point"


@pytest.mark.parametrize(("kind", "dimension"), [("point", 0), ("line", 1), ("area", 2)])
def test_footprints_of_one_kind(opened, kind, dimension):
    found = opened.footprints(kind=kind)
    assert len(found) > 0
    assert set(found.geometry.count_coordinates() > 0) == {True}
    assert {part.geom_type.removeprefix("Multi") for part in found.geometry} == {
        ["Point", "LineString", "Polygon"][dimension]
    }


def test_footprints_are_those_of_the_cases_that_are_asked_for(opened):
    assert set(opened.footprints(theme="ecology")["case_id"]) == set(opened.cases(theme="ecology").index)


def test_every_layer_is_a_frame(opened, catalogue):
    assert {name: len(frame) for name, frame in opened.layers.items()} == {
        name: len(layer) for name, layer in catalogue.layers.items()
    }
    assert {frame.crs.to_string() for frame in opened.layers.values()} == {"EPSG:4326"}


def test_a_layer_within_a_box(opened):
    assert opened.layer("counties", bbox=(104.38, 31.12, 104.4, 31.14))["name_zh"].to_list() == ["旌阳区"]


def test_frames_are_new_at_each_call(opened):
    opened.cases()["title_en"] = "changed"
    opened.cases().loc["A08", "city"].append("changed")
    assert "changed" not in opened.cases().loc["A08", "city"]


def test_all_problems_are_told_at_once(opened):
    with pytest.raises(QueryError) as caught:
        opened.cases("theme=sports", colour="red", year="soon")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda o: o.cases(geometry="cube"), "geometry: unknown value 'cube'; known are label, footprint"),
        (lambda o: o.footprints(kind="cube"), "kind: unknown value 'cube'; known are point, line, area"),
        (lambda o: o.cases(polygon=[1, 2, 3]), "polygon: '[1, 2, 3]' arrived"),
        (lambda o: o.cases(bbox=(1, 2)), "bbox: '1,2' is not four numbers"),
        (lambda o: o.layer("belts", bbox=(1, 5, 2, 3)), "bbox: south 5.0 is above north 3.0"),
    ],
)
def test_what_cannot_be_understood_is_told(opened, call, told):
    with pytest.raises(QueryError) as caught:
        call(opened)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("layer", ["cases", "footprints", "nothing"])
def test_an_unknown_layer_is_told(opened, layer):
    with pytest.raises(NotFoundError, match="known are cities, counties"):
        opened.layer(layer)
    assert layer not in opened.layers


def test_a_missing_file_says_what_to_run(tmp_path):
    with pytest.raises(StoreError, match="run: tongcheng build"):
        geo.open_catalogue(tmp_path / "none.gpkg")


@pytest.mark.parametrize("name", ["cases.gpkg", "cases.geojson", "cases.fgb"])
def test_a_frame_survives_a_file(opened, tmp_path, name):
    cases = opened.cases()
    cases.to_file(tmp_path / name)
    again = gpd.read_file(tmp_path / name).set_index("id").loc[cases.index]
    assert shapely.distance(again.geometry.array, cases.geometry.array).max() < 1e-6
    assert list(again["title_zh"]) == list(cases["title_zh"])


def test_the_package_loads_nothing_until_it_is_asked():
    code = "import sys, geo; print(sorted({'pandas', 'geopandas', 'shapely', 'geo.face'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout == "[]\n"


def test_the_package_has_nothing_else():
    assert not hasattr(geo, "nothing")
