"""What the API answers beside features, field by field; names and orders are those of the standards cited.

OpenAPI is written from these declarations. Bounds are RFC 7946 arrays: west, south, east, north in degrees, CRS84.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

from geo.exports.geojson import FeatureCollection, FeatureObject, FgAbout, FgCollection, FgFeature
from geo.gazetteer.at_point import ReverseDocument
from geo.gazetteer.documents import GeocodeDocument


class Link(TypedDict):
    """A link (RFC 8288) as OGC API – Features writes it."""

    rel: str
    type: str
    title: str
    href: str


class Linked(TypedDict):
    """What every describing document carries."""

    links: Sequence[Link]


class Landing(Linked):
    """The landing page (OGC API – Features 1, 7.2)."""

    title: str
    description: str
    attribution: str
    licence: str


class Conformance(Linked):
    """The classes that are fulfilled (7.4)."""

    conformsTo: Sequence[str]


class SpatialExtent(TypedDict):
    """`bbox` holds one box: west, south, east, north."""

    bbox: Sequence[tuple[float, float, float, float]]
    crs: str


class TemporalExtent(TypedDict):
    """`interval` holds one: first and last instant, None is open."""

    interval: Sequence[tuple[str | None, str | None]]
    trs: str


class Extent(TypedDict, total=False):
    """Where and when the features of a collection lie; what is not known is left out."""

    spatial: SpatialExtent
    temporal: TemporalExtent


class Collection(Linked):
    """A collection (7.14)."""

    id: str
    title: str
    description: str
    attribution: str
    itemType: Literal["feature"]
    crs: Sequence[str]
    storageCrs: str
    extent: Extent


class Collections(Linked):
    """All collections (7.13)."""

    crs: Sequence[str]
    collections: Sequence[Collection]


Property = TypedDict(
    "Property",
    {
        "title": str,
        "type": NotRequired[str],
        "format": NotRequired[str],
        "items": NotRequired[Mapping[str, str]],
        "enum": NotRequired[Sequence[str]],
        "description": NotRequired[str],
        "x-ogc-role": NotRequired[str],
    },
)
"""A column of a schema, or its geometry (Features 5)."""

Schema = TypedDict(
    "Schema",
    {
        "$schema": str,
        "$id": str,
        "type": Literal["object"],
        "title": str,
        "properties": Mapping[str, Property],
        "additionalProperties": Literal[False],
    },
)
"""The schema, queryables or sortables of a collection (Features 5 and 3)."""


class Argument(TypedDict):
    """What an argument of a function may be."""

    type: Sequence[str]


class Function(TypedDict):
    """A function that a filter may call (Features 3, 6.2)."""

    name: str
    description: str
    returns: Sequence[str]
    arguments: Sequence[Argument]


class Functions(Linked):
    """All functions."""

    functions: Sequence[Function]


class Geocoded(GeocodeDocument):
    """What a text names; points are in `datum`."""

    datum: str


class GeocodedMany(TypedDict):
    """What many texts name, in their order."""

    answers: Sequence[Geocoded]


class Reversed(ReverseDocument):
    """What lies at a point; degrees are in `datum`."""

    datum: str


class Facets(TypedDict):
    """How many cases fulfil the query, and how many would with each value of each field.

    `groups`: how many of each group of matches fulfil all but `certainty` and `region`; empty without a place.
    """

    numberMatched: int
    groups: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]


class Counted(Linked):
    """A page of features: how many match, and how many are on it (7.15).

    `warnings`: what must be known of the distances under a condition of place.
    """

    numberMatched: int
    numberReturned: int
    warnings: NotRequired[Sequence[str]]


class GeoJsonPage(FeatureCollection, Counted):
    """A page of features (RFC 7946)."""


class GeoJsonFeature(FeatureObject, Linked):
    """One feature (RFC 7946)."""


class JsonFgPage(FgCollection, Counted):
    """A page of features in a datum (JSON-FG)."""


class JsonFgFeature(FgFeature, FgAbout, Linked):
    """One feature in a datum (JSON-FG)."""
