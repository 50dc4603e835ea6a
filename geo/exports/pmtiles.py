"""PMTiles of a layer: vector tiles in one file, for maps in a browser that need no server."""

import gzip
import json
import struct

from geo.exports.about import about_text
from geo.exports.collection import Collection
from geo.exports.frames import GEOMETRY_TYPES, frame_of, of_one_type
from geo.gdal import gdal_bytes

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
