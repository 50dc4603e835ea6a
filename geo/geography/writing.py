"""What an import writes into the user's own data folder, below imported/; the same file gives the same bytes.

What another file brought before stays, but for shapes of the same features; base map and places are those of the last
file that had any.
"""

import csv
import io
import json
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from shapely.geometry import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import SourceError, StoreError
from geo.feature import AREA_DIMENSION
from geo.gdal import UNDATED, day_of_files
from geo.geography.drawn import Drawn
from geo.geography.kinds import BY_ID
from geo.geography.names import NamedPlace
from geo.geography.proofs import Proof
from geo.imports.writing import Change, read_bytes
from geo.layers.imported import FOLDER, IMPORTED, IMPORTED_PLACES, ImportedFile
from geo.text import toml_text

BASE = f"{FOLDER}/base.gpkg"
_WRITE_ERRORS = (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, pyogrio.errors.FeatureError)
_GRID_DEG = 1e-6  # about 0.1 m
_HEAD = "# Written by `tongcheng import geometry`; import again rather than edit.\n"
_Table = Mapping[str, str | float]


def changes(
    folder: Path, file: ImportedFile, proofs: Sequence[Proof], base: Sequence[Drawn], places: Sequence[NamedPlace]
) -> list[Change]:
    """Return what the files of a folder shall hold after an import.

    Raises:
        SourceError: What an earlier import left there cannot be understood.
    """
    said = _said(folder)
    taken = {f"{proof.candidate.layer}:{proof.candidate.id}": proof for proof in proofs}
    shapes = {str(one["id"]): one for one in said.get("shape", ()) if one["id"] not in taken}
    shapes.update({name: _shape(name, proof, file) for name, proof in taken.items()})
    brought = {name: file.id for name, things in (("base", base), ("places", places)) if things}
    wholes = {str(one["id"]): str(one["file"]) for one in said.get("whole", ())} | brought
    used = {str(one["file"]) for one in shapes.values()} | set(wholes.values())
    files = {str(one["id"]): one for one in (*said.get("file", ()), _file(file)) if one["id"] in used}
    layers = dict.fromkeys(proof.candidate.layer for proof in proofs)
    written = {IMPORTED: _source(files, shapes, {name: {"id": name, "file": wholes[name]} for name in wholes})}
    written.update({f"{FOLDER}/{layer}.geojson": _geojson(folder, layer, proofs) for layer in layers})
    if base:
        written[BASE] = _base(base)
    if places:
        written[IMPORTED_PLACES] = _csv(places, file)
    return [
        Change(path, content, old) for path, content in written.items() if (old := read_bytes(folder, path)) != content
    ]


def _said(folder: Path) -> Mapping[str, Sequence[_Table]]:
    held = read_bytes(folder, IMPORTED)
    try:
        return tomllib.loads(held.decode()) if held else {}
    except ValueError as error:
        msg = f"{folder / IMPORTED}: cannot be read ({error}); remove the folder {FOLDER} and import all files again"
        raise SourceError(msg) from error


def _shape(name: str, proof: Proof, file: ImportedFile) -> _Table:
    return {
        "id": name,
        "name": proof.candidate.name,
        "precision_m": proof.precision_m,
        "proof": f"{proof.figure} ({proof.reason})",
        "file": file.id,
    }


def _file(file: ImportedFile) -> _Table:
    said = {"id": file.id, "name": file.name, "date": file.date, "datum": file.datum}
    licence = {"licence": file.licence, "attribution": file.attribution}
    return {key: value for key, value in {**said, **licence}.items() if value is not None}


def _source(*tables: Mapping[str, _Table]) -> bytes:
    """Return the files, the shapes and the wholes, each by id."""
    blocks = [f'{_HEAD}datum = "WGS-84"\n']
    for kind, table in zip(("file", "shape", "whole"), tables, strict=True):
        blocks += [f"[[{kind}]]\n{_keys(table[name])}" for name in sorted(table)]
    return "\n".join(blocks).encode()


def _keys(table: _Table) -> str:
    return "".join(
        f"{key} = {toml_text(value) if isinstance(value, str) else json.dumps(value)}\n" for key, value in table.items()
    )


def _geojson(folder: Path, layer: str, proofs: Sequence[Proof]) -> bytes:
    held = read_bytes(folder, f"{FOLDER}/{layer}.geojson")
    features = {str(one["id"]): one for one in json.loads(held)["features"]} if held else {}
    features.update({p.candidate.id: _feature(p) for p in proofs if p.candidate.layer == layer})
    lines = ",\n".join(json.dumps(features[name], ensure_ascii=False, sort_keys=True) for name in sorted(features))
    return f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n'.encode()


def _feature(proof: Proof) -> Mapping[str, object]:
    shape = shapely.set_precision(proof.candidate.shape, _GRID_DEG)
    return {
        "type": "Feature",
        "id": proof.candidate.id,
        "properties": {"name": proof.candidate.name},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }


def _csv(places: Sequence[NamedPlace], file: ImportedFile) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *(one.name for one in fields(NamedPlace)), "file"])
    columns = attrgetter(*(one.name for one in fields(NamedPlace)))
    writer.writerows((f"{one.kind}:{one.county}:{one.name}", *columns(one), file.id) for one in places)
    return text.getvalue().encode()


def _base(things: Sequence[Drawn]) -> bytes:
    """Return roads, water, woods and built-up land as one GeoPackage, a layer each.

    Raises:
        StoreError: The folder of temporary files cannot be written.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="tongcheng-") as folder, day_of_files(UNDATED):
            path = Path(folder, "base.gpkg")
            for part, rows in _by_part(things).items():
                pyogrio.write_dataframe(_frame(rows), path, layer=part, driver="GPKG", append=path.exists())
            return path.read_bytes()
    except (OSError, *_WRITE_ERRORS) as error:
        msg = (
            f"{tempfile.gettempdir()}: cannot be written ({error}); nothing was changed; make room, or name another "
            "folder in TMPDIR"
        )
        raise StoreError(msg) from error


def _by_part(things: Sequence[Drawn]) -> dict[str, list[Drawn]]:
    found: dict[str, list[Drawn]] = {}
    for thing in things:
        found.setdefault(BY_ID[thing.kind].base, []).append(thing)
    return dict(sorted(found.items()))


def _frame(things: Sequence[Drawn]) -> gpd.GeoDataFrame:
    rows = sorted(things, key=lambda one: (one.tags.get("highway", ""), one.told))
    return gpd.GeoDataFrame(
        {"class": [one.tags.get("highway") for one in rows], "name": [one.tags.get("name") for one in rows]},
        geometry=_same_kind([one.shape for one in rows]),
        crs="EPSG:4326",
    )


def _same_kind(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """Return shapes as multi-parts, so that a layer has one geometry type."""
    return list(_multi(shapes))


def _multi(shapes: Sequence[BaseGeometry]) -> Iterator[BaseGeometry]:
    for shape in shapes:
        parts = list(shapely.get_parts(shape))
        yield MultiPolygon(parts) if shapely.get_dimensions(shape) == AREA_DIMENSION else MultiLineString(parts)
