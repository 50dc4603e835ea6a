"""Hostile data stays text everywhere; faults are told and mended; nothing is lost."""

import pytest

pytestmark = pytest.mark.browser
HOSTILE_PAGES = (
    "/?open=case:A08",
    "/?open=case:A08&lang=en",
    "/?q=onerror",
    "/?open=transit_lines:S3",
    "/cases",
    "/cases?q=onerror&lang=en",
    "/cases/A08",
    "/cases/B01?lang=en",
    "/layers/belts/chengdu-ziyang",
    "/coverage",
    "/about",
)


@pytest.mark.parametrize("path", HOSTILE_PAGES)
def test_hostile_records_stay_text(visits, hostile_server, path):
    visit = visits(hostile_server)
    page = visit.open(path)
    if "open=" in path:
        page.wait_for_selector("#panel h2")
    assert page.evaluate("window.hacked") is None
    assert page.locator('a[href^="javascript:"]').count() == 0
    assert page.locator("img[src=x], svg[onload]").count() == 0
    assert visit.complaints == []


def test_hostile_titles_are_shown_as_they_are(visits, hostile_server):
    page = visits(hostile_server).panel("/?open=case:A08", ".lead")
    assert page.locator("#panel h2").inner_text().startswith("<img src=x onerror=")
    assert "<img src=x" in page.locator("#results .row-title").first.inner_text()


def test_hostile_marks_stay_text(visits, hostile_server):
    page = visits(hostile_server).open("/?theme=ecology")
    marker = page.locator(".case-marker").first
    assert marker.get_attribute("aria-label").startswith("<img src=x")
    marker.hover()
    assert page.evaluate("window.hacked") is None


@pytest.mark.parametrize(
    "address",
    [
        "/?q=</script><script>window.hacked=1</script>",
        "/?open=case:</script><script>window.hacked=1</script>",
        "/?theme=<img src=x onerror=window.hacked=1>",
        "/?view=${window.hacked=1}",
        "/cases?q=<img src=x onerror=window.hacked=1>",
        "/cases?theme=<svg onload=window.hacked=1>",
    ],
)
def test_hostile_addresses_stay_text(visit, address):
    page = visit.open(address)
    assert page.evaluate("window.hacked") is None
    assert not [text for text in visit.complaints if "Security Policy" in text]


def test_the_export_of_hostile_records_is_sound(visits, hostile_server):
    page = visits(hostile_server).open()
    document = page.request.get(f"{hostile_server}/exports/cases.geojson").json()
    assert len(document["features"]) == 15


def test_results_that_fail_to_load_can_be_tried_again(visit):
    page = visit.open()
    page.route("**/map/results.json*", lambda route: route.abort(), times=1)
    page.locator('#themes [data-value="ecology"]').click()
    page.locator(".failed button").click()
    page.wait_for_selector('#results[data-count="2"]')


def test_marks_that_fail_to_load_can_be_tried_again(visit):
    page = visit.page
    page.route("**/map/marks.json*", lambda route: route.abort(), times=1)
    visit.open()
    page.locator(".failed button").click()
    page.wait_for_selector(".cluster")


def test_details_that_fail_to_load_can_be_tried_again(visit):
    page = visit.page
    page.route("**/map/cases/A08.json*", lambda route: route.abort(), times=1)
    visit.open("/?open=case:A08")
    page.locator("#panel button", has_text="重试").click()
    page.wait_for_selector("#panel .lead")


def test_layers_that_fail_to_load_can_be_tried_again(visit):
    page = visit.page
    page.route("**/map/layers/*", lambda route: route.abort(), times=1)
    visit.open()
    with page.expect_response("**/map/layers/*"):
        page.locator(".failed button").click()


def test_a_restart_of_the_server_loses_nothing(visits, own_server):
    visit = visits(own_server.url)
    page = visit.open("/?theme=ecology")
    own_server.stop()
    page.locator('#themes [data-value="opening"]').click()
    page.wait_for_selector(".failed button")
    own_server.start()
    page.locator(".failed button").click()
    page.wait_for_selector('#results[data-count="3"]')
    assert page.locator('.chip[data-value="ecology"]').count() == 1


@pytest.mark.parametrize("path", ["/", "/cases/A08"])
def test_structured_data_is_no_script_to_the_policy_and_stays_json(visits, hostile_server, path):
    visit = visits(hostile_server)
    page = visit.open(path)
    (text,) = page.locator('script[type="application/ld+json"]').all_text_contents()
    assert page.evaluate("text => JSON.parse(text)['@context']", text) == "https://schema.org"
    assert page.evaluate("window.hacked") is None
    assert visit.complaints == []
