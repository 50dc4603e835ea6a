"""How lines are drawn: their kind, their shield, what of them is dashed, and where they leave the area.

Nothing is invented: a shield is a number of the record, and the name at an arrow is that of a recorded stop or node.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature, Layer
from geo.layers.drawn_lines import drawn_pieces
from geo.text import LocalText, word

Corner = tuple[float, float]
_MARGIN_DEG = 0.04  # about 4 km: so far a line that leaves the area is drawn
_METRO = re.compile(r"M(\d+)")
_OTHER = re.compile(r"[ST]\d+")
_CODE = re.compile(r"[A-Z]+\d+")
PLANNED = frozenset({"planned", "under_construction"})


@dataclass(frozen=True)
class LineKind:
    """A kind of lines, how the legend calls it, and how it is drawn by day: WGS-84 lines, widths in pixels."""

    id: str
    title: LocalText
    color: str
    weight: float


LINE_KINDS = (
    LineKind("rail", word("High-speed and intercity railway"), "#414b57", 2.6),
    LineKind("suburban", word("Suburban railway"), "#6f1d8f", 2.6),
    LineKind("metro", word("Metro"), "#2b62c4", 2.2),
    LineKind("tram", word("Tram"), "#2f7f97", 1.6),
)
_KIND_OF: Mapping[str, str] = {
    "hsr": "rail",
    "intercity": "rail",
    "suburban_rail": "suburban",
    "metro": "metro",
    "tram": "tram",
}
_ORDER = [kind.id for kind in LINE_KINDS]


@dataclass(frozen=True)
class Stroke:
    """A part of a line as it is drawn, WGS-84."""

    is_dashed: bool
    geometry: BaseGeometry


@dataclass(frozen=True)
class LineEnd:
    """Where a line leaves the area: the point of its arrow, the degrees clockwise from north it points to, its goal."""

    point: Point
    bearing: float
    name: LocalText | None


@dataclass(frozen=True)
class DrawnLine:
    """A line as a map draws it: in strokes that no line before it has, cut a little beyond the area, with its ends.

    `kind` is an id of LINE_KINDS, or empty; `shield` its number, or empty.
    """

    kind: str
    is_planned: bool
    shield: str
    geometry: BaseGeometry
    strokes: tuple[Stroke, ...]
    ends: tuple[LineEnd, ...]


def drawn_lines(lines: Layer, area: BaseGeometry, stops: Iterable[Feature] = ()) -> dict[str, DrawnLine]:
    """Return each line of a layer as it is drawn, by its id.

    Where lines share a segment the first draws it, so that their dashes never fill each other's gaps: open lines before
    planned ones, then by kind.

    Args:
        lines: A layer of lines, WGS-84.
        area: What the map shows of the world, WGS-84.
        stops: Points with a column `lines`; their names tell where lines go.
    """
    near = area.buffer(_MARGIN_DEG)
    shapely.prepare(near)
    named = _names(stops)
    taken: set[frozenset[Corner]] = set()
    return {line.id: _drawn(line, area, near, named, taken) for line in sorted(lines, key=_precedence)}


def _precedence(line: Feature) -> tuple[bool, int, str]:
    return line.status in PLANNED, _ORDER.index(kind_of(line)) if kind_of(line) else len(_ORDER), line.id


def _drawn(
    line: Feature,
    area: BaseGeometry,
    near: BaseGeometry,
    named: Mapping[tuple[str, Corner], LocalText],
    taken: set[frozenset[Corner]],
) -> DrawnLine:
    whole = line.geometry
    cut = whole if near.covers(whole) else shapely.intersection(whole, near)
    strokes = tuple(_strokes(line, taken, near))
    return DrawnLine(
        kind=kind_of(line),
        is_planned=line.status in PLANNED,
        shield=shield(line),
        geometry=cut if not cut.is_empty else whole,
        strokes=strokes,
        ends=tuple(_ends(line, area, cut, named)),
    )


def kind_of(line: Feature) -> str:
    """Return the id of the kind of a line; empty where it is of none."""
    return _KIND_OF.get(str(line.properties.get("mode")), "")


def shield(line: Feature) -> str:
    """Return the number that a line carries on its way: the first code of its record, or that of its id; else ""."""
    code = _CODE.search(str(line.properties.get("code") or ""))
    if code:
        return code[0]
    if line.properties.get("mode") is None:
        return ""
    metro = _METRO.fullmatch(line.id)
    return metro[1] if metro else line.id if _OTHER.fullmatch(line.id) else ""


def _strokes(line: Feature, taken: set[frozenset[Corner]], near: BaseGeometry) -> Iterator[Stroke]:
    """Yield the solid and the dashed part of a line, as far as no other drew them, and take them."""
    is_dashed = _dashing(line)
    for dashed in (False, True):
        runs = [run for part in _parts(line.geometry) for run in _runs(part, dashed, is_dashed, taken)]
        shape = shapely.intersection(MultiLineString(runs), near) if runs else None
        if shape is not None and not shape.is_empty:
            yield Stroke(dashed, shapely.line_merge(shape) if isinstance(shape, MultiLineString) else shape)


def _dashing(line: Feature) -> Callable[[frozenset[Corner]], bool]:
    """Tell what of a line is dashed: the segments of its schematic pieces."""
    dashed = {
        segment
        for piece in drawn_pieces(line)
        if piece.is_schematic
        for segment in map(frozenset, _segments(piece.line))
    }
    return dashed.__contains__


def _runs(
    corners: Sequence[Corner],
    dashed: bool,  # noqa: FBT001  which of the two strokes is made
    is_dashed: Callable[[frozenset[Corner]], bool],
    taken: set[frozenset[Corner]],
) -> list[list[Corner]]:
    """Return the stretches between corners that belong to a stroke and that nobody took; take them."""
    runs: list[list[Corner]] = []
    is_open = False
    for one, other in pairwise(corners):
        segment = frozenset((one, other))
        is_ours = is_dashed(segment) is dashed and segment not in taken
        if is_ours:
            taken.add(segment)
            runs[-1].append(other) if is_open else runs.append([one, other])
        is_open = is_ours
    return runs


def _segments(line: LineString) -> Iterator[tuple[Corner, Corner]]:
    return pairwise((x, y) for x, y, *_ in line.coords)


def _parts(geometry: BaseGeometry) -> list[list[Corner]]:
    lines = (part for part in shapely.get_parts(geometry) if isinstance(part, LineString))
    return [[(x, y) for x, y, *_ in line.coords] for line in lines]


def _names(stops: Iterable[Feature]) -> dict[tuple[str, Corner], LocalText]:
    """Return the names of stops by line and position."""
    return {
        (str(line), (stop.geometry.x, stop.geometry.y)): stop.name
        for stop in stops
        for line in _texts(stop.properties.get("lines"))
        if isinstance(stop.geometry, Point)
    }


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _ends(
    line: Feature, area: BaseGeometry, cut: BaseGeometry, named: Mapping[tuple[str, Corner], LocalText]
) -> Iterator[LineEnd]:
    """Yield an end for each end of a line, and of its branches, that lies outside the area."""
    whole, kept = _parts(line.geometry), _parts(cut)
    tips = [tip for part in kept for tip in ((part[1], part[0]), (part[-2], part[-1]))]
    for number, part in enumerate(whole):
        for at, is_last in ((part[0], False), (part[-1], True)):
            if tips and not area.covers(Point(at)):
                before, tip = min(tips, key=lambda one: math.dist(one[1], at))
                goal = _goal(line, at, named, end=is_last if number == 0 else None)
                yield LineEnd(Point(tip), _bearing(before, tip), goal)


def _goal(
    line: Feature, at: Corner, named: Mapping[tuple[str, Corner], LocalText], *, end: bool | None
) -> LocalText | None:
    """Return where a line goes: the first or last name of its record, of a branch the stop at its end."""
    stop = next((name for (name_of, place), name in named.items() if name_of == line.id and _is_at(place, at)), None)
    recorded = _texts(line.properties.get("termini")) or _texts(line.properties.get("nodes"))
    if end is None or not recorded:
        return stop
    english = _texts(line.properties.get("termini_en"))
    number = -1 if end else 0
    return LocalText(recorded[number], english[number] if len(english) > 1 else None)


def _is_at(place: Corner, at: Corner) -> bool:
    return abs(place[0] - at[0]) + abs(place[1] - at[1]) < _MARGIN_DEG / 4


def _bearing(before: Corner, tip: Corner) -> float:
    """Return the degrees clockwise from north of a short step, as web maps show it."""
    east = (tip[0] - before[0]) * math.cos(math.radians(tip[1]))
    return math.degrees(math.atan2(east, tip[1] - before[1])) % 360
