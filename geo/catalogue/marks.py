"""What a map draws of many cases: single ones, and clusters where they would lie over one another.

The cost grows with the number of cases in view, never with the area; the answer with the size of the window only.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.counted import CountedPlaces
from geo.catalogue.matched import Matched
from geo.crs import to_world
from geo.query import Bbox, CaseQuery

TILE_PX = 256
_CELL_PX = 32
_APART_PX = 46.0  # markers nearer than this lie over one another
_MOST_MARKS = 120  # a browser draws them in a blink
_MOST_CELLS = 4096  # taken by cases: more than a window on a screen has
_WIDER = 1.5
MOST_LISTED = 24
Numbers = NDArray[np.int64]
Points = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True)
class Mark:
    """One case, or several that lie together.

    `lon`, `lat` are the mean of the members' places, degrees, WGS-84. `themes` counts the members by theme, in the
    order of the catalogue; `numbers` are the members in the index where they are few, at most 24, else none; `box`
    bounds those, WGS-84.
    """

    lon: float
    lat: float
    count: int
    themes: tuple[int, ...]
    numbers: tuple[int, ...]
    box: Bbox | None


class Marks:
    """Groups the cases of a catalogue for a window at a zoom; built once, thread-safe to read."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the cases by their numbers in the index."""
        self._catalogue = catalogue
        self.places = CountedPlaces(catalogue)

    def in_view(self, query: CaseQuery, view: Bbox, *, zoom: float, is_fine: bool = False) -> list[Mark]:
        """Return what to draw in a window, the largest first: each case where it matches; region-wide ones nowhere.

        Args:
            query: The filter.
            view: The window, degrees, WGS-84.
            zoom: Of web maps: the world is 256 · 2^zoom pixels wide.
            is_fine: Leave out what is known by its county, belt or city only.
        """
        numbers = self._located(query)
        if is_fine:
            numbers = numbers[self.places.is_fine(query)[numbers]]
        lon, lat = Matched(self._catalogue, query).points
        west, south, east, north = view
        x, y = lon[numbers], lat[numbers]
        numbers = numbers[(west <= x) & (x <= east) & (south <= y) & (y <= north)]
        if not len(numbers):
            return []
        world = self._world if lon is self._catalogue.index.label_points[0] else None
        x, y = (one[numbers] for one in world) if world else to_world(lon[numbers], lat[numbers])
        return self._marks(numbers, _groups(x, y, zoom), (lon, lat))

    def _located(self, query: CaseQuery) -> Numbers:
        """Return the numbers in the index of the cases that match, ascending, without those of the whole region."""
        numbers = self._catalogue.index.numbers(query)
        located: Numbers = np.sort(numbers[~self._catalogue.index.is_region[numbers]])
        return located

    def _marks(self, numbers: Numbers, groups: Numbers, points: Points) -> list[Mark]:
        """Return a mark of each group, the largest first.

        Args:
            numbers: The cases in view, by their numbers in the index, (n,).
            groups: The group of each, (n,): 0 up to the count of groups, none of them empty.
            points: Longitudes and latitudes of all cases of the index, WGS-84, (cases,) each.
        """
        lon, lat = points
        themes = len(self._catalogue.themes)
        counts = np.bincount(groups)
        lon_of = np.bincount(groups, weights=lon[numbers]) / counts
        lat_of = np.bincount(groups, weights=lat[numbers]) / counts
        # one number for each pair of group and theme, so that one count fills a table of groups × themes
        shares = np.bincount(groups * themes + self._theme[numbers], minlength=len(counts) * themes).reshape(-1, themes)
        is_listed = counts[groups] <= MOST_LISTED
        members: dict[int, list[int]] = {}
        for group, number in zip(groups[is_listed].tolist(), numbers[is_listed].tolist(), strict=True):
            members.setdefault(group, []).append(number)
        marks = [
            Mark(
                float(lon_of[group]),
                float(lat_of[group]),
                int(counts[group]),
                tuple(shares[group].tolist()),
                tuple(members.get(group, ())),
                _box(members.get(group, []), points),
            )
            for group in range(len(counts))
        ]
        return sorted(marks, key=lambda mark: (-mark.count, mark.lon, mark.lat))

    @cached_property
    def _world(self) -> Points:
        """Return the places of all cases of the index in the world of web maps, x and y from 0 to 1."""
        return to_world(*self._catalogue.index.label_points)

    @cached_property
    def _theme(self) -> Numbers:
        """Return the theme of each case of the index, as its number in the catalogue."""
        order = {theme.id: number for number, theme in enumerate(self._catalogue.themes)}
        return np.array([order[case.case.theme] for case in self._catalogue.cases.values()], dtype=np.int64)


def _box(numbers: list[int], points: Points) -> Bbox | None:
    """Return (west, south, east, north) of the cases of these numbers, in degrees; None of none."""
    if not numbers:
        return None
    lon, lat = (values[numbers] for values in points)
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def _groups(x: NDArray[np.float64], y: NDArray[np.float64], zoom: float) -> Numbers:
    """Return the group of each place: cells of a fixed grid, joined where they lie close.

    Args:
        x: From the west to the east edge of the world of web maps, 0 to 1, (n,).
        y: From its north to its south edge, 0 to 1, (n,).
        zoom: Of web maps.

    Returns:
        Numbers of groups from 0 on, (n,).
    """
    scale = TILE_PX * 2.0**zoom
    cell, counts = _cells(x * scale, y * scale)
    x_of, y_of = np.bincount(cell, weights=x * scale) / counts, np.bincount(cell, weights=y * scale) / counts
    # places → cells → groups: the group of a place is that of its cell
    groups: Numbers = _joined(x_of, y_of, counts)[cell]
    return groups


def _cells(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[Numbers, Numbers]:
    """Return the cell of each place (n,) and the number of places in each cell (cells,); few cells are taken.

    The grid is made coarser until they are at most 4096.

    Args:
        x: Pixels of the world at the zoom, (n,).
        y: The same downwards, (n,).
    """
    cell_px = _CELL_PX
    cell, counts = _taken(x, y, cell_px)
    while len(counts) > _MOST_CELLS:
        cell_px *= 2
        cell, counts = _taken(x, y, cell_px)
    return cell, counts


def _taken(x: NDArray[np.float64], y: NDArray[np.float64], cell_px: int) -> tuple[Numbers, Numbers]:
    """Return the cells that something lies in, numbered; the empty ones, perhaps billions, cost nothing."""
    column, row = (x // cell_px).astype(np.int64), (y // cell_px).astype(np.int64)
    # one number for each pair of column and row; only the rows between the first and last count, so that it stays small
    key = (column - column.min()) * (row.max() - row.min() + 1) + row - row.min()
    _, cell, counts = np.unique(key, return_inverse=True, return_counts=True)
    return cell, counts


def _joined(x: NDArray[np.float64], y: NDArray[np.float64], counts: Numbers) -> Numbers:
    """Return a group number for each cell, with so wide a reach that a window has not too many groups.

    Args:
        x: The mean place of what lies in each cell, in pixels, (cells,).
        y: The same downwards, (cells,).
        counts: How many lie in each cell, (cells,).
    """
    apart_px = _APART_PX
    while (groups := _join(x, y, counts, apart_px=apart_px)) is None:
        apart_px *= _WIDER
    return groups


def _join(x: NDArray[np.float64], y: NDArray[np.float64], counts: Numbers, *, apart_px: float) -> Numbers | None:
    """Return a group number for each cell: the fullest takes in those that lie close to it, then the next.

    None when the groups become too many (120).

    Args:
        x: As above.
        y: As above.
        counts: As above.
        apart_px: How near, in pixels, those lie that are taken in.
    """
    groups = np.full(len(x), -1, dtype=np.int64)
    number = 0
    for cell in np.argsort(-counts, kind="stable"):
        if groups[cell] >= 0:
            continue
        if number == _MOST_MARKS:
            return None
        is_close = (groups < 0) & ((x - x[cell]) ** 2 + (y - y[cell]) ** 2 < apart_px**2)
        groups[is_close] = number
        number += 1
    return groups
