"""The tiles of an import as the map fetches them."""

import json
import re
from dataclasses import replace

import pytest

from webapp.app import create_app
from webapp.map.base_tiles import _beside
from webapp.settings import Settings

TILES = bytes(range(256)) * 1000


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr("webapp.map.base_tiles.about_tiles", lambda _: {"attribution": "© mappers"})
    path = tmp_path / "c.base.pmtiles"
    path.write_bytes(TILES)
    return path


@pytest.fixture
def imported(catalogue, path):
    return create_app(replace(catalogue, base_tiles=path), Settings()).test_client()


def parts(client):
    text = client.get("/?lang=en").get_data(as_text=True)
    return {one["part"]: one["with"] for one in json.loads(re.search(r'id="map-parts"[^>]*>(.*?)</script>', text)[1])}


@pytest.mark.parametrize(
    ("asked", "first", "stop"), [("0-126", 0, 127), ("100000-100009", 100_000, 100_010), ("-5", -5, None)]
)
def test_a_range_is_that_part_of_the_file(imported, asked, first, stop):
    answered = imported.get("/map/base.pmtiles", headers={"Range": f"bytes={asked}", "Accept-Encoding": "br"})
    assert (answered.status_code, answered.data) == (206, TILES[first:stop])
    assert answered.headers["Content-Range"].endswith("/256000")
    assert "Content-Encoding" not in answered.headers


def test_the_whole_file_comes_with_its_length(imported):
    answered = imported.get("/map/base.pmtiles")
    assert (answered.status_code, answered.data) == (200, TILES)
    assert (answered.headers["Content-Length"], answered.headers["Accept-Ranges"]) == ("256000", "bytes")
    assert answered.mimetype == "application/vnd.pmtiles"


def test_a_visitor_who_has_the_file_is_told_so(imported):
    etag = imported.head("/map/base.pmtiles").headers["ETag"]
    assert imported.get("/map/base.pmtiles", headers={"If-None-Match": etag}).status_code == 304
    mixed = {"Range": "bytes=0-9", "If-Range": '"another"'}
    assert imported.get("/map/base.pmtiles", headers=mixed).status_code == 200


def test_a_range_behind_the_end_is_refused(imported):
    refused = imported.get("/map/base.pmtiles", headers={"Range": "bytes=256000-"})
    assert (refused.status_code, refused.headers["Content-Range"]) == (416, "bytes */256000")


def test_a_build_that_replaces_the_file_changes_nothing_until_the_server_starts_anew(imported, path, tmp_path):
    before = imported.get("/map/base.pmtiles").headers["ETag"]
    (tmp_path / "new").write_bytes(b"new")
    (tmp_path / "new").replace(path)
    answered = imported.get("/map/base.pmtiles", headers={"Range": "bytes=0-9"})
    assert (answered.data, answered.headers["ETag"]) == (TILES[:10], before)


def test_with_an_import_the_map_zooms_deeper_and_tells_what_it_draws(imported):
    found = parts(imported)
    assert found["map"]["max_zoom"] == 15
    assert found["base"]["tiles"]["attribution"] == "© mappers"
    assert (found["base"]["tiles"]["from_zoom"], found["base"]["tiles"]["to_zoom"]) == (10, 13)
    titles = {entry["id"]: entry["title"] for entry in found["base"]["entries"]}
    assert titles["motorway"] == "Motorways (imported)"
    assert set(found["base"]["tiles"]["layers"]) <= set(titles)
    assert {scheme: set(styles) for scheme, styles in found["base"]["tiles"]["schemes"].items()} == {
        "light": set(found["base"]["tiles"]["layers"]),
        "dark": set(found["base"]["tiles"]["layers"]),
    }


def test_an_address_deeper_than_an_import_bears_opens_at_its_limit(imported):
    text = imported.get("/?view=18/30.6/104.1").get_data(as_text=True)
    assert json.loads(re.search(r'id="map-state">(.*?)</script>', text)[1])["view"]["zoom"] == 15


def test_the_script_that_draws_tiles_is_one_module_and_only_named_where_there_are_some(imported, client):
    address = re.search(r'data-tiles="([^"]+)"', imported.get("/").get_data(as_text=True))[1]
    script = imported.get(address)
    assert script.mimetype == "text/javascript"
    assert script.get_data(as_text=True).endswith("export { tileLayer };")
    assert "data-tiles" not in client.get("/").get_data(as_text=True)


def test_without_an_import_there_are_no_tiles(client):
    assert client.get("/map/base.pmtiles").status_code == 404
    assert parts(client)["base"]["tiles"] is None


def test_nobody_is_named_twice_below_the_map():
    shown, told = "天地图；© OpenStreetMap contributors, ODbL", "© OpenStreetMap contributors, ODbL; © mappers"
    assert _beside(shown, told) == "© mappers"
