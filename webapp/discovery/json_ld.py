"""schema.org descriptions: the data as a Dataset, a case as a CreativeWork with its Places, a feature as a Place.

Coordinates stand only where the shape is known: what is schematic is named, and says that it is schematic.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar, cast

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.area import Area
from geo.case import Case, Footprint, Source
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase
from geo.exports.formats import formats_for
from geo.feature import Feature
from geo.query import Bbox
from webapp.discovery.dcat import Facts
from webapp.discovery.wire import (
    CaseNode,
    Citation,
    DatasetNode,
    FeatureNode,
    GeoCoordinates,
    GeoShape,
    License,
    Place,
    PropertyValue,
)
from webapp.latlon import box_of, position_of
from webapp.negotiate import RELEASE
from webapp.urls import Urls

N = TypeVar("N", bound=Mapping[str, object])
_CONTEXT = "https://schema.org"
_DIGITS = 6
_WEB = ("http://", "https://")


def dataset(catalogue: Catalogue, facts: Facts, urls: Urls) -> DatasetNode:
    """Return the whole data as a Dataset with one download per format."""
    area = catalogue.area
    document: DatasetNode = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": dataset_id(),
        "name": area.title.in_lang(urls.lang),
        "description": area.summary.in_lang(urls.lang),
        "url": urls.absolute(urls.about()),
        "version": RELEASE,
        "inLanguage": ["zh", "en"],
        "isAccessibleForFree": True,
        "license": _licence(area),
        "creditText": area.attribution or None,
        "creator": {"@type": "Organization", "name": area.publisher.in_lang("en")},
        "keywords": [theme.name.in_lang(urls.lang) for theme in catalogue.themes],
        "dateModified": facts.last_checked,
        "temporalCoverage": facts.interval,
        "spatialCoverage": {
            "@type": "Place",
            "name": catalogue.area.name.in_lang(urls.lang),
            "geo": _shape(facts.extent),
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": chosen.title.in_lang(urls.lang),
                "encodingFormat": chosen.media_type,
                "contentUrl": urls.absolute(urls.download("cases", chosen.suffix)),
            }
            for chosen in formats_for("cases")
        ],
    }
    return _told(document)


def case(catalogue: Catalogue, located: LocatedCase, urls: Urls) -> CaseNode:
    """Return a case with its places, its sources and the day it was last checked."""
    record, lang = located.case, urls.lang
    address = urls.absolute(urls.case(record.id))
    document: CaseNode = {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": address,
        "url": address,
        "identifier": record.id,
        "name": record.title.in_lang(lang),
        "abstract": record.summary.in_lang(lang),
        "inLanguage": lang if record.title.is_translated(lang) else "zh",
        "genre": catalogue.theme(record.theme).name.in_lang(lang),
        "dateModified": record.last_checked,
        "temporalCoverage": _interval(record),
        "isPartOf": {"@type": "Dataset", "@id": dataset_id(), "name": catalogue.area.title.in_lang(lang)},
        "publisher": {"@type": "Organization", "name": catalogue.area.publisher.in_lang("en")},
        "spatialCoverage": [_place_of(catalogue, footprint, urls) for footprint in located.footprints],
        "citation": [_citation(source) for source in record.sources],
    }
    return _told(document)


def feature(layer_title: str, layer_id: str, found: Feature, urls: Urls) -> FeatureNode:
    """Return a feature of a layer as a Place."""
    address = urls.absolute(urls.feature(layer_id, found.id))
    document: FeatureNode = {
        "@context": _CONTEXT,
        "@type": "Place",
        "@id": address,
        "url": address,
        "identifier": found.id,
        "name": found.name.in_lang(urls.lang),
        "alternateName": list(found.aliases) or None,
        "description": found.note.in_lang(urls.lang) if found.note else None,
        "geo": None if found.is_schematic else _geo(found.geometry),
        "additionalProperty": _properties(
            layer=layer_title, rating=found.rating.value, schematic=found.is_schematic, precision_m=found.precision_m
        ),
    }
    return _told(document)


def dataset_id() -> str:
    """Return the name of the data as a whole, the same on every page and in both languages."""
    urls = Urls("zh")
    return urls.absolute(urls.about()) + "#dataset"


def _place_of(catalogue: Catalogue, footprint: Footprint, urls: Urls) -> Place:
    counties = [catalogue.name_of("counties", code).in_lang(urls.lang) for code in footprint.counties]
    document: Place = {
        "@type": "Place",
        "name": footprint.name.in_lang(urls.lang),
        "geo": None if footprint.is_schematic else _geo(footprint.geometry),
        "containedInPlace": [{"@type": "AdministrativeArea", "name": name} for name in counties] or None,
        "additionalProperty": _properties(
            precision=footprint.precision.value, radius_m=footprint.radius_m, schematic=footprint.is_schematic
        ),
    }
    return _told(document)


def _geo(geometry: BaseGeometry) -> GeoCoordinates | GeoShape:
    if isinstance(geometry, Point):
        at = position_of(geometry, digits=_DIGITS)
        return {"@type": "GeoCoordinates", "latitude": at.lat, "longitude": at.lon}
    return _shape(geometry.bounds)


def _shape(bounds: Bbox) -> GeoShape:
    box = box_of(bounds, digits=_DIGITS)
    return {"@type": "GeoShape", "box": f"{box.south} {box.west} {box.north} {box.east}"}  # latitude stands first


def _citation(source: Source) -> Citation:
    is_linked = source.url is not None and source.url.startswith(_WEB)
    document: Citation = {
        "@type": "CreativeWork",
        "name": source.title,
        "datePublished": source.date,
        "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
        "url": source.url if is_linked else None,
    }
    return _told(document)


def _interval(record: Case) -> str | None:
    start, end = record.period.start_date, record.period.end_date
    return f"{start or '..'}/{end or '..'}" if start or end else None


def _properties(**values: str | float | bool) -> Sequence[PropertyValue]:
    return [{"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in values.items()]


def _licence(area: Area) -> License:
    return _told(License({"@type": "CreativeWork", "name": area.licence.text, "url": area.licence.url}))


def _told(document: N) -> N:
    """Leave out what is not known."""
    return cast("N", {name: value for name, value in document.items() if value is not None})
