"""Take the rivers of World Data Bank II out of a Debian package and clip them to the area.

    pip install h5py
    python scripts/make_watercourses.py                  fetches the package by apt
    python scripts/make_watercourses.py --deb FILE.deb   uses a package that is already here

Writes data/watercourses/lines.geojson and SOURCE.toml. The file names no river. Where a line runs along a river of
data/ecology, which has a name and a source of its own, it is left out: no course is drawn twice. Coordinates are
rounded to 5 decimals, about 1 m; the same package gives the same bytes.
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry import LineString, mapping
from shapely.geometry.base import BaseGeometry

from geo.crs import Metric, metric_of
from geo.files import write_atomically

PACKAGE, VERSION = "gmt-gshhg-full", "2.3.7"
MEMBER = "./usr/share/gmt-gshhg/binned_river_f.nc"
AREA = (102.6, 29.2, 106.0, 31.9)  # west, south, east, north: the four cities with a margin
ALONG_M, LEAST_RUN_M, LEAST_M = 2000, 20_000, 5000  # how near and how long a line runs along a named one; what remains
DATA = Path(__file__).resolve().parent.parent / "data"
TARGET = DATA / "watercourses"
UNITS = 65535  # of a degree, from the south-west corner of a bin
SOURCE = """# Written by scripts/make_watercourses.py.
origin = "World Data Bank II in GSHHG {version}: rivers in full resolution (binned_river_f.nc), no names"
package = "Debian {package} {version}"
member = "{member}"
date = "2017-06-15"
last_checked = "2026-11-27"
datum = "WGS-84"
rating = "proxy"
precision_m = 1400
precision_note = "0.1 to 1.4 km off where it was measured, at seven places; good to zoom 10"
licence_note = "LGPL-3+: these lines keep it wherever they go; ours stays MIT but for them"
attribution = "Rivers: World Data Bank II, GSHHG {version} (P. Wessel, W. H. F. Smith), LGPL"
sha256_source = "{source}"
sha256_result = "{result}"
"""


class Segment(NamedTuple):
    """A piece of a river inside one bin: its level, 1 for the largest, and its line, WGS-84."""

    level: int
    line: LineString


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--deb", type=Path, help=f"a file of {PACKAGE}")
    raw = member(parser.parse_args().deb or download())
    lines = unnamed(merged(segments(raw)), named_rivers())
    text = geojson(lines)
    write_atomically(TARGET / "lines.geojson", text)
    hashes = {"source": hashlib.sha256(raw).hexdigest(), "result": hashlib.sha256(text).hexdigest()}
    source = SOURCE.format(package=PACKAGE, version=VERSION, member=MEMBER.removeprefix("."), **hashes)
    write_atomically(TARGET / "SOURCE.toml", source.encode())
    print(f"{TARGET}: {len(lines)} lines")


def download() -> Path:
    """Fetch the package from the archive that apt is set up for."""
    folder = tempfile.mkdtemp()
    subprocess.run(["apt-get", "download", PACKAGE], check=True, cwd=folder)
    return next(Path(folder).glob("*.deb"))


def member(package: Path) -> bytes:
    """Return the file of rivers out of the package."""
    unpacked = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(unpacked)) as archive:
        found = archive.extractfile(MEMBER)
        if found is None:
            sys.exit(f"{package}: holds no {MEMBER}; expected {PACKAGE} {VERSION}")
        return found.read()


def segments(raw: bytes) -> Iterator[Segment]:
    """Yield the segments of the bins that the area lies in; bins are degrees, from the north-west on."""
    import h5py  # noqa: PLC0415  needed for this one file only

    with h5py.File(io.BytesIO(raw)) as file:
        table = {name: file[name][()] for name in file if name[0] != "D"}
    west, south, east, north = np.floor(AREA).astype(int)
    for lat in range(south, north + 1):
        for lon in range(west, east + 1):
            number = (89 - lat) * 360 + lon
            first, count = table["Id_of_first_segment_in_a_bin"][number], table["N_segments_in_a_bin"][number]
            for one in range(first, first + count):
                start, length = table["Id_of_first_point_in_a_segment"][one], table["N_points_for_a_segment"][one]
                points = slice(start, start + length)
                lons = lon + degrees(table["Relative_longitude_from_SW_corner_of_bin"][points])
                lats = lat + degrees(table["Relative_latitude_from_SW_corner_of_bin"][points])
                line = LineString(np.round(np.column_stack([lons, lats]), 5))
                yield Segment(int(table["Hierarchial_level_of_a_segment"][one]), line)


def degrees(relative: np.ndarray) -> np.ndarray:
    """Return degrees of what the file has as signed 16-bit numbers and means unsigned."""
    return relative.astype(np.uint16) / UNITS


def merged(found: Iterator[Segment]) -> list[LineString]:
    """Return the lines of the area, joined across bins, the larger rivers first."""
    by_level: dict[int, list[BaseGeometry]] = {}
    for level, line in found:
        by_level.setdefault(level, []).append(shapely.clip_by_rect(line, *AREA))
    joined = (shapely.line_merge(shapely.union_all(by_level[level])) for level in sorted(by_level))
    return [part for lines in joined for part in shapely.get_parts(lines) if not part.is_empty]


def named_rivers() -> BaseGeometry:
    """Return the rivers that have a name and a line of their own, WGS-84."""
    document = (DATA / "ecology" / "rivers.geojson").read_text(encoding="utf-8")
    return shapely.union_all(shapely.get_parts(shapely.from_geojson(document)))


def unnamed(lines: list[LineString], named: BaseGeometry) -> list[LineString]:
    """Return lines without the long runs along a named river, and without what is then too short to tell."""
    metric = metric_of(AREA)
    known = metric.to_metric(named)
    parts = [part for line in lines for part in apart(line, known, metric)]
    return [part for part in parts if metric.to_metric(part).length >= LEAST_M]


def apart(line: LineString, known: BaseGeometry, metric: Metric) -> Iterator[LineString]:
    """Yield the runs of a line, WGS-84, that do not follow a known one, in metres, for long."""
    corners = shapely.get_coordinates(line)
    points = metric.to_metric_all(shapely.points(corners))  # a line as a whole would get corners between these
    metres, near = shapely.get_coordinates(points), shapely.distance(points, known) < ALONG_M
    runs = np.split(np.arange(len(corners)), np.flatnonzero(np.diff(near.astype(int))) + 1)
    follows = [bool(near[run[0]]) and LineString(metres[[run[0], *run]]).length >= LEAST_RUN_M for run in runs]
    for is_known, stretch in groupby(zip(follows, runs, strict=True), key=lambda pair: pair[0]):
        kept = np.concatenate([run for _, run in stretch])
        if not is_known and len(kept) > 1:
            yield LineString(corners[kept])


def geojson(lines: list[LineString]) -> bytes:
    """Return the lines as a collection, by number."""
    features = [
        {"type": "Feature", "id": f"w{number:02}", "properties": {}, "geometry": mapping(line)}
        for number, line in enumerate(lines, start=1)
    ]
    return (json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")) + "\n").encode()


if __name__ == "__main__":
    main()
