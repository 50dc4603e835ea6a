"""The compiled names."""

import subprocess
import sys
from dataclasses import replace

import pytest

from geo.errors import NotFoundError, StoreError
from geo.gazetteer.at_point import open_reverse
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.table import load_entries


@pytest.fixture(scope="session")
def by_kind(catalogue):
    return lambda kind: [entry for entry in catalogue.entries if entry.kind == kind]


def test_the_gazetteer_holds_all_cities_counties_and_townships(by_kind):
    assert len(by_kind("city")) == 4
    assert len(by_kind("county")) == 35
    assert sum(entry.id.startswith("town:") for entry in by_kind("town")) == 514


def test_entries_read_back_are_those_written(catalogue, built):
    assert catalogue.entries == built[0].entries


@pytest.mark.parametrize(
    ("code", "name", "until"),
    [
        ("510118", "新津县", "2020"),
        ("510604", "罗江县", "2017"),
        ("510116", "双流县", "2015"),
        ("510117", "郫县", "2016"),
        ("511403", "彭山县", "2014"),
    ],
)
def test_former_names_of_counties_are_dated(gazetteer, code, name, until):
    assert (name, until) in gazetteer.entry(f"county:{code}").former_names


def test_neighbours_share_a_border(gazetteer):
    assert "510681" in gazetteer.entry("county:510113").neighbours
    assert "511421" not in gazetteer.entry("county:510113").neighbours


def test_every_entry_names_its_source(catalogue):
    assert [entry.id for entry in catalogue.entries if not entry.source] == []


def test_a_township_without_a_centre_is_its_county_never_a_remembered_point(by_kind):
    coarse = [entry for entry in by_kind("town") if entry.source.endswith("no source gives a centre")]
    assert coarse
    assert {entry.precision.value for entry in coarse} == {"county"}


def test_an_unknown_entry_is_refused(gazetteer):
    with pytest.raises(NotFoundError, match="no entry 'x'"):
        gazetteer.entry("x")


@pytest.mark.parametrize("read", [load_entries, open_reverse])
def test_a_file_that_is_no_catalogue_is_refused(tmp_path, read):
    path = tmp_path / "x.gpkg"
    path.write_bytes(b"not a catalogue")
    with pytest.raises(StoreError, match="run: tongcheng build"):
        read(path)


def test_texts_are_located_without_loading_geospatial_libraries(catalogue_file):
    program = (
        "import sys; from pathlib import Path; from geo.gazetteer.gazetteer import Gazetteer;"
        "from geo.gazetteer.table import load_entries;"
        f"assert Gazetteer(load_entries(Path({str(catalogue_file)!r}))).locate('简阳市');"
        "assert not {'geopandas', 'shapely', 'pandas', 'pydantic', 'opencc'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_an_autonomous_county_is_found_as_people_call_it(by_kind):
    county = replace(by_kind("county")[0], id="county:420528", name="长阳土家族自治县", former_names=(), short_names=())
    found = Gazetteer((county,)).locate("在长阳县和长阳土家族自治县")
    assert [(match.name, *match.span) for match in found] == [(county.name, 1, 4), (county.name, 5, 13)]
