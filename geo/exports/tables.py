"""What can be taken away: cases, footprints by kind of geometry, stretches of lines, every layer, each as one table.

A table is made once for a catalogue. Its rows are made when they are asked for, and the latest are kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache, partial
from typing import Literal, Protocol, TypeVar

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import GeometryCollection
from shapely.geometry.base import BaseGeometry

from geo.catalogue.catalogue import Catalogue
from geo.catalogue.columns import CASE_COLUMNS, FOOTPRINT_COLUMNS, Value, Valued, layer_columns, values_of
from geo.catalogue.footprints import LocatedCase
from geo.crs import WGS84
from geo.errors import NotFoundError
from geo.exports.stretches import STRETCH_COLUMNS, stretches_of
from geo.feature import Layer
from geo.layers.spec import COLUMN_TYPES, Column
from geo.layers.table import LAYERS, layer_spec
from geo.query import Bbox
from geo.text import LocalText, word

Kind = Literal["point", "line", "area", "mixed"]
FOOTPRINT_TABLES: Mapping[str, tuple[Kind, LocalText]] = {
    "footprints": ("mixed", word("Footprints of the cases")),
    "footprint_points": ("point", word("Footprints of the cases: points")),
    "footprint_lines": ("line", word("Footprints of the cases: lines")),
    "footprint_areas": ("area", word("Footprints of the cases: areas")),
}
STRETCHES = "stretches"
STRETCHES_TITLE = word("Stretches of lines that the cases cover")
_LAYERS = tuple(spec.id for spec in LAYERS)
TABLES = ("cases", *FOOTPRINT_TABLES, STRETCHES, *_LAYERS)  # of every area; one without a layer has no table of it
_DIMENSIONS: Mapping[Kind, int] = {"point": 0, "line": 1, "area": 2}
_ROWS_KEPT = 20_000


def kind_of(what: str) -> Kind:
    """Return what every geometry of a known collection is, or "mixed"; cases stand at their label points."""
    if what == "cases":
        return "point"
    if what == STRETCHES:
        return "line"
    return FOOTPRINT_TABLES[what][0] if what in FOOTPRINT_TABLES else layer_spec(what).geometry


@dataclass(frozen=True)
class Row:
    """One feature of an export, WGS-84."""

    id: str
    geometry: BaseGeometry
    values: dict[str, Value]


class Item(Protocol):
    """What rows are made of: cases, footprints, stretches, features."""

    @property
    def id(self) -> str:
        """Return its stable id."""


T = TypeVar("T", bound=Item)


class Shaped(Item, Protocol):
    """What has one geometry of its own."""

    @property
    def geometry(self) -> BaseGeometry:
        """Return it, WGS-84."""


@dataclass(frozen=True, eq=False)
class Table:
    """All features of one collection; row n is made of item n, WGS-84: `values_at`, `shape_at`, `column`.

    `numbers` are those by which the catalogue counts cases, footprints or features, ascending.
    """

    id: str
    title: LocalText
    kind: Kind
    columns: Sequence[Column]
    items: Sequence[Item]
    numbers: NDArray[np.int64]
    values_at: Callable[[int], dict[str, Value]]
    shape_at: Callable[[int], BaseGeometry]
    column: Callable[[str], list[Value]]
    catalogue: Catalogue

    def __len__(self) -> int:
        """Count the features."""
        return len(self.items)

    @cached_property
    def row(self) -> Callable[[int], Row]:
        """Return the maker of rows by position; it keeps the latest."""
        return lru_cache(maxsize=_ROWS_KEPT)(self._make_row)

    def _make_row(self, position: int) -> Row:
        return Row(self.items[position].id, self.shape_at(position), self.values_at(position))

    @cached_property
    def series(self) -> Callable[[str], pd.Series]:
        """Return the maker of single columns as series whose empty cells are neither true nor false; it keeps them."""
        return lru_cache(maxsize=None)(self._make_series)

    def _make_series(self, name: str) -> pd.Series:
        if name == "geometry":
            shapes: pd.Series = gpd.GeoSeries(self.geometries, crs=WGS84)
            return shapes
        kind = next(column.kind for column in self.columns if column.name == name)
        return pd.Series(self.column(name), dtype=COLUMN_TYPES[kind].strict_dtype)

    @property
    def plain_columns(self) -> list[Column]:
        """List the columns that hold one value a feature: those that can be compared and sorted by."""
        return [column for column in self.columns if COLUMN_TYPES[column.kind].strict_dtype]

    @cached_property
    def geometries(self) -> NDArray[np.object_]:
        """Return the geometries of all features, WGS-84."""
        found = np.empty(len(self.items), dtype=object)
        found[:] = [self.shape_at(position) for position in range(len(self))]
        return found

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree(self.geometries)

    def meets(self, box: Bbox) -> NDArray[np.bool_]:
        """Return which features meet a box in degrees, WGS-84, by position."""
        west, south, east, north = box
        if self._are_single_points:
            x, y = self._coordinates
            return (west <= x) & (x <= east) & (south <= y) & (y <= north)
        mask = np.zeros(len(self), dtype=bool)
        mask[self._tree.query(shapely.box(west, south, east, north), predicate="intersects")] = True
        return mask

    @cached_property
    def _are_single_points(self) -> bool:
        return bool((shapely.get_type_id(self.geometries) == shapely.GeometryType.POINT).all())

    @cached_property
    def _coordinates(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return shapely.get_x(self.geometries), shapely.get_y(self.geometries)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {item.id: position for position, item in enumerate(self.items)}

    def position(self, feature_id: str) -> int:
        """Return the position of a feature.

        Raises:
            MovedError: The case has another id now.
            WithdrawnError: The case was withdrawn.
            NotFoundError: No feature has the id.
        """
        try:
            return self._positions[feature_id]
        except KeyError:
            if self.id == "cases":
                self.catalogue.case(feature_id)
            is_known = self.id in _LAYERS and feature_id in self.catalogue.layer(self.id)
            msg = f"{self.id}: no feature has the id {feature_id[:60]!r}{' on that day' if is_known else ''}"
            raise NotFoundError(msg) from None

    def positions_of(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where numbers of the catalogue stand here, in their order, without those that do not."""
        places = np.searchsorted(self.numbers, numbers)
        places[places == len(self.numbers)] = 0
        is_here = self.numbers[places] == numbers if len(self.numbers) else np.zeros(len(numbers), dtype=bool)
        found: NDArray[np.int64] = places[is_here]
        return found


class Tables:
    """The tables of one catalogue, each made when it is first asked for; `ids` lists them."""

    def __init__(self, catalogue: Catalogue, *, day: date | None = None, now: "Tables | None" = None) -> None:
        """Take the catalogue, or the tables of now and the day as of which layers are; nothing is made yet."""
        self.catalogue, self._now = catalogue, now
        self.ids = tuple(what for what in TABLES if what not in _LAYERS or what in catalogue.layers)
        self._table = lru_cache(maxsize=None)(partial(_make_table, catalogue, catalogue.layers_at(day)))
        self._on_days: dict[date | None, Tables] = {}

    def at(self, day: date | None) -> "Tables":
        """Return the tables with the layers as on a day, kept for each time between two changes."""
        if day is None:
            return self
        return self._on_days.setdefault(self.catalogue.since(day), Tables(self.catalogue, day=day, now=self))

    def table(self, what: str, *, geometry: str = "label") -> Table:
        """Return a table by the id of its collection; cases with their label points, or all their shapes.

        Raises:
            NotFoundError: Nothing is called so.
        """
        if what not in self.ids:
            msg = f"nothing is called {what[:60]!r}; known are {', '.join(self.ids)}"
            raise NotFoundError(msg)
        if self._now is not None and what not in _LAYERS:
            return self._now.table(what, geometry=geometry)
        return self._table(what, geometry)


def _make_table(catalogue: Catalogue, layers: Mapping[str, Layer], what: str, geometry: str) -> Table:
    if what == "cases":
        return _case_table(catalogue, geometry)
    if what in FOOTPRINT_TABLES:
        return _footprint_table(catalogue, what)
    if what == STRETCHES:
        lines = stretches_of(catalogue)
        return _made(catalogue, STRETCHES, STRETCHES_TITLE, "line", STRETCH_COLUMNS, lines, _own_shape)
    spec, features = layer_spec(what), layers[what].features
    return _made(catalogue, what, spec.title, spec.geometry, layer_columns(spec), features, _own_shape)


def _made(  # noqa: PLR0913, PLR0917  what a table is made of
    catalogue: Catalogue,
    what: str,
    title: LocalText,
    kind: Kind,
    columns: Sequence[Valued[T]],
    items: Sequence[T],
    shape_of: Callable[[T], BaseGeometry],
    numbers: NDArray[np.int64] | None = None,
) -> Table:
    """Return a table whose rows are made of items by columns that know how to find their values."""
    finders = {column.name: column.of for column in columns}
    return Table(
        id=what,
        title=title,
        kind=kind,
        columns=columns,
        items=items,
        numbers=np.arange(len(items)) if numbers is None else numbers,
        values_at=lambda position: values_of(items[position], columns, catalogue),
        shape_at=lambda position: shape_of(items[position]),
        column=lambda name: [finders[name](item, catalogue) for item in items],
        catalogue=catalogue,
    )


def _case_table(catalogue: Catalogue, geometry: str) -> Table:
    cases, title = list(catalogue.cases.values()), word("Cases")
    if geometry == "label":
        return _made(catalogue, "cases", title, "point", CASE_COLUMNS, cases, _label_point)
    columns = [replace(c, of=lambda *_: "footprint") if c.name == "geometry_role" else c for c in CASE_COLUMNS]
    return _made(catalogue, "cases", title, "mixed", columns, cases, _all_shapes)


def _footprint_table(catalogue: Catalogue, what: str) -> Table:
    kind, title = FOOTPRINT_TABLES[what]
    footprints = catalogue.footprints
    dimensions = shapely.get_dimensions([footprint.geometry for footprint in footprints])
    numbers = np.flatnonzero(dimensions == _DIMENSIONS[kind]) if kind != "mixed" else np.arange(len(footprints))
    items = [footprints[number] for number in numbers]
    return _made(catalogue, what, title, kind, FOOTPRINT_COLUMNS, items, _own_shape, numbers)


def _own_shape(item: Shaped) -> BaseGeometry:
    return item.geometry


def _label_point(located: LocatedCase) -> BaseGeometry:
    return located.label_point


def _all_shapes(located: LocatedCase) -> BaseGeometry:
    """Return the shapes of a case as one geometry; a collection only where kinds are mixed (RFC 7946 §3.1.8)."""
    shapes = [footprint.geometry for footprint in located.footprints]
    merged = [
        shapely.union_all([shape for shape in shapes if shapely.get_dimensions(shape) == dimension])
        for dimension in sorted({int(shapely.get_dimensions(shape)) for shape in shapes}, reverse=True)
    ]
    return merged[0] if len(merged) == 1 else GeometryCollection(merged)
