"""Functions that a CQL2 filter may call; each takes the frame of the table and its evaluated arguments.

The frame carries the projection of its area, `attrs["metric"]`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import WGS84, Metric
from geo.text import LocalText
from geo.words import word

Evaluated = pd.Series | str


@dataclass(frozen=True)
class Cql2Function:
    """One function: the types of its arguments and of its result, and who evaluates it.

    `is_public` tells whether people call it by its name; the others carry out operators of CQL2.
    """

    arguments: Sequence[str]
    returns: str
    title: LocalText
    evaluate: Callable[..., Evaluated]
    is_public: bool = False


def _distance(frame: pd.DataFrame, left: pd.Series | BaseGeometry, right: pd.Series | BaseGeometry) -> pd.Series:
    metric: Metric = frame.attrs["metric"]
    metres = shapely.distance(_in_metres(metric, left), _in_metres(metric, right))
    return pd.Series(np.broadcast_to(metres, len(frame)), index=frame.index, dtype="Float64")


def _in_metres(metric: Metric, value: pd.Series | BaseGeometry) -> BaseGeometry | NDArray[np.object_]:
    return metric.to_metric(value) if isinstance(value, BaseGeometry) else metric.to_metric_all(list(value))


def _casei(_frame: pd.DataFrame, value: pd.Series | str) -> Evaluated:
    return value.casefold() if isinstance(value, str) else value.str.casefold()


def _each(frame: pd.DataFrame, value: BaseGeometry | str | float) -> Evaluated:
    if isinstance(value, BaseGeometry):
        shapes: pd.Series = gpd.GeoSeries([value] * len(frame), index=frame.index, crs=WGS84)
        return shapes
    dtype = {bool: "boolean", str: "string"}.get(type(value), "Float64")
    return pd.Series(value, index=frame.index, dtype=dtype)


def _like(_frame: pd.DataFrame, column: pd.Series, pattern: str) -> pd.Series:
    """Match as CQL2 does: % is any text, _ one character, a backslash makes them plain; in linear time."""
    found = pc.match_like(pa.array(column, type=pa.string()), pattern)
    return pd.Series(found.to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get), index=column.index)


def _among(_frame: pd.DataFrame, column: pd.Series, *values: str | float) -> pd.Series:
    return column.isin(values).astype("boolean").where(column.notna())


def _unknown(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=frame.index, dtype="boolean")


FUNCTIONS: Mapping[str, Cql2Function] = {
    "distance": Cql2Function(
        ("geometry", "geometry"),
        "number",
        word("shortest distance in metres; 0 when they meet"),
        _distance,
        is_public=True,
    ),
    "casei": Cql2Function(("string",), "string", word("text without regard to case"), _casei),
    "each": Cql2Function((), "", LocalText("常量"), _each),
    "like": Cql2Function((), "boolean", LocalText("匹配"), _like),
    "among": Cql2Function((), "boolean", LocalText("属于"), _among),
    "unknown": Cql2Function((), "boolean", LocalText("未知"), _unknown),
}
