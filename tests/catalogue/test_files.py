"""Which file answers; and that none is lost: what a command reads, it leaves as it was."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest
from click.testing import CliRunner
from shapely.geometry import Point

import geo
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.catalogue.which_file import build_file, file_to_read, file_to_serve
from geo.catalogue_file import builder_digest, data_digest, read_about
from geo.cli.main import tongcheng
from geo.errors import DamagedError, RecordError, StoreError
from geo.files import data_folder, default_catalogue_path, own_catalogue_path
from geo.gazetteer.at_point import open_reverse
from geo.gazetteer.table import load_entries
from tests.area.conftest import FOLDER as CHANGSHA

pytestmark = pytest.mark.usefixtures("read_once")

READING = {
    "query": ["query", "--theme", "ecology", "--ids"],
    "export": ["export", "belts"],
    "render": ["render", "--theme", "ecology", "--out", "picture.svg"],
    "geocode": ["geocode", "texts.txt"],
    "reverse": ["reverse", "points.txt"],
    "serve": ["serve"],
}
READERS = [read_catalogue, load_entries, open_reverse, file_to_read, file_to_serve, geo.open_catalogue]


def run(*args):
    return CliRunner().invoke(tongcheng, [str(arg) for arg in args])


def state(path):
    return path.read_bytes(), path.stat().st_mtime_ns


def saying(path, **said):
    """Change what a catalogue says of itself."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executemany("UPDATE metadata SET value = ? WHERE key = ?", [(v, k) for k, v in said.items()])
        connection.commit()
    return path


def change(data):
    """Put A08 among the cases of ecology."""
    record = data / "cases" / "A08.toml"
    record.write_text(record.read_text(encoding="utf-8").replace('theme = "layout"', 'theme = "ecology"'), "utf-8")


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    """Keep the product's own folder apart, the port closed, and spare the work of answers that nobody looks at."""
    monkeypatch.setattr("geo.files.own_folder", lambda: tmp_path / "own")
    monkeypatch.setattr("webapp.serve.serve", lambda _opened, **_: None)
    monkeypatch.setattr("geo.render.picture.draw_picture", lambda *_, **__: b"<svg/>")
    monkeypatch.setattr("geo.exports.bundle.write_bundle", lambda *_, **__: b"zip")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts.txt").write_text("简阳市\n", encoding="utf-8")
    (tmp_path / "points.txt").write_text("104.39,31.13\n", encoding="utf-8")


@pytest.fixture(scope="module")
def mine(small, built, tmp_path_factory):
    """Records of our own, and the catalogue that the command writes of them: a small one, with what was changed."""
    folder = tmp_path_factory.mktemp("mine")
    data, path = folder / "data", folder / "mine.gpkg"
    shutil.copytree(data_folder(), data)
    change(data)
    located = small.cases["A08"]
    changed = replace(located, case=replace(located.case, theme="ecology"))
    catalogue = replace(small, cases=small.cases | {"A08": changed}, data_digest=data_digest(data))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geo.files.own_folder", lambda: folder / "own")
        patched.setattr("geo.catalogue.build.build_catalogue", lambda *_, **__: (catalogue, built[1]))
        assert run("build", "--data", data, "--catalogue", path).exit_code == 0
    return data, path


@pytest.fixture
def mine_copy(mine, tmp_path):
    return shutil.copy(mine[1], tmp_path / "copy.gpkg")


@pytest.fixture
def installed_copy(catalogue_file, tmp_path):
    return shutil.copy(catalogue_file, tmp_path / "copy.gpkg")


@pytest.fixture(scope="module")
def contents():
    """What was written, by the digest of its records."""
    return {}


@pytest.fixture
def write_once(contents, tmp_path_factory, monkeypatch):
    """Write what is built from the same records once; then write the same bytes."""

    def write(catalogue, path):
        if catalogue.data_digest not in contents:
            first = tmp_path_factory.mktemp("written") / "first.gpkg"
            write_catalogue(catalogue, first)
            contents[catalogue.data_digest] = first.read_bytes()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[catalogue.data_digest])

    monkeypatch.setattr("geo.catalogue.store.write_catalogue", write)


@pytest.fixture
def builds(built, small, write_once, monkeypatch):  # noqa: ARG001  before what follows
    """Count the builds, and spare the work: what is built is small, and of the right digest."""
    counted = []

    def build(sources, *, on_step):
        on_step("records")
        counted.append(sources.folder)
        return replace(small, data_digest=sources.digest()), built[1]

    monkeypatch.setattr("geo.catalogue.build.build_catalogue", build)
    return counted


def geopackage(path):
    for layer in ("roads", "rivers"):
        gpd.GeoDataFrame({"n": [1]}, geometry=[Point(104, 30)], crs=4326).to_file(path, layer=layer, driver="GPKG")


def database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE metadata (key, value)")


FOREIGN = {
    "a GeoPackage with the layers roads, rivers": geopackage,
    "a database with the tables metadata": database,
    "a text file": lambda path: path.write_text("id,name\n", encoding="utf-8"),
    "a file of another kind": lambda path: path.write_bytes(b"PK\x03\x04\x00\x00"),
    "an empty file": lambda path: path.touch(),
}


@pytest.mark.parametrize("command", READING)
def test_a_catalogue_of_other_records_stays_as_it_was(mine_copy, command):
    before = state(mine_copy)
    result = run(*READING[command], "--catalogue", mine_copy)
    assert result.exit_code == 0, result.exception
    assert state(mine_copy) == before


@pytest.mark.parametrize("command", READING)
def test_a_catalogue_of_another_format_is_refused_and_stays_as_it_was(installed_copy, command):
    before = state(saying(installed_copy, format_version="3"))
    result = run(*READING[command], "--catalogue", installed_copy)
    assert isinstance(result.exception, StoreError)
    assert "a catalogue of format 3; this release reads format" in str(result.exception)
    assert f"run: tongcheng build --catalogue {installed_copy}" in str(result.exception)
    assert state(installed_copy) == before


@pytest.mark.parametrize("command", [*READING, "build"])
@pytest.mark.parametrize("what", FOREIGN)
def test_what_is_no_catalogue_is_refused_with_what_it_is_and_stays_as_it_was(tmp_path, command, what):
    path = tmp_path / "x.gpkg"
    FOREIGN[what](path)
    before = state(path)
    result = run(*READING.get(command, [command]), "--catalogue", path)
    assert isinstance(result.exception, StoreError)
    assert f"{path}: {what}; not a catalogue of Tongcheng Atlas" in str(result.exception)
    assert state(path) == before


@pytest.mark.parametrize("command", [*READING, "build"])
def test_a_folder_is_no_file(tmp_path, command):
    result = run(*READING.get(command, [command]), "--catalogue", tmp_path)
    assert f"{tmp_path}: a directory; not a catalogue" in str(result.exception)


@pytest.mark.parametrize("read", READERS)
def test_in_python_it_is_refused_with_what_it_is(tmp_path, read):
    geopackage(tmp_path / "x.gpkg")
    with pytest.raises(StoreError, match="a GeoPackage with the layers roads, rivers; not a catalogue"):
        read(tmp_path / "x.gpkg")


@pytest.mark.parametrize("read", READERS)
def test_in_python_another_format_is_refused(installed_copy, read):
    saying(installed_copy, format_version="99")
    with pytest.raises(StoreError, match=r"a catalogue of format 99; .* run: tongcheng build --catalogue"):
        read(installed_copy)


@pytest.mark.parametrize("command", ["query", "export", "render", "geocode", "reverse"])
def test_a_named_file_that_is_missing_is_not_made(tmp_path, command):
    path = tmp_path / "none.gpkg"
    result = run(*READING[command], "--catalogue", path, "--data", data_folder())
    assert f"run: tongcheng build --data {data_folder()} --catalogue {path}" in str(result.exception)
    assert not path.exists()


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    (tmp_path / "x.gpkg").symlink_to("x.gpkg")
    with pytest.raises(StoreError, match=r"cannot be read \(Too many levels of symbolic links\)"):
        file_to_read(tmp_path / "x.gpkg")


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "x.gpkg")
    with pytest.raises(StoreError, match="a device or a pipe; not a catalogue"):
        file_to_read(tmp_path / "x.gpkg")


def test_a_catalogue_answers_from_its_own_records_and_says_so_in_one_line(mine_copy):
    result = run("query", "--theme", "ecology", "--ids", "--catalogue", mine_copy)
    assert result.stdout.split() == ["A08", "G01"]
    assert result.stderr.count("\n") == 1
    assert f"{mine_copy}: built from other records than the installed ones; opened as it is" in result.stderr


def test_python_logs_the_same(mine_copy, caplog):
    assert "A08" in geo.open_catalogue(mine_copy).cases(theme="ecology").index
    assert "built from other records than the installed ones" in caplog.text


def test_a_catalogue_of_now_is_read_without_a_word(catalogue_file):
    result = run("geocode", "texts.txt", "--catalogue", catalogue_file)
    assert json.loads(result.stdout)["adcode"] == "510185"
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"builder": "0"}, "built by another state of the code; opened as it is"),
        ({"builder": "0", "release": "0.0.1"}, "built by release 0.0.1 (this is 0.1.0); opened as it is"),
        ({"builder": "0", "data_digest": "0"}, "the installed ones and built by another state of the code; opened"),
    ],
)
def test_another_builder_is_told_in_one_line(installed_copy, said, told):
    result = run("reverse", "points.txt", "--catalogue", saying(installed_copy, **said))
    assert json.loads(result.stdout)["county"]["id"] == "510603"
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_may_be_held_to_its_records(mine, mine_copy):
    result = run("query", "--theme", "ecology", "--ids", "--data", mine[0], "--catalogue", mine_copy)
    assert (result.stdout.split(), result.stderr) == (["A08", "G01"], "")


@pytest.mark.parametrize("command", READING)
def test_a_file_of_other_records_than_those_named_is_refused_and_stays(mine_copy, command):
    before = state(mine_copy)
    result = run(*READING[command], "--data", data_folder(), "--catalogue", mine_copy)
    assert f"{mine_copy}: was not built from the records that {data_folder()} holds now" in str(result.exception)
    assert f"run: tongcheng build --data {data_folder()} --catalogue {mine_copy}" in str(result.exception)
    assert state(mine_copy) == before


@pytest.mark.parametrize("command", READING)
def test_other_records_are_answered_from_a_place_of_their_own(mine, tmp_path, builds, command):
    assert run(*READING[command], "--data", mine[0]).exit_code == 0
    assert builds == [mine[0]]
    (path,) = (tmp_path / "own").rglob("*.gpkg")
    assert path == own_catalogue_path(mine[0])
    assert path != default_catalogue_path()
    assert read_about(path).data_digest == data_digest(mine[0])


def test_build_without_a_file_writes_to_the_place_of_its_records(mine, builds):
    result = run("build", "--data", mine[0])
    assert result.stdout.startswith(f"{own_catalogue_path(mine[0])}: 2 cases")
    assert builds == [mine[0]]
    assert not default_catalogue_path().exists()


def test_the_installed_records_have_one_place_however_they_are_named(tmp_path):
    (tmp_path / "link").symlink_to(data_folder())
    assert own_catalogue_path(tmp_path / "link") == default_catalogue_path()


def keep(catalogue_file, **said):
    """Put a catalogue in the product's own place."""
    default_catalogue_path().parent.mkdir()
    return saying(shutil.copy(catalogue_file, default_catalogue_path()), **said)


@pytest.mark.parametrize("command", READING)
def test_the_own_file_is_built_when_it_is_missing(builds, command):
    assert run(*READING[command]).exit_code == 0
    assert builds == [data_folder()]
    assert default_catalogue_path().is_file()


@pytest.mark.parametrize("said", [{"data_digest": "0"}, {"release": "0"}, {"builder": "0"}, {"format_version": "3"}])
def test_the_own_file_is_built_when_it_is_stale(catalogue_file, builds, said):
    keep(catalogue_file, **said)
    result = run("geocode", "texts.txt")
    assert json.loads(result.stdout)["adcode"] == "510185"
    assert builds == [data_folder()]
    assert read_about(default_catalogue_path()) == read_about(catalogue_file)


def test_the_own_file_is_built_when_it_is_damaged(builds):
    default_catalogue_path().parent.mkdir()
    default_catalogue_path().write_bytes(b"SQLite format 3\x00" + b"\x00" * 200)
    assert list(geo.open_catalogue().cases().index) == ["A08", "G01"]
    assert builds == [data_folder()]


def test_the_own_file_of_now_is_not_built_again(catalogue_file, builds):
    before = state(keep(catalogue_file))
    assert run("geocode", "texts.txt").exit_code == 0
    assert (builds, state(default_catalogue_path())) == ([], before)


def test_what_somebody_put_in_the_own_place_is_not_replaced(builds):
    default_catalogue_path().parent.mkdir()
    geopackage(default_catalogue_path())
    result = run("geocode", "texts.txt")
    assert "a GeoPackage with the layers roads, rivers; not a catalogue" in str(result.exception)
    assert builds == []


def test_serve_builds_a_named_file_that_does_not_exist(tmp_path, builds):
    assert run("serve", "--catalogue", tmp_path / "new.gpkg").exit_code == 0
    assert builds == [data_folder()]
    assert read_about(tmp_path / "new.gpkg").data_digest == data_digest(data_folder())


def test_serve_renews_what_it_built_from_the_same_folder(data_copy, tmp_path, builds):
    path = tmp_path / "new.gpkg"
    run("serve", "--data", data_copy, "--catalogue", path)
    change(data_copy)
    run("serve", "--data", data_copy, "--catalogue", path)
    run("serve", "--data", data_copy, "--catalogue", path)
    assert builds == [data_copy, data_copy]
    assert read_about(path).data_digest == data_digest(data_copy)


def test_serve_does_not_renew_what_came_from_elsewhere(data_copy, tmp_path, mine, builds):
    path = tmp_path / "new.gpkg"
    run("serve", "--data", data_copy, "--catalogue", path)
    before = state(shutil.copy(mine[1], path))
    result = run("serve", "--data", data_copy, "--catalogue", path)
    assert f"run: tongcheng build --data {data_copy} --catalogue {path}" in str(result.exception)
    assert (builds, state(path)) == ([data_copy], before)


def test_serve_without_records_opens_what_it_built_as_it_is(data_copy, tmp_path, builds):
    path = tmp_path / "new.gpkg"
    run("serve", "--data", data_copy, "--catalogue", path)
    change(data_copy)
    before = state(path)
    assert run("serve", "--catalogue", path).exit_code == 0
    assert (builds, state(path)) == ([data_copy], before)


@pytest.mark.parametrize("is_named", [False, True])
def test_serve_renews_a_file_of_the_same_records_only_when_they_are_named(installed_copy, builds, is_named):
    saying(installed_copy, builder="0")
    args = ["--data", data_folder()] if is_named else []
    assert run("serve", "--catalogue", installed_copy, *args).exit_code == 0
    assert len(builds) == is_named


def test_build_replaces_a_catalogue_of_any_records_and_format(mine_copy, builds):
    saying(mine_copy, format_version="3")
    assert run("build", "--catalogue", mine_copy).exit_code == 0
    assert builds == [data_folder()]
    assert read_about(mine_copy).data_digest == data_digest(data_folder())


def test_build_does_not_replace_a_damaged_database_that_it_did_not_make(catalogue_file, tmp_path):
    path = tmp_path / "cut.gpkg"
    path.write_bytes(catalogue_file.read_bytes()[:200_000])
    with pytest.raises(DamagedError, match=r"a damaged database .* delete it and run: tongcheng build"):
        build_file(path)
    assert path.stat().st_size == 200_000


def test_build_does_not_replace_a_file_that_is_open_elsewhere(installed_copy, builds):
    with closing(sqlite3.connect(installed_copy)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE metadata SET value = 'x' WHERE key = 'area'")
        other.commit()
        with pytest.raises(StoreError, match="is open in another program"):
            build_file(installed_copy)
    assert builds == []


@pytest.mark.usefixtures("builds")
def test_what_a_program_left_behind_empty_is_in_nobodys_way(installed_copy, tmp_path):
    saying(installed_copy, builder="0")
    (tmp_path / f"{installed_copy.name}-wal").touch()
    build_file(installed_copy)
    assert read_about(installed_copy).builder == builder_digest()


def test_a_failed_build_leaves_the_old_file_as_it_was(data_copy, installed_copy, tmp_path):
    before, names = state(installed_copy), sorted(tmp_path.iterdir())
    (data_copy / "themes.toml").write_text("theme = []\n", encoding="utf-8")
    with pytest.raises(RecordError):
        build_file(installed_copy, data_copy)
    assert (state(installed_copy), sorted(tmp_path.iterdir())) == (before, names)


@pytest.mark.usefixtures("builds")
def test_a_symbolic_link_stays_and_its_target_is_replaced(installed_copy, tmp_path, monkeypatch):
    monkeypatch.setattr("geo.catalogue.store.write_catalogue", write_catalogue)
    saying(installed_copy, builder="0")
    (tmp_path / "link.gpkg").symlink_to(installed_copy.name)
    build_file(tmp_path / "link.gpkg")
    assert (tmp_path / "link.gpkg").readlink() == installed_copy.relative_to(tmp_path)
    assert read_about(installed_copy).builder == builder_digest()


def test_a_link_to_nothing_yet_gets_its_target(small, tmp_path):
    (tmp_path / "link.gpkg").symlink_to("later.gpkg")
    write_catalogue(small, tmp_path / "link.gpkg")
    assert (tmp_path / "link.gpkg").is_symlink()
    assert (tmp_path / "later.gpkg").is_file()


@pytest.fixture
def full_disk():
    """No file of this process grows beyond 1 MB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_is_told_and_the_old_file_stays(built, tmp_path):
    path = tmp_path / "copy.gpkg"
    path.write_bytes(b"old")
    names = sorted(tmp_path.iterdir())
    with pytest.raises(StoreError, match=r"cannot be written .* make room where the disk is full"):
        write_catalogue(built[0], path)
    assert (path.read_bytes(), sorted(tmp_path.iterdir())) == (b"old", names)


@pytest.mark.parametrize("args", [["cases", "--format", "gpkg", "--out"], ["--all"]])
def test_an_export_does_not_replace_a_catalogue(installed_copy, args):
    before = state(installed_copy)
    result = run("export", *args, installed_copy, "--catalogue", installed_copy)
    assert "a catalogue, which only tongcheng build replaces. Nothing was written: choose an" in str(result.exception)
    assert state(installed_copy) == before


@pytest.fixture
def at_once(monkeypatch):
    """Do not wait for a lock."""
    connect = sqlite3.connect
    monkeypatch.setattr("sqlite3.connect", lambda *args, **kwargs: connect(*args, **kwargs, timeout=0))


@pytest.mark.usefixtures("at_once")
def test_an_export_does_not_replace_a_catalogue_that_is_locked(catalogue_file, installed_copy):
    before = state(installed_copy)
    with closing(sqlite3.connect(installed_copy)) as other:
        other.execute("BEGIN EXCLUSIVE")
        result = run("export", "belts", "--out", installed_copy, "--catalogue", catalogue_file)
    assert "cannot be read (database is locked)" in str(result.exception)
    assert "Nothing was written: choose another file with --out" in str(result.exception)
    assert state(installed_copy) == before


def test_an_export_does_not_replace_a_damaged_database(catalogue_file, tmp_path):
    damaged = tmp_path / "damaged.gpkg"
    damaged.write_bytes(b"SQLite format 3\0" + b"?" * 9000)
    before = state(damaged)
    result = run("export", "belts", "--out", damaged, "--catalogue", catalogue_file)
    assert "a damaged database" in str(result.exception)
    assert state(damaged) == before


def test_a_picture_does_not_replace_a_catalogue(catalogue_file, tmp_path):
    picture = shutil.copy(catalogue_file, tmp_path / "picture.svg")
    before = state(picture)
    result = run("render", "--theme", "ecology", "--out", picture, "--catalogue", catalogue_file)
    assert "which only tongcheng build replaces" in str(result.exception)
    assert state(picture) == before


def test_an_export_does_not_replace_a_record_that_it_reads(mine):
    record = mine[0] / "cases" / "A01.toml"
    before = state(record)
    result = run("export", "belts", "--data", mine[0], "--catalogue", mine[1], "--out", record)
    assert "A01.toml: in the data folder" in str(result.exception)
    assert state(record) == before


def test_an_export_writes_nothing_into_the_installed_records(catalogue_file):
    out = data_folder() / "belts.geojson"
    result = run("export", "belts", "--catalogue", catalogue_file, "--out", out)
    out.unlink(missing_ok=True)
    assert "belts.geojson: in the data folder" in str(result.exception)


@pytest.mark.parametrize("beside", ["a catalogue", "a directory"])
def test_an_export_of_two_files_writes_both_or_none(catalogue_file, tmp_path, beside):
    other = tmp_path / "belts.csv-metadata.json"
    shutil.copy(catalogue_file, other) if beside == "a catalogue" else other.mkdir()
    result = run("export", "belts", "--out", tmp_path / "belts.csv", "--catalogue", catalogue_file)
    assert f"belts.csv-metadata.json: {beside}" in str(result.exception)
    assert not (tmp_path / "belts.csv").exists()


def test_an_export_keeps_a_link_and_replaces_its_target(catalogue_file, tmp_path):
    (tmp_path / "target.geojson").write_text("old")
    (tmp_path / "link.geojson").symlink_to("target.geojson")
    run("export", "belts", "--out", tmp_path / "link.geojson", "--catalogue", catalogue_file)
    assert (tmp_path / "link.geojson").is_symlink()
    assert len(json.loads((tmp_path / "target.geojson").read_bytes())["features"]) == 3


def test_a_catalogue_names_no_place_of_this_machine(tmp_path):
    data = shutil.copytree(CHANGSHA, tmp_path / "data")
    path, *_ = build_file(tmp_path / "mine.gpkg", data)
    assert os.fsencode(tmp_path) not in path.read_bytes()
    assert os.fsencode(Path(geo.__file__).parents[1]) not in path.read_bytes()


def test_the_digest_of_the_builder_is_that_of_the_code_that_builds(tmp_path):
    package = shutil.copytree(Path(geo.__file__).parent, tmp_path / "geo")
    assert builder_digest(package) == builder_digest()
    builder_digest.cache_clear()
    with (package / "cli" / "main.py").open("a") as file:
        file.write("# no part of building\n")
    assert builder_digest(package) == builder_digest()
    builder_digest.cache_clear()
    with (package / "crs.py").open("a") as file:
        file.write("# another builder\n")
    other = builder_digest(package)
    assert other != builder_digest()
    builder_digest.cache_clear()
    with (package / "translations" / "zh" / "LC_MESSAGES" / "messages.po").open("a") as file:
        file.write("# other words\n")
    words = builder_digest(package)
    assert words not in {other, builder_digest()}
    builder_digest.cache_clear()
    with (package / "national" / "ambiguous.toml").open("a") as file:
        file.write("# another country\n")
    assert builder_digest(package) not in {words, other, builder_digest()}


def test_the_own_file_is_found_fresh_without_any_heavy_library(catalogue_file, checkout):
    keep(catalogue_file)
    program = (
        "import sys; from pathlib import Path; import geo.files;"
        f"geo.files._ROOT = Path({str(checkout)!r});"
        f"geo.files.own_folder = lambda: Path({str(default_catalogue_path().parent)!r});"
        "from geo.gazetteer import locate; assert locate('简阳市');"
        "assert not {'geopandas', 'shapely', 'pandas', 'pydantic', 'numpy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
