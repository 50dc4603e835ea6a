"""Features and layers, and how they are read out of a catalogue file without any data-frame library."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import shapely

from geo.case import Rating
from geo.catalogue_file import reading, table_rows
from geo.dated import NOT_KNOWN, About, Fact, holding, is_there, opened
from geo.errors import NotFoundError
from geo.text import LIST_SEPARATOR, LocalText

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

Scalar = str | float | int | bool | None
Property = Scalar | tuple[str, ...]  # lists stay lists inside; geo.layers.spec.Column makes texts of them
if TYPE_CHECKING:
    Own = Mapping[str, Callable[[Scalar], Property]]
AREA_DIMENSION = 2  # dimensions, as shapely counts them: 0 for points, 1 for lines, 2 for areas


@dataclass(frozen=True)
class Feature:
    """One thing on a layer, WGS-84.

    `precision_m` is how far the drawn shape may be from the real one; `status_date` is ISO, as exact as known.
    `properties` are the columns of the layer beyond the common ones. `facts` are what of it has a life: name, status
    and columns are what holds of these at the newest of their dates, or on the day that it was asked for.
    """

    id: str
    name: LocalText
    geometry: BaseGeometry
    rating: Rating
    precision_m: float
    sources: tuple[str, ...]
    status: str
    status_date: str | None = None
    note: LocalText | None = None
    aliases: tuple[str, ...] = ()
    properties: Mapping[str, Property] = field(default_factory=dict)
    facts: tuple[Fact, ...] = ()

    def at(self, day: date) -> Feature | None:
        """Return the feature as it is on a day: its name, status and columns; None where it is not there.

        Its shape is always that of the build.
        """
        return self.dated(day) if is_there(self.facts, day) else None

    def dated(self, day: date) -> Feature:
        """Return the feature with the values of its facts that hold on a day; a name that no fact tells stays."""
        if not self.facts:
            return self
        held, about = holding(self.facts, day), {str(fact.about) for fact in self.facts}
        name, status = held.get(About.NAME), held.get(About.STATUS)
        is_dated = About.STATUS in about
        return replace(
            self,
            name=LocalText(str(name.value), name.value_en) if name else self.name,
            status=str(status.value) if status else NOT_KNOWN if is_dated else self.status,
            status_date=status.dated(day) if status else None if is_dated else self.status_date,
            properties={**self.properties, **self._columns(about, held, day)},
        )

    def _columns(self, about: set[str], held: Mapping[str, Fact], day: date) -> dict[str, Property]:
        """Return the columns that facts tell: values, and beside each its rating."""
        told: dict[str, Property] = {}
        for name in about:
            fact = held.get(name)
            told |= {name: fact.value if fact else None, f"{name}_rating": fact.rating.value if fact else None}
        opening = opened(self.facts)
        if opening is not None and opening.begins <= day:
            told |= {"open_date": opening.valid_from, "open_date_rating": opening.rating.value}
        else:
            told |= {"open_date": None, "open_date_rating": None}
        return {name: value for name, value in told.items() if name in self.properties}

    @property
    def source(self) -> str:
        """Return its sources as they leave the product: as one text."""
        return "; ".join(self.sources)

    @property
    def is_schematic(self) -> bool:
        """Tell whether the shape must be drawn and exported as schematic."""
        return self.rating.is_schematic


@dataclass(frozen=True)
class Listed:
    """A thing that belongs on a layer and cannot be drawn, as no source says where it runs; `cities` hold it."""

    id: str
    name: LocalText
    rating: Rating
    sources: tuple[str, ...]
    status: str
    status_date: str | None = None
    note: LocalText | None = None
    aliases: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layer:
    """The features of one layer, sorted by id; `listed` is what belongs there too and cannot be drawn."""

    id: str
    features: Sequence[Feature]
    listed: Sequence[Listed] = ()

    def __iter__(self) -> Iterator[Feature]:
        """Iterate over the features, sorted by id."""
        return iter(self.features)

    def __len__(self) -> int:
        """Count the features."""
        return len(self.features)

    def at(self, day: date) -> Layer:
        """Return the layer as it is on a day: the features that are there, each with what holds of it."""
        return Layer(self.id, tuple(one for feature in self.features if (one := feature.at(day)) is not None))

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, south, east, north of all features, WGS-84; not numbers where there is none."""
        west, south, east, north = shapely.total_bounds([feature.geometry for feature in self.features]).tolist()
        return west, south, east, north

    def feature(self, feature_id: str) -> Feature:
        """Return a feature.

        Raises:
            NotFoundError: No feature of this layer has the id.
        """
        try:
            return self._by_id[feature_id]
        except KeyError:
            listed = any(one.id == feature_id for one in self.listed)
            why = "is listed there and not drawn, as no source says where it runs" if listed else "is no feature of it"
            msg = f"layer {self.id}: {feature_id!r} {why}"
            raise NotFoundError(msg) from None

    def __contains__(self, feature_id: object) -> bool:
        """Tell whether a feature has the id."""
        return feature_id in self._by_id

    @cached_property
    def _by_id(self) -> Mapping[str, Feature]:
        return {feature.id: feature for feature in self.features}


_NOTHING: Own = {}
SOURCE_LINE = "\n"  # between sources in a catalogue file: signs such as ; and ； stand inside of them
_HEADER_BYTES = 8
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # OGC GeoPackage 1.3 §2.1.3.1: by the envelope code of the flags


def read_layers(catalogue: Path, layer_ids: Sequence[str]) -> Mapping[str, Layer]:
    """Return layers of a catalogue file by id, without the columns of their own.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    with reading(catalogue) as connection:
        return {layer_id: layer_of(connection, layer_id) for layer_id in layer_ids if _has(connection, layer_id)}


def layer_of(connection: sqlite3.Connection, layer_id: str, own: Own = _NOTHING) -> Layer:
    """Return a layer; `own` are the columns of its own that are read, each with what makes its value of a cell."""
    return Layer(layer_id, tuple(_feature(row, own) for row in table_rows(connection, layer_id)))


def _has(connection: sqlite3.Connection, layer_id: str) -> bool:
    return bool(connection.execute(f'PRAGMA table_info("{layer_id}")').fetchall())


def shape_of(row: sqlite3.Row) -> BaseGeometry:
    """Return the geometry of a row of a layer, WGS-84.

    Raises:
        ValueError: It is none.
    """
    blob = row["geom"]
    try:
        shape: BaseGeometry = shapely.from_wkb(blob[_HEADER_BYTES + _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111] :])
    except shapely.errors.ShapelyError as error:
        raise ValueError(str(error)) from error
    return shape


def list_of(text: str | None) -> tuple[str, ...]:
    """Return the texts of a list."""
    return tuple(text.split(LIST_SEPARATOR)) if text else ()


def _feature(row: sqlite3.Row, own: Own) -> Feature:
    return Feature(
        id=row["id"],
        name=LocalText(row["name_zh"], row["name_en"]),
        geometry=shape_of(row),
        rating=Rating(row["rating"]),
        precision_m=float(row["precision_m"]),
        sources=tuple(row["source"].split(SOURCE_LINE)) if row["source"] else (),
        status=row["status"],
        status_date=row["status_date"],
        note=LocalText(row["note_zh"], row["note_en"]) if row["note_zh"] else None,
        aliases=list_of(row["aliases"]),
        properties={name: of_cell(row[name]) for name, of_cell in own.items()},
    )
