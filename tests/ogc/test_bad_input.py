"""What the API refuses, and how: problem documents that name the remedy, never a 5xx."""

import pytest


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"colour": "red"}, "colour: unknown parameter; known are at, bbox"),
        ({"limit": "0"}, "limit: '0' arrived; expected a whole number from 1"),
        ({"limit": "-5"}, "limit: '-5' arrived"),
        ({"limit": ""}, "limit: '' arrived"),
        ({"offset": "x"}, "offset: 'x' arrived; expected a whole number from 0"),
        ({"f": "xml"}, "f: unknown value 'xml'; known are json, html"),
        ({"lang": "fr"}, "lang: unknown value 'fr'; known are zh, en"),
        ({"datum": "utm"}, "datum: unknown value 'utm'; known are wgs84, cgcs2000, gcj02, bd09"),
        ({"bbox": "1,2,3"}, "bbox: '1,2,3' is not four numbers"),
        ({"bbox": "104,31,105,30"}, "bbox: south 31.0 is above north 30.0"),
        ({"bbox": "nan,0,1,1"}, "bbox: 'nan,0,1,1' is not four numbers"),
        ({"bbox": "1_04,30,105,31"}, "bbox: '1_04,30,105,31' is not four numbers"),
        ({"bbox": "3_0,104,31,105", "bbox-crs": "[EPSG:4326]"}, "bbox: '3_0,104,31,105' arrived"),
        ({"limit": "1_0"}, "limit: '1_0' arrived"),
        ({"year": "2" * 4400}, "is not a year; expected four digits such as 2022"),
        ({"datetime": "２０２２-01-01"}, "datetime: '２０２２-01-01' arrived"),
        ({"bbox": "31,105,30,104", "bbox-crs": "[EPSG:4326]"}, "has its corners swapped"),
        ({"bbox": "1e30,1e30,2e30,2e30", "bbox-crs": "[EPSG:3857]"}, "bbox:"),
        ({"datetime": "soon"}, "datetime: 'soon' arrived; expected 2022-06-01"),
        ({"datetime": "../.."}, "datetime: '../..' arrived"),
        ({"datetime": "2022-01-01/2021-01-01"}, "ends before it starts"),
        ({"datetime": "2022-02-30"}, "datetime: '2022-02-30' arrived"),
        ({"sortby": "-colour"}, "sortby: unknown property 'colour'; known are id"),
        ({"properties": "colour"}, "properties: unknown property 'colour'"),
        ({"filter-lang": "sql"}, "filter-lang: unknown value 'sql'; known are cql2-text, cql2-json"),
        ({"theme": "sports"}, "theme: unknown value 'sports'; known are layout"),
        ({"near": "transit_lines:S3", "within_km": "51"}, "within_km: '51' arrived"),
    ],
)
def test_a_request_that_cannot_be_understood_says_why(problems, parameters, problem):
    assert problem in problems(**parameters)[0]


@pytest.mark.parametrize("name", ["limit", "offset"])
def test_a_whole_number_may_be_as_long_as_an_address(client, name):
    response = client.get(f"/api/collections/cases/items?{name}={'9' * 4400}")
    assert response.status_code == 200


def test_coordinates_of_reverse_are_plain_numbers(problems):
    assert problems("/reverse", lon="1_04.06", lat="30_.6") == [
        "lon: '1_04.06' arrived; expected a number in degrees",
        "lat: '30_.6' arrived; expected a number in degrees",
    ]


def test_all_problems_are_told_at_once(problems):
    told = problems(colour="red", limit="0", theme="sports", filter="colour=1", sortby="x", bbox="1", datetime="x")
    assert {problem.split(":")[0] for problem in told} == {
        "colour", "limit", "theme", "filter", "sortby", "bbox", "datetime",
    }  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/conformance",
        "/collections",
        "/collections/cases",
        "/collections/cases/schema",
        "/openapi.json",
        "/facets",
    ],
)
def test_no_document_takes_unknown_parameters(problems, path):
    assert "colour: unknown parameter" in problems(path, colour="red")[0]


def test_a_parameter_that_comes_twice_is_refused(client):
    response = client.get("/api/collections/cases/items?limit=1&limit=2")
    assert "limit: arrived 2 times; expected once" in response.get_json(force=True)["problems"]


@pytest.mark.parametrize(
    "path",
    [
        "/collections/nothing",
        "/collections/footprints",
        "/collections/nothing/items",
        "/collections/cases/items/Z99",
        "/nothing",
    ],
)
def test_what_is_not_here_is_a_404(get, path):
    assert get(path, 404)["status"] == 404


def test_a_layer_takes_no_conditions_on_cases(problems):
    assert "theme: unknown parameter" in problems("/collections/belts/items", theme="ecology")[0]


@pytest.mark.parametrize(
    "hostile",
    ["<script>alert(1)</script>", "\"'><img src=x onerror=1>", "\x00", "\u202e", "' OR 1=1 --", "{{7*7}}", "%00"],
)
@pytest.mark.parametrize("name", ["bbox", "filter", "sortby", "datetime", "theme", "q", "crs"])
def test_hostile_values_are_plain_text(client, name, hostile):
    response = client.get("/api/collections/cases/items", query_string={name: hostile})
    assert response.status_code in {200, 400}
    assert response.mimetype.endswith("json")


def test_hostile_text_is_escaped_on_pages(client):
    page = client.get("/api/collections/cases/items", query_string={"f": "html", "q": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in page.get_data(as_text=True)


@pytest.mark.parametrize("name", ["filter", "q", "bbox", "properties", "sortby"])
def test_a_megabyte_is_refused(problems, name):
    (problem,) = problems(status=414, **{name: "a," * 500_000})
    assert "expected at most 100000" in problem


@pytest.mark.parametrize("name", ["filter", "q", "bbox", "properties", "sortby"])
def test_much_less_is_refused_by_what_it_is_for(problems, name):
    assert problems(**{name: "a," * 20_000})


@pytest.mark.parametrize(
    ("path", "name"), [("/conformance", "lang"), ("/", "f"), ("/collections/cases/items", "datum")]
)
def test_an_empty_choice_is_none(problems, path, name):
    assert problems(path, **{name: ""})[0].startswith(f"{name}: unknown value ''")
