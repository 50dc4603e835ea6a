"""Read an extract of OpenStreetMap (.osm.pbf) with pyosmium: routes with their members in order, ways, areas, places.

Extracts are WGS-84. Source: https://wiki.openstreetmap.org/wiki/Map_features for the tags.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
import shapely
from osmium import filter as osm_filter
from osmium.osm import NODE, RELATION, WAY
from shapely.geometry import LineString, MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceError
from geo.geography.drawn import Content, Drawn
from geo.geography.kinds import AREA_KEYS, KINDS, LINE_KEYS, POINT_KEYS, RAIL_ROUTES, Kind, kinds_of

_ROUTE_KINDS = {**dict.fromkeys(RAIL_ROUTES, "rail"), "road": "motorway"}
_NOT_TRACK = ("stop", "platform", "entrance", "guidepost")
_LEAST_OF_A_LINE = 2
Box = tuple[float, float, float, float]
OnStep = Callable[[str], None]


@dataclass(frozen=True)
class _Route:
    """A relation that names ways in the order of travel."""

    id: int
    tags: dict[str, str]
    ways: tuple[int, ...]


def read_osm(path: Path, box: Box, on_step: OnStep) -> Content:
    """Return what an extract draws.

    Args:
        path: The file.
        box: west, south, east, north of the area, WGS-84: of what is many, only what meets it is taken.
        on_step: Told the name of each step.

    Raises:
        SourceError: It is no extract, is cut off, or holds nothing in the area.
    """
    try:
        on_step("relations")
        routes = list(_routes(path))
        on_step("ways")
        reader = _Reader(routes, shapely.box(*box))
        reader.read(path)
        date = _date(path)
    except (RuntimeError, OSError, ValueError) as error:
        msg = (
            f"{path.name}: cannot be read as an extract of OpenStreetMap ({_why(error)}); expected a whole .osm.pbf "
            "file: fetch it again"
        )
        raise SourceError(msg) from error
    if not reader.is_in_area:
        msg = f"{path.name}: nothing of it lies in the area ({_told_box(box)}); expected an extract of this region"
        raise SourceError(msg)
    things = (*_whole_routes(routes, reader.ways), *reader.things)
    return Content(things, is_declared=True, date=date, is_osm=True, notes=tuple(reader.notes()))


def _why(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


def _told_box(box: Box) -> str:
    west, south, east, north = box
    return f"{west:.1f}–{east:.1f}°E, {south:.1f}–{north:.1f}°N"


def _date(path: Path) -> str | None:
    """Return the day of the snapshot, as the file says it; None where it does not."""
    with osmium.io.Reader(str(path), osmium.osm.NOTHING) as reader:
        header = reader.header()
        return header.get("osmosis_replication_timestamp", "")[:10] or None


def _routes(path: Path) -> Iterator[_Route]:
    relations: Iterable[Any] = osmium.FileProcessor(str(path), RELATION)
    for relation in relations:
        tags = dict(relation.tags)
        if tags.get("type") == "route" and tags.get("route") in _ROUTE_KINDS:
            ways = tuple(one.ref for one in relation.members if one.type == "w" and not one.role.startswith(_NOT_TRACK))
            yield _Route(relation.id, tags, ways)


def _whole_routes(routes: Iterable[_Route], ways: dict[int, LineString]) -> Iterator[Drawn]:
    for route in routes:
        parts = [ways[one] for one in route.ways if one in ways]
        if parts:
            yield Drawn(
                kind=_ROUTE_KINDS[route.tags["route"]],
                tags=route.tags,
                shape=MultiLineString(parts),
                told=f"relation {route.id}",
                members=len(route.ways),
                missing=len(route.ways) - len(parts),
            )


class _Reader:
    """Collects ways, areas and places of a file in one pass."""

    def __init__(self, routes: Iterable[_Route], box: BaseGeometry) -> None:
        self.ways: dict[int, LineString] = {}
        self.things: list[Drawn] = []
        self.is_in_area = False
        self._of_routes = {way for route in routes for way in route.ways}
        self._box = box
        self._broken: dict[str, int] = {}
        shapely.prepare(box)

    def notes(self) -> Iterator[str]:
        """Tell what was left out."""
        for what, count in sorted(self._broken.items()):
            yield f"{count} {what} left out: their corners are missing from the file, or they cross themselves"

    def read(self, path: Path) -> None:
        processor = osmium.FileProcessor(str(path), NODE | WAY | RELATION)
        processor = processor.with_areas(osm_filter.KeyFilter(*AREA_KEYS)).with_filter(osm_filter.EmptyTagFilter())
        wanted = {*LINE_KEYS, *AREA_KEYS}
        things: Iterable[Any] = processor
        for thing in things:
            if thing.is_way():
                if thing.id in self._of_routes or any(key in thing.tags for key in LINE_KEYS):
                    self._way(thing)
            elif thing.is_area():
                if any(key in thing.tags for key in wanted):
                    self._area(thing)
            elif thing.is_node() and any(key in thing.tags for key in POINT_KEYS):
                self._node(thing)

    def _way(self, way: Any) -> None:  # noqa: ANN401  a type of pyosmium
        tags = dict(way.tags)
        kinds = kinds_of(tags, "line")
        is_member = way.id in self._of_routes
        if not (kinds or is_member):
            return
        corners = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
        if len(corners) < _LEAST_OF_A_LINE or len(corners) < len(way.nodes):
            self._leave_out("ways")
            return
        line = LineString(corners)
        if is_member:
            self.ways[way.id] = line
        self._add(kinds, tags, line, f"way {way.id}")

    def _area(self, area: Any) -> None:  # noqa: ANN401  a type of pyosmium
        tags = dict(area.tags)
        kinds = kinds_of(tags, "area")
        if not kinds:
            return
        try:
            shape = shapely.from_wkb(bytes.fromhex(_FACTORY.create_multipolygon(area)))
        except RuntimeError:
            self._leave_out("areas")
            return
        self._add(kinds, tags, shape, f"{'way' if area.from_way() else 'relation'} {area.orig_id()}")

    def _node(self, node: Any) -> None:  # noqa: ANN401  a type of pyosmium
        tags = dict(node.tags)
        self._add(kinds_of(tags, "point"), tags, Point(node.lon, node.lat), f"node {node.id}")

    def _add(self, kinds: list[Kind], tags: dict[str, str], shape: BaseGeometry, told: str) -> None:
        """Keep what may be ours wherever it lies, for lines leave the area; of what is many only what meets it."""
        is_here = bool(self._box.intersects(shape))
        self.is_in_area |= is_here
        for kind in kinds:
            if is_here or kind.layer in {"transit_lines", "expressways", "rivers"}:
                self.things.append(Drawn(kind.id, _kept(kind, tags), shape, told))

    def _leave_out(self, what: str) -> None:
        self._broken[what] = self._broken.get(what, 0) + 1


_FACTORY = osmium.geom.WKBFactory()
_OF_THE_BASE = frozenset({"name", "highway"})
_BASE = frozenset(kind.id for kind in KINDS if kind.base)


def _kept(kind: Kind, tags: dict[str, str]) -> dict[str, str]:
    """Return the tags that are asked for later: of the base map, of which there is much, only few."""
    return {key: tags[key] for key in _OF_THE_BASE if key in tags} if kind.base else tags
