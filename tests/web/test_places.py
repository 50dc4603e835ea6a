"""Pages of layers and features, coverage, items and facets: every number is the same everywhere."""

import re

import pytest

from tests.layers import LAYERS


def count(client, query):
    page = client.get(f"/cases?{query}").get_data(as_text=True)
    return int(re.search(r'data-count="(\d+)"', page).group(1))


QUERIES = [
    "",
    "belt=chengdu-deyang",
    "near=transit_lines:S3&within_km=5",
    "near=transit_lines:S3&within_km=5&region=include",
    "eco_zone=龙泉山城市森林公园&theme=ecology",
    "q=公交",
    "border_zone=pengzhou-shifang&min_precision=zone",
    "line=S3&year=2023",
]


@pytest.mark.parametrize("query", QUERIES)
def test_list_export_items_and_facets_count_alike(client, query):
    listed = count(client, query)
    assert len(client.get(f"/exports/cases.geojson?{query}").get_json(force=True)["features"]) == listed
    assert client.get(f"/api/collections/cases/items?{query}").get_json(force=True)["numberMatched"] == listed
    assert client.get(f"/api/facets?{query}").get_json()["numberMatched"] == listed


def test_items_come_page_by_page(client):
    first = client.get("/api/collections/cases/items?limit=2").get_json(force=True)
    after = client.get("/api/collections/cases/items?limit=2&offset=2").get_json(force=True)
    assert [f["id"] for f in first["features"] + after["features"]] == ["A01", "A08", "B01", "B04"]
    assert (first["numberMatched"], first["numberReturned"]) == (15, 2)
    assert {link["rel"] for link in after["links"]} == {"self", "alternate", "collection", "next", "prev"}


def test_a_limit_above_the_greatest_is_the_greatest(client):
    assert client.get("/api/collections/cases/items?limit=99999").get_json(force=True)["numberReturned"] == 15


def test_a_box_holds_for_a_layer(client):
    document = client.get("/api/collections/transit_stations/items?bbox=104.6,30.0,104.7,30.2").get_json(force=True)
    assert 0 < document["numberMatched"] < 10


@pytest.mark.parametrize(
    ("address", "problems"),
    [
        ("/api/collections/belts/items?limit=0&theme=x", 2),
        ("/api/collections/cases/items?limit=x&offset=-1&f=xml&belt=y&within_km=99", 5),
        ("/api/facets?colour=red&near=x", 2),
        ("/cases?within_km=-1&near=nope&region=x", 3),
    ],
)
def test_all_problems_are_told_at_once(client, address, problems):
    response = client.get(address, headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert len(response.get_json()["problems"]) == problems


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("layer", [spec.id for spec in LAYERS])
def test_every_layer_and_its_first_feature_have_a_page(client, catalogue, layer, lang):
    feature = catalogue.layer(layer).features[0]
    assert client.get(f"/layers/{layer}?lang={lang}").status_code == 200
    page = client.get(f"/layers/{layer}/{feature.id}?lang={lang}").get_data(as_text=True)
    assert feature.name.in_lang(lang) in page.replace("&#39;", "'")


@pytest.mark.parametrize(
    ("layer", "feature"), [("belts", "chengdu-ziyang"), ("cities", "510600"), ("rivers", "tuojiang")]
)
def test_a_feature_page_lists_as_many_as_its_query(client, layer, feature):
    page = client.get(f"/layers/{layer}/{feature}").get_data(as_text=True)
    assert f'data-count="{count(client, f"near={layer}:{feature}&within_km=0")}"' in page


def test_a_feature_tells_places_lines_and_ratings_by_their_names(client):
    belt = client.get("/map/features/belts/chengdu-ziyang.json").get_json()
    facts = {fact["name"]: fact["value"] for fact in belt["facts"]}
    assert facts["成员区县（评级）"].startswith("简阳市 (回忆，未见来源); 雁江区")


def test_a_station_tells_the_names_of_its_lines(client, catalogue):
    station = next(f for f in catalogue.layer("transit_stations") if f.name.zh == "青白江东站")
    facts = client.get(f"/map/features/transit_stations/{station.id}.json?lang=en").get_json()["facts"]
    assert {"name": "Lines", "value": "Chengdu–Mianyang–Leshan HSR; Sichuan–Qinghai Railway"} in facts


def test_the_strip_of_a_belt_names_its_nodes_in_the_language_of_the_page(client):
    assert ">Ziyang North Station</text>" in client.get("/layers/belts/chengdu-ziyang?lang=en").get_data(as_text=True)


def test_a_case_at_the_edge_of_a_belt_is_not_on_its_page(client):
    page = client.get("/layers/belts/chengdu-ziyang?lang=en").get_data(as_text=True)
    on_it = page.split("Cases within")[0]
    assert "/cases/A11" not in on_it


def test_a_page_groups_its_cases_by_how_surely_they_lie_there(client):
    page = client.get("/layers/transit_lines/S3?lang=en").get_data(as_text=True)
    heads = re.findall(r"<h3>([^<]+) <small>", page.split("Cases within")[0])
    assert heads == ["Located there", "Possibly there", "Applies there"]


@pytest.mark.parametrize(
    ("address", "opened"),
    [("/cases/A08", "case:A08"), ("/layers/belts/chengdu-ziyang", "belts:chengdu-ziyang")],
)
def test_a_page_leads_to_the_map_with_itself_open(client, address, opened):
    (target,) = re.findall(r'href="(/\?open=[^"]*)"', client.get(address).get_data(as_text=True))
    assert f'"open":"{opened}"' in client.get(target).get_data(as_text=True)


def test_a_belt_has_a_strip_chart_and_a_county_has_none(client):
    assert "<svg" in client.get("/layers/belts/chengdu-ziyang").get_data(as_text=True)
    assert "<svg" not in client.get("/layers/counties/510113").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/layers/nope", "/layers/belts/nope", "/layers/belts/<script>"])
def test_an_unknown_feature_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_coverage_links_every_cell_to_its_cases(client, lang):
    page = client.get(f"/coverage?lang={lang}").get_data(as_text=True)
    assert page.count('<td class="zero">') + page.count('<td class="some">') == (4 + 35 + 3) * 9
    assert 'data-covered="15"' in page


def test_coverage_links_named_and_related_apart(client):
    page = client.get("/coverage?lang=en").get_data(as_text=True)
    assert '/cases?theme=ecology&amp;membership=named&amp;lang=en" aria-label="Ecology: 1">1</a>' in page
    assert count(client, "theme=ecology&membership=named") == 1


def test_what_was_searched_for_is_marked_and_hostile_text_is_escaped(client):
    page = client.get("/cases?q=龙泉山").get_data(as_text=True)
    assert "<mark>龙泉山</mark>" in page
    assert "<script>x" not in client.get("/cases?q=<script>x</script>").get_data(as_text=True)


def test_the_case_page_says_where_it_lies(client):
    assert "涉及彭州—什邡交界地带（示意）" in client.get("/cases/A08").get_data(as_text=True)
    assert "Concerns Pengzhou–Shifang border zone (schematic)" in client.get("/cases/A08?lang=en").get_data(
        as_text=True
    )


def test_the_export_says_where_a_case_lies(client):
    (feature,) = client.get("/exports/cases/A08.geojson").get_json(force=True)["features"]
    assert feature["properties"]["where_zh"] == "位于彭州市与什邡市；适用于什邡市；涉及彭州—什邡交界地带（示意）"


@pytest.mark.parametrize(
    "address",
    ["/cases?near=&within_km=5&certainty=located&theme=ecology", "/cases?near=&within_km=&certainty=applies"],
)
def test_the_form_lets_go_of_what_belonged_to_a_place_that_is_taken_back(client, address):
    assert client.get(address).status_code == 200


def test_certainty_alone_in_an_address_is_refused(client):
    assert client.get("/cases?certainty=located").status_code == 400


def test_the_form_keeps_conditions_that_it_has_no_field_for(client):
    asked = "near=transit_lines:S3&near=transit_lines:S5&within_km=5&year=2021,2022&polygon=104,30 105,30 104,31"
    page = client.get(f"/cases?{asked}").get_data(as_text=True)
    kept = re.findall(r'<input type="checkbox" name="(near|year|polygon)" value="([^"]*)" checked>', page)
    assert kept == [("near", "transit_lines:S5"), ("year", "2022"), ("polygon", "104.0,30.0 105.0,30.0 104.0,31.0")]


def test_a_case_that_is_near_more_surely_than_on_a_line_is_told_as_near(client):
    near = client.get("/layers/transit_lines/S3?lang=en").get_data(as_text=True).split("Cases within")[1]
    assert "/cases/F23" in near
