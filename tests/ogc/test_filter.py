"""OGC API – Features, Part 3 and CQL2: filters in text and JSON; Part 5, sorting, properties."""

import json

import cql2
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.exports.collection import has_matches
from geo.exports.cql2 import matching
from geo.exports.tables import Tables
from tests.layers import SERVED

BOX = "POLYGON((104.0 30.4,104.4 30.4,104.4 30.9,104.0 30.9,104.0 30.4))"
COUNTS = {
    "theme = 'ecology'": 2,
    "theme <> 'ecology'": 13,
    "theme IN ('ecology','opening')": 3,
    "theme NOT IN ('ecology')": 13,
    "end_date IS NULL OR end_date IS NOT NULL": 15,
    "theme = 'ecology' OR theme = 'opening' AND schematic = TRUE AND schematic = FALSE": 2,
    "NOT (theme = 'ecology' OR theme = 'opening')": 12,
    "theme = NULL": 0,
    "1 = 1": 15,
    "id = 'A08'": 1,
    "id LIKE 'A0_'": 2,
    "id BETWEEN 'A01' AND 'B04'": 4,
    "CASEI(id) LIKE CASEI('a0%')": 2,
    "radius_m / 1000 > 1000": 0,
    "schematic = region_wide AND NOT schematic AND region_wide": 0,
    "title_zh = title_en": 0,
    "S_DISJOINT(geometry, BBOX(104.0,30.4,104.4,30.9)) AND S_INTERSECTS(geometry, BBOX(104.0,30.4,104.4,30.9))": 0,
}
SCALARS = st.sampled_from(
    [
        "theme = 'ecology'", "schematic = TRUE", "membership = 'named'", "radius_m > 500", "id < 'C'",
        "title_zh LIKE '%公交%'", "precision IN ('exact','town')", "radius_m BETWEEN 100 AND 5000",
    ]
)  # fmt: skip


def expressions():
    return st.recursive(
        SCALARS,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda parts: f"({' '.join(parts)})"),
            inner.map(lambda text: f"NOT ({text})"),
        ),
        max_leaves=6,
    )


@pytest.fixture(scope="session")
def cases(catalogue):
    return Tables(catalogue).table("cases")


@pytest.mark.parametrize("text", COUNTS)
def test_a_filter_in_text_finds_what_it_says(ids, text):
    assert len(ids(filter=text)) == COUNTS[text]


@pytest.mark.parametrize("text", COUNTS)
def test_the_same_filter_in_json_finds_the_same(ids, text):
    tree = json.dumps(cql2.parse_text(text).to_json())
    assert ids(**{"filter": tree, "filter-lang": "cql2-json"}) == ids(filter=text)


@given(expressions())
def test_a_filter_agrees_with_the_library_that_parsed_it(cases, text):
    expression = cql2.parse_text(text)
    expected = [bool(expression.matches({"properties": cases.row(n).values})) for n in range(len(cases))]
    assert matching(cases, text).tolist() == expected


@pytest.mark.parametrize("operator", ["S_INTERSECTS", "S_WITHIN"])
def test_a_spatial_filter_finds_the_points_of_a_box(ids, operator):
    assert ids(filter=f"{operator}(geometry, {BOX})") == ids(bbox="104.0,30.4,104.4,30.9")


@pytest.mark.parametrize(
    ("operator", "predicate"),
    [
        ("S_INTERSECTS", shapely.intersects), ("S_DISJOINT", shapely.disjoint), ("S_WITHIN", shapely.within),
        ("S_CONTAINS", shapely.contains), ("S_TOUCHES", shapely.touches), ("S_CROSSES", shapely.crosses),
        ("S_OVERLAPS", shapely.overlaps), ("S_EQUALS", shapely.equals),
    ],
)  # fmt: skip
def test_every_spatial_operator_is_that_of_the_standard(ids, catalogue, operator, predicate):
    county = catalogue.layer("counties").feature("510112").geometry
    expected = [zone.id for zone in catalogue.layer("eco_zones") if predicate(zone.geometry, county)]
    assert ids("eco_zones", filter=f"{operator}(geometry, {county.wkt})") == expected


def test_distance_is_in_metres(ids, catalogue):
    station = shapely.Point(104.0606, 30.6598)
    near = [
        case.id for case in catalogue.cases.values() if catalogue.metric.distance_m(case.label_point, station) < 15_000
    ]
    assert ids(filter="distance(geometry, POINT(104.0606 30.6598)) < 15000") == near
    assert 0 < len(near) < 15


def test_a_filter_may_come_in_another_system(ids):
    swapped = "POLYGON((30.4 104.0,30.4 104.4,30.9 104.4,30.9 104.0,30.4 104.0))"
    found = ids(
        **{"filter": f"S_WITHIN(geometry, {swapped})", "filter-crs": "http://www.opengis.net/def/crs/EPSG/0/4326"}
    )
    assert found == ids(filter=f"S_WITHIN(geometry, {BOX})")


def test_conditions_and_a_filter_hold_together(ids):
    both = ids(filter="schematic = FALSE", theme="ecology")
    assert both == [i for i in ids(theme="ecology") if i in ids(filter="schematic = FALSE")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("theme = 'x' OR", "filter: no cql2-text at line 1, column 15"),
        ("colour = 'red'", "filter: unknown property 'colour'; known are geometry, id"),
        ("theme = 5", "filter: 5.0 is a number; expected a string"),
        ("theme", "filter: theme is a string; expected a condition"),
        ("fly(theme) = 'x'", "filter: unknown operator or function 'fly'; functions are distance, casei"),
        ("distance(geometry) < 5", "filter: distance: 1 arguments arrived; expected 2"),
        ("S_INTERSECTS(geometry, POLYGON((0 0,1 1,1 0,0 1,0 0)))", "Self-intersection"),
        ("T_AFTER(start_date, DATE('2020-01-01'))", "filter: unknown operator or function 't_after'"),
        ("(" * 100 + "id = 'A08'" + ")" * 100, "nested more than 60 deep"),
        ("NOT " * 100 + "id = 'A08'", "nested more than 60 deep"),
        ("id = '" + "x" * 20_000 + "'", "filter: 20007 characters arrived; expected at most 10000"),
        ("title_zh LIKE id", "the right side must be a text"),
    ],
)
def test_a_filter_that_is_none_is_told_why_and_where(problems, text, problem):
    assert problem in problems(filter=text)[0]


@pytest.mark.parametrize(
    ("tree", "problem"),
    [
        ('{"op":"=","args":[{"property":"theme"},"x"]', "filter: no JSON at line 1, column 44"),
        ('{"op":"=","args":[1]}', "that is not what it takes"),
        ('{"op":"between","args":[{"property":"radius_m"},1]}', "that is not what it takes"),
        ('{"op":"and","args":[]}', "that is not what it takes"),
        ("[]", "expected a column, a value or a condition"),
        ("[" * 2000, "nested more than 60 deep"),
    ],
)
def test_json_that_is_no_filter_is_told_why_and_where(problems, tree, problem):
    assert problem in problems(**{"filter": tree, "filter-lang": "cql2-json"})[0]


def test_every_problem_of_a_filter_is_told(problems):
    assert len(problems(filter="colour = 'red' AND taste = 'sweet'")) == 2


@pytest.mark.parametrize("pattern", ["%a" * 200, "%" * 1000, "_" * 1000])
def test_no_pattern_takes_long(ids, pattern):
    assert ids(filter=f"summary_en LIKE '{pattern}!'") == []


@pytest.mark.parametrize("what", SERVED)
def test_what_can_be_filtered_by_is_listed_and_can(get, what):
    document = get(f"/collections/{what}/queryables")
    assert document["$schema"].endswith("2020-12/schema")
    assert document["properties"]["geometry"]["x-ogc-role"] == "primary-geometry"
    names = [name for name in document["properties"] if name != "geometry"]
    text = " AND ".join(f"({name} IS NULL OR {name} IS NOT NULL)" for name in names)
    every = get(f"/collections/{what}/items", filter=text, limit=1)
    assert every["numberMatched"] == get(f"/collections/{what}/items", limit=1)["numberMatched"]


@pytest.mark.parametrize(
    ("what", "name", "values"),
    [
        ("cases", "membership", ["confirmed", "named", "related"]),
        ("cases", "status", ["planned", "under_construction", "in_operation", "ongoing", "completed", "unknown"]),
        ("footprint_points", "role", ["site", "jurisdiction", "alignment", "office"]),
        ("zones", "drawn_as", ["counties", "townships", "outline"]),
        ("transit_lines", "fact_rating",
         ["verified", "verified-proxy", "imported", "through-stations", "proxy", "schematic", "interpolated",
          "recalled"]),
    ],
)  # fmt: skip
def test_closed_choices_are_listed(get, what, name, values):
    assert get(f"/collections/{what}/queryables")["properties"][name]["enum"] == values


def test_closed_choices_are_called_by_their_names(get):
    theme = get("/collections/cases/queryables")["properties"]["theme"]
    assert theme["enum"][theme["enum"].index("ecology")] == "ecology"
    assert "ecology: 生态" in theme["description"]


def test_what_is_no_closed_choice_lists_none(get):
    properties = get("/collections/transit_lines/schema")["properties"]
    assert "enum" not in properties["status"]
    assert "enum" in get("/collections/cases/schema")["properties"]["match"]


@pytest.mark.parametrize("what", SERVED)
def test_every_value_that_is_served_is_one_of_the_choices(get, what):
    closed = {n: one["enum"] for n, one in get(f"/collections/{what}/schema")["properties"].items() if "enum" in one}
    served = [f["properties"] for f in get(f"/collections/{what}/items", limit=1000)["features"]]
    assert [(n, p[n]) for p in served for n in closed if p.get(n) is not None and p[n] not in closed[n]] == []


@pytest.mark.parametrize("what", SERVED)
def test_the_schema_describes_every_property(get, what):
    document = get(f"/collections/{what}/schema")
    place = {"near": "cities:510100", "within_km": 50} if has_matches(what) else {}
    (feature,) = get(f"/collections/{what}/items", limit=1, **place)["features"]
    assert set(document["properties"]) == {*feature["properties"], "geometry"}


def test_the_function_is_declared(get):
    (function,) = get("/functions")["functions"]
    assert (function["name"], function["returns"]) == ("distance", ["number"])


def test_features_are_sorted_by_several_properties(get):
    features = get("/collections/cases/items", sortby="-theme,+id", limit=1000)["features"]
    keys = [(f["properties"]["theme"], f["id"]) for f in features]
    assert [theme for theme, _ in keys] == sorted((theme for theme, _ in keys), reverse=True)
    assert [i for theme, i in keys if theme == "ecology"] == sorted(i for theme, i in keys if theme == "ecology")


def test_what_is_empty_comes_last_whatever_the_direction(get):
    dates = [
        [f["properties"]["end_date"] for f in get("/collections/cases/items", sortby=key, limit=1000)["features"]]
        for key in ("end_date", "-end_date")
    ]
    assert [column[-1] for column in dates] == [None, None]
    assert [column[0] is None for column in dates] == [False, False]


def test_only_the_properties_asked_for_come(get):
    (feature,) = get("/collections/cases/items", properties="title_zh,theme", limit=1)["features"]
    assert set(feature["properties"]) == {"title_zh", "theme"}
    assert feature["id"] == "A01"
