"""What a row claims of a footprint along a line, held against what was measured."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from geo.relations.table import Relation
from geo.verify.along import Line, Stretch
from geo.verify.geodesic import distances, gap, outline_gap
from geo.verify.kinds import Error
from geo.verify.pair import EDGE_M, Pair
from geo.verify.shapes import AREA, Shape, point_shape

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
