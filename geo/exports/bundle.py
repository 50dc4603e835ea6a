"""Everything in one zip: a GeoPackage with styles, GeoJSON and CSV of every table, dictionary, licence, citation."""

import csv
import io
from collections.abc import Callable, Sequence
from importlib.metadata import files, version

from geo.exports.about import NOTE, fact_text, facts
from geo.exports.collection import SOURCE, Collection, collection_of
from geo.exports.geojson import write_geojson
from geo.exports.geopackage import geopackage_of
from geo.exports.spreadsheets import csvw_metadata, write_csv
from geo.exports.tables import TABLES, Tables
from geo.files import zipped
from geo.text import LANGS, word

STEPS = (*(what for what in TABLES if what != "footprints"), "GeoPackage", "zip")
_FILES = {
    "tongcheng.gpkg": word("every layer, with the styles that QGIS applies"),
    "geojson/, csv/": word("one file a table (CSV: UTF-8 with byte order mark, CSVW beside it)"),
    "data-dictionary.csv": word("what each column means"),
}
_LABELS = word("The geometry of cases is a point for a label, no site; shapes are in footprint_points, _lines, _areas.")


def write_bundle(tables: Tables, on_step: Callable[[str], None] = lambda _: None) -> bytes:
    """Return the zip; two of the same data are equal. `on_step` hears each of STEPS as it begins."""
    collections = [collection_of(tables, what, []) for what in tables.ids if what != "footprints"]
    content: dict[str, bytes] = {}
    for collection in collections:
        on_step(collection.id)
        content[f"geojson/{collection.id}.geojson"] = write_geojson(collection)
        content[f"csv/{collection.id}.csv"] = write_csv(collection)
        content[f"csv/{collection.id}.csv-metadata.json"] = csvw_metadata(collection, f"{collection.id}.csv")
    on_step("GeoPackage")
    content["tongcheng.gpkg"] = geopackage_of(collections)
    on_step("zip")
    content["README.txt"] = _readme(collections).encode("utf-8-sig")
    content["CITATION.txt"] = citation(collections[0]).encode("utf-8-sig")
    content["LICENSE.txt"] = _licence(collections[0]).encode("utf-8-sig")
    content["data-dictionary.csv"] = _dictionary(collections)
    return zipped(dict(sorted(content.items())))


def citation(collection: Collection) -> str:
    """Return how to cite the data."""
    title, release, date = collection.area.title, version("tongcheng-atlas"), collection.date
    cited = word("Tongcheng Atlas: {title}. {release}, {date}.", title=title, release=release, date=date)
    return cited.in_both(by="\r\n")


def _readme(collections: Sequence[Collection]) -> str:
    listed = [f"{c.id:<18} {len(c.rows):>5}  {c.title.in_both()}" for c in collections]
    return "\r\n".join(
        [
            word("Tongcheng Atlas").in_both(),
            "",
            *(fact_text(fact) for fact in facts(collections[0]) if fact.key not in {"title", "query", "count", "note"}),
            "",
            *(f"{file:<19}  {what.in_both()}" for file, what in _FILES.items()),
            "CITATION.txt, LICENSE.txt",
            "",
            *listed,
            "",
            NOTE.in_both(by="\r\n"),
            _LABELS.in_both(by="\r\n"),
            "",
        ]
    )


def _licence(collection: Collection) -> str:
    """Return what holds for the data, and the licence that came with the program, where it came with it."""
    texts = [file.read_text(encoding="utf-8") for file in files("tongcheng-atlas") or () if file.name == "LICENSE"]
    return "\r\n".join([collection.area.licence.text, collection.area.attribution, SOURCE, "", *texts[:1]])


def _dictionary(collections: Sequence[Collection]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    meaning = word("meaning")
    writer.writerow(("table", "column", "type", *map(meaning.in_lang, LANGS)))
    for collection in collections:
        for column in collection.columns:
            writer.writerow((collection.id, column.name, column.kind, *map(column.title.in_lang, LANGS)))
    return buffer.getvalue().encode("utf-8-sig")
