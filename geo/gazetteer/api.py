"""The public face: texts and coordinates to places, on the catalogue of a data folder, built when stale, opened once.

`data` is the folder; None is that of TONGCHENG_DATA, else the installed one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, overload

from geo.catalogue.which_file import file_to_read
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.table import load_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    import pyarrow as pa
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


@overload
def locate_many(texts: pd.Series[Any] | pd.Index[Any], *, data: Path | None = None, jobs: int = 1) -> pd.DataFrame: ...
@overload
def locate_many(texts: Iterable[str | None], *, data: Path | None = None, jobs: int = 1) -> pa.Table: ...
def locate_many(texts: object, *, data: Path | None = None, jobs: int = 1) -> pd.DataFrame | pa.Table:
    """Return the best answer to each text: one row a text, the columns of `geo.gazetteer.batch.columns`, WGS-84.

    Args:
        texts: A column. One of pandas is answered with a frame of the same index; one of Arrow, of NumPy, of whatever
            hands itself over as Arrow, or any iterable with an Arrow table. Where there is no text, there is no answer.
        data: As of `locate`.
        jobs: How many processes; 0 as many as there are cores. Several begin afresh: guard what a script does by
            `if __name__ == "__main__":`.

    Raises:
        BatchError: No column, values that are no texts (tells the first and how many), or a process was lost.
        StoreError: The default catalogue cannot be read or written.
    """
    import pyarrow as pa  # noqa: PLC0415  heavy: only for many

    from geo.gazetteer.batch.arrived import index_of, texts_of  # noqa: PLC0415
    from geo.gazetteer.batch.columns import answer_frame, answer_schema  # noqa: PLC0415

    found = list(_tables(texts_of(texts), data, jobs))
    table = pa.concat_tables([answer_schema().empty_table(), *found])
    index = index_of(texts)
    return table if index is None else answer_frame(table, index)


def _tables(texts: Sequence[str | None], data: Path | None, jobs: int) -> Iterator[pa.Table]:
    from geo.gazetteer.batch.columns import answer_texts  # noqa: PLC0415
    from geo.gazetteer.batch.many import chunks, cores, shared  # noqa: PLC0415

    if cores(jobs) > 1:
        return shared(answer_texts, texts, catalogue=file_to_read(None, data), jobs=jobs)
    return (answer_texts(_gazetteer(data), chunk) for chunk in chunks(texts))


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
