"""Places along a line over HTTP, beside library and command."""

import json
import re

from click.testing import CliRunner

from geo.cli.main import tongcheng
from geo.face import OpenCatalogue


def test_python_command_and_api_answer_alike(catalogue, catalogue_file, client):
    found = OpenCatalogue(catalogue).linear("S3", km=22.302)
    told = CliRunner().invoke(tongcheng, ["linear", "S3", "--km", "22.302", "--catalogue", str(catalogue_file)])
    served = client.get("/api/linear?line=S3&km=22.302").get_json()
    assert json.loads(told.stdout) == served
    assert (served["km"], served["official_km"], served["starts_at"]) == (22.302, 22.816, "福田站")
    assert (found.km, found.official_km, found.starts_at.en) == (22.302, 22.816, "Futian Station")


def test_the_command_tells_every_problem_and_fails(catalogue_file):
    result = CliRunner().invoke(tongcheng, ["linear", "R9", "--catalogue", str(catalogue_file)])
    assert len(result.exception.problems) == 2


def test_coordinates_have_a_kilometre_an_offset_and_a_side_in_english(client):
    response = client.get("/api/linear?line=Chengdu–Ziyang Line (S3)&lon=104.52&lat=30.28&lang=en")
    found = response.get_json()
    assert (found["side"], found["starts_at"], found["schematic"]) == ("left", "Futian Station", True)
    assert found["offset_m"] > 5000
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_start_without_an_english_name_is_told_in_chinese_apart(client):
    found = client.get("/api/linear?line=R2&km=0&lang=en").get_json()
    assert (found["starts_at"], found["starts_at_zh"]) == (None, "新都/青白江北")
    assert client.get("/api/linear?line=R2&km=0").get_json()["starts_at"] == "新都/青白江北"


def test_the_start_of_a_line_is_found_once(catalogue):
    assert catalogue.strip("transit_lines", "S3") is catalogue.strip("transit_lines", "S3")


def test_the_api_refuses_everything_that_is_wrong_at_once(client):
    address = "/api/linear?line=R2&line=R3&km=3000&km=1&lon=a&lang=de&colour=red"
    response = client.get(address, headers={"Accept": "application/json"})
    told = [problem.split(":")[0] for problem in response.get_json()["problems"]]
    assert response.status_code == 400
    assert told == ["line", "km", "lang", "colour", "lon", "km, lon, lat", "km"]


def test_the_api_declares_every_field_of_its_answer(client):
    document = client.get("/api/openapi.json").get_json()
    answer = document["paths"]["/linear"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema = document["components"]["schemas"][answer["$ref"].rsplit("/", 1)[1]]
    answered = client.get("/api/linear?line=S3&km=1").get_json()
    assert schema["required"] == list(schema["properties"]) == list(answered)
    assert schema["properties"]["official_basis"]["enum"] == ["distances", "length", None]
    assert schema["properties"]["official_km"] == {"type": "number", "nullable": True}
    assert schema["properties"]["side"]["enum"] == ["left", "right", "on"]
    assert document["components"]["parameters"]["linear_km"]["required"] is False


def test_the_page_of_a_line_tells_drawn_and_official_kilometres(client):
    page = client.get("/layers/transit_lines/S3?lang=en").get_data(as_text=True)
    assert "Drawn km / official km (≈: by the official length): Futian Station 0.000 / 0.000; " in page
    assert "Ziyang Airport Economic Zone Station 22.302 / 22.816" in page
    assert "Baotai Station 34.248 / ≈36.840" in page


def test_the_page_of_a_line_without_official_kilometres_tells_none(client):
    assert "official km" not in client.get("/layers/transit_lines/S11?lang=en").get_data(as_text=True)


def test_the_page_of_a_line_tells_official_kilometres_once_and_in_its_language(client):
    page = client.get("/layers/transit_lines/S3?lang=en").get_data(as_text=True)
    assert page.count("22.816") == 1
    assert "资阳临空" not in page.split("Cases on it")[0]


def test_distances_that_fix_no_kilometre_name_their_stops_in_the_language_of_the_page(client):
    page = client.get("/layers/transit_lines/M10?lang=en").get_data(as_text=True)
    told = re.findall(r"<dt>Official distances between stops, km</dt><dd>([^<;]*);", page)
    assert told == ["Taipingyuan Station–Cujin Station 1.98 (verified)"]


def test_the_start_of_a_line_is_marked_where_it_has_no_english_name(client):
    page = client.get("/layers/expressways/R2?lang=en").get_data(as_text=True)
    start = '<span lang="zh-CN">新都/青白江北</span> <span class="untranslated">(not translated)</span>'
    assert f"Kilometres along the drawn line, from {start}." in page
