"""The download menu: it keeps the query, with and without JavaScript, and names every format that fits."""

import pytest

pytestmark = pytest.mark.browser


def test_the_menu_of_the_map_keeps_what_is_filtered(visit):
    page = visit.open()
    page.locator('#themes [data-value="ecology"]').click()
    page.wait_for_selector('#results[data-count="2"]')
    page.locator("#download summary").click()
    page.locator("#download select[name=format]").select_option("xlsx")
    page.locator("#download select[name=geometry]").select_option("footprint")
    with page.expect_download() as download:
        page.locator("#download button").click()
    assert download.value.suggested_filename == "tongcheng-cases-shapes-theme-ecology-2026-11-24.xlsx"


def test_the_menu_of_the_list_works_by_keyboard(visit):
    page = visit.open("/cases?theme=ecology")
    page.locator("#download summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("坐标基准").select_option("gcj02")
    with page.expect_download() as download:
        page.locator("#download button").press("Enter")
    assert download.value.suggested_filename == "tongcheng-cases-theme-ecology-2026-11-24-gcj02.jsonfg"
