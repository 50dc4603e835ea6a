"""Import a generated extract of OpenStreetMap beside GDAL's OSM driver reading the same file, each in its own process.

python benchmarks/import/run.py [--nodes 5000000]. Prints seconds, peak memory and the ratio of docs/performance.md.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CORNERS = 10  # of a way
WEST, SOUTH, EAST, NORTH = 102.9, 29.3, 105.6, 31.7  # the area, with a little of what lies around it
CLASSES = ("residential", "unclassified", "tertiary", "secondary", "primary", "trunk", "motorway")
WEIGHTS = (60, 15, 10, 7, 4, 2, 2)
GDAL_LAYERS = ("lines", "multilinestrings", "multipolygons", "points")


def write_extract(path: Path, nodes: int) -> None:
    """Write ways of ten corners each over the area, a fifth of them areas, and a route relation for each thousand."""
    chance = random.Random(13)  # noqa: S311  a repeatable file, no secret
    writer = osmium.SimpleWriter(str(path))
    ways = nodes // CORNERS
    for number in range(ways):
        lon, lat = chance.uniform(WEST, EAST), chance.uniform(SOUTH, NORTH)
        for corner in range(CORNERS):
            lon, lat = lon + chance.uniform(-0.002, 0.002), lat + chance.uniform(-0.002, 0.002)
            writer.add_node(Node(id=number * CORNERS + corner + 1, location=(lon, lat), version=1))
    for number in range(ways):
        corners = [number * CORNERS + corner + 1 for corner in range(CORNERS)]
        writer.add_way(Way(id=number + 1, nodes=_closed(corners, number), tags=_tags(number, chance), version=1))
    for number in range(ways // 1000):
        members = [("w", number * 1000 + way + 1, "") for way in range(20)]
        tags = {"type": "route", "route": "train", "ref": f"X{number}", "name": f"试样{number}线"}
        writer.add_relation(Relation(id=number + 1, members=members, tags=tags, version=1))
    writer.close()


def _closed(corners: list[int], number: int) -> list[int]:
    return [*corners, corners[0]] if number % 5 == 0 else corners


def _tags(number: int, chance: random.Random) -> dict[str, str]:
    if number % 5 == 0:
        kind = chance.choice([("landuse", "residential"), ("natural", "water"), ("landuse", "forest")])
        return dict([kind])
    return {"highway": chance.choices(CLASSES, WEIGHTS)[0], "name": f"试样{number % 5000}路"}


def ours(file: Path) -> None:
    """Import the file into a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "area.toml").write_text('base = "bundled"\n', encoding="utf-8")
        report = Path(folder, "report.json")
        command = ["import", "geometry", str(file), "--data", folder, "--report", str(report)]
        from click.testing import CliRunner

        from geo.cli.main import tongcheng

        CliRunner().invoke(tongcheng, command)
        taken = json.loads(report.read_text(encoding="utf-8"))["accepted"]
        print(", ".join(f"{one['layer']} {one['figure']}" for one in taken), file=sys.stderr)


def gdal(file: Path) -> None:
    """Read every layer of the file with GDAL, and make nothing of it."""
    import pyogrio

    for layer in GDAL_LAYERS:
        pyogrio.read_dataframe(file, layer=layer)


def measured(system: str, file: Path) -> tuple[float, float]:
    """Return the seconds and the peak megabytes of one system in a process of its own."""
    before = time.monotonic()
    command = [sys.executable, __file__, "--only", system, "--file", str(file)]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return time.monotonic() - before, float(told)


def main() -> None:
    """Print the table, or run one system alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nodes", type=int, default=5_000_000)
    parser.add_argument("--only", choices=["ours", "gdal"])
    parser.add_argument("--file", type=Path)
    asked = parser.parse_args()
    if asked.only:
        {"ours": ours, "gdal": gdal}[asked.only](asked.file)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "generated.osm.pbf")
        write_extract(file, asked.nodes)
        print(f"{asked.nodes:,} nodes, {file.stat().st_size / 2**20:.0f} MB")
        results = {system: measured(system, file) for system in ("ours", "gdal")}
    for system, (seconds, megabytes) in results.items():
        print(f"{system}: {seconds:.1f} s, peak {megabytes:.0f} MB")
    print(f"ours beside GDAL's OSM driver: ×{results['gdal'][0] / results['ours'][0]:.2f} as fast")


if __name__ == "__main__":
    main()
