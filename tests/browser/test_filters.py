"""Filters: search, facets, near, window, drawn areas; chips; help when nothing is found."""

import pytest

pytestmark = pytest.mark.browser


def count(page):
    return int(page.locator("#results").get_attribute("data-count"))


def wait_for_count_other_than(page, before):
    page.wait_for_function("n => Number(document.getElementById('results').dataset.count) !== n", arg=before)
    return count(page)


def test_typing_searches_and_the_live_region_tells_the_count(visit):
    page = visit.open()
    page.locator("#search input[type=search]").fill("longquanshan")
    found = wait_for_count_other_than(page, 15)
    page.wait_for_function("n => document.getElementById('map-status').textContent.startsWith(String(n))", arg=found)
    assert "q=longquanshan" in page.url


def test_several_values_of_one_field_add_up(visit):
    page = visit.open()
    page.locator('#themes [data-value="ecology"]').click()
    page.wait_for_selector('#results[data-count="2"]')
    page.locator('#themes [data-value="opening"]').click()
    page.wait_for_selector('#results[data-count="3"]')


def test_facets_show_live_counts_that_come_true(visit):
    page = visit.open("/?theme=ecology")
    page.locator("#more-filters > summary").click()
    facet = page.locator(".facet", has=page.locator('input[name="city"]'))
    facet.locator("summary").click()
    label = facet.locator("label").first
    promised = int(label.locator(".count").inner_text())
    label.locator("input").check()
    page.wait_for_selector(f'#results[data-count="{promised}"]')


def test_chips_are_removed_one_by_one(visit):
    page = visit.open("/?theme=ecology&city=510600&near=transit_lines:S3&within_km=5")
    assert page.locator(".chip:not(.all)").count() == 3
    page.locator('.chip[data-name="near"]').click()
    page.wait_for_selector('.chip[data-name="near"]', state="detached")
    assert "within_km" not in page.url
    assert "theme=ecology" in page.url


def test_near_is_chosen_from_a_list(visit):
    page = visit.open()
    page.locator("#more-filters > summary").click()
    page.wait_for_selector('#near option[value="transit_lines:S3"]', state="attached")
    page.get_by_role("combobox", name="靠近线路、产业带或区域").select_option("transit_lines:S3")
    assert wait_for_count_other_than(page, 15) < 15
    assert "near=transit_lines:S3&within_km=5" in page.url


def test_near_is_picked_on_the_map(visit):
    page = visit.open("/?view=11/30.24/104.52&layers=belts")
    page.locator("#more-filters > summary").click()
    page.locator("#pick-near").click()
    stage = page.locator("#map").bounding_box()
    page.mouse.click(stage["x"] + stage["width"] / 2, stage["y"] + stage["height"] / 2)
    page.wait_for_url("**near=belts**")


def test_a_feature_sets_near(visit):
    page = visit.panel("/?open=transit_lines:S3", ".near-form")
    page.locator(".near-form input").fill("2")
    page.locator(".near-form button").click()
    page.wait_for_url("**near=transit_lines:S3&within_km=2**")


def test_in_this_view_keeps_the_cases_of_the_window(visit):
    page = visit.open("/?view=11/31.13/104.39")
    page.locator("#more-filters > summary").click()
    page.locator("#in-view").click()
    assert wait_for_count_other_than(page, 15) < 5
    assert "bbox=" in page.url


def test_a_rectangle_is_drawn(visit):
    page = visit.open()
    page.locator("#more-filters > summary").click()
    page.locator("#draw-box").click()
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 200)
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 400, steps=4)
    page.mouse.up()
    assert wait_for_count_other_than(page, 15) < 15
    assert "bbox=" in page.url


def test_on_a_phone_a_rectangle_is_drawn_with_a_finger(visits, server):
    visit = visits(server, width=360, height=740, has_touch=True)
    page = visit.open()
    page.locator("#sidebar .sheet-handle button").last.click()
    page.locator("#more-filters > summary").click()
    page.locator("#draw-box").click()
    page.wait_for_selector('#sidebar[data-size="low"]')
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": 120, "y": 250}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 200, "y": 330}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": 240, "y": 400}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert 0 < wait_for_count_other_than(page, 15) < 15
    assert "bbox=" in page.url


def test_a_polygon_is_drawn_and_closed_by_enter(visit):
    page = visit.open()
    page.locator("#more-filters > summary").click()
    page.locator("#draw-polygon").click()
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + 300, box["y"] + 200)
    page.mouse.click(box["x"] + 520, box["y"] + 220)
    page.mouse.click(box["x"] + 420, box["y"] + 420)
    page.keyboard.press("Enter")
    assert wait_for_count_other_than(page, 15) < 15
    assert "polygon=" in page.url


def test_an_outline_that_crosses_itself_is_told_and_can_be_mended(visit):
    page = visit.open()
    page.locator("#more-filters > summary").click()
    page.locator("#draw-polygon").click()
    box = page.locator("#map").bounding_box()
    page.mouse.click(box["x"] + 300, box["y"] + 200)
    page.mouse.click(box["x"] + 520, box["y"] + 420)
    page.mouse.click(box["x"] + 520, box["y"] + 220)
    page.mouse.click(box["x"] + 300, box["y"] + 420)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('notice').textContent.includes('自相交叉')")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert wait_for_count_other_than(page, 15) < 15


def test_what_the_query_is_near_to_is_drawn(visit):
    page = visit.open("/?near=transit_lines:S3&near=belts:chengdu-deyang&within_km=5")
    page.wait_for_selector('html[data-near="2"]')
    page.locator('.chip[data-value="transit_lines:S3"]').click()
    page.wait_for_selector('html[data-near="1"]')


def test_escape_stops_drawing(visit):
    page = visit.open()
    page.locator("#more-filters > summary").click()
    page.locator("#draw-polygon").click()
    page.keyboard.press("Escape")
    assert page.locator("#map.drawing").count() == 0
    assert page.locator("#notice").is_hidden()


def test_no_result_says_why_and_offers_the_nearest_change(visit):
    page = visit.open("/?theme=opening&status=completed")
    assert "开放合作" in page.locator(".nothing").inner_text()
    offer = page.locator(".relax").first
    promised = int(offer.inner_text().split("：")[-1])
    offer.click()
    page.wait_for_selector(f'#results[data-count="{promised}"]')


def test_the_badge_of_the_whole_region_lists_those_cases(visit):
    page = visit.open()
    page.locator("#region-badge").click()
    page.wait_for_selector('#results[data-count="2"]')
    assert page.locator(".case-marker, .cluster").count() == 0


def test_a_filter_keeps_the_focus_where_it_was(visit):
    page = visit.open()
    page.locator('#themes [data-value="ecology"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector('#results[data-count="2"]')
    assert page.evaluate("document.activeElement.dataset.value") == "ecology"


def test_a_group_of_matches_can_be_chosen_and_taken_back(visit):
    page = visit.open("/?near=transit_lines:S3&within_km=5")
    page.wait_for_selector("#results .divider")
    everything = count(page)
    group = page.locator('#groups [data-value="applies"]')
    promised = int(group.inner_text().split()[-1])
    group.click()
    assert wait_for_count_other_than(page, everything) == promised
    page.locator('#groups [data-value="applies"]').click()
    assert wait_for_count_other_than(page, promised) == everything
    assert "certainty" not in page.url


def test_without_a_condition_of_place_there_is_no_group(visit):
    page = visit.open("/?near=transit_lines:S3&within_km=5&certainty=located")
    page.locator('#chips [data-name="near"]').click()
    page.wait_for_selector("#groups", state="hidden")
    assert "certainty" not in page.url
