"""What other programs read to find and show the atlas, field by field; names are those of the standards cited."""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict

JsonLd = Mapping[str, object]  # a node (JSON-LD 1.1): its terms depend on its @type, what is not known is left out

GeoCoordinates = TypedDict(
    "GeoCoordinates", {"@type": Literal["GeoCoordinates"], "latitude": float, "longitude": float}
)
"""A position of schema.org: degrees, WGS-84."""

GeoShape = TypedDict("GeoShape", {"@type": Literal["GeoShape"], "box": str})
"""A box of schema.org: "south west north east", degrees, WGS-84."""


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
