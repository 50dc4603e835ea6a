"""Map, list, API and pages say beside lines and distances what must be known of them."""

NEAR = "near=transit_lines:M19&within_km=1"
SHORT = "Line 19 is drawn 90.5 km long, officially it has 99.2 km"


def test_the_results_of_the_map_say_it(client):
    found = client.get(f"/map/results.json?{NEAR}&lang=en").get_json()
    assert len(found["warnings"]) == 3
    assert found["warnings"][2].startswith(SHORT)


def test_results_without_a_place_say_nothing(client):
    assert client.get("/map/results.json?theme=ecology").get_json()["warnings"] == []


def test_the_list_says_it(client):
    assert SHORT in client.get(f"/cases?{NEAR}&lang=en").get_data(as_text=True)


def test_the_api_says_it_in_both_forms(client):
    path = f"/api/collections/cases/items?{NEAR}&lang=en"
    assert client.get(path).get_json(force=True)["warnings"][2].startswith(SHORT)
    assert SHORT in client.get(f"{path}&f=html").get_data(as_text=True)


def test_pages_of_features_have_no_member_for_it(client):
    assert "warnings" not in client.get("/api/collections/transit_lines/items").get_json(force=True)


def test_the_page_and_the_panel_of_a_line_say_it(client):
    assert SHORT in client.get("/layers/transit_lines/M19?lang=en").get_data(as_text=True)
    facts = client.get("/map/features/transit_lines/M19.json?lang=en").get_json()["facts"]
    assert facts[-1]["value"].startswith(SHORT)


def test_schematic_stretches_name_their_stations_in_the_language_of_the_page(client):
    page = client.get("/layers/transit_lines/T2?lang=en").get_data(as_text=True)
    assert "Tianyuan Road Station–Defu Avenue Station 3.6 km (14.054–17.653)" in page


def test_lines_that_are_not_drawn_are_listed_on_the_page_and_in_the_api(client):
    page = client.get("/layers/transit_lines?lang=en").get_data(as_text=True)
    assert "Listed, not drawn" in page
    assert "Wayaotan to Long’an" in page
    about = client.get("/api/collections/transit_lines?lang=en").get_json(force=True)["description"]
    assert about.endswith("listed, not drawn, as no source says where they run: Line 13, Line 30")


def test_a_line_that_is_not_drawn_is_not_found_and_told_why(client):
    answer = client.get("/api/collections/transit_lines/items/M13")
    assert answer.status_code == 404
