"""Read an extract of OpenStreetMap (.osm.pbf) with pyosmium: routes with their members in order, ways, areas, places.

Extracts are WGS-84. Source: https://wiki.openstreetmap.org/wiki/Map_features for the tags.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import osmium
import shapely
from osmium import filter as osm_filter
from osmium.osm import NODE, RELATION, WAY
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceError
from geo.geography.drawn import Content, Drawn
from geo.geography.kinds import AREA_KEYS, KINDS, LINE_KEYS, POINT_KEYS, RAIL_ROUTES, Kind, kinds_of

_ROUTE_KINDS = {**dict.fromkeys(RAIL_ROUTES, "rail"), "road": "motorway"}
_OUTLINES = frozenset({"multipolygon", "boundary"})
_NOT_TRACK = ("stop", "platform", "entrance", "guidepost")
Box = tuple[float, float, float, float]
OnStep = Callable[[str], None]


@dataclass(frozen=True)
class _Relation:
    """A relation of ways: a route, in the order of travel, or an outline."""

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
        relations = list(_relations(path))
        routes = [one for one in relations if one.tags["type"] == "route"]
        on_step("ways")
        reader = _Reader(routes, shapely.box(*box))
        reader.read(path)
        unclosed = [one for one in relations if one.tags["type"] != "route" and one.id not in reader.closed]
        outlines = list(_without_shape(unclosed, path))
        date = _date(path)
    except (RuntimeError, OSError, ValueError) as error:
        msg = (
            f"{path.name}: cannot be read as an extract of OpenStreetMap ({_why(error)}); expected a whole .osm.pbf "
            "file: fetch it again"
        )
        raise SourceError(msg) from error
    if not (reader.is_in_area or outlines):  # what has no outline may lie anywhere
        msg = f"{path.name}: nothing of it lies in the area ({_told_box(box)}); expected an extract of this region"
        raise SourceError(msg)
    things = (*_whole_routes(routes, reader.ways), *reader.things, *outlines)
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


def _relations(path: Path) -> Iterator[_Relation]:
    """Yield the routes, and the outlines of what may be a feature of ours."""
    relations: Iterable[Any] = osmium.FileProcessor(str(path), RELATION)
    for relation in relations:
        tags = dict(relation.tags)
        is_route = tags.get("type") == "route" and tags.get("route") in _ROUTE_KINDS
        if is_route or (tags.get("type") in _OUTLINES and _may_be_ours(tags)):
            ways = tuple(one.ref for one in relation.members if one.type == "w" and not one.role.startswith(_NOT_TRACK))
            yield _Relation(relation.id, tags, ways)


def _may_be_ours(tags: dict[str, str]) -> bool:
    return "name" in tags and any(kind.layer for kind in kinds_of(tags, "area"))


def _without_shape(outlines: Sequence[_Relation], path: Path) -> Iterator[Drawn]:
    """Yield outlines that cannot be closed, so that they are refused by name; with how many ways the file lacks."""
    if not outlines:
        return
    wanted = {way for outline in outlines for way in outline.ways}
    ways: Iterable[Any] = osmium.FileProcessor(str(path), WAY).with_filter(osm_filter.IdFilter(wanted))
    held = {way.id for way in ways}
    for outline in outlines:
        missing = sum(way not in held for way in outline.ways)
        for kind in kinds_of(outline.tags, "area"):
            told = f"relation {outline.id}"
            yield Drawn(kind.id, outline.tags, shapely.Polygon(), told, members=len(outline.ways), missing=missing)


def _whole_routes(routes: Iterable[_Relation], ways: dict[int, LineString]) -> Iterator[Drawn]:
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
    """Collects ways, areas and places of a file in one pass; shapes are made of all of them at once."""

    def __init__(self, routes: Iterable[_Relation], box: BaseGeometry) -> None:
        self.ways: dict[int, LineString] = {}
        self.things: list[Drawn] = []
        self.closed: set[int] = set()  # relations whose outlines are areas
        self._of_routes = {way for route in routes for way in route.ways}
        self._box = box
        self._broken: dict[str, int] = {}
        self._found: list[tuple[Sequence[Kind], dict[str, str], str]] = []
        self._shapes: list[str] = []  # WKB, hexadecimal
        self._members: list[tuple[int, int]] = []  # a way of a route, and its place among the shapes

    @property
    def is_in_area(self) -> bool:
        """Tell whether anything lies in the area."""
        return bool(self._is_here.any())

    def notes(self) -> Iterator[str]:
        """Tell what was left out."""
        for what, count in sorted(self._broken.items()):
            yield f"{count} {what} left out: their corners are missing from the file, or they cross themselves"

    def read(self, path: Path) -> None:
        with_tags = osm_filter.EmptyTagFilter()
        with_tags.enable_for(NODE)  # a way of a route may have none
        processor = osmium.FileProcessor(str(path), NODE | WAY | RELATION)
        processor = processor.with_areas(osm_filter.KeyFilter(*AREA_KEYS)).with_filter(with_tags)
        things: Iterable[Any] = processor
        for thing in things:
            if thing.is_way():
                self._way(thing)
            elif thing.is_area():
                is_added = self._add(kinds_of(dict(thing.tags), "area"), thing, _FACTORY.create_multipolygon, "areas")
                if is_added and not thing.from_way():
                    self.closed.add(thing.orig_id())
            elif thing.is_node() and any(key in thing.tags for key in POINT_KEYS):
                self._add(kinds_of(dict(thing.tags), "point"), thing, _FACTORY.create_point, "points")
        self._make()

    def _way(self, way: Any) -> None:  # noqa: ANN401  a type of pyosmium
        is_member = way.id in self._of_routes
        kinds = kinds_of(dict(way.tags), "line") if any(key in way.tags for key in LINE_KEYS) else []
        if is_member or kinds:
            is_added = self._add(kinds, way, _FACTORY.create_linestring, "ways", is_kept=is_member)
            if is_added and is_member:
                self._members.append((way.id, len(self._shapes) - 1))

    def _add(
        self,
        kinds: Sequence[Kind],
        thing: Any,  # noqa: ANN401  a type of pyosmium
        shape_of: Callable[[Any], str],
        what: str,
        *,
        is_kept: bool = False,
    ) -> bool:
        """Keep what is of a kind; tell whether it has a shape."""
        if not (kinds or is_kept):
            return False
        try:
            self._shapes.append(shape_of(thing))
        except RuntimeError:
            self._broken[what] = self._broken.get(what, 0) + 1
            return False
        self._found.append((kinds, dict(thing.tags), _told(thing)))
        return True

    def _make(self) -> None:
        """Make shapes of everything, and things of what may be ours.

        Lines are kept wherever they lie, for they leave the area; of what is many only what meets it.
        """
        shapes = shapely.from_wkb(self._shapes)
        self._is_here = shapely.intersects(shapes, self._box)
        self.ways = {way: shapes[number] for way, number in self._members}
        for (kinds, tags, told), shape, is_here in zip(self._found, shapes, self._is_here.tolist(), strict=True):
            self.things += [
                Drawn(kind.id, _kept(kind, tags), shape, told)
                for kind in kinds
                if is_here or kind.layer in {"transit_lines", "expressways", "rivers"}
            ]


def _told(thing: Any) -> str:  # noqa: ANN401  a type of pyosmium
    if thing.is_area():
        return f"{'way' if thing.from_way() else 'relation'} {thing.orig_id()}"
    return f"{'way' if thing.is_way() else 'node'} {thing.id}"


_FACTORY = osmium.geom.WKBFactory()
_OF_THE_BASE = frozenset({"name", "highway"})
_BASE = frozenset(kind.id for kind in KINDS if kind.base)


def _kept(kind: Kind, tags: dict[str, str]) -> dict[str, str]:
    """Return the tags that are asked for later: of the base map, of which there is much, only few."""
    return {key: tags[key] for key in _OF_THE_BASE if key in tags} if kind.base else tags
