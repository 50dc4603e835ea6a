"""The map as a picture: names beside marks, counts of counties, lists of what overlaps, and a window that stays."""

import pytest

pytestmark = pytest.mark.browser

BOXES = """selector => [...document.querySelectorAll(selector)].map((node) => {
  const { left, top, right, bottom } = node.getBoundingClientRect();
  return [node.textContent, left, top, right, bottom];
})"""
NAMES = ".name-label:not(.crowded) > span"
MARKS = ".case-marker, .cluster svg"


def meeting(ones, others):
    return [
        (one[0], other[0])
        for one in ones
        for other in others
        if one[1] < other[3] - 1 and other[1] < one[3] - 1 and one[2] < other[4] - 1 and other[2] < one[4] - 1
    ]


@pytest.mark.parametrize("address", ["/", "/?lang=en", "/?view=9/30.55/104.2", "/?view=10/30.6/104.1&lang=en"])
def test_no_name_lies_under_a_mark_or_over_another_name(visit, address):
    page = visit.open(address)
    names, marks = page.evaluate(BOXES, NAMES), page.evaluate(BOXES, MARKS)
    assert len(names) > 8
    assert marks
    assert meeting(names, marks) == []
    assert meeting(names, names) == [(name[0], name[0]) for name in names]


def test_lines_carry_their_numbers(visit):
    page = visit.open("/?view=11/30.65/104.06")
    shields = set(page.locator(".shield:not(.crowded)").all_inner_texts())
    assert len(shields & {"1", "2", "3", "5", "6", "8", "9", "10", "18", "19"}) > 3


def test_the_keyboard_lists_the_cases_of_a_county_by_its_count(visit):
    page = visit.open("/?lang=en")
    count = page.locator(".county-count .open-county").first
    told = count.get_attribute("aria-label")
    count.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .open-listed")
    number = page.locator("#panel .open-listed").count()
    assert told.endswith(f": {number} cases")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "open-county"


def test_a_click_lists_all_that_overlaps_and_the_window_stays(visit):
    page = visit.open("/?view=10/30.30/104.05&layers=belts,eco_zones,corridors,border_zones,counties")
    page.mouse.click(900, 420)
    page.wait_for_selector("#panel .open-hit")
    hits = page.locator("#panel .open-hit")
    assert hits.count() > 1
    hits.last.click()
    page.wait_for_selector("#panel .near-form")
    assert "view=10/30.3/104.05" in page.url
    page.locator("#panel .show-whole").click()
    page.wait_for_function("() => !location.search.includes('view=10/30.3/104.05')")


def test_from_zoom_10_on_counties_carry_no_counts(visit):
    page = visit.open("/?view=10/30.6/104.1")
    assert page.locator(".open-county").count() == 0
    assert page.locator(".case-marker").count() > 0


def test_the_legend_tells_shades_and_kinds_of_lines(visit):
    page = visit.open("/?lang=en")
    page.locator("#open-layers").click()
    page.locator("#panel .reading summary").click()
    legend = page.locator("#panel").inner_text()
    assert page.locator("#panel .shade").all_inner_texts() == ["1–2", "3–5", "6–9", "10+"]
    assert "Suburban railway" in legend
    assert "Dotted: planned or under construction" in legend
