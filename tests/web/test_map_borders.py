"""One border for whoever draws it: base map, layers, and the shapes of cases; measured with shapely alone."""

import pytest
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box

from geo.layers.borders import borders_of
from webapp.app import create_app

METRE_DEG = 1 / 111_320  # of latitude; of longitude it is less


def lines_of(thin):
    """Return the lines of a thin geometry, read as its declaration says: steps in units of 10^-digits degrees."""
    found = []
    for part in thin["parts"]:
        x = y = 0
        line = []
        for lon, lat in zip(part["lon"], part["lat"], strict=True):
            x, y = x + lon, y + lat
            line.append((x / 10 ** thin["digits"], y / 10 ** thin["digits"]))
        found.append(line)
    return found


def ring_of(numbers, lines):
    corners = []
    for number in numbers:
        line = lines[abs(number) - 1]
        corners += line if number > 0 else line[::-1]
    return corners


@pytest.fixture(scope="module")
def client(catalogue):
    return create_app(catalogue).test_client()


@pytest.fixture(scope="module")
def base(client):
    borders = client.get("/map/base.json").get_json()["borders"]
    lines = lines_of(borders["lines"])
    return {code: [ring_of(ring, lines) for ring in rings] for code, rings in borders["counties"].items()}


@pytest.fixture(scope="module")
def drawn(client):
    counties = client.get("/map/layers/counties.json").get_json()["counties"]
    return {county["id"]: [[*ring, ring[0]] for ring in lines_of(county["shape"])] for county in counties}


def farthest(one, other):
    return shapely.hausdorff_distance(shapely.MultiLineString(one), shapely.MultiLineString(other))


def test_the_border_of_every_county_is_the_same_line_on_base_map_and_layer(base, drawn):
    assert len(base) == len(drawn) == 35
    assert max(farthest(base[code], drawn[code]) for code in base) < METRE_DEG


def test_the_footprint_of_an_open_case_runs_along_the_border_of_the_base_map(client, base, catalogue):
    codes = {county.name.zh: county.id for county in catalogue.layer("counties")}
    shapes = [one for case in catalogue.cases for one in client.get(f"/map/cases/{case}.json").get_json()["shapes"]]
    off = {
        one["name"]: farthest([[*ring, ring[0]] for ring in lines_of(one["shape"])], base[codes[one["name"]]])
        for one in shapes
        if one["name"] in codes
    }
    assert off
    assert max(off.values()) < METRE_DEG


def test_every_ring_of_the_base_map_is_closed(base):
    assert all(ring[0] == ring[-1] for rings in base.values() for ring in rings)


def test_the_land_of_the_base_map_is_the_land_of_the_counties(base, catalogue):
    areas = {code: MultiPolygon([Polygon(ring) for ring in rings]).area for code, rings in base.items()}
    assert areas == pytest.approx({one.id: one.geometry.area for one in catalogue.layer("counties")}, rel=1e-3)


def test_two_squares_have_one_border_between_them_and_one_around_each():
    found = borders_of({"a": box(0, 0, 1, 1), "b": box(1, 0, 2, 1)})
    shared = [line for line, codes in zip(found.lines, found.beside, strict=True) if codes == ("a", "b")]
    assert [shapely.normalize(line) for line in shared] == [shapely.normalize(LineString([(1, 0), (1, 1)]))]
    assert sorted(len(codes) for codes in found.beside) == [1, 1, 2]


def test_a_county_inside_another_is_a_ring_of_both():
    hole = box(1, 1, 2, 2)
    found = borders_of({"in": hole, "out": box(0, 0, 3, 3).difference(hole)})
    assert (len(found.rings["in"]), len(found.rings["out"])) == (1, 2)
