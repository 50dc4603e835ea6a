"""The public face: texts and coordinates to places, on the catalogue of a data folder, built when stale, opened once.

`data` is the folder; None is that of TONGCHENG_DATA, else the installed one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geo.catalogue.which_file import file_to_read
from geo.gazetteer.entry import load_entries
from geo.gazetteer.gazetteer import Gazetteer

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from geo.case import Location
    from geo.gazetteer.at_point import Found, Reverse


def locate(text: str, *, data: Path | None = None) -> list[Location]:
    """Return the places that a text names, in reading order.

    A place that stays undecided is of kind `ambiguous`: it has no county, and its candidates stand in `rejected`.

    Raises:
        StoreError: The default catalogue cannot be read or written.
    """
    return _gazetteer(data).locate(text)


def reverse(lon: float, lat: float, *, data: Path | None = None) -> Found:
    """Return what lies at a point, WGS-84.

    Raises:
        LocateError: Not numbers, swapped, or not in China.
        StoreError: The default catalogue cannot be read or written.
    """
    return _finder(data).reverse(lon, lat)


def reverse_many(points: NDArray[np.float64], *, data: Path | None = None) -> NDArray[np.str_]:
    """Return the county code of each row (lon, lat), WGS-84; empty outside. On a border, the lowest code.

    Raises:
        LocateError: Not an array of two columns.
        StoreError: The default catalogue cannot be read or written.
    """
    return _finder(data).reverse_many(points)


@cache
def _gazetteer(data: Path | None) -> Gazetteer:
    return Gazetteer(load_entries(file_to_read(None, data)))


@cache
def _finder(data: Path | None) -> Reverse:
    from geo.gazetteer.at_point import open_reverse  # noqa: PLC0415  shapely and pyproj: only for coordinates

    return open_reverse(file_to_read(None, data))
