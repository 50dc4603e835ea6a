"""Write a small extract in the manner of OpenStreetMap, all of it drawn by rule: no street in it is real.

python scripts/make_sample_extract.py sample.osm.pbf
For looking at what an import draws, and for the picture of it in docs/images: `tongcheng import geometry` it into a
folder, then run scripts/make_pictures.py with --data.
"""

import math
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Way

MIDDLE = 104.066, 30.657  # degrees, WGS-84
ROUND = 2 * math.pi
Corner = tuple[float, float]
Line = list[Corner]


def rings() -> Iterator[tuple[Line, Mapping[str, str]]]:
    """Yield ring roads."""
    for reach, kind in ((0.02, "primary"), (0.045, "secondary"), (0.075, "trunk"), (0.11, "motorway")):
        turns = [step / 60 * ROUND for step in range(60)]
        ring = [_at(reach * (1 + 0.05 * math.sin(3 * turn)), turn) for turn in turns]
        yield [*ring, ring[0]], {"highway": kind}


def spokes() -> Iterator[tuple[Line, Mapping[str, str]]]:
    """Yield roads out of the middle, and lanes between them."""
    for number in range(48):
        turn = number / 48 * ROUND
        kind = ("trunk", "primary", "secondary")[number % 3]
        first = 0.004 if number % 4 == 0 else 0.02
        yield [_at(first + step * 0.012, turn + step * 0.015) for step in range(14)], {"highway": kind}


def areas(chance: random.Random) -> Iterator[tuple[Line, Mapping[str, str]]]:
    """Yield built-up blocks, woods and water."""
    for _ in range(260):
        lon, lat = (chance.gauss(middle, 0.05) for middle in MIDDLE)
        wide, high = chance.uniform(0.002, 0.008), chance.uniform(0.002, 0.006)
        yield (
            [(lon, lat), (lon + wide, lat), (lon + wide, lat + high), (lon, lat + high), (lon, lat)],
            {"landuse": "residential"},
        )
    for _ in range(60):
        lon, lat = (middle + chance.uniform(-0.3, 0.3) for middle in MIDDLE)
        yield _blob(lon, lat, chance.uniform(0.005, 0.03), chance), {"landuse": "forest"}
    bank = [
        (MIDDLE[0] - 0.12 + step * 0.012, MIDDLE[1] + 0.1 - step * 0.014 + 0.01 * math.sin(step)) for step in range(20)
    ]
    other = [(lon + 0.003, lat + 0.001) for lon, lat in reversed(bank)]
    yield [*bank, *other, bank[0]], {"natural": "water"}


def _at(reach: float, turn: float) -> Corner:
    return MIDDLE[0] + reach * 1.15 * math.cos(turn), MIDDLE[1] + reach * math.sin(turn)


def _blob(lon: float, lat: float, reach: float, chance: random.Random) -> Line:
    turns = [step / 12 * ROUND for step in range(12)]
    reaches = [reach * chance.uniform(0.7, 1.1) for _ in turns]
    outline = [
        (lon + far * math.cos(turn), lat + far * 0.8 * math.sin(turn)) for far, turn in zip(reaches, turns, strict=True)
    ]
    return [*outline, outline[0]]


def write(path: Path) -> None:
    """Write everything as nodes and ways."""
    chance = random.Random(7)  # noqa: S311  a repeatable drawing, no secret
    lines = [*rings(), *spokes(), *areas(chance)]
    corners = {corner: number for number, corner in enumerate(dict.fromkeys(c for line, _ in lines for c in line), 1)}
    writer = osmium.SimpleWriter(str(path))
    for corner, number in corners.items():
        writer.add_node(Node(id=number, location=corner, version=1))
    for number, (line, tags) in enumerate(lines, 1):
        writer.add_way(Way(id=number, nodes=[corners[corner] for corner in line], tags=dict(tags), version=1))
    writer.close()


if __name__ == "__main__":
    write(Path(sys.argv[1]))
