"""List = map = API = export, whatever the state; and the address restores it."""

import random
import urllib.parse

import pytest

pytestmark = pytest.mark.browser

CHOICES = {
    "theme": ["layout", "infrastructure", "services", "ecology", "reform", "industry"],
    "city": ["510100", "510600", "511400", "512000"],
    "county": ["510113", "510681", "512022", "511421"],
    "belt": ["chengdu-deyang", "chengdu-ziyang"],
    "border_zone": ["pengzhou-shifang", "qingbaijiang-guanghan"],
    "line": ["S3", "S11", "M18"],
    "eco_zone": ["longquanshan"],
    "membership": ["named", "related"],
    "precision": ["exact", "town", "region", "county"],
    "min_precision": ["town", "line"],
    "region": ["include"],
    "year": ["2021", "2023"],
    "q": ["公交", "longquanshan", "industry"],
    "bbox": ["103.8,30.4,104.6,31.2"],
    "polygon": ["103.8,30.4 104.6,30.4 104.2,31.2"],
}
STATES = 32


def random_state(seed):
    chance = random.Random(seed)  # noqa: S311  states, not secrets
    args = []
    for name in chance.sample(list(CHOICES), chance.choice([0, 1, 1, 2, 2, 3])):
        values = chance.sample(
            CHOICES[name], 1 if name in {"min_precision", "region", "q"} else min(2, len(CHOICES[name]))
        )
        args += [(name, value) for value in values[: chance.choice([1, 2])]]
    if chance.random() < 0.3:
        args += [("near", chance.choice(["transit_lines:S3", "belts:chengdu-meishan"])), ("within_km", "5")]
    return urllib.parse.urlencode(args)


def whole_list(page):
    while page.locator("#results .more button").count():
        before = page.locator("#results .open-case").count()
        page.locator("#results .more button").click()
        page.wait_for_function("n => document.querySelectorAll('#results .open-case').length > n", arg=before)
    return page.eval_on_selector_all("#results .open-case", "nodes => nodes.map(n => n.dataset.case)")


def on_the_map(page, server, query):
    """Return the cases of all marks, and of the counties and cities that count what is known no finer."""
    ids = page.eval_on_selector_all("[data-cases]", "nodes => nodes.flatMap(n => n.dataset.cases.split(' '))")
    counted = page.eval_on_selector_all(".open-county", "nodes => nodes.map(n => n.dataset.place)")
    for place in counted:
        ids += [case["id"] for case in page.request.get(f"{server}/map/at/{place}.json?{query}").json()["cases"]]
    return set(ids)


@pytest.mark.parametrize("seed", range(STATES))
def test_list_map_api_and_export_agree(visit, seed):
    query = random_state(seed)
    page = visit.open(f"/?{query}")
    listed = whole_list(page)
    region = 0 if page.locator("#region-badge").is_hidden() else int(page.locator("#region-badge .number").inner_text())
    api = page.request.get(f"{visit.server}/api/collections/cases/items?{query}&limit=1000").json()
    export = page.request.get(visit.server + page.locator("[data-export=points]").get_attribute("href")).json()
    assert int(page.locator("#results").get_attribute("data-count")) == len(listed)
    shown = on_the_map(page, visit.server, query)
    assert shown <= set(listed)
    assert len(shown) + region == len(listed)
    assert api["numberMatched"] == len(listed)
    assert {feature["id"] for feature in api["features"]} == set(listed)
    assert {feature["id"] for feature in export["features"]} == set(listed)


def test_the_states_differ():
    assert len({random_state(seed) for seed in range(STATES)}) >= 28


def test_an_address_restores_query_selection_view_and_layers(visit):
    page = visit.panel("/?theme=ecology&open=case:G01&view=10.5/30.5/104.3&layers=rivers,belts", ".lead")
    assert page.locator('#themes [data-value="ecology"]').get_attribute("aria-pressed") == "true"
    assert page.locator("#count").inner_text().startswith("2")
    assert "view=10.5/30.5/104.3" in page.url
    page.locator("#panel .close").click()
    page.locator("#open-layers").click()
    on = page.eval_on_selector_all(".layer-switch:checked", "nodes => nodes.map(n => n.dataset.layer)")
    assert sorted(on) == ["belts", "rivers"]


def test_back_and_forward_walk_through_the_states(visit):
    page = visit.open()
    page.locator('#themes [data-value="ecology"]').click()
    page.wait_for_selector('#results[data-count="2"]')
    page.locator('#results [data-case="G01"]').click()
    page.wait_for_selector("#panel .lead")
    page.go_back()
    page.wait_for_selector("#panel", state="hidden")
    page.go_back()
    page.wait_for_selector('#results[data-count="15"]')
    page.go_forward()
    page.wait_for_selector('#results[data-count="2"]')


def test_the_copied_link_is_short_and_says_the_same(visit):
    page = visit.open("/?theme=ecology&near=transit_lines:S3&within_km=20")
    page.evaluate(
        "() => { window.copied = null; navigator.clipboard.writeText = async (t) => { window.copied = t; }; }"
    )
    page.locator("#copy-link").click()
    page.wait_for_function("() => window.copied")
    link = page.evaluate("window.copied")
    assert len(link) < len(page.url)
    count = page.locator("#results").get_attribute("data-count")
    page.goto(link)
    page.wait_for_selector('html[data-map-ready="true"]')
    assert page.locator("#results").get_attribute("data-count") == count


def test_the_other_language_keeps_the_state(visit):
    page = visit.open("/?theme=ecology&view=10/30.5/104.3")
    page.locator("a.language").click()
    page.wait_for_selector('html[lang="en"][data-map-ready="true"]')
    assert page.locator("#results").get_attribute("data-count") == "2"
    assert "view=10/30.5/104.3" in page.url
    page.locator("a.language").click()
    page.wait_for_selector('html[lang="zh-CN"][data-map-ready="true"]')
    assert "lang" not in page.url


def test_a_malformed_address_gives_the_nearest_state_and_says_so(visit):
    page = visit.open("/?theme=sports&city=510600&view=abc")
    assert page.locator('.chip[data-name="city"]').count() == 1
    assert "sports" in page.locator("#notice").inner_text()
    assert "view" in page.locator("#notice").inner_text()
    page.locator("#notice button").click()
    assert page.locator("#notice").is_hidden()
