"""The catalogue file: reproducible, complete, and honest about damage."""

import pyogrio
import pytest

from geo.catalogue.store import read_catalogue, write_catalogue
from geo.errors import DamagedError, StoreError


def test_two_builds_give_the_same_bytes(built, catalogue_file, tmp_path):
    again = tmp_path / "again.gpkg"
    write_catalogue(built[0], again)
    assert again.read_bytes() == catalogue_file.read_bytes()


def test_cases_and_footprints_survive_the_file(built, catalogue):
    before = built[0]
    assert {key: located.case for key, located in catalogue.cases.items()} == {
        key: located.case for key, located in before.cases.items()
    }
    assert [f.id for c in catalogue.cases.values() for f in c.footprints] == [
        f.id for c in before.cases.values() for f in c.footprints
    ]


def test_features_survive_the_file(built, catalogue):
    after = {f.id: (f.name, f.rating, f.sources, f.properties) for layer in catalogue.layers.values() for f in layer}
    before = {f.id: (f.name, f.rating, f.sources, f.properties) for layer in built[0].layers.values() for f in layer}
    assert after == before


def test_geometries_survive_the_file(built, catalogue):
    pairs = [
        (feature.geometry, catalogue.layer(name).feature(feature.id).geometry)
        for name, layer in built[0].layers.items()
        for feature in layer
    ]
    assert all(a.equals(b) for a, b in pairs)


def test_names_survive_the_file(built, catalogue):
    assert catalogue.entries == built[0].entries


def test_the_file_opens_as_a_geopackage_with_every_layer(catalogue_file, catalogue):
    layers = {name for name, _ in pyogrio.list_layers(catalogue_file)}
    assert layers == {
        "cases",
        "footprints",
        *catalogue.layers,
        "case_records",
        "relations",
        "stretches",
        "gazetteer",
        "gazetteer_elsewhere",
        "facts",
        "metadata",
    }


def test_a_missing_file_says_what_to_run(tmp_path):
    with pytest.raises(StoreError, match="there is no catalogue; run: tongcheng build"):
        read_catalogue(tmp_path / "none.gpkg")


def test_a_damaged_file_says_what_to_run(tmp_path):
    path = tmp_path / "damaged.gpkg"
    path.write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    with pytest.raises(DamagedError, match="delete it and run: tongcheng build"):
        read_catalogue(path)


def test_a_truncated_file_says_what_to_run(catalogue_file, tmp_path):
    path = tmp_path / "cut.gpkg"
    path.write_bytes(catalogue_file.read_bytes()[:200_000])
    with pytest.raises(StoreError, match="tongcheng build"):
        read_catalogue(path)


def test_a_folder_that_cannot_be_written_is_told(built, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="choose another place with --catalogue"):
        write_catalogue(built[0], tmp_path / "file" / "catalogue.gpkg")
