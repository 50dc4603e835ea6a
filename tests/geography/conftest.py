"""A folder of one's own on top of the records, and an extract that draws what is true of them."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from geo.cli.main import tongcheng
from geo.shift import from_wgs84
from tests.geography.extract import Extract


@pytest.fixture
def folder(tmp_path):
    """A data folder on top of the records of the product."""
    path = tmp_path / "mine"
    path.mkdir()
    (path / "area.toml").write_text('base = "bundled"\n', encoding="utf-8")
    return path


@pytest.fixture
def run(folder):
    """Run `tongcheng import geometry` on a file; the result and the report."""

    def run_on(file, *options):
        report = folder.parent / "report.json"
        result = CliRunner().invoke(
            tongcheng, ["import", "geometry", str(file), "--data", str(folder), "--report", str(report), *options]
        )
        return result, json.loads(report.read_text()) if report.exists() else None

    return run_on


@pytest.fixture
def extract():
    return Extract()


def bent(corners, *, by=1.0, datum=None):
    """Return corners with one between each two, off to the side, so that the line is about so many times as long."""
    points = np.array(corners, dtype=float)
    side = np.column_stack([-(points[1:, 1] - points[:-1, 1]), points[1:, 0] - points[:-1, 0]])
    height = np.sqrt(max(by**2 - 1, 0.0)) / 2
    middles = (points[1:] + points[:-1]) / 2 + side * height
    woven = np.empty((len(points) * 2 - 1, 2))
    woven[0::2], woven[1::2] = points, middles
    if datum is not None:
        woven = np.column_stack(from_wgs84(woven[:, 0], woven[:, 1], datum))
    return [(round(float(lon), 7), round(float(lat), 7)) for lon, lat in woven]
