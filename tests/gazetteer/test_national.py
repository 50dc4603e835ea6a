"""The gazetteer of all of China, as it is shipped, read and made."""

import csv
import gzip
import itertools
import json
import math
import runpy
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from geo.china import PACKAGES
from geo.divisions import city_of, province_of
from geo.files import bundled_folder
from geo.gazetteer.national import FILE, Place, any_towns_names, load_places, place_file, read_places
from geo.wheels import Wheels
from tests.wheels import write_wheels

ROOT = Path(__file__).resolve().parents[2]
BOUNDARIES = bundled_folder() / "boundaries"
CITIES = {"510100", "510600", "511400", "512000"}
names = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def places():
    return {place.code: place for place in load_places()}


@pytest.fixture(scope="module")
def divisions(places):
    return {code: place for code, place in places.items() if not place.is_township}


@pytest.fixture(scope="module")
def script():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "scripts")  # as where it is run
        return runpy.run_path(str(ROOT / "scripts" / "make_national.py"))


@pytest.fixture(scope="module")
def made(script, tmp_path_factory):
    """Return what the script makes of small wheels, by code."""
    folder = tmp_path_factory.mktemp("wheels")
    wheels = Wheels(PACKAGES, write_wheels(folder), folder=folder, tell=pytest.fail)
    return {place.code: place for place in script["national"](wheels)}


# ---- the file


@st.composite
def any_place(draw):
    is_township = draw(st.booleans())
    digits = 2 if is_township else 4
    degrees = st.tuples(st.floats(73, 136), st.floats(3, 54)).map(lambda p: tuple(round(x, digits) for x in p))
    return Place(
        draw(st.from_regex(r"[1-9][0-9]{8}" if is_township else r"[1-9][0-9]{5}", fullmatch=True)),
        draw(names),
        draw(st.none() | degrees) if is_township else draw(degrees),
        0.0 if is_township else draw(st.integers(1, 900)) * 1000.0,
        tuple(draw(st.lists(st.tuples(names, st.from_regex("[12][0-9]{3}", fullmatch=True)), max_size=2))),
    )


@given(st.lists(any_place(), unique_by=lambda place: place.code))
def test_places_are_read_back_by_code(places):
    assert list(read_places(place_file(places))) == sorted(places)


def test_the_same_places_give_the_same_file():
    assert place_file(load_places()) == FILE.read_bytes()


def test_the_files_of_all_areas_are_small():
    assert (FILE.parent / "words.txt.gz").stat().st_size < 400_000
    assert FILE.stat().st_size < 1_500_000


def test_every_file_names_its_source_and_licence():
    told = tomllib.loads((FILE.parent / "SOURCE.toml").read_text(encoding="utf-8"))["files"]
    assert told.keys() == {path.name for path in FILE.parent.iterdir()} - {"SOURCE.toml"}
    for key in ("boundaries", "divisions", "changes", "centres"):
        assert f"{PACKAGES[key].title} ({PACKAGES[key].licence})" in told[FILE.name]


# ---- what it holds


def test_it_holds_all_provinces_cities_counties_and_townships(places, divisions):
    provinces = [code for code in divisions if code.endswith("0000")]
    assert len(provinces) == 34
    assert len(places) - len(divisions) == 38_723
    assert len(divisions) == len({place.code for place in load_places() if len(place.code) == 6})
    assert {len(code) for code in places} == {6, 9}


def test_what_holds_a_division_is_there(places, divisions):
    assert {place.county for place in places.values()} == {place.county for place in places.values()} & divisions.keys()
    assert {city_of(code) for code in divisions} <= divisions.keys()
    assert {province_of(code) for code in divisions} <= divisions.keys()


def test_every_division_has_a_point_in_the_country_and_a_radius(divisions):
    without = [p.code for p in divisions.values() if p.point is None or p.radius_m < 1000]
    assert without == []
    assert all(73 < p.point[0] < 136 and 3 < p.point[1] < 54 for p in divisions.values())


def test_the_points_of_counties_lie_near_that_of_their_city(divisions):
    far = [
        code
        for code, place in divisions.items()
        if haversine_m(place.point, divisions[city_of(code)].point)
        > 2.2 * (place.radius_m + divisions[city_of(code)].radius_m)
    ]
    assert far == []


def test_the_points_of_townships_lie_near_their_county(places):
    off = [
        place.code
        for place in places.values()
        if place.is_township
        and place.point
        and haversine_m(place.point, places[place.county].point) > 6 * places[place.county].radius_m + 5000
    ]
    assert off == []


def test_the_points_of_our_counties_lie_in_their_polygons(divisions):
    """By counting how often a ray to the east crosses the border, which shares nothing with what made the points."""
    features = json.loads((BOUNDARIES / "counties.geojson").read_text(encoding="utf-8"))["features"]
    outside = [f["id"] for f in features if not ray_hits(divisions[f["id"]].point, f["geometry"])]
    assert outside == []
    assert len(features) == 35


def test_nine_tenths_of_our_counties_lie_within_their_radius(divisions):
    features = json.loads((BOUNDARIES / "counties.geojson").read_text(encoding="utf-8"))["features"]
    shares = {f["id"]: share_within(divisions[f["id"]], f["geometry"]) for f in features}
    assert min(shares.values()) > 0.87
    assert max(shares.values()) < 0.99  # of whole kilometres, in small ones


def test_our_counties_and_townships_are_those_of_the_records(places, divisions):
    counties = tomllib.loads((BOUNDARIES / "counties.toml").read_text(encoding="utf-8"))["county"]
    ours = {code: place.name for code, place in divisions.items() if city_of(code) in CITIES and code not in CITIES}
    assert ours == {county["id"]: county["name"]["zh"] for county in counties}
    rows = csv.DictReader((bundled_folder() / "townships/townships.csv").read_text(encoding="utf-8").splitlines())
    townships = {p.code: p.name for p in places.values() if p.is_township and city_of(p.county) in CITIES}
    assert townships == {row["id"]: row["name_zh"] for row in rows}


def test_a_name_of_any_town_is_that_of_a_county(divisions):
    assert any_towns_names() <= {place.name for place in divisions.values()}


@pytest.mark.parametrize(
    ("code", "former"),
    [("510116", ("双流县", "2015")), ("500157", ("江北区", "2025")), ("110113", ("顺义县", "1998"))],
)
def test_what_a_county_was_called_is_dated(divisions, code, former):
    assert former in divisions[code].former


# ---- how it is made


def test_every_division_of_the_packages_is_taken(made):
    assert {code for code in made if len(code) == 6} == {
        *("430000", "430100", "430200", "430102", "430112", "430202", "440000", "441900", "500000", "500101", "500157"),
        *("320000", "320500", "320505", "320506", "340000", "341300", "650000", "653200", "653221", "653229", "659006"),
        *("653300", "653301", "810000", "810101"),
    }
    assert made["430112001"] == Place("430112001", "金霞镇", None)
    assert made["430102001"].point == (100.3, 20.5)


def test_a_point_is_the_middle_and_a_radius_holds_nine_tenths(made):
    assert made["430102"].point == (100.5, 20.5)
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(100.005, 100.995, 99), np.linspace(20.005, 20.995, 99)))
    inside = [haversine_m((a, b), (100.5, 20.5)) <= made["430102"].radius_m for a, b in zip(x, y, strict=True)]
    assert 0.89 < sum(inside) / len(inside) < 0.93


def test_a_division_of_which_nothing_is_drawn_has_no_point(made):
    assert made["320505"] == Place("320505", "芙蓉区", None)


def test_a_point_lies_in_a_bent_land_too(script):
    around = Polygon([(0, 0), (3, 0), (3, 3), (0, 3)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    point = script["point_in"](around)
    assert not (1 < point.x < 2 and 1 < point.y < 2)
    assert 0 < point.x < 3


def test_a_larger_division_holds_its_counties(made):
    assert made["430100"].point == (101.0, 20.5)  # two squares beside each other
    assert made["430100"].radius_m > made["430102"].radius_m


def test_a_joined_county_has_its_former_names_and_the_land_of_both(made):
    assert made["500157"].former == (("江北区", "2025"), ("渝北区", "2025"))
    assert made["500157"].point == (109.0, 27.5)


def test_a_county_younger_than_the_boundaries_has_the_point_of_its_city(made):
    assert made["653229"].point == made["653200"].point
    assert made["653229"].radius_m == made["653200"].radius_m


def test_the_shipped_file_is_a_table_that_others_can_read():
    rows = list(csv.DictReader(gzip.decompress(FILE.read_bytes()).decode().splitlines()))
    assert [row["name"] for row in rows if row["code"] == "511800"] == ["雅安市"]
    assert rows == sorted(rows, key=lambda row: row["code"])


def haversine_m(one, other):
    lon, lat, to_lon, to_lat = map(math.radians, (*one, *other))
    half = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * 6_371_000 * math.asin(math.sqrt(half))


def rings_of(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return itertools.chain.from_iterable(polygons)


def ray_hits(point, geometry):
    x, y = point
    crossed = 0
    for ring in rings_of(geometry):
        for (west, south), (east, north) in itertools.pairwise(ring):
            if (south > y) != (north > y) and x < west + (y - south) / (north - south) * (east - west):
                crossed += 1
    return crossed % 2 == 1


def share_within(place, geometry):
    corners = np.array(list(itertools.chain.from_iterable(rings_of(geometry))))
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    grid = itertools.product(np.linspace(west, east, 25), np.linspace(south, north, 25))
    inside = [point for point in grid if ray_hits(point, geometry)]
    return sum(haversine_m(point, place.point) <= place.radius_m for point in inside) / len(inside)
