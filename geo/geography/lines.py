"""Make one line of the many pieces that a file draws it in: in order, one track of two, gaps closed or told."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.crs import Metric

Corners = NDArray[np.float64]
BESIDE_M = 80.0  # the other track or carriageway lies nearer
LEAST_BRANCH_M = 500.0  # shorter ones are sidings
MOST_GAP_M = 250.0  # between pieces that are joined; wider ones stay


def in_order(pieces: Sequence[LineString]) -> BaseGeometry:
    """Return pieces in the order of travel as one line, each turned to begin where the one before ends.

    WGS-84 in and out. A MultiLineString where pieces do not meet.
    """
    runs: list[list[tuple[float, ...]]] = []
    for number, piece in enumerate(pieces):
        corners = list(piece.coords)
        is_first_backwards = number == 0 and len(pieces) > 1 and corners[0] in _ends(pieces[1])
        if is_first_backwards or (runs and runs[-1][-1] == corners[-1]):
            corners.reverse()
        if runs and runs[-1][-1] == corners[0]:
            runs[-1] += corners[1:]
        else:
            runs.append(corners)
    lines = [LineString(run) for run in runs]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def _ends(piece: LineString) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return piece.coords[0], piece.coords[-1]


def one_track(pieces: Sequence[LineString], metric: Metric) -> BaseGeometry:
    """Return unordered pieces as one line: of two tracks or carriageways that run beside each other, one.

    Pieces are joined in their own direction first, so that a carriageway never turns into the one back. WGS-84.
    """
    directed = shapely.line_merge(MultiLineString(list(pieces)), directed=True)
    merged = sorted(shapely.get_parts(directed), key=lambda line: -line.length)
    kept: list[BaseGeometry] = []
    cover: BaseGeometry = shapely.Polygon()
    for line in merged:
        metres = metric.to_metric(line)
        if not cover.is_empty and metres.intersection(cover).length > metres.length / 2:
            continue
        kept.append(line)
        cover = shapely.union_all([cover, metres.buffer(BESIDE_M)])
    return joined(shapely.line_merge(shapely.union_all(kept)), metric)


def with_branches(lines: Sequence[BaseGeometry], metric: Metric) -> BaseGeometry:
    """Return the longest of some lines, and of the others what leaves it, each piece from where it does; WGS-84."""
    longest, *others = sorted(map(metric.to_metric, lines), key=lambda line: -line.length)
    parts = list(shapely.get_parts(longest))
    for line in others:
        whole = shapely.union_all(parts)
        beyond = shapely.line_merge(line.difference(whole.buffer(BESIDE_M)))
        tails = [tail for tail in shapely.get_parts(beyond) if tail.length >= LEAST_BRANCH_M]
        parts += [_from(whole, tail) for tail in tails]
    return metric.to_wgs84(MultiLineString(parts) if len(parts) > 1 else parts[0])


def _from(whole: BaseGeometry, tail: LineString) -> LineString:
    """Return a line that begins where it leaves another, metres."""
    corners = list(tail.coords)
    ends = [whole.distance(Point(corner)) for corner in (corners[0], corners[-1])]
    nearer = corners if ends[0] <= ends[1] else corners[::-1]
    return LineString([shapely.shortest_line(whole, Point(nearer[0])).coords[0], *nearer])


def joined(lines: BaseGeometry, metric: Metric) -> BaseGeometry:
    """Return pieces joined at their nearest ends, as far as gaps are at most MOST_GAP_M wide; WGS-84.

    One LineString where all are.
    """
    left = [np.asarray(line.coords) for line in shapely.get_parts(lines)]
    if not left:
        return LineString()
    left.sort(key=lambda line: -len(line))
    run, left = left[0], left[1:]
    while left:
        found = _nearest(run, left, metric)
        if found is None:
            break
        number, run = found
        del left[number]
    parts = [LineString(run), *(LineString(line) for line in left)]
    return parts[0] if len(parts) == 1 else MultiLineString(parts)


def _nearest(run: Corners, left: Sequence[Corners], metric: Metric) -> tuple[int, Corners] | None:
    """Return the number of the piece that continues a run, and the run with it; None where none is near."""
    ends = _metres(metric, np.array([run[0], run[-1]]))
    best: tuple[float, int, Corners] | None = None
    for number, line in enumerate(left):
        theirs = _metres(metric, np.array([line[0], line[-1]]))
        gaps = np.linalg.norm(ends[:, None] - theirs[None], axis=2)
        at = int(gaps.argmin())
        if gaps.flat[at] <= MOST_GAP_M and (best is None or gaps.flat[at] < best[0]):
            best = float(gaps.flat[at]), number, _together(run, line, at)
    return None if best is None else best[1:]


def _together(run: Corners, line: Corners, at: int) -> Corners:
    """Return two pieces as one: `at` counts start-start, start-end, end-start, end-end."""
    ours, theirs = divmod(at, 2)
    if ours == 1:
        return np.vstack([run, line if theirs == 0 else line[::-1]])
    return np.vstack([line[::-1] if theirs == 0 else line, run])


def _metres(metric: Metric, corners: Corners) -> Corners:
    return np.asarray(metric.to_metric(LineString(corners)).coords)[[0, -1]]


def gaps_m(line: BaseGeometry, metric: Metric) -> list[int]:
    """Return how wide the gaps between the pieces of a line are, metres, in its order; none for one piece."""
    parts = [np.asarray(metric.to_metric(part).coords) for part in shapely.get_parts(line)]
    return [round(float(np.linalg.norm(after[0] - before[-1]))) for before, after in pairwise(parts)]
