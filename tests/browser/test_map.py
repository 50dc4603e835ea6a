"""The map as people use it."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

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
    "/nothing",
)


def grave(page):
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in {"critical", "serious"}]


def test_a_click_on_a_marker_shows_the_case(visit):
    page = visit.open()
    page.locator('.case-marker[data-cases="F03"], .case-marker:not(.stack)').first.click()
    page.wait_for_selector("#panel .lead")
    assert page.locator("#panel h2").inner_text()
    assert page.locator("#panel dd").count() > 3


def test_a_visit_asks_no_other_host_and_leaves_a_clean_console(visit):
    page = visit.open()
    page.locator(".open-case").first.click()
    page.wait_for_selector("#panel .lead")
    assert visit.foreign_requests == []
    assert visit.complaints == []


def test_cases_at_one_place_open_as_a_list_that_leads_on(visit):
    page = visit.open()
    page.locator(".case-marker.stack").first.click(force=True)
    page.locator("#panel .open-listed").first.click()
    page.wait_for_selector("#panel .lead")


def test_every_case_is_on_the_map_or_in_the_list_of_the_whole_region(visit):
    page = visit.open()
    on_map = page.eval_on_selector_all(".case-marker", "nodes => nodes.flatMap(n => n.dataset.cases.split(' '))")
    region_wide = page.eval_on_selector_all(".region-wide .open-case", "nodes => nodes.map(n => n.dataset.case)")
    assert len(on_map) + len(region_wide) == 121
    assert len({*on_map, *region_wide}) == 121


def test_the_keyboard_alone_opens_and_closes_a_case(visit):
    page = visit.open()
    marker = page.locator(".case-marker:not(.stack)").first
    marker.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .lead")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert marker.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize(
    ("layer", "feature"), [("belts", "chengdu-deyang"), ("transit_lines", "S3"), ("border_zones", "pengzhou-shifang")]
)
def test_the_keyboard_opens_a_feature_of_a_layer(visit, layer, feature):
    page = visit.open()
    row = page.locator(".layer-row", has=page.locator(f'[data-layer="{layer}"]'))
    row.locator(".features > summary").focus()
    page.keyboard.press("Enter")
    page.locator(f'.open-feature[data-layer="{layer}"][data-feature="{feature}"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel h2")
    assert "示意" in page.locator("#panel").inner_text()


def test_a_layer_is_fetched_when_it_is_switched_on(visit):
    page = visit.open()
    assert not any("border_zones" in url for url in visit.requests)
    with page.expect_response("**/exports/border_zones.geojson"):
        page.locator('.layer-switch[data-layer="border_zones"]').check()


def test_what_is_schematic_is_dashed(visit):
    page = visit.open()
    with page.expect_response("**/exports/border_zones.geojson"):
        page.locator('.layer-switch[data-layer="border_zones"]').check()
    page.wait_for_function("document.querySelectorAll('.leaflet-areas-pane path').length > 50")
    dashed = page.eval_on_selector_all(
        ".leaflet-areas-pane path[stroke='#c0392b']", "n => n.map(p => p.getAttribute('stroke-dasharray'))"
    )
    assert set(dashed) == {"5 4"}


def test_one_click_more_exports_the_case(visit):
    page = visit.open()
    page.locator('.open-case[data-case="H04"]').click()
    page.wait_for_selector("#panel .lead")
    with page.expect_download() as download:
        page.locator("#panel a[download]").click()
    document = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert [f["id"] for f in document["features"]] == ["H04"]


def test_an_address_with_a_case_opens_it(visit):
    page = visit.open("/?lang=en#case=B01")
    page.wait_for_selector("#panel .lead")
    assert "suburban railway" in page.locator("#panel h2").inner_text()


def test_hostile_text_in_the_data_stays_text(visit):
    page = visit.page
    hostile = {
        "id": "A08",
        "title": "<img src=x onerror=window.hacked=1>",
        "theme": "layout",
        "theme_name": "${1}",
        "membership": "</script>",
        "status": "x",
        "status_as_of": None,
        "period": [None, None],
        "cities": [],
        "summary": "<svg onload=window.hacked=1>",
        "problem": None,
        "mechanism": None,
        "reusable": None,
        "figures": [],
        "partners": [],
        "places": [],
        "facts": ["<b onclick=window.hacked=1>"],
        "page": "/",
        "export": "/",
        "sources": [
            {"title": "t", "publisher": None, "date": None, "url": "javascript:window.hacked=1", "rating": "r"}
        ],
    }
    page.route("**/map/cases/A08.json*", lambda route: route.fulfill(json=hostile))
    visit.open("/#case=A08")
    page.wait_for_selector("#panel .lead")
    assert page.locator("#panel h2").inner_text() == "<img src=x onerror=window.hacked=1>"
    assert page.locator("#panel .sources a").count() == 0
    assert page.evaluate("window.hacked") is None


def test_details_that_fail_to_load_can_be_tried_again(visit):
    page = visit.page
    page.route("**/map/cases/A08.json*", lambda route: route.abort(), times=1)
    visit.open("/#case=A08")
    page.locator("#panel button", has_text="重试").click()
    page.wait_for_selector("#panel .lead")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_grave_on_a_wide_screen(visit, path, lang):
    assert grave(visit.open(f"{path}?lang={lang}")) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing_grave_on_a_phone(phone, path, lang):
    assert grave(phone.open(f"{path}?lang={lang}")) == []


def test_axe_finds_nothing_grave_with_an_open_panel(visit):
    page = visit.open("/#case=A08")
    page.wait_for_selector("#panel .lead")
    assert grave(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_a_phone(phone, path):
    page = phone.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_panel_leaves_part_of_the_map_free_on_a_phone(phone):
    page = phone.open("/#case=A08")
    page.wait_for_selector("#panel .lead")
    panel, stage = page.locator("#panel").bounding_box(), page.locator(".stage").bounding_box()
    assert panel["height"] < stage["height"] * 0.7


def test_the_list_and_a_case_work_without_scripts(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/cases?lang=en")
    page.get_by_label("Ecology").check()
    page.get_by_role("button", name="Show").click()
    assert page.locator("main").get_attribute("data-count") == "9"
    page.locator(".case-list a").first.click()
    assert page.locator("h1").inner_text()
    context.close()
