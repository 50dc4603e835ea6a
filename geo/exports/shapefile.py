"""Shapefiles in one zip: one for each kind of geometry, a README that explains the short names, and the full texts."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import geopandas as gpd
import pyogrio

from geo.exports.about import about_text, file_stem
from geo.exports.collection import Collection
from geo.exports.gis_files import by_kind, frame_of, geometry_type_of
from geo.exports.spreadsheets import write_csv
from geo.exports.tables import Kind
from geo.files import zipped
from geo.layers.spec import Column
from geo.text import LIST_SEPARATOR, word

_LONGEST_NAME = 10
_LONGEST_TEXT = 254  # bytes
_LIMITS = word(
    "Field names have at most 10 characters in a Shapefile, texts at most 254 bytes: the CSV has them whole."
)


def write_shapefile(collection: Collection) -> bytes:
    """Return the zip. Texts longer than 254 bytes are cut in the shapefile; the CSV beside it has them whole."""
    stem = file_stem(collection)
    files = {"README.txt": _readme(collection).encode("utf-8-sig"), f"{stem}.csv": write_csv(collection)}
    for suffix, kind, frame in _frames(collection):
        files |= _shapefile(frame, f"{stem}{suffix.replace('_', '-')}", kind=kind, date=collection.day)
    return zipped(dict(sorted(files.items())))


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each name one of at most ten characters; names that would be equal end in a number."""
    found: dict[str, str] = {}
    for name in names:
        short, number = name[:_LONGEST_NAME], 0
        while short.lower() in {other.lower() for other in found.values()}:
            number += 1
            short = f"{name[: _LONGEST_NAME - 1 - len(str(number))]}_{number}"
        found[name] = short
    return found


def _frames(collection: Collection) -> Iterator[tuple[str, Kind, gpd.GeoDataFrame]]:
    """Yield one frame with short names for each kind of geometry."""
    frame = frame_of(collection)
    columns = [column for column in frame.columns if column != "geometry"]
    texts = [column.name for column in collection.columns if column.kind in {"string", "array"}]
    cut = frame.assign(**{name: frame[name].map(_cut, na_action="ignore") for name in texts})
    short = cut.rename(columns=short_names(columns))
    yield from by_kind(short, collection.kind)


def _shapefile(frame: gpd.GeoDataFrame, stem: str, *, kind: Kind, date: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder:
        pyogrio.write_dataframe(
            frame,
            Path(folder, f"{stem}.shp"),
            driver="ESRI Shapefile",
            encoding="UTF-8",
            geometry_type=geometry_type_of(frame, kind),
            layer_options={"DBF_DATE_LAST_UPDATE": date},
        )
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def _cut(text: str) -> str:
    return text.encode()[:_LONGEST_TEXT].decode(errors="ignore")


def _readme(collection: Collection) -> str:
    short = short_names([column.name for column in collection.columns])
    lists = word("A list is one text, separated by {sign}. Encoding UTF-8 (.cpg).", sign=LIST_SEPARATOR)
    return "\r\n".join(
        [
            about_text(collection).replace("\n", "\r\n"),
            "",
            _LIMITS.zh + lists.zh,
            _LIMITS.in_lang("en"),
            lists.in_lang("en"),
            "",
            *(_explained(column, short[column.name]) for column in collection.columns),
            "",
        ]
    )


def _explained(column: Column, short: str) -> str:
    return f"{short:<10}  {column.name}: {column.title.in_both()}"
