"""GeoPackage: one layer or everything, with the styles that QGIS applies when it opens one."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from geo.exports.about import about_dict, about_text
from geo.exports.collection import Collection
from geo.exports.frames import by_kind, frame_of, geometry_type_of
from geo.exports.qgis_style import qml_of
from geo.exports.tables import Kind
from geo.gdal import day_of_files

MEDIA_TYPE = "application/geopackage+sqlite3"


def write_geopackage(collection: Collection) -> bytes:
    """Return a GeoPackage of one layer."""
    return geopackage_of([collection])


def geopackage_of(collections: Sequence[Collection]) -> bytes:
    """Return a GeoPackage with a layer for each collection; two of the same data are equal.

    A mixed collection becomes one layer for each kind of geometry: QGIS draws no layer of geometry collections.
    """
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder, day_of_files(collections[0].day):
        path = Path(folder, "export.gpkg")
        styles = []
        for collection in collections:
            for suffix, kind, frame in by_kind(frame_of(collection), collection.kind):
                _add_layer(path, frame, collection, suffix=suffix, kind=kind)
                styles.append(_style(collection, suffix, kind))
        pyogrio.write_dataframe(
            pd.DataFrame(styles).astype({"ui": "str"}),
            path,
            driver="GPKG",
            layer="layer_styles",
            append=True,
            layer_options={"FID": "id"},
        )
        return path.read_bytes()


def _add_layer(path: Path, frame: gpd.GeoDataFrame, collection: Collection, *, suffix: str, kind: Kind) -> None:
    pyogrio.write_dataframe(
        frame,
        path,
        driver="GPKG",
        layer=f"{collection.id}{suffix}",
        geometry_type=geometry_type_of(frame, kind),
        append=path.exists(),
        layer_options={
            "IDENTIFIER": f"{collection.title.zh}{suffix}",
            "DESCRIPTION": about_text(collection),
            "GEOMETRY_NAME": "geom",
        },
        layer_metadata=about_dict(collection),
    )


def _style(collection: Collection, suffix: str, kind: Kind) -> dict[str, str | bool | pd.Timestamp | None]:
    """Return a row of the table as QGIS makes it; it looks for the style by these empty and full names."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": f"{collection.id}{suffix}",
        "f_geometry_column": "geom",
        "styleName": "tongcheng",
        "styleQML": qml_of(collection.feature_type, kind, collection.catalogue.themes),
        "styleSLD": "",
        "useAsDefault": True,
        "description": collection.title.zh,
        "owner": "",
        "ui": None,
        "update_time": pd.Timestamp(collection.day, tz="UTC"),
    }
