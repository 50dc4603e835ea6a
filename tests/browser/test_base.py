"""The base map in the browser: its legend, its zooms, and the tiles of an import below it."""

import shutil

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import LineString, box

from geo.catalogue.base_tiles import tiles_path, write_tiles
from tests.servers import Server

pytestmark = pytest.mark.browser
LAKE = box(104.00, 30.60, 104.06, 30.66)
WATER_BY_DAY, WATER_BY_NIGHT = [0xC3, 0xDC, 0xEC], [0x1D, 0x3B, 0x4E]
PICTURE = "() => document.querySelector('.leaflet-base-pane canvas').toDataURL()"
AT_THE_LAKE = "/?layers=none&q=nothing-at-all&view=12/30.63/104.03"


@pytest.fixture(scope="module")
def imported_server(catalogue, catalogue_file, tmp_path_factory):
    """A server with an extract of one lake and one road."""
    folder = tmp_path_factory.mktemp("imported")
    extract, file = folder / "base.gpkg", folder / "catalogue.gpkg"
    road = LineString([(103.9, 30.7), (104.3, 30.7)])
    for layer, columns, shape in (("roads", {"class": ["motorway"]}, road), ("water", {"name": ["湖"]}, LAKE)):
        frame = gpd.GeoDataFrame(columns, geometry=[shape], crs=4326)
        pyogrio.write_dataframe(frame, extract, layer=layer, driver="GPKG", append=extract.exists())
    shutil.copy(catalogue_file, file)
    with tiles_path(file).open("w+b") as target:
        write_tiles(extract, target, catalogue, attribution="© mappers <b>of roads</b>")
    server = Server(file)
    yield server.url
    server.stop()


def tile_colour(page, *, right=0, waits_for=None):
    """Return the colour of the tiles so many pixels right of the middle of the map; may wait for a certain one."""
    script = """() => {
      const map = document.getElementById('map').getBoundingClientRect();
      const [x, y] = [map.left + map.width / 2 + RIGHT, map.top + map.height / 2];
      for (const canvas of document.querySelectorAll('canvas.leaflet-tile')) {
        const box = canvas.getBoundingClientRect();
        if (box.left <= x && x < box.right && box.top <= y && y < box.bottom) {
          const at = [(x - box.left) * canvas.width / box.width, (y - box.top) * canvas.height / box.height];
          return [...canvas.getContext('2d').getImageData(...at, 1, 1).data].slice(0, 4);
        }
      }
      return null;
    }""".replace("RIGHT", str(right))
    if waits_for is not None:
        page.wait_for_function(
            f"wanted => String(({script})()?.slice(0, wanted.length)) === String(wanted)", arg=waits_for
        )
    return page.evaluate(script)


def when_the_base_changes(page, action):
    """Do something that changes the base map, and return it as it is drawn then."""
    before = page.evaluate(PICTURE)
    action()
    page.wait_for_function(f"before => ({PICTURE})() !== before", arg=before)
    return when_the_base_rests(page)


def when_the_base_rests(page):
    """Return the base map once it is drawn twice alike."""
    script = f"() => {{ const now = ({PICTURE})(), was = window.was; window.was = now; return now === was; }}"
    page.wait_for_function(script, polling=200)
    return page.evaluate(PICTURE)


def legend(page):
    page.locator("#open-layers").click()
    page.locator(".base-controls summary").click()
    return page.locator(".base-controls")


def test_the_legend_of_the_base_tells_what_it_draws_and_switches_it(visit):
    page = visit.open("/?lang=en&layers=none&view=10/30.6/104.1")  # counts shade counties up to zoom 9
    switch = legend(page).get_by_label("Rivers")
    assert switch.is_checked()
    before = when_the_base_rests(page)
    without = when_the_base_changes(page, switch.uncheck)
    assert when_the_base_changes(page, switch.check) == before  # the rivers lie in their place again
    assert when_the_base_changes(page, switch.uncheck) == without


def test_names_can_be_switched_off(visit):
    page = visit.open("/?lang=en&layers=none&view=9/30.6/104.1")
    assert page.locator(".name-label.cities").count() > 0
    legend(page).get_by_label("Names").uncheck()
    page.wait_for_function("() => document.querySelectorAll('.name-label.cities').length === 0")


def test_a_deeper_address_opens_at_the_limit_and_the_map_goes_no_deeper(visit):
    page = visit.open("/?view=17/30.66/104.06")
    assert page.locator("#map").get_attribute("data-zoom") == "12"
    assert "leaflet-disabled" in page.locator(".leaflet-control-zoom-in").get_attribute("class")


def test_townships_are_fetched_when_they_may_be_shown(visit):
    page = visit.open("/?layers=none&view=9/30.65/104.1")
    assert not [url for url in visit.requests if "towns.json" in url]
    page.locator(".leaflet-control-zoom-in").click()
    page.wait_for_selector(".name-label.towns:not(.crowded)")
    assert len([url for url in visit.requests if "towns.json" in url]) == 1


def test_the_name_of_a_city_stands_beside_its_dot(visit):
    page = visit.open("/?layers=none&q=nothing-at-all&view=11/30.66667/104.06667")
    name = page.locator(".name-label.cities span", has_text="成都市").bounding_box()
    stage = page.locator("#map").bounding_box()
    middle = (stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    right = max(name["x"] - middle[0], middle[0] - name["x"] - name["width"], 0)
    down = max(name["y"] - middle[1], middle[1] - name["y"] - name["height"], 0)
    assert 0 < max(right, down) < 20


def test_an_import_costs_the_first_view_nothing(visits, imported_server):
    visit = visits(imported_server)
    visit.open()
    assert [url for url in visit.requests if "pmtiles" in url or "base_tiles" in url] == []
    assert len(visit.requests) <= 12


def test_an_import_is_drawn_below_the_base_by_ranges_and_in_both_schemes(visits, imported_server):
    visit = visits(imported_server)
    answers = []
    visit.page.on("response", lambda answer: answers.append((answer.url, answer.status)))
    page = visit.open(AT_THE_LAKE + "&scheme=light")
    assert tile_colour(page, waits_for=WATER_BY_DAY)
    assert {status for url, status in answers if url.endswith(".pmtiles")} == {206}
    page.evaluate("document.querySelector('#open-layers').click()")
    page.locator(".base-controls select").last.select_option("dark")
    assert tile_colour(page, waits_for=WATER_BY_NIGHT)
    assert visit.foreign_requests == []
    assert [told for told in visit.complaints if "willReadFrequently" not in told] == []  # of the test itself


@pytest.mark.parametrize("zoom", ["10.5", "11.25", "12.5", "13.5", "15"])
def test_the_shore_of_an_import_lies_where_it_is_at_every_zoom(visits, imported_server, zoom):
    west, middle = 104.00, 30.63
    page = visits(imported_server).open(f"/?layers=none&q=nothing-at-all&view={zoom}/{middle}/{west}&scheme=light")
    page.evaluate("document.querySelector('#open-layers').click()")
    page.locator(".base-controls select").last.select_option("dark")  # all tiles are drawn anew
    page.locator("#panel .close").click()
    inside, outside = tile_colour(page, right=5, waits_for=WATER_BY_NIGHT), tile_colour(page, right=-5)
    assert (inside[:3], outside[3]) == (WATER_BY_NIGHT, 0)


def test_where_the_import_holds_nothing_the_land_shows(visits, imported_server):
    page = visits(imported_server).open("/?layers=none&q=nothing-at-all&view=12/30.63/103.94")
    page.wait_for_function("() => document.querySelectorAll('canvas.leaflet-tile').length > 3")
    assert tile_colour(page)[3] == 0


def test_a_kind_of_an_import_can_be_switched_off(visits, imported_server):
    page = visits(imported_server).open(AT_THE_LAKE + "&lang=en&scheme=light")
    tile_colour(page, waits_for=WATER_BY_DAY)
    legend(page).get_by_label("Water (imported)").uncheck()
    assert tile_colour(page, waits_for=[0, 0, 0, 0])


def test_an_import_is_attributed_as_text_where_it_is_drawn(visits, imported_server):
    page = visits(imported_server).open(AT_THE_LAKE)
    page.wait_for_selector("canvas.leaflet-tile", state="attached")
    assert "© mappers <b>of roads</b>" in page.locator(".leaflet-control-attribution").inner_text()


def test_the_picture_holds_the_tiles_above_the_land(visits, imported_server):
    page = visits(imported_server).open(AT_THE_LAKE + "&scheme=light")
    tile_colour(page, waits_for=WATER_BY_DAY)
    with page.expect_download() as download:
        page.locator("#save-picture").click()
    colours = page.evaluate(
        """async (bytes) => {
          const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
          const pen = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
          pen.drawImage(picture, 0, 0);
          const map = document.getElementById('map').getBoundingClientRect();
          const steps = [-60, -30, 0, 30, 60];
          const places = steps.flatMap((x) => steps.map((y) => [map.width + x, map.height + y]));
          return places.map((at) => [...pen.getImageData(...at, 1, 1).data].slice(0, 3));
        }""",
        list(download.value.path().read_bytes()),
    )
    assert colours.count(WATER_BY_DAY) > 12  # names and borders lie above it
