"""Import a file's geography into a data folder: read, find the datum, join, prove, and say what to write."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from geo.datum import Datum
from geo.errors import SourceError
from geo.geography.datum import datum_of, in_wgs84
from geo.geography.drawn import Content, Drawn
from geo.geography.files import read_file
from geo.geography.joining import Things, candidates
from geo.geography.kinds import BY_ID
from geo.geography.known import Known, read_known
from geo.geography.names import named_places
from geo.geography.proofs import Proof, best_proof
from geo.geography.report import Outcome, Report, outcome
from geo.geography.writing import changes
from geo.imports.writing import Change
from geo.layers.imported import ImportedFile
from geo.sources import Sources

STEPS = ("records", "relations", "ways", "datum", "proofs", "writing")
OSM_LICENCE = "ODbL 1.0"
OSM_ATTRIBUTION = "© OpenStreetMap contributors, ODbL"
_NOT_STATED = "licence not stated: ask its owner before it is passed on"
_MOST_TOLD = 10
_MARGIN_DEG = 0.1  # around the area, as the base map shows it
_OSM = frozenset({".pbf", ".osm"})
OnStep = Callable[[str], None]


@dataclass(frozen=True)
class Asked:
    """What the one who imports says: the layer of ours that the file is of, its datum, licence and attribution."""

    layer: str | None = None
    datum: Datum | None = None
    licence: str | None = None
    attribution: str | None = None


@dataclass(frozen=True)
class Imported:
    """What an import found and what it writes; `before` and `after` are the shapes of what was taken, WGS-84."""

    report: Report
    changes: Sequence[Change]
    before: Mapping[str, BaseGeometry]
    after: Mapping[str, BaseGeometry]


def import_geography(path: Path, folder: Path, asked: Asked, on_step: OnStep) -> Imported:
    """Return what a file brings to a data folder; writes nothing.

    Raises:
        SourceError: The file cannot be read, lies elsewhere, or its datum is not known.
        RecordError: The records of the folder have problems.
    """
    on_step("records")
    known = read_known(Sources(folder))
    content = _read(path, known, asked.layer, on_step)
    on_step("datum")
    datum, how = datum_of(content, known, declared=asked.datum, file=path.name)
    content_in_degrees = in_wgs84(content.things, datum)
    _check_place(content_in_degrees, known, path)
    on_step("proofs")
    options = candidates(Things(content_in_degrees), known)
    proofs = [best_proof(found, known) for found in options if found and asked.layer in {None, found[0].layer}]
    on_step("writing")
    file = _file(path, content, datum, asked)
    taken = [proof for proof in proofs if proof.is_accepted]
    base = _base(content_in_degrees, known) if content.is_osm and asked.layer is None else []
    places = named_places(content_in_degrees, known) if content.is_osm and asked.layer is None else []
    report = Report(
        file=path.name,
        sha256=file.id,
        date=content.date,
        datum=f"{datum.label} ({how})",
        accepted=(*map(outcome, taken), *_counted(base), *_counted_places(len(places))),
        refused=tuple(outcome(proof) for proof in proofs if not proof.is_accepted),
        notes=(*content.notes, *([] if proofs or base or places else [_unknown(content)])),
    )
    written = changes(folder, file, taken, base, places) if report.accepted else []
    return Imported(report, written, _before(taken, known), {_key(p): p.candidate.shape for p in taken})


def _read(path: Path, known: Known, layer: str | None, on_step: OnStep) -> Content:
    if path.suffix.lower() in _OSM:
        from geo.geography.osm import read_osm  # noqa: PLC0415  pyosmium: only where a file needs it

        west, south, east, north = known.area.bounds
        return read_osm(
            path, (west - _MARGIN_DEG, south - _MARGIN_DEG, east + _MARGIN_DEG, north + _MARGIN_DEG), on_step
        )
    on_step("ways")
    return read_file(path, layer)


def _check_place(things: Sequence[Drawn], known: Known, path: Path) -> None:
    """Refuse a file that lies elsewhere.

    Raises:
        SourceError: Nothing of it meets the area.
    """
    shapely.prepare(known.area)
    if not any(thing.shape.is_empty or known.area.intersects(thing.shape) for thing in things):
        west, south, east, north = shapely.total_bounds([thing.shape for thing in things])
        msg = (
            f"{path.name}: lies at {west:.2f}–{east:.2f}°E, {south:.2f}–{north:.2f}°N, outside of the area; "
            "expected a file of this region, longitude first"
        )
        raise SourceError(msg)


def _unknown(content: Content) -> str:
    """Tell that nothing is called as ours, and how things are called."""
    names = dict.fromkeys(name for thing in content.things for name in (*thing.names, *thing.refs))
    told = "、".join(list(names)[:_MOST_TOLD]) + ("…" if len(names) > _MOST_TOLD else "")
    return f"no name and no number is that of a feature of ours; there stands {told or 'no name'}"


def _file(path: Path, content: Content, datum: Datum, asked: Asked) -> ImportedFile:
    return ImportedFile(
        id=_sha256(path),
        name=path.name,
        datum=datum.label,
        licence=asked.licence or (OSM_LICENCE if content.is_osm else _NOT_STATED),
        attribution=asked.attribution or (OSM_ATTRIBUTION if content.is_osm else path.name),
        date=content.date,
    )


def _sha256(path: Path) -> str:
    if path.is_dir():  # a file geodatabase
        parts = sorted(one for one in path.rglob("*") if one.is_file())
        return hashlib.sha256(b"".join(_sha256(one).encode() for one in parts)).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _base(things: Sequence[Drawn], known: Known) -> list[Drawn]:
    """Return what the base map draws, of the area and a little around it."""
    window = shapely.box(*known.area.bounds).buffer(_MARGIN_DEG)
    shapely.prepare(window)
    return [one for one in things if BY_ID[one.kind].base and window.intersects(one.shape)]


def _counted(base: Sequence[Drawn]) -> list[Outcome]:
    parts = sorted({BY_ID[one.kind].base for one in base})
    counts = {part: sum(BY_ID[one.kind].base == part for one in base) for part in parts}
    return [
        Outcome(f"base:{part}", "", f"{count} shapes", "drawn below everything, as they are")
        for part, count in counts.items()
    ]


def _counted_places(count: int) -> list[Outcome]:
    return [Outcome("places", "", f"{count} names", "streets and villages, each in its county")] if count else []


def _before(proofs: Sequence[Proof], known: Known) -> Mapping[str, BaseGeometry]:
    pairs = ((_key(proof), known.layers.get(proof.candidate.layer), proof.candidate.id) for proof in proofs)
    return {key: layer.feature(name).geometry for key, layer, name in pairs if layer is not None and name in layer}


def _key(proof: Proof) -> str:
    return f"{proof.candidate.layer}:{proof.candidate.id}"
