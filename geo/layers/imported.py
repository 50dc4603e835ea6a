"""Shapes of the user's own files, laid over what the records build: accepted with proof by `tongcheng import geometry`.

They lie in the user's data folder, below imported/: one GeoJSON a layer, and SOURCE.toml, which says of every shape
which file it came from, how it was proved, and what licence it is under.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from shapely.geometry.base import BaseGeometry

from geo.case import Rating
from geo.crs import area_km2, length_km
from geo.feature import Feature, Property
from geo.record import Record

if TYPE_CHECKING:
    from geo.reading import RecordReader

FOLDER = "imported"
IMPORTED = f"{FOLDER}/SOURCE.toml"
IMPORTED_PLACES = f"{FOLDER}/places.csv"  # streets and villages, for the geocoder
ONLY_IMPORTED = frozenset({"townships"})  # layers that no records build


@dataclass(frozen=True)
class ImportedFile(Record):
    """A file of the user's: `id` is its sha256; `date` when it was taken, ISO; `datum` that of its coordinates."""

    id: str
    name: str
    datum: str
    licence: str
    attribution: str
    date: str | None = None

    @property
    def source(self) -> str:
        """Return how it is cited."""
        told = f"{self.name}{f', {self.date}' if self.date else ''} (sha256 {self.id[:12]})"
        return f"{told}: {self.attribution}; {self.licence}"


@dataclass(frozen=True)
class ImportedShape(Record):
    """One shape: `id` is `<layer>:<feature>`; `proof` what was measured; `precision_m` how far it may be off."""

    id: str
    name: str
    precision_m: float
    proof: str
    file: str


@dataclass(frozen=True)
class ImportedWhole(Record):
    """What is taken whole, without proof: `id` is `base` or `places`; the last file that had it brought it."""

    id: str
    file: str


@dataclass(frozen=True)
class ImportedPlace(Record):
    """A street or village of a county: a point, WGS-84, and within how many metres nine tenths of it lie."""

    id: str
    kind: str
    name: str
    county: str
    lon: float
    lat: float
    radius_m: float
    file: str


@dataclass(frozen=True)
class Imports:
    """Everything that was imported into a folder; `geometries` are WGS-84, by layer and id."""

    files: Mapping[str, ImportedFile] = field(default_factory=dict)
    shapes: Mapping[str, ImportedShape] = field(default_factory=dict)
    wholes: Sequence[ImportedWhole] = ()
    geometries: Mapping[str, Mapping[str, BaseGeometry]] = field(default_factory=dict)

    def over(self, layer_id: str, features: Sequence[Feature]) -> list[Feature]:
        """Return features with the imported shapes in place of those that were built."""
        geometries = self.geometries.get(layer_id, {})
        return [
            self._reshaped(layer_id, feature, geometries[feature.id]) if feature.id in geometries else feature
            for feature in features
        ]

    def _reshaped(self, layer_id: str, feature: Feature, geometry: BaseGeometry) -> Feature:
        shape = self.shapes[f"{layer_id}:{feature.id}"]
        return replace(
            feature,
            geometry=geometry,
            rating=Rating.IMPORTED,
            precision_m=shape.precision_m,
            sources=(*feature.sources, self.source_of(shape)),
            properties={**feature.properties, **_measured(feature, geometry)},
        )

    def source_of(self, shape: ImportedShape) -> str:
        """Return how the file of a shape is cited, with what proved it."""
        return f"{self.files[shape.file].source}; {shape.proof}"

    @property
    def only(self) -> frozenset[str]:
        """Return the layers that are there only because something was imported."""
        return ONLY_IMPORTED & self.geometries.keys()

    @property
    def attributions(self) -> tuple[str, ...]:
        """List what must be shown beside everything that is drawn of the files."""
        return tuple(dict.fromkeys(file.attribution for file in self.files.values()))


def _measured(feature: Feature, geometry: BaseGeometry) -> Mapping[str, Property]:
    """Return the columns that are measured on a shape, of those that the feature has."""
    drawn_km, official_km = length_km(geometry), feature.properties.get("official_length_km")
    measured: Mapping[str, Property] = {
        "drawn_length_km": round(drawn_km, 1),
        "drawn_share": round(drawn_km / official_km, 3) if isinstance(official_km, int | float) else None,
        "schematic_stretches": (),
        "drawn_area_km2": round(area_km2(geometry), 1),
        "drawn_as": "outline",
    }
    return {name: value for name, value in measured.items() if name in feature.properties}


def read_imports(reader: "RecordReader") -> Imports:
    """Return what was imported into a folder; problems go to the reader.

    Raises:
        SourceError: A file of shapes is missing or unreadable.
    """
    if not reader.has(IMPORTED):
        return Imports()
    files = reader.toml_if_any(ImportedFile, IMPORTED, "file")
    shapes = reader.toml_if_any(ImportedShape, IMPORTED, "shape")
    layers = dict.fromkeys(shape.id.partition(":")[0] for shape in shapes)
    geometries = {layer: reader.geometries(f"{FOLDER}/{layer}.geojson") for layer in layers}
    wholes = tuple(reader.toml_if_any(ImportedWhole, IMPORTED, "whole"))
    found = Imports({one.id: one for one in files}, {one.id: one for one in shapes}, wholes, geometries)
    reader.problems += _disagreements(found)
    return found


def _disagreements(found: Imports) -> Iterator[str]:
    owed: Sequence[ImportedShape | ImportedWhole] = (*found.shapes.values(), *found.wholes)
    for shape in owed:
        if shape.file not in found.files:
            yield f"data/{IMPORTED}: {shape.id}: file {shape.file!r} is no [[file]] there; import the file again"
    drawn = {f"{layer}:{name}" for layer, shapes in found.geometries.items() for name in shapes}
    for name in sorted(drawn ^ found.shapes.keys()):
        yield f"data/{IMPORTED}: {name}: stands in only one of it and the GeoJSON of its layer; import the file again"
