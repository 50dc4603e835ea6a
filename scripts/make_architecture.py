"""Draw docs/images/architecture.svg: the rooms of the house and what they build on, read from the code.

python scripts/make_architecture.py           writes it

Rows are the layers that the import rules in pyproject.toml allow, boxes the packages and modules that stand there, an
arrow what one builds on; one that others already tell of is left out.
"""

import sys
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
_GAP, _ROW, _LINE, _CHAR, _WIDEST = 14, 34, 13, 6.4, 236
_WIDTH = 1280
_STYLE = (
    "text{font:11px system-ui,sans-serif;fill:#1d2733}.name{font-weight:600;font-size:12px}"
    ".geo{fill:#eaf3ee;stroke:#4a7c5f}.webapp{fill:#eaf0f9;stroke:#48689b}"
    "path{fill:none;stroke:#8593a3;stroke-width:.9;opacity:.75}.back{fill:#fff}"
)


@dataclass
class Room:
    """A package or module of the first floor, with the modules inside; place and size in pixels."""

    name: str
    inside: Sequence[str]
    x: float = 0
    y: float = 0

    @property
    def lines(self) -> list[str]:
        """Return the names inside, wrapped to the width of the box."""
        lines = [""]
        for name in self.inside:
            if lines[-1] and len(lines[-1]) + len(name) > _WIDEST / _CHAR:
                lines.append("")
            lines[-1] += ("  " if lines[-1] else "") + name
        return [line for line in lines if line]

    @property
    def width(self) -> float:
        """Return the width that the longest line needs."""
        return max([len(self.name) * 7.8, *(len(line) * _CHAR for line in self.lines)]) + 2 * _GAP

    @property
    def height(self) -> float:
        """Return the height that the lines need."""
        return 26 + _LINE * len(self.lines)


def documents() -> dict[str, str]:
    """Return the text of the picture by its name under docs/."""
    return {"images/architecture.svg": picture()}


def picture() -> str:
    """Return the picture as SVG."""
    graph = grimp.build_graph("geo", "webapp")
    rows = [[_room(graph, name) for name in row] for row in _rows()]
    height = _place(rows)
    rooms = {room.name: room for row in rows for room in row}
    arrows = "".join(_arrow(rooms[a], rooms[b]) for a, b in _arrows(graph, list(rooms)))
    boxes = "".join(_box(room) for room in rooms.values())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" role="img" '
        f'aria-label="Rooms of the product and what they build on"><style>{_STYLE}</style>'
        f'<rect class="back" width="{_WIDTH}" height="{height:.0f}"/>\n{arrows}{boxes}</svg>\n'
    )


def _rows() -> list[list[str]]:
    """Return the rooms of every layer of the import rules, those that others build on last."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    layered = {c["containers"][0]: c["layers"] for c in rules if c["type"] == "layers"}
    both = [(house, row) for house in ("webapp", "geo") for row in layered[house]]
    return [[f"{house}.{name.strip()}" for name in row.split("|")] for house, row in both]


def _room(graph: grimp.ImportGraph, name: str) -> Room:
    inside = sorted(module.rsplit(".", 1)[1] for module in graph.find_children(name))
    return Room(name, inside)


def _place(rows: Iterable[Sequence[Room]]) -> float:
    """Give every room its place, each row in the middle; return the height of all."""
    y = float(_GAP)
    for row in rows:
        free = _WIDTH - sum(room.width for room in row)
        step = min(free / (len(row) + 1), 60)
        x = (free - step * (len(row) - 1)) / 2
        for room in row:
            room.x, room.y = x, y
            x += room.width + step
        y += max(room.height for room in row) + _ROW
    return y


def _arrows(graph: grimp.ImportGraph, rooms: Sequence[str]) -> list[tuple[str, str]]:
    """Return who builds on whom, without what follows from other arrows."""
    direct = {
        room: {
            other
            for other in rooms
            if other != room and graph.direct_import_exists(importer=room, imported=other, as_packages=True)
        }
        for room in rooms
    }
    below: dict[str, set[str]] = {}
    for room in reversed(rooms):
        below[room] = direct[room].union(*(below.get(other, set()) for other in direct[room]))
    return [
        (room, other)
        for room in rooms
        for other in sorted(direct[room])
        if not any(other in below.get(between, set()) for between in direct[room] - {other})
    ]


def _arrow(a: Room, b: Room) -> str:
    x1, y1, x2, y2 = a.x + a.width / 2, a.y + a.height, b.x + b.width / 2, b.y
    bend = (y2 - y1) / 2
    return f'<path d="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"/>\n'


def _box(room: Room) -> str:
    house = room.name.split(".", 1)[0]
    x, y = room.x + _GAP, room.y + 17
    lines = "".join(
        f'<text x="{x:.0f}" y="{y + _LINE * number:.0f}">{escape(line)}</text>'
        for number, line in enumerate(room.lines, start=1)
    )
    return (
        f'<rect class="{house}" x="{room.x:.0f}" y="{room.y:.0f}" width="{room.width:.0f}" height="{room.height:.0f}" '
        f'rx="5"/><text class="name" x="{x:.0f}" y="{y:.0f}">{escape(room.name)}</text>{lines}\n'
    )


if __name__ == "__main__":
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")
    PICTURE.write_text(picture(), encoding="utf-8")
