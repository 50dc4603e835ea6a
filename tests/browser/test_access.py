"""For everyone: axe, keyboard, phone, zoom, contrast, no JavaScript."""

import pytest

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/cases",
    "/cases?q=公交",
    "/cases/A08",
    "/layers/belts/chengdu-ziyang",
    "/layers/counties",
    "/coverage",
    "/about",
    "/api/",
    "/api/openapi.html",
    "/api/collections/counties/items",
    "/api/collections/cases/items/A08",
    "/nothing",
)
STATES = (
    "/?open=case:A08",
    "/?open=transit_lines:S3",
    "/?theme=opening&status=completed",
    "/?tour=belts.2",
    "/?near=transit_lines:S3&within_km=5",
    "/?at=2016-12-31&open=counties:510185",
    "/layers/expressways/R1?at=2016-12-31",
    "/?theme=sports",
    "/?embed=1&open=case:B01",
    "/?scheme=dark&open=case:A08",
)
SIZES = {"wide": (1280, 800), "narrow": (360, 740)}


def settled(visit, path):
    page = visit.open(path)
    if "open=" in path or "tour=" in path:
        page.wait_for_selector("#panel h2")
    return page


@pytest.mark.parametrize("path", [*PAGES, *STATES])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing(visits, server, path, lang, size):
    width, height = SIZES[size]
    visit = visits(server, width=width, height=height)
    settled(visit, f"{path}{'&' if '?' in path else '?'}lang={lang}")
    assert visit.violations() == []


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_with_layers_tours_and_filters_open(visits, server, size):
    width, height = SIZES[size]
    visit = visits(server, width=width, height=height)
    page = visit.open()
    page.locator("#open-layers").click()
    page.locator(".layer-more summary").first.click()
    page.wait_for_selector(".open-feature")
    assert visit.violations() == []
    page.locator("#panel .close").click()
    page.locator("#open-tours").click()
    page.wait_for_selector(".open-tour")
    assert visit.violations() == []
    page.locator("#panel .close").click()
    page.locator("#more-filters > summary").click()
    page.locator(".facet summary").first.click()
    assert visit.violations() == []


@pytest.mark.parametrize("path", [*PAGES, *STATES])
def test_nothing_is_wider_than_a_phone(phone, path):
    page = settled(phone, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_screen_of_1400_every_column_of_coverage_is_seen(visits, server, lang):
    page = visits(server, width=1400, height=900).open(f"/coverage?lang={lang}")
    widths = page.locator(".scroll").evaluate_all("all => all.map((one) => [one.scrollWidth, one.clientWidth])")
    assert len(widths) == 4
    assert [pair for pair in widths if pair[0] > pair[1]] == []


@pytest.mark.parametrize("path", ["/", "/?open=case:A08", "/cases", "/cases/A08"])
def test_at_200_percent_the_page_reflows(visits, server, path):
    visit = visits(server, width=640, height=400, device_scale_factor=2)
    page = settled(visit, path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_on_a_phone_the_map_comes_first_and_the_list_is_a_sheet(phone):
    page = phone.open()
    sheet, stage = page.locator("#sidebar").bounding_box(), page.locator("#map").bounding_box()
    assert sheet["height"] < stage["height"] * 0.4
    assert page.locator("#search input[type=search]").is_visible()


def test_on_a_phone_the_whole_region_lies_above_the_sheet(phone):
    page = phone.open()
    sheet, stage = page.locator("#sidebar").bounding_box(), page.locator("#map").bounding_box()
    boxes = [mark.bounding_box() for mark in page.locator(".case-marker, .cluster").all()]
    highest, lowest = min(box["y"] for box in boxes), max(box["y"] + box["height"] for box in boxes)
    assert stage["y"] < highest < lowest < sheet["y"]
    assert abs((highest + lowest) / 2 - (stage["y"] + sheet["y"]) / 2) < 60


def test_the_sheet_is_moved_by_buttons(phone):
    page = phone.open()
    before = page.locator("#sidebar").bounding_box()["height"]
    page.locator("#sidebar .sheet-handle button").last.click()
    page.wait_for_function("n => document.getElementById('sidebar').offsetHeight > n + 100", arg=before)


def test_the_sheet_is_dragged_by_its_handle(phone):
    page = phone.open()
    grip = page.locator("#sidebar .grip").bounding_box()
    page.mouse.move(grip["x"] + 20, grip["y"])
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, 120, steps=5)
    page.mouse.up()
    page.wait_for_selector('#sidebar[data-size="full"]')


def test_on_a_phone_the_open_case_leaves_half_of_the_map_free(phone):
    page = phone.panel("/?open=case:A08", ".lead")
    panel, stage = page.locator("#panel").bounding_box(), page.locator("#map").bounding_box()
    assert panel["height"] <= stage["height"] * 0.55


def test_tab_reaches_search_themes_results_tools_and_marks(visit):
    page = visit.open("/?theme=ecology")
    reached = set()
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                """() => { const n = document.activeElement;
                const room = n.closest('#search, #themes, #results, .toolbar, .leaflet-marker-pane');
                return room ? room.id || room.className.split(' ').at(-1) : n.id || n.className; }"""
            )
        )
    assert {"search", "themes", "results", "toolbar", "leaflet-marker-pane", "map"} <= reached


def test_focus_is_visible(visit):
    page = visit.open()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_every_case_can_be_reached_by_the_list_alone(visit):
    page = visit.open()
    while page.locator("#results .more button").count():
        before = page.locator("#results .open-case").count()
        page.locator("#results .more button").focus()
        page.keyboard.press("Enter")
        page.wait_for_function("n => document.querySelectorAll('#results .open-case').length > n", arg=before)
    assert page.locator("#results .open-case").count() == 15


def test_motion_is_reduced_where_people_ask_for_it(visits, server):
    visit = visits(server, reduced_motion="reduce")
    page = visit.open()
    assert page.evaluate("document.querySelector('.leaflet-zoom-anim') === null")


def test_forced_colours_keep_the_marks(visits, server):
    page = visits(server, forced_colors="active").open("/?theme=ecology")
    assert page.locator(".case-marker").first.is_visible()


def test_without_javascript_list_filters_and_cases_work(visits, server):
    visit = visits(server, java_script_enabled=False)
    page = visit.page
    page.goto(server + "/")
    page.locator("#search input[type=search]").fill("公交")
    page.locator("#search button").click()
    assert int(page.locator("main").get_attribute("data-count")) == 1
    page.locator(".filters input[name=city]").first.check()
    page.locator(".filters button[type=submit]").click()
    page.locator(".case-list a").first.click()
    assert page.locator("h1").inner_text()
    page.goto(server + "/")
    assert page.locator("noscript a").count() == 1 or page.locator(".noscript").is_visible()
