"""Details of cases and features, and the guided tours."""

import re

import pytest

pytestmark = pytest.mark.browser


def test_the_panel_tells_everything_about_a_case(visit):
    text = visit.panel("/?open=case:A08&lang=en", ".lead").locator("#panel").inner_text()
    for heading in ("Status", "Cities", "Where", "Partners", "Sources", "Related cases", "Open in another map"):
        assert heading in text


def test_previous_and_next_follow_the_list(visit):
    page = visit.open("/?theme=ecology")
    ids = page.eval_on_selector_all("#results .open-case", "nodes => nodes.map(n => n.dataset.case)")
    page.locator(f'#results [data-case="{ids[0]}"]').click()
    page.wait_for_selector(f'#panel [data-case-id="{ids[0]}"]')
    page.locator("#panel .step").last.click()
    page.wait_for_selector(f'#panel [data-case-id="{ids[1]}"]')
    page.locator("#panel .step").first.click()
    page.wait_for_selector(f'#panel [data-case-id="{ids[0]}"]')


def test_the_selection_stands_out_and_stays_in_view(visit):
    page = visit.panel("/?open=case:A08", ".lead")
    chosen = page.locator(".chosen").first
    panel, mark = page.locator("#panel").bounding_box(), chosen.bounding_box()
    assert mark["x"] + mark["width"] <= panel["x"]
    assert page.locator("body.has-choice").count() == 1


def test_the_citation_is_copied(visit):
    page = visit.panel("/?open=case:B01&lang=en", ".lead")
    page.evaluate("() => { navigator.clipboard.writeText = async (t) => { window.copied = t; }; }")
    page.locator("#panel button", has_text="Copy citation").click()
    page.wait_for_function("() => window.copied")
    assert "Tongcheng Atlas, B01" in page.evaluate("window.copied")


def test_a_related_case_opens_in_the_panel(visit):
    page = visit.panel("/?open=case:A08", ".lead")
    page.locator("#panel button.link").first.click()
    page.wait_for_function("() => document.querySelector('#panel [data-case-id]')?.dataset.caseId !== 'A08'")


def test_the_printed_page_shows_map_and_details_only(visit):
    page = visit.panel("/?open=case:A08", ".lead")
    page.emulate_media(media="print")
    assert page.locator("#sidebar").is_hidden()
    assert page.locator(".toolbar").is_hidden()
    assert page.locator("#panel .lead").is_visible()
    assert page.locator("#map").is_visible()


@pytest.mark.parametrize("address", ["/?open=case:A08", "/cases/A08", "/cases/B06"])
def test_a_case_is_one_page_in_print_and_the_window_stays_as_it_was(visit, address):
    page = visit.open(address)
    if "open=" in address:
        page.wait_for_selector("#panel .lead")
    before = page.url
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format="A4"))) == 1
    assert page.locator(".paper").count() == 0
    assert page.url == before


def test_closing_gives_the_focus_back(visit):
    page = visit.open()
    opener = page.locator("#results .open-case").first
    opener.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel .lead")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    assert opener.evaluate("node => node === document.activeElement")


def test_a_click_on_a_marker_opens_the_case(visit):
    page = visit.open("/?theme=ecology")
    page.locator(".case-marker").first.click()
    page.wait_for_selector("#panel .lead")
    assert "open=case:" in page.url


TOURS = ("belts", "border-zones", "rails-and-buses", "mountain-and-rivers", "everywhere")


@pytest.mark.parametrize("tour", TOURS)
def test_a_tour_walks_from_its_first_to_its_last_step(visit, tour):
    page = visit.panel(f"/?tour={tour}", ".tour-text")
    texts = [page.locator(".tour-text").inner_text()]
    while page.locator(".tour-next").is_enabled():
        page.locator(".tour-next").click()
        page.wait_for_function("t => document.querySelector('.tour-text')?.textContent !== t", arg=texts[-1])
        texts.append(page.locator(".tour-text").inner_text())
    assert len(texts) == len(set(texts)) >= 2
    assert visit.complaints == []


def test_a_deep_link_opens_a_step_and_sets_its_query(visit):
    page = visit.panel("/?tour=rails-and-buses.2", ".tour-text")
    page.wait_for_selector('.chip[data-name="near"]')
    assert page.locator(".tour-text").inner_text().startswith("S3")


def test_keys_move_through_a_tour(visit):
    page = visit.panel("/?tour=belts.1", ".tour-text")
    page.locator("#panel").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**tour=belts.2**")
    page.wait_for_selector("#panel .tour-text")
    page.keyboard.press("Escape")
    page.wait_for_selector("#panel", state="hidden")
    assert "tour" not in page.url


def test_a_tour_plays_by_itself_until_it_is_paused(visit):
    page = visit.page
    page.clock.install()
    visit.panel("/?tour=belts.1", ".tour-text")
    page.locator("#panel button", has_text="播放").click()
    page.clock.run_for(9_500)
    page.wait_for_url("**tour=belts.2**")
    page.locator("#panel button", has_text="暂停").click()
    page.clock.run_for(60_000)
    assert "tour=belts.2" in page.url
