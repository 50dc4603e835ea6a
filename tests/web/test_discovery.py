"""Found and shown by others: structured data, catalogues, sitemap, feed, cards, frames."""

import html
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, RDF

from geo.exports.formats import formats_for
from tests.layers import TABLES
from webapp.discovery.routes import dump, element, timestamp

PAGES = ("/", "/cases", "/coverage", "/about", "/cases/A08", "/layers/belts", "/layers/transit_lines/S3")
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
PROXY = {"X-Forwarded-Prefix": "/atlas", "X-Forwarded-Proto": "https", "Host": "maps.example"}


def parsed(body):
    return ET.fromstring(body)  # noqa: S314  our own answer


def text_of(client, path, **options):
    response = client.get(path, **options)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def data_of(client, path, **options):
    """Return the schema.org document of a page."""
    text = text_of(client, path, **options)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return json.loads(found)


def metas(client, path, **options):
    """Return what the page tells in meta elements."""
    text = text_of(client, path, **options)
    pairs = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in pairs}


def links(client, path, **options):
    """Return the link elements as (rel, hreflang or type, href)."""
    text = text_of(client, path, **options)
    pattern = r'<link rel="(canonical|alternate)"(?: (?:hreflang|type)="([^"]+)")? href="([^"]+)"'
    return [(rel, kind, html.unescape(href)) for rel, kind, href in re.findall(pattern, text)]


def problems_of(client, path, status=400):
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    return response.get_json(force=True)["problems"]


# schema.org


@pytest.mark.parametrize("path", ["/", "/about"])
def test_the_data_is_described_as_a_dataset(client, path):
    document = data_of(client, f"{path}?lang=en")
    assert document["@type"] == "Dataset"
    assert document["creator"] == {"@type": "Organization", "name": "Tongcheng Atlas"}
    assert document["license"]["url"] == "https://spdx.org/licenses/MIT.html"
    assert document["dateModified"] == "2026-11-24"
    assert document["temporalCoverage"] == "2018/2024"
    assert document["spatialCoverage"]["geo"]["box"] == "29.403182 102.846724 31.699746 105.739304"
    assert len(document["description"]) >= 50


def test_the_dataset_has_one_download_a_format(client):
    downloads = data_of(client, "/about")["distribution"]
    assert [download["encodingFormat"] for download in downloads] == [f.media_type for f in formats_for("cases")]
    assert downloads[0]["contentUrl"] == "http://localhost/exports/cases.geojson"


def test_the_dataset_has_one_name_in_both_languages(client):
    assert data_of(client, "/")["@id"] == data_of(client, "/about?lang=en")["@id"] == "http://localhost/about#dataset"


def test_a_case_is_described_as_a_work_with_its_places(client):
    document = data_of(client, "/cases/A08?lang=en")
    assert document["@type"] == "CreativeWork"
    assert document["identifier"] == "A08"
    assert document["temporalCoverage"] == "2021-09-03/.."
    assert document["isPartOf"]["@id"] == "http://localhost/about#dataset"
    assert document["citation"][0]["url"] == "https://sfqhny.cn/index.php?c=show&id=29"
    assert {place["@type"] for place in document["spatialCoverage"]} == {"Place"}
    assert len(document["spatialCoverage"]) == 4


def test_a_schematic_place_has_no_coordinates_and_says_so(client):
    document = data_of(client, "/layers/transit_lines/S3")
    assert document["@type"] == "Place"
    assert "geo" not in document
    assert {"@type": "PropertyValue", "propertyID": "schematic", "value": True} in document["additionalProperty"]


def test_a_place_whose_shape_is_known_has_a_box(client):
    assert data_of(client, "/layers/cities/510600")["geo"]["@type"] == "GeoShape"


def test_a_record_without_an_address_cites_without_one(client):
    assert "url" not in data_of(client, "/cases/D01")["citation"][0]


# Heads


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("lang", "tail"), [("zh", ""), ("en", "?lang=en")])
def test_every_page_names_its_address_and_its_languages(client, path, lang, tail):
    found = links(client, f"{path}?lang={lang}&embed=1" if path == "/" else f"{path}?lang={lang}")
    assert ("canonical", "", f"http://localhost{path}{tail}") in found
    assert ("alternate", "zh", f"http://localhost{path}") in found
    assert ("alternate", "en", f"http://localhost{path}?lang=en") in found
    assert ("alternate", "x-default", f"http://localhost{path}") in found


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_the_feed_and_has_a_card(client, path):
    assert ("alternate", "application/atom+xml", "http://localhost/feed.atom") in links(client, path)
    told = metas(client, path)
    assert told["og:url"] == f"http://localhost{path}"
    assert told["og:image"].endswith(".png")
    assert told["og:title"]
    assert told["og:description"] == told["description"]
    assert told["twitter:card"] == "summary_large_image"
    assert (told["og:locale"], told["og:locale:alternate"]) == ("zh_CN", "en_US")


def test_a_case_has_its_own_card_and_words(client):
    told = metas(client, "/cases/A08?lang=en")
    assert told["og:image"] == "http://localhost/og/A08.png?lang=en"
    assert told["og:type"] == "article"
    assert told["og:title"] == "Pengzhou–Shifang border zone: joint management committee"


def test_a_list_under_conditions_names_the_whole_list_as_its_address(client):
    assert ("canonical", "", "http://localhost/cases") in links(client, "/cases?theme=ecology")


def test_a_page_of_the_api_names_the_page_as_its_address(client):
    found = links(client, "/api/collections/cases?f=html&lang=en")
    assert ("canonical", "", "http://localhost/api/collections/cases?f=html&lang=en") in found
    assert ("alternate", "zh", "http://localhost/api/collections/cases?f=html") in found


def test_a_page_of_a_failure_is_not_to_be_found(client):
    text = client.get("/cases/Z99", headers={"Accept": "text/html"}).get_data(as_text=True)
    assert '<meta name="robots" content="noindex">' in text
    assert "canonical" not in text


def test_addresses_honour_host_scheme_and_prefix_of_a_proxy(client):
    assert ("canonical", "", "https://maps.example/atlas/cases/A08") in links(client, "/cases/A08", headers=PROXY)
    assert metas(client, "/", headers=PROXY)["og:image"] == "https://maps.example/atlas/og/home.png"
    assert metas(client, "/")["og:image"] == "http://localhost/og/home.png"


# DCAT and the API catalogue


def graph_of(client, path, form):
    return Graph().parse(data=client.get(path).get_data(as_text=True), format=form)


def test_both_forms_of_the_catalogue_are_one_graph(client):
    json_ld, turtle = graph_of(client, "/catalog.jsonld", "json-ld"), graph_of(client, "/catalog.ttl", "turtle")
    assert len(json_ld) > 300
    assert isomorphic(json_ld, turtle)


def test_the_catalogue_has_a_dataset_for_each_collection_and_a_distribution_for_each_format(client):
    graph = graph_of(client, "/catalog.ttl", "turtle")
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == len(TABLES)
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == sum(len(formats_for(what)) for what in TABLES)
    assert (None, DCAT.downloadURL, URIRef("http://localhost/exports/belts.geojson")) in graph


def test_what_the_catalogue_offers_can_be_downloaded(client):
    graph = graph_of(client, "/catalog.ttl", "turtle")
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    answers = {address: client.get(address).status_code for address in addresses if address.endswith(".geojson")}
    assert set(answers.values()) == {200}


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/catalog.jsonld", "application/ld+json"),
        ("/catalog.ttl", "text/turtle"),
        ("/.well-known/api-catalog", "application/linkset+json"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain"),
        ("/feed.atom", "application/atom+xml"),
        ("/og/home.png", "image/png"),
        ("/oembed?url=http://localhost/", "application/json"),
        ("/oembed?url=http://localhost/&format=xml", "text/xml"),
    ],
)
def test_an_answer_has_its_media_type_and_is_not_sent_again(client, path, media_type):
    first = client.get(path)
    assert (first.status_code, first.mimetype) == (200, media_type)
    assert client.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_the_api_catalogue_is_a_linkset_with_its_profile(client):
    response = client.get("/.well-known/api-catalog")
    assert response.headers["Content-Type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    assert response.headers["Link"] == '<http://localhost/.well-known/api-catalog>; rel="api-catalog"'
    catalogue, api = response.get_json(force=True)["linkset"]
    assert catalogue["item"] == [{"href": "http://localhost/api/"}]
    assert api["anchor"] == "http://localhost/api/"
    assert api["service-desc"][0]["href"] == "http://localhost/api/openapi.json"
    answers = [client.get(link["href"]).status_code for rel in ("service-desc", "service-doc") for link in api[rel]]
    assert answers == [200, 200, 200]
    assert api["service-meta"][0] == {"href": "http://localhost/catalog.jsonld", "type": "application/ld+json"}
    assert client.head("/.well-known/api-catalog").headers["Link"] == response.headers["Link"]


# Sitemap, robots, feed


def test_the_sitemap_has_every_page_in_both_languages(client, catalogue):
    root = parsed(client.get("/sitemap.xml").data)
    features = sum(len(layer) for layer in catalogue.layers.values())
    assert len(root) == 2 * (4 + 15 + len(catalogue.layers) + features)
    page = next(url for url in root if url.findtext(f"{SITEMAP}loc") == "http://localhost/cases/A08?lang=en")
    assert page.findtext(f"{SITEMAP}lastmod") == "2026-11-24"
    assert {link.get("hreflang"): link.get("href") for link in page.findall(f"{XHTML}link")} == {
        "zh": "http://localhost/cases/A08",
        "en": "http://localhost/cases/A08?lang=en",
        "x-default": "http://localhost/cases/A08",
    }


def test_every_page_of_the_sitemap_names_itself_as_its_address(client):
    root = parsed(client.get("/sitemap.xml").data)
    kinds = {re.sub(r"[^/]+$", "", url.findtext(f"{SITEMAP}loc")): url.findtext(f"{SITEMAP}loc") for url in root}
    named = {address: links(client, address)[0][2] for address in kinds.values()}
    assert len(named) > 16
    assert [address for address, canonical in named.items() if address != canonical] == []


def test_robots_learn_where_the_sitemap_is(client):
    assert "Sitemap: http://localhost/sitemap.xml\n" in text_of(client, "/robots.txt")
    assert "Disallow: /atlas/cases?\n" in text_of(client, "/robots.txt", headers=PROXY)


def test_the_feed_has_what_a_feed_must_have(client):
    feed = parsed(client.get("/feed.atom").data)
    assert feed.tag == f"{ATOM}feed"
    assert [len(feed.findall(ATOM + name)) for name in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    assert feed.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"
    own = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == ["http://localhost/feed.atom"]


def test_every_entry_has_what_an_entry_must_have(client):
    entries = parsed(client.get("/feed.atom?lang=en").data).findall(f"{ATOM}entry")
    assert len(entries) == 15
    must = [[len(entry.findall(ATOM + name)) for name in ("id", "title", "updated", "summary")] for entry in entries]
    assert must == [[1, 1, 1, 1]] * 15
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 15
    times = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert times == sorted(times, reverse=True)


def test_ids_of_entries_are_the_same_at_every_address(client):
    first, there = (parsed(client.get("/feed.atom?lang=en", headers=headers).data) for headers in ({}, PROXY))
    assert [e.findtext(f"{ATOM}id") for e in first.iter(f"{ATOM}entry")] == [
        e.findtext(f"{ATOM}id") for e in there.iter(f"{ATOM}entry")
    ]
    assert first.find(f"{ATOM}entry/{ATOM}id").text == "urn:uuid:140ce55c-883a-5560-bb31-dc279430df23"


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("2024", "2024-01-01T00:00:00Z"),
        ("2024-03", "2024-03-01T00:00:00Z"),
        ("2024-03-07", "2024-03-07T00:00:00Z"),
    ],
)
def test_a_date_becomes_the_first_moment_that_it_may_mean(date, moment):
    assert timestamp(date) == moment


def test_characters_that_xml_may_not_hold_are_left_out():
    root = element(None, "a", "x\x00\x0b\ud800<y>&", {"b": '"\x1f'})
    assert parsed(dump(root)).text == "x<y>&"


# Bad input


@pytest.mark.parametrize(
    ("path", "count"), [("/catalog.jsonld?a=1&b=2", 2), ("/catalog.ttl?lang=en", 1), ("/.well-known/api-catalog?x=", 1)]
)
def test_unknown_parameters_are_refused(client, path, count):
    assert len(problems_of(client, path)) == count


def test_an_unknown_language_and_an_unknown_parameter_are_told_together(client):
    response = client.get("/feed.atom?lang=fr&x=1", headers={"Accept": "application/json"})
    assert len(response.get_json(force=True)["problems"]) == 2


# Citation


def test_the_citation_says_the_version_that_is_released():
    yaml = pytest.importorskip("yaml")
    root = Path(__file__).resolve().parents[2]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert f'\nversion = "{citation["version"]}"\n' in (root / "pyproject.toml").read_text(encoding="utf-8")
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["cff-version"] == "1.2.0"
    assert citation["authors"] == [{"name": "Tongcheng Atlas"}]
