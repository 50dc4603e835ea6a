"""The formats that GDAL and pyarrow write of a frame."""

import gzip
import io
import json
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geo.catalogue import columns
from geo.exports.about import about_dict, about_text, name_of
from geo.exports.collection import Collection
from geo.exports.served_crs import crs_of
from geo.exports.tables import Kind
from geo.gdal import gdal_bytes

GEOMETRY_TYPES: Mapping[Kind, str] = {
    "point": "Point",
    "line": "MultiLineString",
    "area": "MultiPolygon",
    "mixed": "Unknown",
}
_KINDS: Sequence[Kind] = ("point", "line", "area")  # by dimension
_MULTI: Sequence[Callable[..., BaseGeometry]] = (MultiPoint, MultiLineString, MultiPolygon)
_LISTS = pd.ArrowDtype(pa.list_(pa.string()))


def frame_of(collection: Collection, *, has_lists: bool = False) -> gpd.GeoDataFrame:
    """Return the rows as a frame in the datum of the collection; a list is one text unless `has_lists`.

    Columns: those of the collection, then `geometry`.
    """
    rows = list(collection.rows)
    values, shapes = [row.values for row in rows], [row.geometry for row in rows]  # noqa: PD011  rows of ours
    crs, lists = crs_of(collection.datum), _LISTS if has_lists else None
    return columns.frame_of(collection.columns, values, shapes, crs=crs, lists=lists)


def of_one_type(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a frame whose lines and areas are multi-part, for formats with one geometry type a layer."""
    return frame.set_geometry(gpd.GeoSeries([_multi(shape) for shape in frame.geometry], crs=frame.crs))


def by_kind(frame: gpd.GeoDataFrame, kind: Kind) -> Iterator[tuple[str, Kind, gpd.GeoDataFrame]]:
    """Yield a frame as it is, or a mixed one as one for each kind of geometry: suffix, kind, multi-part frame.

    A row whose geometry has several kinds comes in several of them, under the same id.
    """
    if kind != "mixed":
        yield "", kind, of_one_type(frame)
        return
    for dimension, own in enumerate(_KINDS):
        parts = gpd.GeoSeries([parts_of(shape, dimension) for shape in frame.geometry], crs=frame.crs)
        yield f"_{own}s", own, frame.set_geometry(parts)[parts.notna()]


def geometry_type_of(frame: gpd.GeoDataFrame, kind: Kind) -> str:
    """Return what GDAL calls the geometries of a frame of one kind; points of several parts are multi-points."""
    is_multi = kind == "point" and bool((frame.geometry.geom_type == "MultiPoint").any())
    return "MultiPoint" if is_multi else GEOMETRY_TYPES[kind]


def _multi(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return MultiPolygon([shape])
    if isinstance(shape, LineString):
        return MultiLineString([shape])
    return shape


def parts_of(shape: BaseGeometry, dimension: int) -> BaseGeometry | None:
    """Return the points (0), lines (1) or areas (2) of a shape as one geometry; None when it has none."""
    singles = [part for part in _singles(shape) if shapely.get_dimensions(part) == dimension]
    if not singles:
        return None
    return _MULTI[dimension](singles)


def _singles(shape: BaseGeometry) -> list[BaseGeometry]:
    parts = list(shapely.get_parts(shape))
    if shape.geom_type != "GeometryCollection":
        return parts
    return [single for part in parts for single in _singles(part)]


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
        collection.pages.replace("{id}", row.id).replace("{case_id}", str(row.values.get("case_id", "")))  # noqa: PD011  no frame
        for row in collection.rows
    ]


def _names(collection: Collection) -> list[str]:
    return [name_of(row.values) or row.id for row in collection.rows]


MIN_ZOOM, MAX_ZOOM = 5, 11
_METADATA_AT = 24  # PMTiles v3, header: offset and length of the metadata, little-endian


def write_pmtiles(collection: Collection) -> bytes:
    """Return vector tiles for zoom 5 to 11; the corners of shapes lie on the grid of a tile, 4.8 m at zoom 11."""
    content = gdal_bytes(
        of_one_type(frame_of(collection)),
        "export.pmtiles",
        driver="PMTiles",
        layer=collection.id,
        geometry_type=GEOMETRY_TYPES[collection.kind],
        dataset_options={
            "NAME": collection.title.zh,
            "DESCRIPTION": about_text(collection),
            "MINZOOM": MIN_ZOOM,
            "MAXZOOM": MAX_ZOOM,
            # GDAL asks for bounds when there is no feature
            **({} if len(collection.rows) else {"BOUNDS": ",".join(map(str, collection.catalogue.bounds))}),
        },
    )
    return _with_metadata(content, collection)


def _with_metadata(content: bytes, collection: Collection) -> bytes:
    """Return the file with attribution, and with its layer named even where GDAL wrote no tile of it."""
    offset, length = struct.unpack_from("<QQ", content, _METADATA_AT)
    metadata = json.loads(gzip.decompress(content[offset : offset + length]))
    metadata["attribution"] = collection.area.attribution
    if not metadata.get("vector_layers"):
        metadata["vector_layers"] = [{"id": collection.id, "fields": {c.name: "String" for c in collection.columns}}]
    new = gzip.compress(json.dumps(metadata, ensure_ascii=False).encode(), mtime=0)
    header = bytearray(content[:127])
    struct.pack_into("<QQ", header, _METADATA_AT, len(content), len(new))
    return bytes(header) + content[127:] + new
