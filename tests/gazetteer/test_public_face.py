"""`from geo.gazetteer import locate, reverse, reverse_many`."""

import numpy as np
import pytest

from geo.errors import StoreError
from geo.gazetteer import api, locate, reverse, reverse_many


@pytest.fixture(autouse=True)
def _catalogue(catalogue_file, monkeypatch):
    monkeypatch.setattr(api, "default_catalogue_path", lambda: catalogue_file)
    api.forget()
    yield
    api.forget()


def test_a_text_is_located():
    assert [match.name for match in locate("彭什交界地带")] == ["彭州—什邡交界地带"]


def test_a_point_is_found():
    assert reverse(104.39, 31.13).county.name.zh == "旌阳区"


def test_many_points_are_found():
    assert reverse_many(np.array([[104.39, 31.13], [0, 0]])).tolist() == ["510603", ""]


def test_without_a_catalogue_the_remedy_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(api, "default_catalogue_path", lambda: tmp_path / "none.gpkg")
    with pytest.raises(StoreError, match="run: tongcheng build"):
        locate("成都")
