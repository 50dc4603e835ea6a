"""The compiled names."""

import subprocess
import sys
from dataclasses import replace

import pytest

from geo.case import Precision
from geo.errors import NotFoundError, StoreError
from geo.gazetteer.at_point import open_reverse
from geo.gazetteer.candidates import Index
from geo.gazetteer.entry import spellings
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


def test_a_township_without_a_centre_is_told_as_such(gazetteer):
    [match] = gazetteer.locate("新都区桂湖街道")[-1:]
    assert (match.kind, match.precision, match.adcodes) == ("town", Precision.COUNTY, ("510114",))
    assert match.reason.endswith("no source gives its centre: its county stands for it")


def test_a_township_with_a_centre_is_not(gazetteer):
    [match] = gazetteer.locate("新都区新繁街道")[-1:]
    assert match.precision is Precision.TOWN
    assert "no source gives" not in match.reason


def test_a_name_never_matches_inside_a_longer_number_or_word(catalogue):
    index = Index(catalogue.entries)
    names = {s.text for entry in catalogue.entries if not entry.is_blocker for s in spellings(entry)}
    begin = [name for name in names if _is_sign(name[0])]
    end = [name for name in names if _is_sign(name[-1])]
    grown = [
        *((sign + name, name, 1) for name in begin for sign in "1A"),
        *((name + sign, name, 0) for name in end for sign in "1A"),
    ]
    assert "10号线" in begin
    assert end
    assert [text for text, name, start in grown if (start, start + len(name)) in _spans(index, text)] == []


@pytest.mark.parametrize("text", ["地铁11号线", "15号线", "G42021", "S31线", "第113号线"])
def test_a_longer_number_is_no_line_or_road_of_ours(gazetteer, text):
    assert [match for match in gazetteer.locate(text) if match.kind in {"line", "road"}] == []


def _is_sign(sign):
    return sign.isascii() and sign.isalnum()


def _spans(index, text):
    return [(one.start, one.end) for one in index.find(text, is_mention=True)]


@pytest.mark.parametrize(
    ("river", "counties"),
    [
        ("石亭江", {"510603", "510681", "510682", "510683"}),
        ("望水河", {"510185", "512002"}),
        ("绵远河", {"510603", "510681", "510683"}),
        ("青衣江", {"511423"}),
    ],
)
def test_a_river_knows_the_counties_it_crosses(gazetteer, river, counties):
    [match] = gazetteer.locate(river)
    assert set(match.adcodes) == counties
