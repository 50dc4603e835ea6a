"""What the catalogue claims of distances, kilometres, stretches and shares, each told again by geodesy alone."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from geo.feature import Feature, Layer
from geo.relations.table import MOST_DISTANCE_M, Relation
from geo.verify.along import EDGE_M, Error, Kind, LayerKind, Line, Pair, PairKind, Stretch
from geo.verify.geodesic import (
    AREA,
    Numbers,
    Shape,
    area_km2,
    distances,
    gap,
    length_km,
    outline_gap,
    point_shape,
    reach_m,
    shape_of,
    strips_km2,
)

_SAME_PLACE_KM = 1e-5
_NEAR_THE_START, _NEAR_THE_START_KM = 0.001, 0.01
_SAME_WAY, _SAME_WAY_M = 0.0002, 0.01
_STRAY_M = 0.2  # two edges that the product divides at different corners stray 0.1 m each from where they lie


def offset_error(pair: Pair, row: Relation) -> Error | None:
    """Return how far off the distance from the line is."""
    if pair.line is None:
        return _nothing(row.offset_m)
    off = math.inf if row.offset_m is None else abs(row.offset_m - pair.to_line.metres)
    return Error(off, pair.to_line.metres)


def side_error(pair: Pair, row: Relation) -> Error | None:
    """Return the metres between a footprint and the line on whose other side it is said to lie.

    What is said to lie on the line may be a metre off it, and two lines 0.2 m more, as their edges are divided.
    """
    if pair.line is None:
        return _nothing(row.side)
    offset_m = pair.to_line.metres
    match row.side:
        case "on" | "across":
            return Error(max(offset_m - (_STRAY_M if pair.footprint.dimension else 0.0), 0.0))
        case "left" | "right" if offset_m <= EDGE_M:
            return Error(1000 * sum(map(pair.line.length_of, pair.stretches)))
        case "left" | "right":
            return Error(0.0 if row.side in _sides(pair, row, pair.line) else offset_m)
        case _:
            return Error(math.inf)


def _sides(pair: Pair, row: Relation, line: Line) -> set[str]:
    """Return the sides of the footprint's point nearest to the line, and of its point nearest to the kilometre."""
    places = [pair.to_line.on_a]
    if row.km is not None:
        places.append(outline_gap(pair.footprint, _place(line, row.km)).on_a)
    within_m = pair.to_line.metres * 1.001 + EDGE_M
    return {side for place in places for side in line.sides(place, within_m=within_m)}


def km_error(pair: Pair, row: Relation) -> Error | None:
    """Return the metres along the line to where the footprint meets it, or to where it is nearest.

    A kilometre of a footprint with stretches lies in one of them. Beside a line that runs on at the same distance every
    kilometre is right that is as near within 0.02 %, or 0.2 m for two lines, or a metre where they may meet.
    """
    if pair.line is None:
        return _nothing(row.km)
    if row.km is None or (row.stretches and not any(_holds(stretch, row.km) for stretch in row.stretches)):
        return Error(math.inf)
    here, line = _place(pair.line, row.km), pair.line
    same_way_m = _STRAY_M if pair.footprint.dimension else _SAME_WAY_M
    most_m = EDGE_M if pair.to_line.metres <= EDGE_M else max(same_way_m, pair.to_line.metres * _SAME_WAY)
    if gap(here, pair.footprint).metres <= pair.to_line.metres + most_m:
        return Error(0.0, max(row.km * 1000, pair.to_line.metres))
    near = line.beside((0.0, line.length_km), pair.footprint, by_m=pair.to_line.metres + most_m)
    ends = [*pair.nearest_km, *(end for stretch in (*pair.stretches, *near) for end in stretch)]
    off_m = 1000 * min(line.km_between(row.km, end) for end in ends)
    return Error(off_m, max(row.km * 1000, pair.to_line.metres))


def stretches_error(pair: Pair, row: Relation) -> Error | None:
    """Return the metres of the longest piece that is covered but not claimed, or claimed but not covered.

    Only those parts of a piece count that are more than a metre away from the footprint's lines or outline. What a line
    covers counts to its ends.
    """
    if pair.line is None:
        return _nothing(row.stretches or None)
    claimed = [(float(start), float(end)) for start, end in row.stretches]
    if claimed != sorted(claimed) or _is_cut_at_the_start(pair.line, claimed, pair.stretches):
        return Error(math.inf)
    there, here = _opened(pair.line, claimed), _opened(pair.line, pair.stretches)
    apart = [piece for piece in there if _length(piece) == 0 and not _is_beside(pair, pair.line, piece[0])]
    met = [*here, *pair.line.beside((0.0, pair.line.length_km), pair.footprint, by_m=EDGE_M)] if apart else here
    maybe = [*_uncovered(there, here), *_astray(pair.line, apart, met), *_astray(pair.line, here, there)]
    missing = [*_uncovered(here, there)]
    if pair.footprint.dimension == AREA:
        maybe += missing
        missing = []
    pieces = [*missing, *(part for piece in maybe for part in _aside(pair, piece))]
    longest = max(pieces, key=_length, default=(0.0, 0.0))
    return Error(1000 * _length(longest), 1000 * longest[1])


def _place(line: Line, km: float) -> Shape:
    return point_shape(*line.points_at(np.array([km]))[0])


def _nothing(claimed: object) -> Error | None:
    """Return no error where nothing is claimed of a line that is not there."""
    return None if claimed is None else Error(math.inf)


def _holds(stretch: Stretch, km: float) -> bool:
    start, end = stretch[0] - _SAME_PLACE_KM, stretch[1] + _SAME_PLACE_KM
    return start <= km <= end if start <= end else km >= start or km <= end


def _is_cut_at_the_start(line: Line, claimed: Sequence[Stretch], found: Sequence[Stretch]) -> bool:
    """Tell whether two stretches stand for the one that runs over the start of a closed line."""
    runs_over = any(end < start for start, end in found)
    near_km = max(_NEAR_THE_START_KM, _NEAR_THE_START * line.length_km)
    return (
        runs_over
        and len(claimed) > 1
        and claimed[0][0] <= near_km
        and claimed[-1][0] <= claimed[-1][1]
        and claimed[-1][1] >= line.length_km - near_km
    )


def _opened(line: Line, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return stretches with those that run over the start cut in two there."""
    pieces = ([(0.0, end), (start, line.length_km)] if end < start else [(start, end)] for start, end in stretches)
    return sorted(piece for stretch in pieces for piece in stretch)


def _is_beside(pair: Pair, line: Line, km: float) -> bool:
    return bool(distances(line.points_at(np.array([km])), pair.footprint)[0] <= EDGE_M)


def _aside(pair: Pair, piece: Stretch) -> list[Stretch]:
    """Return the parts of a piece that follow no line or outline so closely that they may be covered or not."""
    if pair.line is None or not math.isfinite(_length(piece)):
        return [piece]
    return pair.line.aside(piece, pair.footprint, by_m=EDGE_M)


def _length(piece: Stretch) -> float:
    return piece[1] - piece[0]


def _uncovered(stretches: Sequence[Stretch], others: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the pieces of stretches that no other covers."""
    for start, end in stretches:
        covered = [(max(start, a), min(end, b)) for a, b in others if a <= end and b >= start]
        ends = [start, *(km for piece in covered for km in piece), end]
        yield from zip(ends[::2], ends[1::2], strict=True)


def _astray(line: Line, stretches: Sequence[Stretch], others: Sequence[Stretch]) -> Iterator[Stretch]:
    """Yield the way from each stretch of no length to the nearest of the others; a closed line is also gone round."""
    around = [(a + turn, b + turn) for turn in line.rounds_km for a, b in others]
    for km, end in stretches:
        if km == end:
            ways = [(b, km) if b < km else (km, max(a, km)) for a, b in around]
            yield min(ways, key=_length, default=(km, math.inf))


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


Layers = Mapping[str, Layer]
Checked = Iterator[tuple[str, Error]]
_AREAS = ("area_km2", "drawn_area_km2")
_LENGTHS = ("axis_km", "border_km", "drawn_length_km", "length_inside_km")
_HALF_WIDTHS = {"belts": 0.5, "corridors": 0.5, "border_zones": 1.0, "border_zone_sides": 1.0}  # of `width_km`
_CUT_M = 1.0  # nearer to the outline of a county than this, an outline is cut there
_NEAR_DEG = 0.01  # what lies farther outside of the box of a county is not cut there


def area_errors(layers: Layers) -> Checked:
    """Yield the error of each area, those of the sides of border zones among them."""
    for layer_id, feature, column, claimed in _claimed(layers, _AREAS):
        yield _checked(layer_id, feature, column, claimed, area_km2(shape_of(feature.geometry)))
    for zone in layers.get("border_zones", ()):
        for side in _listed(zone, "area_by_side_km2"):
            code, claimed_text = side.split(": ")
            measured = strips_km2(shape_of(zone.geometry), _shape(layers, "counties", code))
            yield _checked("border_zones", zone, f"area_by_side_km2/{code}", float(claimed_text), measured)


def length_errors(layers: Layers) -> Checked:
    """Yield the error of each length: of axes, borders and drawn lines, and of rivers within the cities."""
    for layer_id, feature, column, claimed in _claimed(layers, _LENGTHS):
        match column:
            case "axis_km":
                measured = length_km(_shape(layers, "axes", feature.id))
            case "border_km":
                measured = sum(map(length_km, _borders(layers, feature)))
            case "length_inside_km":
                measured = _inside_km(layers, feature)
            case _:
                measured = length_km(shape_of(feature.geometry))
        yield _checked(layer_id, feature, column, claimed, measured)


def width_errors(layers: Layers) -> Checked:
    """Yield the worst error of the width of each belt and border zone, at the corners where it is not cut."""
    for layer_id, feature, column, claimed in _claimed(layers, ("width_km",)):
        if layer_id not in _HALF_WIDTHS:
            continue
        half_m = 1000 * claimed * _HALF_WIDTHS[layer_id]
        corners = _uncut(layers, np.concatenate(shape_of(feature.geometry).paths))
        apart_m = np.min([distances(corners, line) for line in _middle_lines(layers, layer_id, feature)], axis=0)
        if len(corners):
            worst = float(apart_m[np.abs(apart_m - half_m).argmax()])
            yield _checked(layer_id, feature, column, half_m, worst)


def _claimed(layers: Layers, columns: Sequence[str]) -> Iterator[tuple[str, Feature, str, float]]:
    for layer in layers.values():
        for feature in layer:
            for column in columns:
                value = feature.properties.get(column)
                if isinstance(value, int | float):
                    yield layer.id, feature, column, float(value)


def _listed(feature: Feature, column: str) -> tuple[str, ...]:
    value = feature.properties[column]
    return value if isinstance(value, tuple) else ()


def _checked(layer_id: str, feature: Feature, column: str, claimed: float, measured: float) -> tuple[str, Error]:
    return f"{layer_id}/{feature.id}/{column}", Error(abs(claimed - measured), measured)


def _shape(layers: Layers, layer_id: str, feature_id: str) -> Shape:
    return shape_of(layers[layer_id].feature(feature_id).geometry)


def _borders(layers: Layers, feature: Feature) -> list[Shape]:
    """Return the borders of a border zone or of one of its sides; of a border, itself."""
    zone = str(feature.properties.get("border_zone", feature.id))
    return [
        shape_of(line.geometry) for line in layers["border_lines"] if zone in (line.id, *_listed(line, "border_zones"))
    ]


def _middle_lines(layers: Layers, layer_id: str, feature: Feature) -> list[Shape]:
    if layer_id in {"belts", "corridors"}:
        return [_shape(layers, "axes", feature.id)]
    return _borders(layers, feature)


def _inside_km(layers: Layers, feature: Feature) -> float:
    line = Line(shape_of(feature.geometry))
    found = [line.open_stretches(shape_of(city.geometry)) for city in layers["cities"]]
    return sum(end - start for stretches in found for start, end in stretches)


def _uncut(layers: Layers, corners: Numbers) -> Numbers:
    """Return the corners that lie on the outline of no county."""
    is_cut = np.zeros(len(corners), dtype=bool)
    for county in layers["counties"]:
        outline = shape_of(county.geometry)
        low, high = outline.corners.min(axis=0) - _NEAR_DEG, outline.corners.max(axis=0) + _NEAR_DEG
        is_near = np.all((low <= corners) & (corners <= high), axis=1)
        is_cut[is_near] |= distances(corners[is_near], outline) <= _CUT_M
    found: Numbers = corners[~is_cut]
    return found


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
