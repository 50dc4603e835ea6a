"""The day as of which the map is: chosen in the panel of layers, kept by the address and by links."""


def test_a_day_that_is_chosen_in_the_panel_is_in_the_address_and_what_is_drawn_is_of_that_day(visit):
    page = visit.open("/?lang=en&layers=expressways")
    page.locator("#open-layers").click()
    page.locator("#at").fill("2001-12-18")
    page.locator(".day button").click()
    page.wait_for_url("**at=2001-12-18**")
    page.wait_for_selector("html[data-map-ready='true']")
    page.locator("#open-layers").click()
    assert page.locator("#at").input_value() == "2001-12-18"
    page.locator(".layer-row:has([data-layer='expressways']) .layer-more summary").click()
    page.wait_for_selector(".open-feature")
    names = page.locator(".layer-row:has([data-layer='expressways']) .open-feature").all_inner_texts()
    assert "Chengdu Ring Expressway" not in names
    assert "Chengdu–Leshan Expressway" in names


def test_a_day_that_is_taken_away_is_today_again(visit):
    page = visit.open("/?lang=en&at=2001-12-18")
    page.locator("#open-layers").click()
    page.locator("#at").fill("")
    page.locator(".day button").click()
    page.wait_for_url(lambda url: "at=" not in url)
