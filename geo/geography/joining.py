"""Find for each of our features what a file may draw of it: by name, by number, by the county that contains it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geo.feature import Feature
from geo.gazetteer.entry import bare_township
from geo.geography.direction import as_ours
from geo.geography.drawn import Drawn
from geo.geography.known import Known, names_of, plain, refs_of
from geo.geography.lines import in_order, joined, one_track, with_branches
from geo.layers.boundaries import Township

_RAIL, _ROAD = "rail", "motorway"


@dataclass(frozen=True)
class Candidate:
    """What may be the shape of a feature, WGS-84: which things of the file it was made of, and how many lack."""

    layer: str
    id: str
    name: str
    shape: BaseGeometry
    told: str
    members: int = 0
    missing: int = 0


class Things:
    """What a file draws, by kind and by name."""

    def __init__(self, things: Sequence[Drawn]) -> None:
        """Take everything once."""
        self._of_kind: dict[str, list[Drawn]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[Drawn]] = defaultdict(list)
        for thing in things:
            self._of_kind[thing.kind].append(thing)
            for name in {plain(name) for name in thing.names}:
                self._named[thing.kind, name].append(thing)

    def of_kind(self, kind: str) -> Sequence[Drawn]:
        """List the things of a kind."""
        return self._of_kind[kind]

    def named(self, kind: str, names: frozenset[str]) -> list[Drawn]:
        """List the things of a kind that have one of some plain names, each once."""
        found = {id(thing): thing for name in sorted(names) for thing in self._named.get((kind, name), ())}
        return list(found.values())


def candidates(things: Things, known: Known) -> Iterator[Sequence[Candidate]]:
    """Yield for each feature that the file may draw what may be its shape, the likeliest first."""
    for feature in known.layers.get("transit_lines", ()):
        yield list(_of_line("transit_lines", _RAIL, feature, things, known))
    for feature in known.layers.get("expressways", ()):
        yield list(_of_line("expressways", _ROAD, feature, things, known))
    for layer, kind in (("eco_zones", "park"), ("lakes", "lake")):
        for feature in known.layers.get(layer, ()):
            yield _of_area(layer, kind, feature, things)
    for feature in known.layers.get("rivers", ()):
        yield _of_river(feature, things, known)
    yield from ([one] for one in _townships(things, known))


def _of_line(layer: str, kind: str, feature: Feature, things: Things, known: Known) -> Iterator[Candidate]:
    names, refs = names_of(feature), refs_of(feature)
    routes = [thing for thing in things.of_kind(kind) if thing.members and _is_route_of(thing, names, refs)]
    for route in sorted(routes, key=lambda route: route.missing):
        yield _line(layer, feature, _of_route(route, known), [route], known)
    if routes and kind == _RAIL:
        yield _line(layer, feature, _of_routes(routes, feature, known), routes, known)
    ways = [thing for thing in things.named(kind, names) if not thing.members]
    if ways:
        yield _line(layer, feature, one_track(_lines(ways), known.metric), ways, known)
    coded = [thing for thing in things.of_kind(kind) if not thing.members and refs & set(thing.refs)]
    if coded and len(coded) != len(ways):
        yield _line(layer, feature, one_track(_lines(coded), known.metric), coded, known)


def _is_route_of(route: Drawn, names: frozenset[str], refs: frozenset[str]) -> bool:
    return bool(names & {plain(name) for name in route.names} or refs & set(route.refs))


def _of_route(route: Drawn, known: Known) -> BaseGeometry:
    """Return the line of a route: in the order of its members; of the two carriageways of a road one."""
    pieces = _lines([route])
    if route.kind == _ROAD:
        return one_track(pieces, known.metric)
    return joined(in_order(pieces), known.metric)


def _of_routes(routes: Sequence[Drawn], feature: Feature, known: Known) -> BaseGeometry:
    """Return the line of a route that holds both tracks, or of the routes of each branch where ours has branches."""
    if shapely.get_num_geometries(feature.geometry) == 1:
        return one_track(_lines(routes), known.metric)
    return with_branches([_of_route(route, known) for route in routes], known.metric)


def _lines(things: Sequence[Drawn]) -> list[LineString]:
    return [part for thing in things for part in shapely.get_parts(thing.shape) if part.geom_type == "LineString"]


def _of_area(layer: str, kind: str, feature: Feature, things: Things) -> list[Candidate]:
    found = things.named(kind, names_of(feature))
    return [_candidate(layer, feature, shapely.union_all([one.shape for one in found]), found)] if found else []


def _of_river(feature: Feature, things: Things, known: Known) -> list[Candidate]:
    found = things.named("river", names_of(feature))
    if not found:
        return []
    line = joined(shapely.line_merge(shapely.union_all([one.shape for one in found])), known.metric)
    return [_line("rivers", feature, line, found, known)]


def _line(layer: str, feature: Feature, line: BaseGeometry, made_of: Sequence[Drawn], known: Known) -> Candidate:
    return _candidate(layer, feature, as_ours(line, feature.geometry, known.metric), made_of)


def _candidate(layer: str, feature: Feature, shape: BaseGeometry, made_of: Sequence[Drawn]) -> Candidate:
    return Candidate(
        layer=layer,
        id=feature.id,
        name=feature.name.zh,
        shape=shape,
        told=made_of[0].told if len(made_of) == 1 else f"{made_of[0].told} and {len(made_of) - 1} more",
        members=sum(one.members for one in made_of),
        missing=sum(one.missing for one in made_of),
    )


def _townships(things: Things, known: Known) -> Iterator[Candidate]:
    """Yield townships by name and the county that contains them, else by a name that stands once; others by none.

    What lies in none of the counties is left out, and what has no name.
    """
    by_name = _townships_by_name(known)
    for thing in filter(lambda thing: thing.names, things.of_kind("township")):
        county = known.county_around(thing.shape)
        named = {one.id: one for name in thing.names for one in by_name.get(bare_township(name), ())}
        ids = [one.id for one in named.values() if one.county == county] or list(named)
        if county is not None or (thing.shape.is_empty and len(ids) == 1):
            name = thing.names[0]
            yield Candidate(
                "townships",
                ids[0] if len(ids) == 1 else name,
                name,
                thing.shape,
                thing.told,
                thing.members,
                thing.missing,
            )


def _townships_by_name(known: Known) -> Mapping[str, Sequence[Township]]:
    found: dict[str, list[Township]] = defaultdict(list)
    for township in known.townships:
        found[bare_township(township.name_zh)].append(township)
    return found
