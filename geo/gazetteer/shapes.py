"""Read the few layers that coordinates are held against, without any data-frame library."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.catalogue_file import reading
from geo.errors import StoreError
from geo.feature import Feature, Layer
from geo.text import LocalText

_HEADER_BYTES = 8
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)  # OGC GeoPackage 1.3 §2.1.3.1: by the envelope code of the flags


def read_shapes(catalogue: Path, layer_ids: Sequence[str]) -> Mapping[str, Layer]:
    """Return layers of a catalogue file with names, ratings and polygons (WGS-84), by id; not those that it lacks.

    Raises:
        StoreError: The file is missing, no catalogue, damaged or of another format.
    """
    try:
        with reading(catalogue) as connection:
            return {layer_id: _layer(connection, layer_id) for layer_id in layer_ids if _has(connection, layer_id)}
    except (sqlite3.Error, shapely.errors.ShapelyError, ValueError, IndexError) as error:
        msg = f"{catalogue}: holds no readable layers ({error}); run: tongcheng build"
        raise StoreError(msg) from error


def _has(connection: sqlite3.Connection, layer_id: str) -> bool:
    return bool(connection.execute(f"PRAGMA table_info({layer_id})").fetchall())


def _layer(connection: sqlite3.Connection, layer_id: str) -> Layer:
    rows = connection.execute(f"SELECT * FROM {layer_id} ORDER BY id")  # noqa: S608  ids of our own table
    return Layer(layer_id, tuple(_feature(row) for row in rows))


def _feature(row: sqlite3.Row) -> Feature:
    return Feature(
        id=row["id"],
        name=LocalText(row["name_zh"], row["name_en"]),
        geometry=_geometry(row["geom"]),
        rating=Rating(row["rating"]),
        precision_m=float(row["precision_m"]),
        source=row["source"],
        status=row["status"],
    )


def _geometry(blob: bytes) -> BaseGeometry:
    envelope = _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111]
    return shapely.from_wkb(blob[_HEADER_BYTES + envelope :])
