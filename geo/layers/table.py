"""LAYERS: the table that map, API, exports, docs and tests loop over. A new layer is a module, and its line here."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from geo.case import Rating
from geo.errors import GeometryError, RecordError, SourceError
from geo.feature import Feature, Layer
from geo.layers import (
    airports,
    belts,
    border_zones,
    boundaries,
    eco_zones,
    expressways,
    places,
    rivers,
    seats,
    townships,
    transit,
    watercourses,
)
from geo.layers.imported import read_imports
from geo.layers.spec import Family, LayerRecords, LayerSpec
from geo.numbers import LAT_RANGE, LON_RANGE
from geo.record import is_iso_date

if TYPE_CHECKING:
    from geo.reading import RecordReader

# In the order in which they are built and listed: a layer stands behind those it is made of.
FAMILIES: tuple[Family, ...] = (
    boundaries.FAMILY,
    townships.FAMILY,
    belts.FAMILY,
    border_zones.FAMILY,
    transit.FAMILY,
    expressways.FAMILY,
    airports.FAMILY,
    eco_zones.FAMILY,
    rivers.FAMILY,
    watercourses.FAMILY,
    places.FAMILY,
    seats.FAMILY,
)
LAYERS: tuple[LayerSpec, ...] = tuple(spec for family in FAMILIES for spec in family.layers)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BY_ID = {spec.id: spec for spec in LAYERS}


def layer_spec(layer_id: str) -> LayerSpec:
    """Return the row of a known layer."""
    return _BY_ID[layer_id]


def layers_with(wanted: Callable[[LayerSpec], object]) -> tuple[str, ...]:
    """List the ids of the layers that something holds for."""
    return tuple(spec.id for spec in LAYERS if wanted(spec))


def layers_by(key: Callable[[LayerSpec], str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of layers by what each says of itself; those that say nothing are left out."""
    names = dict.fromkeys(filter(None, map(key, LAYERS)))
    return {name: tuple(spec.id for spec in LAYERS if key(spec) == name) for name in names}


def read_layer_records(reader: "RecordReader") -> LayerRecords:
    """Read and check the records of every layer that the folder has files of.

    Raises:
        RecordError: One sentence per problem, over all files.
        SourceError: A required layer is absent, or a file is missing or unreadable.
    """
    present = [spec.id for spec in LAYERS if any(map(reader.has, spec.files))]
    lacking = [spec for spec in LAYERS if spec.is_required and not all(map(reader.has, spec.files))]
    if lacking:
        raise SourceError(_required(reader, lacking))
    records = [family.read(reader) for family in FAMILIES if any(spec.id in present for spec in family.layers)]
    imports = read_imports(reader)
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return LayerRecords(records, present, imports)


def _required(reader: "RecordReader", lacking: Sequence[LayerSpec]) -> str:
    files = dict.fromkeys(file for spec in lacking for file in spec.files if not reader.has(file))
    names = " and ".join(spec.id for spec in lacking)
    told = ", ".join(reader.sources.called(file) for file in files)
    return f"{told}: missing; every area needs its {names}: bring them"


def build_layers(records: LayerRecords) -> dict[str, Layer]:
    """Build every layer that has records, each from these and the layers before it.

    Raises:
        RecordError: Recipes that cannot be carried out; lists all of them.
    """
    built: dict[str, Layer] = {}
    failed: dict[str, tuple[str, ...]] = {}
    for spec in map(layer_spec, records.layers):
        try:
            own = records.imports.over(spec.id, spec.build(records, built))
            features = sorted(own, key=lambda feature: feature.id)
        except RecordError as error:
            failed[spec.id] = error.problems
        except GeometryError as error:
            failed[spec.id] = (str(error),)
        except KeyError as error:  # a layer that needs one of those that failed
            if error.args[0] not in failed:
                raise
        else:
            listed = sorted(spec.listed(records), key=lambda one: one.id)
            built[spec.id] = Layer(spec.id, tuple(features), tuple(listed))
            failed.update(_unfit(spec, features, built))
    if failed:
        raise RecordError(list(dict.fromkeys(problem for problems in failed.values() for problem in problems)))
    return built


def _unfit(spec: LayerSpec, features: Sequence[Feature], built: Mapping[str, Layer]) -> dict[str, tuple[str, ...]]:
    """Tell of features that cannot be what they say, by the id of the layer; of the layers before it, by their ids."""
    checks = (_misplaced, _misdated, lambda one: _unjoinable(spec, one), lambda one: _unknown(spec, one, built))
    problems = tuple(
        f"data/{spec.files[0]}: {feature.id}: {problem}"
        for feature in features
        for check in checks
        for problem in check(feature)
    )
    return {spec.id: problems} if problems else {}


def _misplaced(feature: Feature) -> Iterator[str]:
    west, south, east, north = feature.geometry.bounds
    (least_lon, most_lon), (least_lat, most_lat) = LON_RANGE, LAT_RANGE
    if not (least_lon <= west <= east <= most_lon and least_lat <= south <= north <= most_lat):
        yield (
            f"lies at {west:.4f}, {south:.4f} to {east:.4f}, {north:.4f}; expected longitude {least_lon} to {most_lon} "
            f"and latitude {least_lat} to {most_lat}"
        )
    if not feature.precision_m > 0:
        yield f"precision_m: arrived {feature.precision_m}; expected metres above 0"


def _misdated(feature: Feature) -> Iterator[str]:
    if feature.status_date is not None and not is_iso_date(feature.status_date):
        yield f"status_date: arrived {feature.status_date!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
    if feature.properties.get("fact_rating") == Rating.VERIFIED.value and not _YEAR.search(feature.source):
        yield "rating: is verified, and its source has no date; write the date into source, or rate it verified-proxy"
    for fact in feature.facts:
        yield from fact.problems()


def _unjoinable(spec: LayerSpec, feature: Feature) -> Iterator[str]:
    """Tell of texts in lists that no reader of the joined text could tell apart."""
    for column in filter(lambda column: column.joined_by, spec.columns):
        yield from (
            f"{column.name}: {text!r} holds {column.joined_by!r}, which stands between values; reword it"
            for text in column.parts_of(feature)
            if column.joined_by in text
        )


def _unknown(spec: LayerSpec, feature: Feature, built: Mapping[str, Layer]) -> Iterator[str]:
    """Tell of codes that are none of a layer that every area has whole."""
    for column in spec.columns:
        if column.of_layer not in built or not layer_spec(column.of_layer).is_required:
            continue
        yield from (
            f"{column.name}: {name!r} is none of the {column.of_layer}; expected a code of them"
            for name in column.parts_of(feature)
            if name not in built[column.of_layer]
        )
