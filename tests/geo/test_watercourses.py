"""The rivers of World Data Bank II: the rule that keeps one course from being drawn twice, and what ships."""

import hashlib
import runpy
import tomllib

import numpy as np
import pytest
from shapely.geometry import LineString

from geo.crs import metric_of
from geo.files import bundled_folder
from tests.contract.code import ROOT

METRIC = metric_of((104.0, 30.0, 105.0, 31.0))
KM = 0.009  # degrees of latitude


@pytest.fixture(scope="module")
def script():
    return runpy.run_path(str(ROOT / "scripts" / "make_watercourses.py"))


def river(*stretches):
    """Return a line that runs south, a corner a kilometre, so many kilometres at each distance east of 104.5."""
    lons = np.concatenate([[104.5 + east_km * KM] * length_km for length_km, east_km in stretches])
    return LineString(np.column_stack([lons, 30.9 - np.arange(len(lons)) * KM]))


def kept_km(script, line):
    named = METRIC.to_metric(LineString([(104.5, 31.0), (104.5, 30.0)]))
    return [round(METRIC.to_metric(part).length / 1000) for part in script["apart"](line, named, METRIC)]


def test_a_line_that_follows_a_named_river_for_long_is_left_out(script):
    assert kept_km(script, river((40, 1))) == []


def test_what_comes_before_and_after_the_common_course_stays(script):
    first, last = kept_km(script, river((20, 10), (40, 1), (30, 10)))
    assert (first, last) == (pytest.approx(19, abs=1), pytest.approx(29, abs=1))


def test_a_line_that_only_crosses_a_named_river_stays_whole(script):
    (length,) = kept_km(script, river((20, 10), (10, 1), (20, 10)))
    assert length > 45


def test_a_line_elsewhere_stays_whole(script):
    assert kept_km(script, river((50, 10))) == [pytest.approx(49, abs=1)]


def test_relative_degrees_of_the_file_are_unsigned(script):
    found = script["degrees"](np.array([0, 32767, -32768, -1], dtype=np.int16))
    assert found.tolist() == [0.0, pytest.approx(0.49999, abs=1e-4), pytest.approx(0.5, abs=1e-4), 1.0]


def test_the_lines_are_those_that_their_source_tells():
    folder = bundled_folder() / "watercourses"
    said = tomllib.loads((folder / "SOURCE.toml").read_text(encoding="utf-8"))
    assert hashlib.sha256((folder / "lines.geojson").read_bytes()).hexdigest() == said["sha256_result"]
    assert "LGPL" in said["licence_note"]


@pytest.mark.parametrize(
    ("name", "counties"),
    # by the counties that a map of rivers shows along them: the two that leave the gate mountains, and 青衣江
    [("w09", {"511423"}), ("w12", {"510682", "510683"}), ("w10", {"510117", "510114", "510121"})],
)
def test_a_watercourse_tells_the_counties_that_it_crosses_and_its_licence(catalogue, name, counties):
    line = catalogue.layer("watercourses").feature(name)
    assert counties <= set(line.properties["counties"])
    assert "LGPL-3+" in line.source
    assert line.is_schematic


def test_lengths_inside_are_those_of_the_line(catalogue):
    line = catalogue.layer("watercourses").feature("w12")  # all of it but its head lies in the area
    length = catalogue.metric.to_metric(line.geometry).length / 1000
    assert line.properties["length_inside_km"] == pytest.approx(length, rel=0.01)
