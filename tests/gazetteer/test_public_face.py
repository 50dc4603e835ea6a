"""`from geo.gazetteer import locate, reverse, reverse_many`."""

import numpy as np
import pytest

from geo.errors import StoreError
from geo.gazetteer import api, locate, reverse, reverse_many


@pytest.fixture(autouse=True)
def _catalogue(catalogue_file, monkeypatch):
    monkeypatch.setattr("geo.catalogue.which_file.own_catalogue_path", lambda _data: catalogue_file)
    _forget()
    yield
    _forget()


def _forget():
    api._gazetteer.cache_clear()
    api._finder.cache_clear()


def test_a_text_is_located():
    assert [match.name for match in locate("彭什交界地带")] == ["彭州—什邡交界地带"]


def test_a_point_is_found():
    assert reverse(104.39, 31.13).county.name.zh == "旌阳区"


def test_many_points_are_found():
    assert reverse_many(np.array([[104.39, 31.13], [0, 0]])).tolist() == ["510603", ""]


def test_what_lies_in_the_place_of_the_catalogue_is_told(monkeypatch, tmp_path):
    (tmp_path / "x.gpkg").write_text("notes")
    monkeypatch.setattr("geo.catalogue.which_file.own_catalogue_path", lambda _data: tmp_path / "x.gpkg")
    with pytest.raises(StoreError, match=r"x\.gpkg: a text file; not a catalogue"):
        locate("成都")
