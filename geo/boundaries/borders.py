"""Which counties share a border, and the border itself."""

from collections.abc import Mapping

import shapely
from shapely import STRtree
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

Pair = tuple[str, str]


def shared_border(a: BaseGeometry, b: BaseGeometry) -> LineString | MultiLineString:
    """Return the line two areas share; empty when they touch in points only or not at all."""
    common = shapely.intersection(shapely.boundary(a), shapely.boundary(b))
    parts = [part for part in shapely.get_parts(common) if part.geom_type == "LineString" and not part.is_empty]
    merged = shapely.line_merge(MultiLineString(parts))
    return merged if isinstance(merged, LineString | MultiLineString) else MultiLineString()


def touching_pairs(shapes: Mapping[str, BaseGeometry]) -> list[Pair]:
    """List the pairs that meet at all, in a line or in a point, sorted."""
    codes = sorted(shapes)
    tree = STRtree([shapes[code] for code in codes])
    found = set()
    for number, code in enumerate(codes):
        for other in tree.query(shapes[code], predicate="intersects"):
            if number < other:
                found.add((code, codes[other]))
    return sorted(found)


def adjacent_pairs(shapes: Mapping[str, BaseGeometry]) -> list[Pair]:
    """List the pairs that share a line: adjacency means a border of some length, sorted."""
    return [(a, b) for a, b in touching_pairs(shapes) if not shared_border(shapes[a], shapes[b]).is_empty]
