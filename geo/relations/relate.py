"""Relate every footprint to every feature within 50 km, once, at build time."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geo.crs import coordinates_to_wgs84, to_metric_all
from geo.feature import Layer
from geo.relations.linear import LinearReference
from geo.relations.table import MOST_DISTANCE_M, RELATION_COLUMNS, Relations

# layer -> the layer whose feature of the same id is the line to count kilometres on
LINES_OF: Mapping[str, str] = {
    "belts": "axes",
    "corridors": "axes",
    "transit_lines": "transit_lines",
    "expressways": "expressways",
}
Shapes = NDArray[np.object_]
Columns = dict[str, NDArray[Any]]


def relate(
    footprints: Sequence[BaseGeometry], layers: Mapping[str, Layer], *, on_layer: Callable[[str], None] = lambda _: None
) -> Relations:
    """Return all relations; `on_layer` hears each layer as it begins.

    Args:
        footprints: Valid geometries, WGS-84.
        layers: Built layers; the lines named in LINES_OF among them.
        on_layer: Told the id of each layer.
    """
    shapes, numbers = _each_once(footprints)
    tree = STRtree(shapes)
    lines = {
        (layer_id, line.id): LinearReference(to_metric_all([line.geometry])[0])
        for layer_id, line_layer in LINES_OF.items()
        for line in layers.get(line_layer, ())
    }
    features: list[tuple[str, str]] = []
    found: list[Columns] = []
    for layer_id, layer in layers.items():
        on_layer(layer_id)
        for feature, shape in zip(layer, to_metric_all([feature.geometry for feature in layer]), strict=True):
            key = (layer_id, feature.id)
            found.append(_relations_of(shape, shapes, tree, lines.get(key), number=len(features)))
            features.append(key)
    return _spread(_joined(features, found), numbers)


def _each_once(footprints: Sequence[BaseGeometry]) -> tuple[Shapes, NDArray[np.int64]]:
    """Return every different shape once, in metres, and for each footprint the number of its shape."""
    _, first, numbers = np.unique(
        np.array([shapely.to_wkb(shape) for shape in footprints], dtype=object), return_index=True, return_inverse=True
    )
    return to_metric_all([footprints[number] for number in first]), numbers


def _spread(relations: Relations, numbers: NDArray[np.int64]) -> Relations:
    """Give the relations of a shape to each footprint that has it."""
    counts = np.bincount(numbers, minlength=1)
    rows = np.repeat(np.arange(len(relations)), counts[relations.footprint])
    starts = np.concatenate([[0], np.cumsum(counts)])
    footprints = np.argsort(numbers, kind="stable")
    repeats = counts[relations.footprint]
    turn = np.arange(len(rows)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    spread = footprints[starts[relations.footprint[rows]] + turn].astype(np.int32)
    order = np.argsort(relations.feature[rows].astype(np.int64) * len(numbers) + spread, kind="stable")
    columns = {name: getattr(relations, name)[rows[order]] for name in RELATION_COLUMNS}
    return Relations(features=relations.features, **{**columns, "footprint": spread[order]})


def _relations_of(
    shape: BaseGeometry, shapes: Shapes, tree: STRtree, line: LinearReference | None, *, number: int
) -> Columns:
    """Return the rows of one feature, by footprint."""
    shapely.prepare(shape)
    near = np.sort(tree.query(shape, predicate="dwithin", distance=MOST_DISTANCE_M))
    others = shapes[near]
    ends = shapely.get_coordinates(shapely.shortest_line(shape, others)).reshape(-1, 2, 2)  # feature, footprint
    meets = shapely.intersects(shape, others)
    within = _where(meets, shapely.contains, shape, others)
    return {
        "feature": np.full(len(near), number, dtype=np.int32),
        "footprint": near.astype(np.int32),
        "within": within,
        "intersects": meets,
        "touches": _where(meets, shapely.touches, shape, others),
        "distance_m": np.where(meets, 0.0, np.hypot(*(ends[:, 1] - ends[:, 0]).T)),
        **_nearest(ends[:, 0]),
        "share": _shares(shape, others, meets, within),
        **_positions(line, others),
    }


def _where(
    meets: NDArray[np.bool_], predicate: Callable[[BaseGeometry, Shapes], Any], shape: BaseGeometry, others: Shapes
) -> NDArray[np.bool_]:
    """Return a predicate that holds only where both meet, asked only there."""
    holds = np.zeros(len(others), dtype=bool)
    holds[meets] = predicate(shape, others[meets])
    return holds


def _nearest(metres: NDArray[np.float64]) -> Columns:
    wgs84 = coordinates_to_wgs84(metres)
    return {"nearest_lon": wgs84[:, 0], "nearest_lat": wgs84[:, 1]}


def _shares(
    shape: BaseGeometry, others: Shapes, meets: NDArray[np.bool_], within: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return which part of each footprint lies inside a feature; not a number where the feature is thinner."""
    dimensions = shapely.get_dimensions(others)
    shares = np.where(dimensions > shapely.get_dimensions(shape), np.nan, 0.0)
    shares[within] = 1.0
    partly = np.flatnonzero(meets & ~within & (shares == 0.0) & (dimensions > 0))
    common = shapely.intersection(shape, others[partly])
    is_area = dimensions[partly] == 2  # noqa: PLR2004  points, lines and areas have 0, 1 and 2 dimensions
    whole = np.where(is_area, shapely.area(others[partly]), shapely.length(others[partly]))
    inside = np.where(is_area, shapely.area(common), shapely.length(common))
    shares[partly] = np.minimum(inside / whole, 1.0)
    points = np.flatnonzero(meets & (dimensions == 0))
    shares[points] = 1.0
    return shares


def _positions(line: LinearReference | None, others: Shapes) -> Columns:
    """Return kilometres, offset and side of each footprint on a line; empty without one."""
    nothing = np.full(len(others), np.nan)
    if line is None or not len(others):
        columns = dict.fromkeys(("km", "km_from", "km_to", "offset_m"), nothing)
        return {**columns, "side": np.full(len(others), "", dtype="U6")}
    points = _closest_to(line, others)
    at_m = line.locate(points)
    starts, ends, sides = at_m.copy(), at_m.copy(), line.sides(points, at_m).astype("U6")
    through = np.flatnonzero((shapely.get_dimensions(others) > 0) & shapely.intersects(line.line, others))
    for number in through:
        starts[number], ends[number] = line.span(others[number])
    sides[through] = "across"
    middle = (starts + ends) / 2
    return {
        "km": middle / 1000,
        "km_from": starts / 1000,
        "km_to": ends / 1000,
        "offset_m": shapely.distance(line.line, others),
        "side": sides,
    }


def _closest_to(line: LinearReference, others: Shapes) -> Shapes:
    """Return the point of each footprint that is nearest to the line."""
    is_point = shapely.get_type_id(others) == shapely.GeometryType.POINT
    found = others.copy()
    found[~is_point] = shapely.get_point(shapely.shortest_line(line.line, others[~is_point]), 1)
    return found


def _joined(features: Sequence[tuple[str, str]], found: Sequence[Columns]) -> Relations:
    if not found:
        found = [_relations_of(shapely.Point(0, 0), np.array([], dtype=object), STRtree([]), None, number=0)]
    return Relations(
        features=features, **{name: np.concatenate([columns[name] for columns in found]) for name in RELATION_COLUMNS}
    )
