"""Read layers and features out of a catalogue file, without any data-frame library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.case import Rating
from geo.catalogue_file import reading, table_rows
from geo.feature import Feature, Layer
from geo.text import LIST_SEPARATOR, LocalText

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.feature import Property, Scalar

    Own = Mapping[str, Callable[[Scalar], Property]]

_NOTHING: Own = {}
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
        source=row["source"],
        status=row["status"],
        status_date=row["status_date"],
        note=LocalText(row["note_zh"], row["note_en"]) if row["note_zh"] else None,
        aliases=list_of(row["aliases"]),
        properties={name: of_cell(row[name]) for name, of_cell in own.items()},
    )
