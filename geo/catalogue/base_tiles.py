"""Vector tiles of an imported extract, for the base map: roads by class, water, woods and built-up land.

`imported/base.gpkg` of a data folder has the layers `roads` (column `class`), `water`, `woods` and `builtup`, WGS-84.
The build makes one PMTiles of it, beside the catalogue. GDAL writes one layer an archive, and lets no feature begin at
a zoom of its own; so each kind is an archive first, and these are joined tile by tile: layers follow each other.
"""

import gzip
import heapq
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, NamedTuple

import geopandas as gpd
import pyogrio
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geo.catalogue.catalogue import Catalogue
from geo.errors import SourceError, StoreError
from geo.files import written_beside
from geo.sources import Sources

EXTRACT, _ABOUT = "imported/base.gpkg", "imported/SOURCE.toml"
LEAST_ZOOM, MOST_ZOOM = 10, 13  # deeper, tiles are enlarged: a unit of theirs is a metre
_AROUND_DEG = 0.3  # what lies farther from the area is left out
_SIMPLIFIED = 4  # of 4096 units a tile: a quarter of a pixel


class _Kind(NamedTuple):
    """A layer of the tiles: what of which layer of the extract it holds, and the zoom it begins at."""

    id: str
    layer: str
    zoom: int
    where: str | None = None


# From bottom to top.
_KINDS: Sequence[_Kind] = (
    _Kind("woods", "woods", 10),
    _Kind("builtup", "builtup", 11),
    _Kind("water", "water", 10),
    _Kind("secondary", "roads", 12, "class = 'secondary'"),
    _Kind("primary", "roads", 11, "class = 'primary'"),
    _Kind("trunk", "roads", 10, "class = 'trunk'"),
    _Kind("motorway", "roads", 10, "class = 'motorway'"),
)
TILE_LAYERS: Sequence[str] = tuple(kind.id for kind in _KINDS)


def tiles_path(catalogue: Path) -> Path:
    """Return where the tiles of a catalogue file lie: beside it, under its name."""
    return catalogue.with_name(f"{catalogue.stem}.base.pmtiles")


def tiles_of(catalogue: Path, data_digest: str) -> Path | None:
    """Return the tiles that were built with a catalogue; None where there are none, or those of other records."""
    path = tiles_path(catalogue)
    try:
        return path if about_tiles(path).get("data_digest") == data_digest else None
    except (OSError, ValueError):
        return None


def about_tiles(path: Path) -> Mapping[str, str]:
    """Return what tiles say of themselves, `attribution` among it.

    Raises:
        OSError: There is no such file.
        ValueError: It is no PMTiles.
    """
    try:
        with path.open("rb") as file:
            said: Mapping[str, str] = Reader(MmapSource(file)).metadata()
    except (OSError, ValueError):
        raise
    except Exception as error:  # the reader has an own class for each way in which a file is damaged
        raise ValueError(str(error)) from error
    return said


@contextmanager
def tiles_beside(catalogue: Path, built: Catalogue, sources: Sources) -> Iterator[None]:
    """Make the tiles of a catalogue while its file is written: both are new afterwards, or both as they were.

    Raises:
        SourceError: The extract cannot be read.
        StoreError: The tiles cannot be written.
    """
    extract = sources.file(EXTRACT)
    if extract is None:
        yield
        tiles_path(catalogue).unlink(missing_ok=True)
        return
    with ExitStack() as open_file:
        try:
            catalogue.parent.mkdir(parents=True, exist_ok=True)
            file = open_file.enter_context(written_beside(tiles_path(catalogue)))
            write_tiles(extract, file, built, attribution=_attribution(sources))
        except OSError as error:
            why = error.strerror or error
            msg = f"{tiles_path(catalogue)}: cannot be written ({why}); make room where the disk is full"
            raise StoreError(msg) from error
        yield


def _attribution(sources: Sources) -> str:
    """Return those to whom what was imported is owed, each once with the licence; empty where no file says it."""
    files = sources.toml(_ABOUT).get("file", []) if sources.has(_ABOUT) else []
    told = [_owed(**file) for file in files] if isinstance(files, list) else []
    return "; ".join(dict.fromkeys(filter(None, told)))


def _owed(attribution: str = "", licence: str = "", **_: object) -> str:
    """Return an attribution with the licence, unless it tells that itself."""
    is_told = licence.partition(" ")[0] in attribution
    return attribution if is_told else ", ".join(filter(None, (attribution, licence)))


def write_tiles(extract: Path, target: BinaryIO, catalogue: Catalogue, *, attribution: str) -> None:
    """Write the tiles of an extract within the area and a little around; the same extract gives the same bytes.

    Raises:
        SourceError: The extract is no GeoPackage with such layers.
    """
    west, south, east, north = catalogue.bounds
    box = (west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG)
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder, ExitStack() as stack:
        archives = []
        for kind, frame in _frames(extract, box):
            path = Path(folder, f"{kind.id}.pmtiles")
            options = {"MINZOOM": kind.zoom, "MAXZOOM": MOST_ZOOM, "SIMPLIFICATION": _SIMPLIFIED}
            pyogrio.write_dataframe(frame, path, driver="PMTiles", layer=kind.id, dataset_options=options)
            archives.append(stack.enter_context(path.open("rb")))
        metadata = {
            "attribution": attribution,
            "data_digest": catalogue.data_digest,
            "vector_layers": [
                {"id": kind.id, "fields": {}, "minzoom": kind.zoom, "maxzoom": MOST_ZOOM} for kind in _KINDS
            ],
        }
        _join(archives, target, box, metadata)


def _frames(extract: Path, box: tuple[float, float, float, float]) -> Iterator[tuple[_Kind, gpd.GeoDataFrame]]:
    """Yield what each kind holds within a box, as geometries alone; nothing of a kind that has none there."""
    try:
        known = {str(name) for name, _ in pyogrio.list_layers(extract)}
        for kind in _KINDS:
            if kind.layer in known:
                frame = pyogrio.read_dataframe(extract, layer=kind.layer, where=kind.where, columns=[], bbox=box)
                frame = frame[~(frame.geometry.is_empty | frame.geometry.isna())]
                if len(frame):
                    yield kind, frame
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        msg = f"{extract}: cannot be read ({error}); import the extract again"
        raise SourceError(msg) from error


def _join(
    archives: Sequence[BinaryIO],
    target: BinaryIO,
    box: tuple[float, float, float, float],
    metadata: Mapping[str, object],
) -> None:
    """Write one archive of several: a tile is the layers of its parts, one after the other."""
    writer = Writer(target)
    parts = heapq.merge(*(_tiles(archive) for archive in archives), key=lambda tile: tile[0])
    for number, tiles in groupby(parts, key=lambda tile: tile[0]):
        writer.write_tile(number, gzip.compress(b"".join(content for _, content in tiles), mtime=0))
    if writer.addressed_tiles == 0:
        writer.write_tile(zxy_to_tileid(LEAST_ZOOM, 0, 0), gzip.compress(b"", mtime=0))  # the library needs one
    west, south, east, north = (round(degrees * 10**7) for degrees in box)
    header = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
    }
    writer.finalize(header, dict(metadata))


def _tiles(archive: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each tile, by number."""
    for place, content in all_tiles(MmapSource(archive)):
        yield zxy_to_tileid(*place), gzip.decompress(content)
