"""The map as people use it: marks, layers, base map, pictures."""

import json
import math

import pytest

from geo.datum import Datum
from geo.shift import from_wgs84

pytestmark = pytest.mark.browser


def when_marks_change(page, action):
    """Do something that changes the marks, and wait until they are drawn."""
    before = page.evaluate("document.documentElement.dataset.marks")
    action()
    page.wait_for_function("before => document.documentElement.dataset.marks !== before", arg=before)


def test_a_visit_asks_no_other_host_and_leaves_a_clean_console(visit):
    page = visit.open()
    page.locator("#results .open-case").first.click()
    page.wait_for_selector("#panel .lead")
    assert visit.foreign_requests == []
    assert visit.complaints == []


def test_a_cluster_opens_by_zooming_in(visit):
    page = visit.open("/?theme=infrastructure&theme=ecology")
    before = page.locator("#map").get_attribute("data-zoom")
    when_marks_change(page, page.locator(".cluster").first.click)
    assert int(page.locator("#map").get_attribute("data-zoom")) > int(before)


def test_a_cluster_names_its_themes_and_their_counts(visit):
    label = visit.open("/?lang=en").locator(".cluster").first.get_attribute("aria-label")
    assert label.split(":")[0].endswith("cases")
    assert any(theme in label for theme in ("Infrastructure", "Development layout", "Modern industry"))


def test_cases_at_one_place_fan_out_and_open(visit):
    page = visit.open("/?q=彭什&view=16/31.0935/104.0114")
    cluster = page.locator(".cluster").first
    cluster.click()
    page.locator(".fanned").first.click()
    page.wait_for_selector("#panel .lead")


def test_the_keyboard_fans_out_and_opens(visit):
    page = visit.open("/?q=彭什&view=16/31.0935/104.0114")
    page.locator(".cluster").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".fanned")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .lead")


def test_what_is_schematic_is_dashed(visit):
    page = visit.open("/?q=彭什")
    assert page.locator(".case-marker.schematic").count() + page.locator(".cluster").count() > 0
    dashes = page.evaluate(
        """() => { const found = new Set(); const set = CanvasRenderingContext2D.prototype.setLineDash;
        CanvasRenderingContext2D.prototype.setLineDash = function (dash) {
          found.add(dash.join());
          set.call(this, dash);
        };
        window.dashes = found; }"""
    )
    assert dashes is None
    page.locator("#open-layers").click()
    page.locator('.layer-switch[data-layer="border_zones"]').check()
    page.wait_for_function("() => window.dashes.has('5,4')")


def test_a_layer_is_fetched_when_it_is_switched_on(visit):
    page = visit.open()
    assert not any("border_zones" in url for url in visit.requests)
    page.locator("#open-layers").click()
    with page.expect_response("**/map/layers/border_zones.json"):
        page.locator('.layer-switch[data-layer="border_zones"]').check()
    assert "border_zones" in page.url


@pytest.mark.parametrize("layer", ["belts", "transit_lines", "border_zones", "rivers", "counties"])
def test_the_keyboard_opens_and_closes_a_feature_of_a_layer(visit, layer):
    page = visit.open()
    page.locator("#open-layers").focus()
    page.keyboard.press("Enter")
    row = page.locator(".layer-row", has=page.locator(f'[data-layer="{layer}"]'))
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    row.locator(".open-feature").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .near-form")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


def test_the_legend_names_rating_and_date(visit):
    page = visit.open("/?lang=en")
    page.locator("#open-layers").click()
    row = page.locator(".layer-row", has=page.locator('[data-layer="transit_lines"]'))
    row.locator("summary").click()
    row.locator(".open-feature").first.wait_for()
    assert "Rating" in row.inner_text()
    assert "schematic" in row.inner_text()
    assert "20" in row.locator("dl").inner_text()


def test_only_what_is_in_view_shortens_the_tree(visit):
    page = visit.open("/?view=12/30.05/103.83&layers=airports,belts,eco_zones")
    page.locator("#open-layers").click()
    before = page.locator(".layer-row").count()
    page.locator("#only-in-view").check()
    assert page.locator(".layer-row").count() < before


def test_names_appear_from_their_zoom_on_and_never_over_one_another(visit):
    page = visit.open("/?view=10/30.65/104.1")
    boxes = page.eval_on_selector_all(
        ".name-label:not(.crowded) span",
        "n => n.map(l => l.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])",
    )
    overlapping = [
        (one, other) for number, one in enumerate(boxes) for other in boxes[number + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]  # fmt: skip
    assert len(boxes) > 5
    assert overlapping == []
    page = visit.open("/?view=7.25/30.65/104.1")
    assert page.locator(".name-label.counties").count() == 0


def test_dark_and_light_draw_another_base_map(visit):
    light = visit.open("/?scheme=light").locator("#map").screenshot()
    dark = visit.open("/?scheme=dark").locator("#map").screenshot()
    assert light != dark
    assert visit.page.locator("html").get_attribute("data-scheme") == "dark"


def test_our_own_base_map_has_something_to_show_at_every_zoom(visit):
    visit.open("/?layers=none&q=nothing-at-all&view=7/30.6/104.1")
    for zoom in range(7, 15):
        colours = visit.open(f"/?layers=none&q=nothing-at-all&view={zoom}/30.66/104.06").evaluate(
            """() => { const canvas = document.querySelector('.leaflet-base-pane canvas');
            const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            const seen = new Set();
            for (let i = 0; i < data.length; i += 4) seen.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
            return seen.size; }"""
        )
        assert colours > 3, zoom


def test_the_default_offers_no_online_base_map(visit):
    page = visit.open()
    page.locator("#open-layers").click()
    options = page.locator(".base-controls select").first.locator("option").all_inner_texts()
    assert options == ["自有离线底图", "无"]


STATION = (30.3135, 104.4415)  # Tianfu Airport, terminals 1 and 2, WGS-84


def tile_offset_m(page, lat, lon, zoom):
    """Return how far off the tiles draw a WGS-84 place, tile content in GCJ-02, and the side of a pixel: metres."""
    gcj_lon, gcj_lat = (float(v) for v in from_wgs84(lon, lat, Datum.GCJ02))
    scale = 256 * 2**zoom
    x = (gcj_lon + 180) / 360 * scale
    y = (0.5 - math.asinh(math.tan(math.radians(gcj_lat))) / (2 * math.pi)) * scale
    pixel_m = 40_075_016 * math.cos(math.radians(lat)) / scale
    pixels = page.evaluate(
        """([x, y, zoom]) => {
          const [tx, ty] = [Math.floor(x / 256), Math.floor(y / 256)];
          const address = `x=${tx}&y=${ty}&z=${zoom}`;
          const tile = [...document.querySelectorAll('.leaflet-tile')].find((img) => img.src.includes(address));
          const box = tile.getBoundingClientRect();
          const drawn = [box.left + (x - tx * 256) * box.width / 256, box.top + (y - ty * 256) * box.height / 256];
          const map = document.getElementById('map').getBoundingClientRect();
          const station = [map.left + map.width / 2, map.top + map.height / 2];
          return Math.hypot(drawn[0] - station[0], drawn[1] - station[1]);
        }""",
        [x, y, zoom],
    )
    return pixels * pixel_m, pixel_m


@pytest.mark.parametrize("zoom", [12, 14, 16])
def test_amap_draws_a_known_station_within_15_m(visits, online_server, zoom):
    visit = visits(online_server)
    visit.page.route("**/*autonavi.com/**", lambda route: route.fulfill(status=200, content_type="image/png", body=b""))
    page = visit.open(f"/?base=amap&view={zoom}/{STATION[0]}/{STATION[1]}")
    page.wait_for_selector(".leaflet-tile", state="attached")
    offset_m, pixel_m = tile_offset_m(page, *STATION, zoom)
    assert offset_m < max(15, pixel_m)  # Leaflet lays tiles on whole pixels; at zoom 12 one is 33 m


def test_an_online_base_map_loads_from_the_host_that_the_settings_allow(visits, online_server):
    visit = visits(online_server)
    visit.page.route(
        "**/tile.openstreetmap.org/**", lambda route: route.fulfill(status=200, content_type="image/png", body=b"")
    )
    visit.open("/?base=osm").wait_for_selector(".leaflet-tile", state="attached")
    assert {url.split("/")[2] for url in visit.foreign_requests} == {"tile.openstreetmap.org"}


def test_the_map_saves_as_a_picture_with_legend(visit):
    page = visit.open("/?theme=ecology")
    with page.expect_download() as download:
        page.locator("#save-picture").click()
    data = download.value.path().read_bytes()
    assert data.startswith(b"\x89PNG")
    width, height = (int.from_bytes(data[16 + at : 20 + at]) for at in (0, 4))
    stage = page.locator("#map").bounding_box()
    assert width == round(stage["width"]) * 2
    assert height > stage["height"] * 2


def test_an_export_from_the_panel_holds_the_case(visit):
    page = visit.panel("/?open=case:H04", ".lead")
    with page.expect_download() as download:
        page.locator("#panel a[download]").click()
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [f["id"] for f in document["features"]] == ["H04"]


def test_an_embedded_map_shows_the_map_alone(visit):
    page = visit.open("/?embed=1&theme=ecology&layers=eco_zones")
    assert page.locator(".site-header").is_hidden()
    assert page.locator("#sidebar").is_hidden()
    assert page.locator(".case-marker").count() > 0
