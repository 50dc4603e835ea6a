"""What other programs read to find and show the atlas, field by field; names are those of the standards cited."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

GeoCoordinates = TypedDict(
    "GeoCoordinates", {"@type": Literal["GeoCoordinates"], "latitude": float, "longitude": float}
)
"""A position of schema.org: degrees, WGS-84."""

GeoShape = TypedDict("GeoShape", {"@type": Literal["GeoShape"], "box": str})
"""A box of schema.org: "south west north east", degrees, WGS-84."""


Organization = TypedDict("Organization", {"@type": Literal["Organization"], "name": str})
"""Who made it."""

License = TypedDict("License", {"@type": Literal["CreativeWork"], "name": str, "url": NotRequired[str | None]})
"""Under which terms it may be used."""

AdministrativeArea = TypedDict("AdministrativeArea", {"@type": Literal["AdministrativeArea"], "name": str})
"""A county."""

PropertyValue = TypedDict(
    "PropertyValue", {"@type": Literal["PropertyValue"], "propertyID": str, "value": str | float | bool}
)
"""What schema.org has no term for."""

Place = TypedDict(
    "Place",
    {
        "@type": Literal["Place"],
        "name": str,
        "geo": NotRequired[GeoCoordinates | GeoShape | None],
        "containedInPlace": NotRequired[Sequence[AdministrativeArea] | None],
        "additionalProperty": NotRequired[Sequence[PropertyValue]],
    },
)
"""Where something lies; without `geo` where the shape is schematic."""

DataDownload = TypedDict(
    "DataDownload", {"@type": Literal["DataDownload"], "name": str, "encodingFormat": str, "contentUrl": str}
)
"""The data as one file."""

DatasetName = TypedDict("DatasetName", {"@type": Literal["Dataset"], "@id": str, "name": str})
"""What a case is part of."""

DatasetNode = TypedDict(
    "DatasetNode",
    {
        "@context": str,
        "@type": Literal["Dataset"],
        "@id": str,
        "name": str,
        "description": str,
        "url": str,
        "version": str,
        "inLanguage": Sequence[str],
        "isAccessibleForFree": bool,
        "license": License,
        "creditText": NotRequired[str | None],
        "creator": Organization,
        "keywords": Sequence[str],
        "dateModified": NotRequired[str | None],
        "temporalCoverage": NotRequired[str | None],
        "spatialCoverage": Place,
        "distribution": Sequence[DataDownload],
    },
)
"""The whole data (schema.org)."""

Citation = TypedDict(
    "Citation",
    {
        "@type": Literal["CreativeWork"],
        "name": str,
        "datePublished": NotRequired[str | None],
        "publisher": NotRequired[Organization | None],
        "url": NotRequired[str | None],
    },
)
"""A source of a case."""

CaseNode = TypedDict(
    "CaseNode",
    {
        "@context": str,
        "@type": Literal["CreativeWork"],
        "@id": str,
        "url": str,
        "identifier": str,
        "name": str,
        "abstract": str,
        "inLanguage": str,
        "genre": str,
        "dateModified": str,
        "temporalCoverage": NotRequired[str | None],
        "isPartOf": DatasetName,
        "publisher": Organization,
        "spatialCoverage": Sequence[Place],
        "citation": Sequence[Citation],
    },
)
"""A case (schema.org)."""

FeatureNode = TypedDict(
    "FeatureNode",
    {
        "@context": str,
        "@type": Literal["Place"],
        "@id": str,
        "url": str,
        "identifier": str,
        "name": str,
        "alternateName": NotRequired[Sequence[str] | None],
        "description": NotRequired[str | None],
        "geo": NotRequired[GeoCoordinates | GeoShape | None],
        "additionalProperty": Sequence[PropertyValue],
    },
)
"""A feature of a layer (schema.org)."""

Node = DatasetNode | CaseNode | FeatureNode

Iri = TypedDict("Iri", {"@id": str})
"""Something by its address."""

LangText = TypedDict("LangText", {"@value": str, "@language": str})
"""A text in a language."""

TypedValue = TypedDict("TypedValue", {"@type": str, "@value": str})
"""A value of a type of XML Schema or GeoSPARQL."""

Publisher = TypedDict("Publisher", {"@id": str, "@type": Literal["foaf:Organization"], "foaf:name": str})
"""Who publishes the data."""

Rights = TypedDict("Rights", {"@type": Literal["dct:RightsStatement"], "rdfs:label": str})
"""What holds for the data."""

Location = TypedDict("Location", {"@type": Literal["dct:Location"], "dcat:bbox": TypedValue})
"""Where the data lies."""

Period = TypedDict(
    "Period", {"@type": Literal["dct:PeriodOfTime"], "dcat:startDate": TypedValue, "dcat:endDate": TypedValue}
)
"""When what the data tells of was."""

Terms = TypedDict(
    "Terms",
    {
        "dct:publisher": Publisher,
        "dct:license": NotRequired[Iri],
        "dct:rights": Rights,
        "dct:language": Sequence[Iri],
        "dct:spatial": Location,
        "dct:modified": NotRequired[TypedValue],
        "dct:temporal": NotRequired[Period],
    },
)
"""What holds of the catalogue and of each dataset."""

Distribution = TypedDict(
    "Distribution",
    {
        "@id": str,
        "@type": Literal["dcat:Distribution"],
        "dct:title": Sequence[LangText],
        "dcat:accessURL": Iri,
        "dcat:downloadURL": Iri,
        "dcat:mediaType": Iri,
        "dct:license": NotRequired[Iri],
    },
)
"""A dataset in one format."""


class DcatDataset(
    TypedDict(
        "_Dataset",
        {
            "@id": str,
            "@type": Literal["dcat:Dataset"],
            "dct:identifier": str,
            "dct:title": Sequence[LangText],
            "dcat:landingPage": Iri,
            "dcat:distribution": Sequence[Distribution],
        },
    ),
    Terms,
):
    """A collection."""


DataService = TypedDict(
    "DataService",
    {
        "@id": str,
        "@type": Literal["dcat:DataService"],
        "dct:title": Sequence[LangText],
        "dcat:endpointURL": Iri,
        "dcat:endpointDescription": Iri,
        "dcat:servesDataset": Sequence[Iri],
    },
)
"""The API."""


class DcatCatalog(
    TypedDict(
        "_Catalog",
        {
            "@context": Mapping[str, str],
            "@id": str,
            "@type": Literal["dcat:Catalog"],
            "dct:title": Sequence[LangText],
            "dct:description": Sequence[LangText],
            "foaf:homepage": Iri,
            "dcat:dataset": Sequence[DcatDataset],
            "dcat:service": DataService,
        },
    ),
    Terms,
):
    """The catalogue of the data (DCAT 3 in JSON-LD)."""


class OEmbed(TypedDict):
    """The answer of oEmbed 1.0 (2.3.4.4, type rich): `html` is a frame of `width` by `height` pixels."""

    version: Literal["1.0"]
    type: Literal["rich"]
    title: str
    provider_name: str
    provider_url: str
    cache_age: int
    html: str
    width: int
    height: int
    thumbnail_url: str
    thumbnail_width: int
    thumbnail_height: int


class LinkTarget(TypedDict):
    """Where a link leads (RFC 9264, 4.2.3)."""

    href: str
    type: NotRequired[str]


LinkContext = TypedDict(
    "LinkContext",
    {
        "anchor": str,
        "item": NotRequired[Sequence[LinkTarget]],
        "service-desc": NotRequired[Sequence[LinkTarget]],
        "service-doc": NotRequired[Sequence[LinkTarget]],
        "service-meta": NotRequired[Sequence[LinkTarget]],
        "status": NotRequired[Sequence[LinkTarget]],
    },
)
"""The links of one resource, by their relation (RFC 9264, 4.2.2; RFC 9727)."""


class Linkset(TypedDict):
    """All links (RFC 9264, 4.2.1)."""

    linkset: Sequence[LinkContext]
