"""Measure relations and queries on the real cases and on synthetic ones, in one run; the baseline is 1 000 cases.

    .venv/bin/python benchmarks/relations/run.py [CASES ...]

A synthetic case is a real one with a place of its own: nine in ten a point within the four cities, one in ten a
square of 2 to 10 km. Without numbers: 1 000, 10 000 and 100 000 cases.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Footprint, Precision
from geo.catalogue.case_index import CaseIndex
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.catalogue.store import read_catalogue
from geo.catalogue.which_file import file_to_read
from geo.fields import FACETS
from geo.query import CaseQuery, from_args
from geo.relations.relate import relate

QUERIES = (
    "theme=ecology",
    "theme=ecology&city=510600&membership=named",
    "near=transit_lines:S3&within_km=5",
    "near=transit_lines:S3&within_km=5&certainty=located",
    "belt=chengdu-deyang&min_precision=town",
    "eco_zone=longquanshan&near=counties:510112&within_km=50",
    "bbox=104.0,30.4,104.4,30.9",
    "q=公交",
    "q=longquanshan",
    "q=成都",
    "q=s",
)

NEAR = CaseQuery(near=("transit_lines:S3",))
KILOMETRES = count(5.0, 0.001)  # what was asked for is remembered


def main() -> None:
    """Print one table for building and one for queries."""
    catalogue = read_catalogue(file_to_read())
    shapes = [footprint.geometry for footprint in catalogue.footprints]
    spent = seconds(lambda: relate(shapes, catalogue.layers, catalogue.metric))
    print(f"real: {len(catalogue.cases)} cases, {spent:.2f} s\n")
    sizes = [int(text) for text in sys.argv[1:]] or [1_000, 10_000, 100_000]
    print("| cases | relations | seconds | per case, ratio to the first |\n|---|---|---|---|")
    base = 0.0
    indexes = {}
    for size in sizes:
        geometries = places(size, catalogue)
        begun = time.perf_counter()
        relations = relate(geometries, catalogue.layers, catalogue.metric)
        spent = time.perf_counter() - begun
        base = base or spent / size
        print(f"| {size:,} | {len(relations):,} | {spent:.1f} | ×{spent / size / base:.2f} |", flush=True)
        indexes[size] = CaseIndex(synthetic(geometries, catalogue), relations, {})
    queries(indexes, catalogue)


def queries(indexes: dict[int, CaseIndex], catalogue: Catalogue) -> None:
    """Time every query on every index; the first of each only builds the columns."""
    print("\n| query, ms | " + " | ".join(f"{size:,}" for size in indexes) + " |")
    print("|---|" + "---|" * len(indexes))
    values = {name: catalogue.vocabulary.values(name) for name in FACETS}
    for text in QUERIES:
        query = from_args([tuple(part.split("=", 1)) for part in text.split("&")], catalogue.vocabulary)
        row = [best_ms(lambda index=index, query=query: index.numbers(query)) for index in indexes.values()]
        print(f"| `{text}` | " + " | ".join(f"{ms:.1f}" for ms in row) + " |", flush=True)
    row = [
        best_ms(lambda index=index: index.numbers(NEAR.changed(within_km=next(KILOMETRES))))
        for index in indexes.values()
    ]
    print("| `near=transit_lines:S3`, a distance never asked for | " + " | ".join(f"{ms:.1f}" for ms in row) + " |")
    query = from_args([("theme", "ecology")], catalogue.vocabulary)
    row = [best_ms(lambda index=index: index.facets(query, values=values)) for index in indexes.values()]
    print("| all facets of `theme=ecology` | " + " | ".join(f"{ms:.1f}" for ms in row) + " |")


def places(number: int, catalogue: Catalogue) -> list[BaseGeometry]:
    """Return random points and squares within the four cities, WGS-84."""
    random = np.random.default_rng(20240131)
    area = shapely.union_all([city.geometry for city in catalogue.layer("cities")])
    shapely.prepare(area)
    west, south, east, north = area.bounds
    candidates = random.uniform((west, south), (east, north), (number * 4, 2))
    inside = candidates[shapely.contains_xy(area, candidates[:, 0], candidates[:, 1])][:number]
    points = shapely.points(inside)
    half = random.uniform(0.01, 0.05, number // 10)
    x, y = inside[: number // 10].T
    squares = shapely.box(x - half, y - half, x + half, y + half)
    return [*squares, *points[number // 10 :]]


def synthetic(geometries: Sequence[BaseGeometry], catalogue: Catalogue) -> list[LocatedCase]:
    """Return real cases over and over, each at a place of its own."""
    real = list(catalogue.cases.values())
    cases = []
    for number, geometry in enumerate(geometries):
        model = real[number % len(real)]
        footprint: Footprint = replace(model.footprints[0], geometry=geometry, precision=Precision.TOWN)
        cases.append(LocatedCase(replace(model.case, id=f"X{number:06d}"), (footprint,)))
    return cases


def seconds(work) -> float:  # noqa: ANN001  anything that can be called
    """Return how long a piece of work takes, the best of three."""
    return best_ms(work) / 1000


def best_ms(work) -> float:  # noqa: ANN001
    """Return the milliseconds of the best of three, after one that does not count."""
    work()
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


if __name__ == "__main__":
    main()
