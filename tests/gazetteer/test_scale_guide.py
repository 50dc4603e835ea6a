"""The page on the geocoder at scale: its blocks run, and print what it says."""

from pathlib import Path

import pytest

from geo.gazetteer import api
from tests.contract.test_python_guide import BLOCK, is_said, run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "geocoder-at-scale.md"


@pytest.fixture(autouse=True)
def _catalogue(catalogue_file, monkeypatch):
    monkeypatch.setattr("geo.catalogue.which_file.own_catalogue_path", lambda _data: catalogue_file)
    api._gazetteer.cache_clear()
    yield
    api._gazetteer.cache_clear()


def test_every_block_runs_and_prints_what_the_page_says():
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 2
    assert [(p, t) for p, (_, t) in zip(run(blocks), blocks, strict=True) if not is_said(p, t)] == []
