"""One file written by GDAL, in a folder that is gone afterwards."""

import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio

_CLOCK = threading.Lock()  # GDAL has one clock for all threads


def gdal_bytes(frame: gpd.GeoDataFrame, name: str, **options: Any) -> bytes:  # noqa: ANN401  as pyogrio takes them
    """Return what GDAL writes of a frame under a file name."""
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder:
        path = Path(folder, name)
        with warnings.catch_warnings():
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
