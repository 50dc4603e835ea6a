"""What a row claims of a footprint and a feature, held against what was measured."""

import math

from geo.relations.table import MOST_DISTANCE_M, Relation
from geo.verify.areas import length_km
from geo.verify.geodesic import distances, gap, reach_m
from geo.verify.kinds import Error
from geo.verify.pair import EDGE_M, Pair
from geo.verify.shapes import AREA, Shape, point_shape

_SAME_LINE_KM = 0.01


def pair_error(pair: Pair, row: Relation | None) -> Error:
    """Return how far a pair without a row lies within 50 km, or one with a row beyond: rows that miss are found."""
    beyond_m = pair.gap.metres - MOST_DISTANCE_M
    return Error(max(beyond_m if row else -beyond_m, 0.0), pair.gap.metres)


def distance_error(pair: Pair, row: Relation) -> Error:
    """Return how far off the distance is."""
    return Error(abs(row.distance_m - pair.gap.metres), pair.gap.metres)


def nearest_error(pair: Pair, row: Relation) -> Error:
    """Return how far the point lies from the feature, or from being as near to the footprint as any."""
    return _point_error(pair, point_shape(row.nearest_lon, row.nearest_lat), on=pair.feature, to=pair.footprint)


def at_error(pair: Pair, row: Relation) -> Error:
    """Return how far the point lies from the footprint, or from being as near to the feature as any."""
    return _point_error(pair, point_shape(row.at_lon, row.at_lat), on=pair.footprint, to=pair.feature)


def _point_error(pair: Pair, point: Shape, *, on: Shape, to: Shape) -> Error:
    off = gap(point, on).metres
    too_far = abs(gap(point, to).metres - pair.gap.metres)
    return Error(max(off, too_far), pair.gap.metres)


def intersects_error(pair: Pair, row: Relation) -> Error:
    """Return how far those that are said to meet lie apart, or those said to be apart by how little they are."""
    if row.intersects:
        return Error(pair.gap.metres)
    return Error(0.0 if pair.gap.metres else row.distance_m or math.inf)


def within_error(pair: Pair, row: Relation) -> Error:
    """Return how far what is said to be within reaches out, or how deep what is said not to be lies within."""
    if not row.within:
        return Error(pair.depth_m if pair.feature.dimension == AREA else 0.0)
    if pair.feature.dimension == AREA:
        return Error(reach_m(pair.footprint, pair.feature))
    return Error(float(distances(pair.footprint.corners, pair.feature).max()))


def depth_error(pair: Pair, row: Relation) -> Error:
    """Return how far off the depth is; at the very edge, within and without are not told apart."""
    is_at_the_edge = pair.edge_m <= EDGE_M and row.depth_m <= EDGE_M
    depth_m = pair.depth_m if pair.feature.dimension == AREA else 0.0
    return Error(0.0 if is_at_the_edge else abs(row.depth_m - depth_m), depth_m)


def share_error(pair: Pair, row: Relation) -> Error | None:
    """Return how far off the share is, of a line by more than 10 m; there is none of a feature that is thinner."""
    if pair.footprint.dimension > pair.feature.dimension:
        return None if row.share is None else Error(math.inf)
    if row.share is None:
        return Error(math.inf)
    if pair.footprint.dimension == 0 and pair.edge_m <= EDGE_M:
        return Error(min(row.share, 1 - row.share))
    if pair.footprint.dimension == 1:
        return Error(_line_share_off(pair, row.share))
    return Error(abs(row.share - pair.share))


def _line_share_off(pair: Pair, share: float) -> float:
    """Return how far off a share is by more than what lies so near to an edge or a line that it may count or not."""
    off, slack = abs(share - pair.share), _SAME_LINE_KM / length_km(pair.footprint)
    if off <= slack:
        return 0.0
    inside = pair.share if pair.feature.dimension == AREA else 0.0  # what a line covers also lies beside it
    return 0.0 if pair.share < share <= inside + pair.share_beside + slack else off
