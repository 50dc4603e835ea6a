"""Another folder is another area: built, asked, exported, geocoded and seen, with no word of the first one."""

import io
import json
import re
import shutil
import zipfile
from functools import cache

import pytest
from click.testing import CliRunner

from geo.catalogue.build import build_catalogue
from geo.cli.main import tongcheng
from geo.crs import metric_of
from geo.errors import RecordError
from geo.exports.collection import collection_of
from geo.exports.formats import FORMATS, formats_for
from geo.exports.tables import Tables
from geo.face import OpenCatalogue
from geo.sources import Sources
from tests.area.crawl import crawled
from tests.contract.test_area import words_in

STARTS = (
    "/", "/?lang=en", "/cases?lang=en", "/about", "/coverage", "/api/", "/api/?lang=en", "/api/openapi.json",
    "/api/openapi.json?lang=en", "/feed.atom", "/feed.atom?lang=en", "/catalog.jsonld", "/catalog.ttl", "/sitemap.xml",
    "/robots.txt", "/oembed?url=http://localhost/", "/map/results.json", "/map/results.json?lang=en",
    "/map/marks.json?window=110,26,115,29&zoom=8",
    "/map/outlines.json", "/map/base.json", "/map/choices.json", "/map/tours.json", "/api/facets",
    "/api/facets?lang=en", "/api/geocode?q=长沙市芙蓉区", "/api/reverse?lon=113&lat=28.2",
)  # fmt: skip
WRONG = (
    "/nothing", "/cases/Z99", "/cases/Z99?lang=en", "/cases?theme=x&near=belts:x&polygon=1", "/layers/belts",
    "/api/collections/belts", "/api/linear?line=x&km=1", "/api/reverse?lon=1&lat=1", "/cases?lang=en&near=x",
    "/exports/belts.geojson",
)  # fmt: skip


@pytest.fixture(scope="session")
def answers(client):
    return crawled(client, STARTS)


def told(texts):
    return {address: words for address, text in texts.items() if (words := words_in(text))}


def test_no_page_or_document_speaks_of_the_first_area(answers):
    assert len(answers) > 150
    assert told({address: text for address, (_, text) in answers.items()}) == {}


def test_every_page_and_document_answers(answers):
    assert {address: status for address, (status, _) in answers.items() if status >= 500} == {}
    assert {address: answers[address][0] for address in STARTS} == dict.fromkeys(STARTS, 200)


@pytest.mark.parametrize("address", WRONG)
def test_no_error_speaks_of_the_first_area(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert 400 <= response.status_code < 500
    assert told({address: response.get_data(as_text=True)}) == {}


def unpacked(content):
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return b"\n".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize(
    ("what", "format_id"), [(what, made.id) for what in ("cases", "counties") for made in formats_for(what)]
)
def test_no_export_speaks_of_the_first_area(changsha, what, format_id):
    content = FORMATS[format_id].write(collection_of(Tables(changsha), what, []))
    assert told({format_id: re.sub(rb"[^\x20-\x7e\x80-\xff]", b" ", unpacked(content)).decode(errors="ignore")}) == {}


def test_the_layers_that_the_folder_has_are_there_and_no_others(changsha):
    assert list(changsha.layers) == ["cities", "counties"]


def test_a_name_is_enough_to_word_an_area(changsha):
    area = changsha.area
    assert area.title.zh == "长株潭都市圈同城化实践案例"
    assert area.title.en == "Integration practices of the Changsha–Zhuzhou–Xiangtan metropolitan area"
    assert area.whole.zh == "长株潭都市圈全域"
    assert area.labels["membership"]["named"].en == "Named by the programme"
    assert area.attribution.startswith("行政区划数据来源")


def test_themes_without_colours_get_some_that_differ(changsha):
    assert [theme.mark.zh for theme in changsha.themes] == ["现", "交", "公"]
    assert [theme.mark.en for theme in changsha.themes] == ["M", "T", "P"]
    assert len({theme.color for theme in changsha.themes}) == 3


def test_a_case_of_all_cities_holds_for_the_whole_area(changsha):
    assert changsha.case("T08").is_region_wide
    assert [fact.zh for fact in changsha.facts("T08")] == ["长株潭都市圈全域适用"]


def test_the_metric_reads_back_as_that_of_the_area(changsha):
    west, south, east, north = changsha.bounds
    assert changsha.metric == metric_of((west, south, east, north))
    assert changsha.metric.error_within(changsha.bounds) < 0.0005


@cache
def run(*arguments):
    return CliRunner().invoke(tongcheng, [str(part) for part in arguments], catch_exceptions=False)


def test_the_command_builds_asks_exports_and_geocodes_it(folder, changsha_file, tmp_path):
    built = run("build", "--data", folder, "--catalogue", tmp_path / "c.gpkg")
    assert "10 cases, 2 layers; 12 of 12 mentions resolved" in built.output
    assert run("query", "--city", "长沙", "--ids", "--catalogue", changsha_file).stdout.split()[:2] == ["T01", "T02"]
    exported = json.loads(run("export", "cases", "--catalogue", changsha_file).stdout)
    assert len(exported["features"]) == 10


def test_texts_and_coordinates_are_found_in_it(changsha_file):
    asked = CliRunner().invoke(tongcheng, ["geocode", "--catalogue", str(changsha_file)], input="在长沙市芙蓉区办事\n")
    assert [match["name"] for match in json.loads(asked.stdout)["matches"]][-1] == "芙蓉区"
    there = CliRunner().invoke(tongcheng, ["reverse", "--catalogue", str(changsha_file)], input="112.9983,28.1932\n")
    assert json.loads(there.stdout)["county"]["name_zh"] == "芙蓉区"


def test_the_python_face_opens_it(changsha):
    assert list(OpenCatalogue(changsha).layers) == ["cities", "counties"]


def test_an_area_too_wide_for_one_projection_is_refused_with_its_error(folder, tmp_path):
    wide = shutil.copytree(folder, tmp_path / "wide")
    shapes = json.loads((wide / "boundaries" / "counties.geojson").read_text(encoding="utf-8"))
    north = next(feature for feature in shapes["features"] if feature["id"] == "430382")
    north["geometry"] = {"type": "Polygon", "coordinates": [[[126, 45], [127, 45], [127, 46], [126, 45]]]}
    (wide / "boundaries" / "counties.geojson").write_text(json.dumps(shapes), encoding="utf-8")
    with pytest.raises(RecordError, match=r"off by 0\.86%, expected at most 0\.05%"):
        build_catalogue(Sources(wide))


@pytest.mark.parametrize("address", ["/cases", "/about", "/coverage", "/"])
def test_an_area_without_a_programme_says_nothing_of_its_list(client, address):
    assert "official list" not in client.get(f"{address}?lang=en").get_data(as_text=True)
