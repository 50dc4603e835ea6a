"""Make small extracts of OpenStreetMap: pyosmium writes what a test draws."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import osmium
from osmium.osm.mutable import Node, Relation, Way

Corners = Sequence[tuple[float, float]]


class Extract:
    """A file in the making; every corner becomes a node, and things get numbers of their own."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[float, float], Node] = {}
        self._ways: list[Way] = []
        self._relations: list[Relation] = []
        self._last = 0

    def node(self, at: tuple[float, float], tags: Mapping[str, str] | None = None) -> int:
        """Draw a point, degrees (lon, lat)."""
        if at not in self._nodes or tags:
            known = self._nodes.get(at)
            number = known.id if known else self._next()
            self._nodes[at] = Node(id=number, location=at, tags=dict(tags or {}), version=1)
        return self._nodes[at].id

    def way(self, corners: Corners, tags: Mapping[str, str] | None = None) -> int:
        """Draw a line."""
        way = Way(id=self._next(), nodes=[self.node(corner) for corner in corners], tags=dict(tags or {}), version=1)
        self._ways.append(way)
        return way.id

    def relation(self, members: Sequence[tuple[str, int, str]], tags: Mapping[str, str]) -> int:
        """Draw a relation of members: kind, number and role."""
        relation = Relation(id=self._next(), members=list(members), tags=dict(tags), version=1)
        self._relations.append(relation)
        return relation.id

    def area(self, outer: Corners, tags: Mapping[str, str], *, inner: Corners = ()) -> int:
        """Draw an area, with a hole or without."""
        rings = [("w", self.way(outer), "outer"), *([("w", self.way(inner), "inner")] if inner else [])]
        return self.relation(rings, {"type": "multipolygon", **tags})

    def write(self, path: Path) -> Path:
        """Write everything, sorted as extracts are."""
        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", "2026-11-01T00:00:00Z")
        writer = osmium.SimpleWriter(str(path), header=header)
        for node in sorted(self._nodes.values(), key=lambda node: node.id):
            writer.add_node(node)
        for way in self._ways:
            writer.add_way(way)
        for relation in self._relations:
            writer.add_relation(relation)
        writer.close()
        return path

    def _next(self) -> int:
        self._last += 1
        return self._last
