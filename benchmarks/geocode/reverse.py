"""Measure coordinates to counties in bulk, beside one point a call; the baseline is brute-force containment.

.venv/bin/python benchmarks/geocode/reverse.py
"""

import time

import numpy as np
import shapely

from geo.catalogue.which_file import file_to_read
from geo.feature import read_layers
from geo.gazetteer import reverse_many
from geo.gazetteer.api import _finder as finder

POINTS = 2_000_000


def main() -> None:
    """Answer the same points both ways, compare, and print points a second and the ratio."""
    points = np.random.default_rng(1).uniform([102.9, 29.3], [105.9, 31.8], (POINTS, 2))
    counties = list(read_layers(file_to_read(), ["counties"])["counties"])
    finder()
    begun = time.perf_counter()
    found = reverse_many(points)
    bulk_s = time.perf_counter() - begun
    sample, geometries = points[: POINTS // 20], shapely.points(points[: POINTS // 20])
    begun = time.perf_counter()
    expected = np.zeros(len(sample), dtype="U6")
    for county in reversed(counties):
        expected[shapely.contains(county.geometry, geometries)] = county.id
    brute_s = (time.perf_counter() - begun) * 20
    print(f"brute force: {POINTS / brute_s:,.0f} points/s (baseline)")
    print(f"reverse_many: {POINTS / bulk_s:,.0f} points/s, ×{brute_s / bulk_s:.1f}")
    print(f"different answers: {(found[: len(sample)] != expected).sum()} of {len(sample):,}")


if __name__ == "__main__":
    main()
