"""How each format is read back, by the programs that read it; a new format needs a row here."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import shapely


@dataclass(frozen=True)
class Reader:
    """Who reads a format, and what of a collection comes back: its shapes, its nulls, its columns when it is empty."""

    read: Callable[[Path], pd.DataFrame]
    has_shapes: bool = True
    has_nulls: bool = True
    has_columns: bool = True
    lists_are_texts: bool = False


def read_zip(path):
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.endswith(".shp")]
    return joined([pyogrio.read_dataframe(f"/vsizip/{path}/{name}") for name in names])


def read_gpkg(path):
    names = [name for name, _ in pyogrio.list_layers(path) if name != "layer_styles"]
    return joined([pyogrio.read_dataframe(path, layer=name) for name in names])


def joined(frames):
    """The rows of several files as one geometry for each id."""
    frame = pd.concat([frame for frame in frames if len(frame)] or frames)
    merged = frame.groupby("id", sort=False).geometry.agg(lambda shapes: shapely.geometrycollections(list(shapes)))
    return gpd.GeoDataFrame(frame.drop(columns="geometry").groupby("id", sort=False).first().assign(geometry=merged)
                            .reset_index(), crs=frames[0].crs)  # fmt: skip


def read_csv(path):
    text = path.read_text(encoding="utf-8-sig")
    frame = pd.DataFrame(csv.DictReader(io.StringIO(text)), columns=next(csv.reader(io.StringIO(text))))
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries.from_wkt(frame["wkt"]))


def read_xlsx(path):
    rows = list(openpyxl.load_workbook(path)["data"].values)
    return pd.DataFrame(rows[1:], columns=rows[0])


def read_gpx(path):
    frame = pyogrio.read_dataframe(path, layer="waypoints")
    return frame.rename(columns={name: name.removeprefix("tongcheng_") for name in frame.columns})


def read_seq(path):
    records = path.read_bytes().split(b"\x1e")[1:]
    features = [json.loads(record) for record in records]
    return gpd.GeoDataFrame(
        [f["properties"] for f in features], geometry=[shapely.geometry.shape(f["geometry"]) for f in features]
    )


READERS: Mapping[str, Reader] = {
    "geojson": Reader(pyogrio.read_dataframe),
    "geojsonseq": Reader(read_seq, has_columns=False),
    "jsonfg": Reader(lambda path: pyogrio.read_dataframe(f"JSONFG:{path}"), has_columns=False),
    "gpkg": Reader(read_gpkg, lists_are_texts=True),
    "fgb": Reader(pyogrio.read_dataframe, lists_are_texts=True),
    "parquet": Reader(gpd.read_parquet),
    "kml": Reader(pyogrio.read_dataframe, lists_are_texts=True),
    "shp": Reader(read_zip, has_nulls=False, lists_are_texts=True),
    "csv": Reader(read_csv, lists_are_texts=True),
    "xlsx": Reader(read_xlsx, has_shapes=False, lists_are_texts=True),
    "gpx": Reader(read_gpx, has_nulls=False, lists_are_texts=True),
    "pmtiles": Reader(pyogrio.read_dataframe, has_shapes=False, has_nulls=False),
}
