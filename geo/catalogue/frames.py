"""The one way from rows to a frame whose columns keep their types even when there is no row."""

import re
from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd
from pandas.api.extensions import ExtensionDtype
from pyproj import CRS
from shapely.geometry.base import BaseGeometry

from geo.catalogue.columns import Value
from geo.column_types import COLUMN_TYPES
from geo.crs import WGS84
from geo.layers.spec import Column
from geo.text import LIST_SEPARATOR

Dtype = str | ExtensionDtype
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def frame_of(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Value]],
    shapes: Sequence[BaseGeometry],
    *,
    crs: CRS | str = WGS84,
    lists: Dtype | None = None,
) -> gpd.GeoDataFrame:
    """Return rows as a frame: the columns, then `geometry`.

    Args:
        columns: Which columns, with their types.
        rows: Values by column.
        shapes: One geometry a row.
        crs: What the geometries are in.
        lists: What lists are kept as; None makes one text of each.
    """
    found = {column.name: _series([row[column.name] for row in rows], column.kind, lists) for column in columns}
    return gpd.GeoDataFrame(pd.DataFrame(found), geometry=gpd.GeoSeries(list(shapes), crs=crs))


def flat(value: Value) -> str | float | None:
    """Return a list as one text, anything else as it is."""
    return LIST_SEPARATOR.join(value) if isinstance(value, list) else value


def _series(values: Sequence[Value], kind: str, lists: Dtype | None) -> pd.Series:
    if kind == "array" and lists is not None:
        # Tables keep their rows, and their lists must not change.
        return pd.Series([list(value) if isinstance(value, list) else value for value in values], dtype=lists)
    dtype = COLUMN_TYPES["string" if kind == "array" else kind].dtype
    series: pd.Series = pd.Series([_clean(flat(value)) for value in values], dtype=dtype)
    return series


def _clean(value: str | float | None) -> str | float | None:
    """Return a text without the control characters that XML and C strings cannot hold."""
    return _CONTROLS.sub("", value) if isinstance(value, str) else value
