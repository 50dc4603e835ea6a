"""GDAL: one file written in a folder that is gone afterwards, and the day that it takes for now."""

import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict, Unpack

import geopandas as gpd
import pyogrio

UNDATED = "2000-01-01"  # the day that files carry whose content has none


class Options(TypedDict, total=False):
    """What pyogrio is told beside frame and file."""

    driver: str
    layer: str
    geometry_type: str
    layer_options: Mapping[str, str]
    dataset_options: Mapping[str, str | int]
    layer_metadata: Mapping[str, str]


_CLOCK = threading.Lock()  # GDAL has one clock for all threads


def gdal_bytes(frame: gpd.GeoDataFrame, name: str, **options: Unpack[Options]) -> bytes:
    """Return what GDAL writes of a frame under a file name."""
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder:
        path = Path(folder, name)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "'crs' was not provided", UserWarning)  # nor did the file it is made of
            warnings.filterwarnings("ignore", ".*does not support creation option BOUNDS", RuntimeWarning)  # it does
            pyogrio.write_dataframe(frame, path, **options)
        return path.read_bytes()


@contextmanager
def day_of_files(date: str) -> Iterator[None]:
    """Let GDAL take a day (ISO) for now, so that two files of the same data are equal."""
    with _CLOCK:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{date}T00:00:00.000Z"})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
