"""FlatGeobuf, GeoParquet, KML and GPX, written by GDAL and GeoPandas."""

import io
import json

import pyarrow.parquet as pq

from geo.exports.about import about_dict, about_text, name_of
from geo.exports.collection import Collection
from geo.exports.frames import GEOMETRY_TYPES, frame_of, of_one_type
from geo.gdal import gdal_bytes

_PAGE_LINK = "link1_href"


def write_flatgeobuf(collection: Collection) -> bytes:
    """Return a FlatGeobuf with its index; the index sorts the rows by place."""
    return gdal_bytes(
        of_one_type(frame_of(collection)),
        "export.fgb",
        driver="FlatGeobuf",
        layer=collection.id,
        geometry_type=GEOMETRY_TYPES[collection.kind],
        layer_options={"TITLE": collection.title.zh, "DESCRIPTION": about_text(collection)},
        layer_metadata=about_dict(collection),
    )


def write_parquet(collection: Collection) -> bytes:
    """Return a GeoParquet 1.1 with lists, a box for each row, and what the file says about itself in its metadata."""
    buffer = io.BytesIO()
    frame_of(collection, has_lists=True).to_parquet(
        buffer, index=False, compression="zstd", write_covering_bbox=True, schema_version="1.1.0"
    )
    table = pq.read_table(io.BytesIO(buffer.getvalue()))
    kept = {name: text for name, text in table.schema.metadata.items() if name != b"pandas"}  # names types of its own
    about = {"tongcheng": json.dumps(about_dict(collection), ensure_ascii=False)}
    said = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({**kept, **about}), said, compression="zstd")
    return said.getvalue()


def write_kml(collection: Collection) -> bytes:
    """Return a KML 2.2; each placemark has the id of its row, and nulls are left out."""
    frame = frame_of(collection)
    frame.insert(1, "Name", _names(collection))
    texts = frame.select_dtypes("string").columns
    frame[texts] = frame[texts].replace("]]>", "]] >", regex=True)  # libkml puts such a text unbroken into CDATA
    return gdal_bytes(
        frame,
        "export.kml",
        driver="LIBKML",
        layer=collection.id,
        geometry_type="Unknown",
        dataset_options={"NAME": collection.title.zh, "DESCRIPTION": about_text(collection)},
    )


def write_gpx(collection: Collection) -> bytes:
    """Return a GPX 1.1 of waypoints; the columns stand in extensions, the id among them."""
    frame = frame_of(collection)
    frame.insert(0, "name", _names(collection))
    if collection.pages:
        frame.insert(1, _PAGE_LINK, page_links(collection))
    return gdal_bytes(
        frame,
        "export.gpx",
        driver="GPX",
        geometry_type="Point",
        dataset_options={
            "GPX_USE_EXTENSIONS": "YES",
            "GPX_EXTENSIONS_NS": "tongcheng",
            "GPX_EXTENSIONS_NS_URL": "urn:tongcheng:columns",
            "CREATOR": "Tongcheng Atlas",
            "METADATA_NAME": collection.title.zh,
            "METADATA_DESCRIPTION": about_text(collection),
            "METADATA_AUTHOR_NAME": "Tongcheng Atlas",
            "METADATA_COPYRIGHT_AUTHOR": "Tongcheng Atlas",
            "METADATA_KEYWORDS": collection.area.licence.text,
            **({"METADATA_TIME": f"{collection.date}T00:00:00Z"} if collection.date else {}),
        },
    )


def page_links(collection: Collection) -> list[str]:
    """Return the address of each row's page."""
    return [
        collection.pages.replace("{id}", row.id).replace("{case_id}", str(row.values.get("case_id", "")))
        for row in collection.rows
    ]


def _names(collection: Collection) -> list[str]:
    return [name_of(row.values) or row.id for row in collection.rows]
