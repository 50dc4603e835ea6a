"""The table of export formats that downloads, command line, docs and tests loop over.

To add one, write a module beside this one and a row here; `gaps` tells what a row lacks.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from geo.datum import Datum
from geo.errors import NotFoundError, QueryError
from geo.exports import geojson, geopackage, gis_files, shapefile, spreadsheets
from geo.exports.collection import Collection
from geo.exports.tables import Kind, kind_of
from geo.layers.table import LAYERS
from geo.text import LocalText, untranslated, word

Chunks = Callable[[Collection], Iterable[bytes]]
_ALL: tuple[Kind, ...] = ("point", "line", "area", "mixed")
_LAYERS = frozenset(spec.id for spec in LAYERS)


@dataclass(frozen=True)
class Format:
    """One way to write a collection; `suffix` ends the file name and chooses the format.

    `sentence`: what it is for and what it leaves out, for menus, command line and docs. `note`: how lists, nulls, names
    and texts come out, for docs/exports.md. `carries`: the kinds of geometry it can hold. `is_wgs84_only`: what it is
    for reads every number as WGS-84. `instead`: the format that is written in its place in another datum.
    `is_streamed`: row by row, of any length. `is_text`: it shrinks when it is compressed on its way. `has_ranges`: its
    readers fetch parts of it.
    """

    id: str
    suffix: str
    media_type: str
    title: LocalText
    chunks: Chunks
    sentence: LocalText
    note: str
    carries: tuple[Kind, ...] = _ALL
    is_wgs84_only: bool = False
    is_for_layers_only: bool = False
    is_streamed: bool = False
    is_text: bool = False
    has_ranges: bool = False
    instead: str = ""

    @property
    def is_limited(self) -> bool:
        """Tell whether there is a datum or a kind of geometry that nothing is written in."""
        return (self.is_wgs84_only and not self.instead) or self.carries != _ALL

    def write(self, collection: Collection) -> bytes:
        """Return a collection as a file; legal when empty.

        Raises:
            QueryError: The format cannot carry it; says which can.
        """
        self.check(collection)
        return b"".join(self.chunks(collection))

    def check(self, collection: Collection) -> None:
        """Refuse what the format cannot carry.

        Raises:
            QueryError: Lists every reason, with the remedy.
        """
        problems = list(self._problems(collection))
        if problems:
            raise QueryError(problems)

    def _problems(self, collection: Collection) -> Iterable[str]:
        if collection.kind not in self.carries:
            fit = [f.id for f in FORMATS.values() if collection.kind in f.carries and not f.is_for_layers_only]
            yield (
                f"format: {self.id} holds only {' and '.join(self.carries)} geometries, and {collection.id} is "
                f"{collection.kind}; choose one of {', '.join(fit)}"
            )
        elif self.is_for_layers_only and collection.feature_type not in _LAYERS:
            yield f"format: {self.id} is for layers, such as belts; for {collection.id} choose gpkg or geojson"
        if self.is_wgs84_only and collection.datum is not Datum.WGS84:
            fit = [f.id for f in FORMATS.values() if not f.is_wgs84_only]
            yield (
                f"datum: {self.id} is always WGS-84, so {collection.datum.value} cannot be written; leave out datum, "
                f"or choose one of {', '.join(fit)}"
            )


def gaps(formats: Iterable[Format]) -> list[str]:
    """Return, in one sentence each, what formats lack to be understood everywhere."""
    return [f"format {one.id}: {gap}" for one in formats for gap in _gaps(one)]


def _gaps(one: Format) -> Iterator[str]:
    if not (one.title.zh and one.sentence.zh):
        yield "has no title or no sentence; write what menus, command line and docs tell of it"
    else:
        yield from untranslated([one.sentence])
    if not one.note:
        yield "has no note; write how lists, nulls and names come out of it"
    if "/" not in one.media_type:
        yield f"{one.media_type!r} is no media type; expected one such as application/json"
    if one.instead and one.instead not in FORMATS:
        yield f"{one.instead!r} is written instead of it, and no format is called so"


def _whole(write: Callable[[Collection], bytes]) -> Chunks:
    return lambda collection: (write(collection),)


def formats_for(what: str) -> list[Format]:
    """List the formats that can carry a known collection."""
    kind, is_layer = kind_of(what), what in _LAYERS
    return [made for made in FORMATS.values() if kind in made.carries and (is_layer or not made.is_for_layers_only)]


FORMATS: Mapping[str, Format] = {
    made.id: made
    for made in (
        Format(
            id="geojson",
            suffix="geojson",
            media_type=geojson.GEOJSON_TYPE,
            title=word("GeoJSON (RFC 7946)"),
            chunks=geojson.geojson_chunks,
            sentence=word("GeoJSON: for web maps; in another datum JSON-FG is written instead."),
            note="Lists stay lists, nulls null; six decimals. In another datum JSON-FG is written instead.",
            is_wgs84_only=True,
            is_streamed=True,
            instead="jsonfg",
            is_text=True,
        ),
        Format(
            id="geojsonseq",
            suffix="geojsons",
            media_type="application/geo+json-seq",
            title=word("GeoJSON Text Sequences"),
            chunks=geojson.geojsonseq_chunks,
            sentence=word("GeoJSON Text Sequences: one feature after the other, for streams; always WGS-84."),
            note="RFC 8142: each feature after a record separator. Lists stay lists, nulls null. "
            "Licence and source stand in each feature; an empty result is an empty file.",
            is_wgs84_only=True,
            is_streamed=True,
            is_text=True,
        ),
        Format(
            id="jsonfg",
            suffix="jsonfg",
            media_type=geojson.JSON_FG_TYPE,
            title=word("JSON-FG (OGC)"),
            chunks=geojson.jsonfg_chunks,
            sentence=word("JSON-FG: GeoJSON that names its datum and its times."),
            note="Lists stay lists, nulls null. `geometry` is WGS-84, `place` the datum asked for, eight decimals.",
            is_text=True,
        ),
        Format(
            id="gpkg",
            suffix="gpkg",
            media_type=geopackage.MEDIA_TYPE,
            title=word("GeoPackage (QGIS, ArcGIS)"),
            chunks=_whole(geopackage.write_geopackage),
            sentence=word("GeoPackage: opens in QGIS with our style."),
            note="Lists are one text; nulls null. Opens in QGIS with our style. Mixed geometries become one layer for "
            "each kind, with the same ids. About: `gpkg_metadata`.",
        ),
        Format(
            id="fgb",
            suffix="fgb",
            media_type="application/flatgeobuf",
            title=word("FlatGeobuf"),
            chunks=_whole(gis_files.write_flatgeobuf),
            sentence=word("FlatGeobuf: read in part over the web."),
            note="Lists are one text; nulls null. Rows are sorted by place. About: the metadata of its header.",
        ),
        Format(
            id="parquet",
            suffix="parquet",
            media_type="application/vnd.apache.parquet",
            title=word("GeoParquet 1.1 (Python, DuckDB)"),
            chunks=_whole(gis_files.write_parquet),
            sentence=word("GeoParquet: for Python and DuckDB."),
            note="Lists stay lists, nulls null; a `bbox` column beside `geometry`. About: file metadata `tongcheng`.",
        ),
        Format(
            id="kml",
            suffix="kml",
            media_type="application/vnd.google-earth.kml+xml",
            title=word("KML (Google Earth)"),
            chunks=_whole(gis_files.write_kml),
            sentence=word("KML: for Google Earth; always WGS-84."),
            note="Lists are one text; nulls are left out. The id is that of the placemark. About: the description.",
            is_wgs84_only=True,
            is_text=True,
        ),
        Format(
            id="shp",
            suffix="shp.zip",
            media_type="application/zip",
            title=word("Shapefile (zip)"),
            chunks=_whole(shapefile.write_shapefile),
            sentence=word("Shapefile: for older GIS programs; long texts are cut, and whole in the CSV beside it."),
            note="Lists are one text; nulls null. Names have at most ten characters, texts 254 bytes: README.txt tells "
            "the names, a CSV beside has all whole. One shapefile for each kind of geometry.",
        ),
        Format(
            id="csv",
            suffix="csv",
            media_type="text/csv",
            title=word("CSV (Excel, WKT)"),
            chunks=spreadsheets.csv_chunks,
            sentence=word("CSV: for spreadsheets; shapes are WKT."),
            note="UTF-8 with byte order mark. Lists are one text; nulls are empty. Points have `lon` and `lat`, all "
            "have `wkt`. An apostrophe stands before what a spreadsheet would run. About: CSVW beside it.",
            is_streamed=True,
            is_text=True,
        ),
        Format(
            id="xlsx",
            suffix="xlsx",
            media_type=spreadsheets.MEDIA_TYPE,
            title=word("Excel (XLSX)"),
            chunks=_whole(spreadsheets.write_xlsx),
            sentence=word("XLSX: for Excel; of shapes only the coordinates of points."),
            note="Lists are one text; nulls are empty cells. Points have `lon` and `lat`; other shapes are left out. "
            "Texts are never formulas. About and data dictionary: the sheet `about`.",
        ),
        Format(
            id="gpx",
            suffix="gpx",
            media_type="application/gpx+xml",
            title=word("GPX (navigation)"),
            chunks=_whole(gis_files.write_gpx),
            sentence=word("GPX: for navigation; points only, always WGS-84."),
            note="Waypoints. Lists are one text; nulls are left out. Columns stand in extensions. About: `metadata`.",
            carries=("point",),
            is_wgs84_only=True,
            is_text=True,
        ),
        Format(
            id="pmtiles",
            suffix="pmtiles",
            media_type="application/vnd.pmtiles",
            title=word("PMTiles (vector tiles)"),
            chunks=_whole(gis_files.write_pmtiles),
            sentence=word("PMTiles: vector tiles of a layer; always WGS-84."),
            note="Layers only; zoom 5 to 11, so corners lie on a grid of 5 m. Lists are one text; nulls are left out. "
            "About: `description` and `attribution` of its metadata.",
            carries=("point", "line", "area"),
            is_wgs84_only=True,
            is_for_layers_only=True,
            has_ranges=True,
        ),
    )
}
BY_SUFFIX: Mapping[str, Format] = {made.suffix: made for made in FORMATS.values()}


def format_named(format_id: str, *, datum: Datum = Datum.WGS84) -> Format:
    """Return a format by its id, or the one that is written instead of it in a datum.

    Raises:
        NotFoundError: No format has the id.
    """
    if format_id not in FORMATS:
        msg = f"no format is called {format_id[:40]!r}; known are {', '.join(FORMATS)}"
        raise NotFoundError(msg)
    return _in_datum(FORMATS[format_id], datum)


def format_ending_in(suffix: str, *, datum: Datum = Datum.WGS84) -> Format:
    """Return the format of a file name, or the one that is written instead of it in a datum.

    Raises:
        NotFoundError: No format has the suffix.
    """
    if suffix not in BY_SUFFIX:
        msg = f"no format ends in .{suffix[:40]}; known are {', '.join(f'.{known}' for known in BY_SUFFIX)}"
        raise NotFoundError(msg)
    return _in_datum(BY_SUFFIX[suffix], datum)


def _in_datum(chosen: Format, datum: Datum) -> Format:
    return FORMATS[chosen.instead] if chosen.instead and datum is not Datum.WGS84 else chosen
