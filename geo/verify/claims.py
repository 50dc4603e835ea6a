"""KINDS: the table of every kind of number that is verified; command, documents and tests loop over it."""

from geo.verify.kinds import Kind, LayerKind, PairKind
from geo.verify.layer_claims import area_errors, length_errors, width_errors
from geo.verify.line_claims import km_error, offset_error, side_error, stretches_error
from geo.verify.place_claims import (
    at_error,
    depth_error,
    distance_error,
    intersects_error,
    nearest_error,
    share_error,
    within_error,
)

PAIRS = Kind("pairs", "m", 1.0, 0.001, "a row for each footprint and feature within 50 km, and for no others")
ROW_KINDS = (
    PairKind("distance", "m", 1.0, 0.001, "`distance_m`", distance_error),
    PairKind("nearest", "m", 1.0, 0.001, "`nearest_lon`, `nearest_lat`: on the feature, and nearest", nearest_error),
    PairKind("at", "m", 1.0, 0.001, "`at_lon`, `at_lat`: on the footprint, and in common or nearest", at_error),
    PairKind("intersects", "m", 1.0, 0.0, "`intersects`: how far apart what meets", intersects_error),
    PairKind("within", "m", 1.0, 0.0, "`within`: how far what lies within reaches out", within_error),
    PairKind("depth", "m", 1.0, 0.001, "`depth_m`", depth_error),
    PairKind("share", "", 0.0001, 0.0, "`share`", share_error),
    PairKind("offset", "m", 1.0, 0.001, "`offset_m`", offset_error),
    PairKind("side", "m", 1.0, 0.0, "`side`: how far across the line", side_error),
    PairKind("km", "m", 10.0, 0.001, "`km`, along the line", km_error),
    PairKind("stretches", "m", 10.0, 0.001, "`from_km`, `to_km`: both ends of each stretch", stretches_error),
)
LAYER_KINDS = (
    LayerKind("area", "km²", 0.1, 0.001, "`area_km2`, `drawn_area_km2`, `area_by_side_km2`", area_errors),
    LayerKind(
        "length", "km", 0.1, 0.001, "`axis_km`, `border_km`, `drawn_length_km`, `length_inside_km`", length_errors
    ),
    LayerKind(
        "width", "m", 1.0, 0.002, "`width_km`: from the middle line to the outline, where it is not cut", width_errors
    ),
)
KINDS: tuple[Kind, ...] = (PAIRS, *ROW_KINDS, *LAYER_KINDS)
