"""What the files of a new area say: TOML, CSV and GeoJSON as text, with comments for whoever goes on with them."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.case import Qualifier
from geo.china import BOUNDARIES_MEMBER, PACKAGES, REGIONS, District, Division, Geometry
from geo.divisions import city_of, english_name, short_name
from geo.text import LocalText, joined, toml_local, toml_text, word

TOWNSHIP_HEADER = ("id", "name_zh", "county", "lon", "lat", "coord_source", "box_m")
_TITLE = word("Administrative divisions (counties) of “Tianditu”, the national platform of geographic information").zh
_ATTRIBUTION = word(
    "Administrative divisions: “Tianditu”, the national platform of geographic information; "
    "boundaries are generalised, to look at and not to settle where they run"
).zh
_FIGURE, _UNIT = word("Area of the plan"), word("10,000 km²")
_PLAN = word("Development plan of the … metropolitan area").zh
_STREETS = ("路", "大道", "街")  # what the geocoder meets in texts
_THEMES = {
    "layout": word("Development layout"),
    "infrastructure": word("Infrastructure"),
    "innovation": word("Innovation"),
    "industry": word("Modern industry"),
    "opening": word("Opening-up"),
    "services": word("Public services"),
    "ecology": word("Ecology"),
    "reform": word("Institutional reform"),
    "governance": word("Governance"),
}


@dataclass(frozen=True)
class NewArea:
    """What somebody asks for; `today` is an ISO date, for what was checked when."""

    name: LocalText
    cities: tuple[str, ...]
    today: str


@dataclass(frozen=True)
class BoundaryNotes:
    """What a SOURCE.toml of boundaries says beside its packages and digests."""

    written_by: str
    last_checked: str
    precision_note: str
    rating: str = "verified"
    rating_note: str = ""


@dataclass(frozen=True)
class NewCounty:
    """A county of a new area: what it is, and from which boundaries it is drawn."""

    division: Division
    city: str
    drawn_from: tuple[District, ...]
    geometry: Geometry
    former: tuple[tuple[str, int], ...]

    @cached_property
    def shape(self) -> BaseGeometry:
        """Return its polygons, WGS-84."""
        return shape(self.geometry)


def county_geojson(counties: Mapping[str, tuple[str, Geometry]]) -> bytes:
    """Return counties as GeoJSON, one a line, by code; each has its Chinese name and its geometry."""
    features = [
        {"type": "Feature", "id": code, "properties": {"name_zh": name}, "geometry": geometry}
        for code, (name, geometry) in sorted(counties.items())
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    return text.replace('{"type":"Feature"', '\n{"type":"Feature"').encode() + b"\n"


def boundary_source(raw: bytes, drawn: bytes, notes: BoundaryNotes) -> str:
    """Return the text of boundaries/SOURCE.toml.

    Args:
        raw: The file that the boundaries were taken from.
        drawn: The file that was written.
        notes: What differs from area to area.
    """
    rating_note = f"rating_note = {toml_text(notes.rating_note)}\n" if notes.rating_note else ""
    return f"""# Written by {notes.written_by}.
origin = "{_TITLE}"
package = "{PACKAGES["boundaries"].requirement}"
member = "{BOUNDARIES_MEMBER}"
date = "2024"
last_checked = "{notes.last_checked}"
datum = "CGCS2000"
datum_note = "CGCS2000 and WGS-84 differ by less than a metre here; coordinates are used as WGS-84"
rating = "{notes.rating}"
{rating_note}precision_m = 362
precision_note = {toml_text(notes.precision_note)}
licence_note = "The package is MIT; the boundaries are those of Tianditu and keep its attribution"
attribution = "{_ATTRIBUTION}"
review_number_note = "GS(2024)0650号 was seen on one secondary page only: to be verified before it is printed"
sha256_source = "{hashlib.sha256(raw).hexdigest()}"
sha256_result = "{hashlib.sha256(drawn).hexdigest()}"
"""


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file, UTF-8, lines end with a line feed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def new_boundary_notes(today: str) -> BoundaryNotes:
    """Return what is known of boundaries that nobody looked through."""
    return BoundaryNotes(
        written_by="tongcheng init",
        last_checked=today,
        precision_note="generalised: 95th percentile 362 m from a detailed line where that was measured, not here",
        rating="verified-proxy",
        rating_note="boundaries of Tianditu as a package copies them; areas were not compared with published ones",
    )


def joined_note(county: NewCounty) -> LocalText:
    """Return how a county is drawn that was joined after the boundaries were made."""
    names = [LocalText(part.name, english_name(part.name)) for part in county.drawn_from]
    both = joined(names, by=word(" and "))
    return word("drawn as {counties} of 2024 together; later changes of the line are not in the data", counties=both)


def cities_toml(cities: Sequence[Division]) -> str:
    """Return the text of boundaries/cities.toml."""
    records = [f'[[city]]\nid = "{city.id}"\nname = {_name(city.id, city.name, is_city=True)}\n' for city in cities]
    return "\n".join(["# The cities; their areas are dissolved from the counties.\n", *records])


def counties_toml(counties: Sequence[NewCounty]) -> str:
    """Return the text of boundaries/counties.toml."""
    changes = PACKAGES["changes"]
    head = f"""\
# The counties. Names in English are pinyin: look them through, above all those of other languages than Chinese.
# Former names: yearly snapshots of GB/T 2260 ({changes.title}, {changes.licence}); a year is that of the change.
# A fact about official_area_km2 may be added to each from a yearbook; it is shown beside the area of the boundary.
"""
    return "\n".join([head, *(_county_toml(county) for county in counties)])


def _county_toml(county: NewCounty) -> str:
    division = county.division
    lines = [
        "[[county]]",
        f'id = "{division.id}"',
        f"name = {_name(division.id, division.name, is_city=division.id == county.city)}",
        f'city = "{county.city}"',
    ]
    if len(county.drawn_from) > 1:
        lines.append(f"note = {toml_local(joined_note(county))}")
    facts = (_former_name(name, year) for name, year in county.former)
    return "\n".join([*lines, "", *facts])


def _former_name(name: str, year: int) -> str:
    changes = PACKAGES["changes"]
    lines = [
        "[[county.fact]]",
        'about = "name"',
        f"value = {toml_text(name)}",
        f"value_en = {toml_text(english_name(name))}",
        f'valid_to = "{year}"',
        'rating = "verified-proxy"',
        f"source = {toml_text(f'yearly snapshots of GB/T 2260 ({changes.title})')}",
    ]
    return "\n".join([*lines, ""])


def _name(code: str, name: str, *, is_city: bool) -> str:
    has_pinyin = is_city or city_of(code) not in REGIONS  # which have English names of their own
    return toml_local(LocalText(name, english_name(name, is_city=is_city) if has_pinyin else None))


def townships_source(today: str, townships: Sequence[Sequence[str]]) -> str:
    """Return the text of townships/SOURCE.toml."""
    divisions, centres = PACKAGES["divisions"], PACKAGES["centres"]
    list_note = f"as shipped by {divisions.title} ({divisions.licence})"
    centre_note = f"centres of bounding boxes by {centres.title} ({centres.licence}), kept where they lie in the county"
    without = sum(1 for row in townships if not row[3])
    return f"""origin = "Ministry of Civil Affairs list of divisions, 2025-12-31, {list_note}"
date = "2025-12-31"
datum = "WGS-84"
rating = "proxy"
precision_m = 2000
precision_note = "{centre_note}; box_m: their diagonals; {without} of {len(townships)} townships have none"
last_checked = "{today}"
"""


def gazetteer_source(today: str) -> str:
    """Return the text of gazetteer/SOURCE.toml."""
    titles = {key: f"{package.title} ({package.licence})" for key, package in PACKAGES.items()}
    return f"""origin = "Names out of public packages; packages per file below"
date = "{today[:7]}"
datum = "WGS-84"
rating = "proxy"
last_checked = "{today}"

[files]
"blockers.toml" = "Street names of other cities, made from the names of the cities"
"villages.csv" = "{titles["villages"]}, division tree; names that stand once in their city"
"former_townships.csv" = "{titles["villages"]} and {titles["changes"]}: townships dissolved since"
"""


def blockers_toml(cities: Sequence[Division]) -> str:
    """Return the text of gazetteer/blockers.toml."""
    streets = [short_name(city.name) + street for city in cities for street in _STREETS]
    return f"""# Names elsewhere, or of other things, that contain a name of ours: they consume it and answer nothing.

[[blocker]]
names = [{", ".join(toml_text(name) for name in streets)}]
source = "street names of other cities"
"""


def area_toml(area: NewArea) -> str:
    """Return the text of area.toml."""
    return f"""# The area itself.

name = {toml_local(area.name)}

# Figures that belong to no single case may be added; take this line away then.
figures = []
#
# [[figures]]
# label = {toml_local(_FIGURE)}
# value = 1.0
# unit = {toml_local(_UNIT)}
# qualifiers = ["{Qualifier.ABOUT}"]
# as_of = "{area.today[:4]}"
# source = "plan"

[[sources]]
id = "boundaries"
title = "{_TITLE}"
date = "2024"
rating = "verified-proxy"

# [[sources]]
# id = "plan"
# title = "{_PLAN}"
# publisher = "…"
# date = "{area.today[:4]}"
# url = "https://…"
# rating = "verified"
"""


def themes_toml() -> str:
    """Return the text of themes.toml."""
    records = [f'[[theme]]\nid = "{theme}"\nname = {toml_local(name)}\n' for theme, name in _THEMES.items()]
    head = """# The groups of the cases. Names may be changed freely; an id stands in the records of its cases.
# official_count = 0 may be added where an official list says how many cases a group holds.
"""
    return "\n".join([head, *records])


LEDGER = """\
# Which practice each id means, for ever. One line an id; a line is never removed and never gets another practice.
# since: when the id was first given. titles: every Chinese title it has had; a new wording is added, none taken away.
# `tongcheng check` says which line a new case needs.
"""
RETIRED = """\
# Ids that are no longer alive. Their addresses answer 301 (moved) or 410 (withdrawn); an id is never given again.
#
# [[retired]]
# id = "A99"
# date = "2026-11-25"                       when it was decided
# decision = "…"                            who decided, and where it can be read
# moved_to = "A01"                          either: the living case that now tells of this practice
# reason = { zh = "…", en = "…" }           or: why the record was withdrawn
"""


def cases_readme(area: NewArea, county: NewCounty) -> str:
    """Return the text of cases/README.md, with a record to begin with."""
    name = county.division.name
    return f"""# {area.name.zh}: cases

One file a case, named by its id: a capital letter for the group and a number, such as `A01.toml`. `tongcheng check`
with `--data` and this folder lists every problem of every record and the line that a new id needs in `ids/ledger.toml`.
A record to begin with:

```toml
id = "A01"
theme = "{next(iter(_THEMES))}"
cities = ["{county.city}"]
membership = "related"
title_status = "descriptive"
status = "ongoing"
last_checked = "{area.today}"

[title]
zh = "…"

[summary]
zh = "…"

[period]
start_date = "{area.today[:4]}"

[[places]]
mention = "{name}"
role = "site"
county = "{county.division.id}"

[[sources]]
id = "s1"
title = "…"
date = "{area.today}"
rating = "verified-proxy"
```
"""
