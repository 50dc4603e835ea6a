"""KINDS: the one table of what is taken out of a file: by which tags it is known, and where it goes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.geography.drawn import Tags

Shape = Literal["line", "area", "point"]

RAIL_ROUTES = frozenset({"train", "railway", "subway", "light_rail", "tram", "monorail"})
_RAILS = frozenset({"rail", "subway", "light_rail", "tram", "monorail", "construction"})
_ROAD_CLASSES = ("motorway", "trunk", "primary", "secondary")
_STREETS = frozenset({*_ROAD_CLASSES, "tertiary", "unclassified", "residential", "pedestrian", "living_street"})
_PLACES = frozenset({"town", "village", "hamlet", "suburb", "quarter", "neighbourhood", "locality"})
_BUILT_UP = frozenset({"residential", "commercial", "retail", "industrial"})
_TOWNSHIP_LEVEL = "8"


def _is_station(tags: Tags) -> bool:
    is_stop = tags.get("railway") in {"station", "halt", "stop"}
    return "name" in tags and (is_stop or tags.get("public_transport") in {"station", "stop_position"})


def _is_park(tags: Tags) -> bool:
    is_boundary = tags.get("boundary") in {"national_park", "protected_area"}
    return is_boundary or tags.get("leisure") in {"park", "nature_reserve"}


def _is_township(tags: Tags) -> bool:
    return tags.get("boundary") == "administrative" and tags.get("admin_level") == _TOWNSHIP_LEVEL


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    `layer`: the layer of ours whose features it may be a shape of, "" where it is none. `base`: the part of the base
    map that it draws, which takes all of them. `is_it` tells it by its tags.
    """

    id: str
    shape: Shape
    is_it: Callable[[Tags], bool]
    layer: str = ""
    base: str = ""


KINDS: Sequence[Kind] = (
    Kind("rail", "line", lambda tags: tags.get("railway") in _RAILS, layer="transit_lines"),
    Kind("motorway", "line", lambda tags: tags.get("highway") == "motorway", layer="expressways"),
    Kind("park", "area", _is_park, layer="eco_zones"),
    Kind("lake", "area", lambda tags: tags.get("natural") == "water", layer="lakes"),
    Kind("river", "line", lambda tags: tags.get("waterway") in {"river", "canal"}, layer="rivers"),
    Kind("township", "area", _is_township, layer="townships"),
    Kind("station", "point", _is_station),
    Kind("place", "point", lambda tags: tags.get("place") in _PLACES and "name" in tags),
    Kind("street", "line", lambda tags: tags.get("highway") in _STREETS and "name" in tags),
    Kind("roads", "line", lambda tags: tags.get("highway") in _ROAD_CLASSES, base="roads"),
    Kind("water", "area", lambda tags: tags.get("natural") == "water" or tags.get("waterway") == "riverbank",
         base="water"),
    Kind("builtup", "area", lambda tags: tags.get("landuse") in _BUILT_UP, base="builtup"),
    Kind("woods", "area", lambda tags: tags.get("natural") == "wood" or tags.get("landuse") == "forest",
         base="woods"),
)  # fmt: skip
AREA_KEYS = ("boundary", "leisure", "natural", "waterway", "landuse")
LINE_KEYS = ("railway", "highway", "waterway")
POINT_KEYS = ("place", "railway", "public_transport")
BY_ID = {kind.id: kind for kind in KINDS}
OUR_LAYERS = tuple(dict.fromkeys(kind.layer for kind in KINDS if kind.layer))


def kinds_of(tags: Tags, shape: Shape) -> list[Kind]:
    """List the kinds that something of a shape is by its tags."""
    return [kind for kind in KINDS if kind.shape == shape and kind.is_it(tags)]
