"""The data as DCAT, and the catalogue of the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import orjson
from flask import url_for
from shapely import box

from geo.area import Area
from geo.catalogue.catalogue import Catalogue
from geo.exports.formats import Format, formats_for
from geo.exports.tables import FOOTPRINT_TABLES, STRETCHES, STRETCHES_TITLE, Tables
from geo.layers.table import layer_spec
from geo.query import Bbox
from geo.text import LANGS, LocalText, word
from webapp.discovery.wire import (
    DataService,
    DcatCatalog,
    DcatDataset,
    Distribution,
    Iri,
    LangText,
    Linkset,
    Terms,
    TypedValue,
)
from webapp.urls import Urls


@dataclass(frozen=True)
class Facts:
    """What the records say together; dates are ISO, as exact as known.

    `extent` is (west, south, east, north) in degrees, WGS-84.
    """

    last_checked: str | None
    years: tuple[int, int] | None
    extent: Bbox

    @property
    def interval(self) -> str | None:
        """Return the years as an ISO 8601 interval."""
        return None if self.years is None else f"{self.years[0]}/{self.years[1]}"


def facts_of(catalogue: Catalogue) -> Facts:
    """Return the latest check, the first and last year of all cases, and the extent of its cities.

    Reads every case: keep what it returns where many ask for it.
    """
    years = [year for case in catalogue.cases.values() for year in case.years]
    west, south, east, north = (round(value, 6) for value in catalogue.bounds)
    return Facts(
        last_checked=max((case.case.last_checked for case in catalogue.cases.values()), default=None),
        years=(min(years), max(years)) if years else None,
        extent=(west, south, east, north),
    )


JSON_LD, TURTLE = "application/ld+json", "text/turtle"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_LANGUAGES = ("ZHO", "ENG")
_LANGUAGE_LIST = "http://publications.europa.eu/resource/authority/language/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_DATE_TYPES = ("xsd:gYear", "xsd:gYearMonth", "xsd:date")
_API_TITLE = word("Cases, footprints and layers over OGC API – Features")


def catalog_document(catalogue: Catalogue) -> DcatCatalog:
    """Return the catalogue as JSON-LD; its addresses are those of this request."""
    urls, facts = Urls("zh"), facts_of(catalogue)
    return {
        "@context": _CONTEXT,
        "@id": urls.absolute(urls.about()) + "#catalog",
        "@type": "dcat:Catalog",
        "dct:title": _texts(catalogue.area.title),
        "dct:description": _texts(catalogue.area.summary),
        "foaf:homepage": _iri(urls.absolute(urls.map())),
        **_terms(catalogue.area, facts, urls),
        "dcat:dataset": [_dataset(catalogue.area, what, facts, urls) for what in Tables(catalogue).ids],
        "dcat:service": _service(Tables(catalogue).ids, urls),
    }


@lru_cache(maxsize=8)
def turtle(json_ld: bytes) -> bytes:
    """Return a JSON-LD document as Turtle: the same graph.

    Args:
        json_ld: A document that carries its own context: nothing is fetched.
    """
    from rdflib import Graph  # noqa: PLC0415  heavy: only when somebody asks for Turtle

    return Graph().parse(data=json_ld, format="json-ld").serialize(format="turtle", encoding="utf-8")


def dump(document: DcatCatalog) -> bytes:
    """Return a document as bytes."""
    return orjson.dumps(document)


def _dataset(area: Area, what: str, facts: Facts, urls: Urls) -> DcatDataset:
    page, title = _page_and_title(what, urls)
    landing = urls.absolute(page)
    return {
        "@id": _dataset_id(what, urls),
        "@type": "dcat:Dataset",
        "dct:identifier": what,
        "dct:title": _texts(title),
        "dcat:landingPage": _iri(landing),
        **_terms(area, facts, urls),
        "dcat:distribution": [_distribution(area, what, chosen, landing, urls) for chosen in formats_for(what)],
    }


def _dataset_id(what: str, urls: Urls) -> str:
    page, _ = _page_and_title(what, urls)
    return f"{urls.absolute(page)}#{what}"


def _distribution(area: Area, what: str, chosen: Format, landing: str, urls: Urls) -> Distribution:
    address = urls.absolute(urls.download(what, chosen.suffix))
    found: Distribution = {
        "@id": address + "#distribution",
        "@type": "dcat:Distribution",
        "dct:title": _texts(chosen.title),
        "dcat:accessURL": _iri(landing),
        "dcat:downloadURL": _iri(address),
        "dcat:mediaType": _iri(_MEDIA_TYPES + chosen.media_type.partition(";")[0]),
    }
    if area.licence.url:
        found["dct:license"] = _iri(area.licence.url)
    return found


def _page_and_title(what: str, urls: Urls) -> tuple[str, LocalText]:
    if what == "cases":
        return urls.case_list(), word("Cases")
    if what in FOOTPRINT_TABLES:
        return urls.about(), FOOTPRINT_TABLES[what][1]
    if what == STRETCHES:
        return urls.about(), STRETCHES_TITLE
    return urls.layer(what), layer_spec(what).title


def _service(tables: Sequence[str], urls: Urls) -> DataService:
    api = urls.absolute(urls.api())
    return {
        "@id": api + "#service",
        "@type": "dcat:DataService",
        "dct:title": _texts(_API_TITLE),
        "dcat:endpointURL": _iri(api),
        "dcat:endpointDescription": _iri(urls.absolute(urls.openapi())),
        "dcat:servesDataset": [_iri(_dataset_id(what, urls)) for what in tables],
    }


def _terms(area: Area, facts: Facts, urls: Urls) -> Terms:
    """Return what holds of the catalogue and of each dataset."""
    terms: Terms = {
        "dct:publisher": {
            "@id": urls.absolute(urls.about()) + "#publisher",
            "@type": "foaf:Organization",
            "foaf:name": area.publisher.in_lang("en"),
        },
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": area.licence.text},
        "dct:language": [_iri(_LANGUAGE_LIST + code) for code in _LANGUAGES],
        "dct:spatial": {
            "@type": "dct:Location",
            "dcat:bbox": {"@type": "geo:wktLiteral", "@value": box(*facts.extent).wkt},
        },
    }
    if area.licence.url:
        terms["dct:license"] = _iri(area.licence.url)
    if facts.last_checked is not None:
        terms["dct:modified"] = _date(facts.last_checked)
    if facts.years is not None:
        first, last = facts.years
        terms["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(str(first)),
            "dcat:endDate": _date(str(last)),
        }
    return terms


def _date(text: str) -> TypedValue:
    return {"@type": _DATE_TYPES[text.count("-")], "@value": text}


def _texts(text: LocalText) -> list[LangText]:
    return [{"@value": text.in_lang(lang), "@language": lang} for lang in LANGS]


def _iri(address: str) -> Iri:
    return {"@id": address}


PROFILE = "https://www.rfc-editor.org/info/rfc9727"
MEDIA_TYPE = f'application/linkset+json; profile="{PROFILE}"'
LINK = 'rel="api-catalog"'
_OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def api_catalog() -> Linkset:
    """Return the linkset (RFC 9264); its addresses are those of this request."""
    urls = Urls("zh")
    api = urls.absolute(urls.api())
    return {
        "linkset": [
            {
                "anchor": url_for("discovery.api_catalogue", _external=True),
                "item": [{"href": api}],
            },
            {
                "anchor": api,
                "service-desc": [{"href": urls.absolute(urls.openapi()), "type": _OPENAPI}],
                "service-doc": [
                    {"href": urls.absolute(urls.api_manual()), "type": "text/html"},
                    {"href": urls.absolute(urls.about()), "type": "text/html"},
                ],
                "service-meta": [
                    {"href": url_for("discovery.catalog_json_ld", _external=True), "type": JSON_LD},
                    {"href": url_for("discovery.catalog_turtle", _external=True), "type": "text/turtle"},
                ],
                "status": [{"href": url_for("pages.healthz", _external=True), "type": "application/json"}],
            },
        ]
    }
