"""LAYERS: the table that map, API, exports, docs and tests loop over. A new layer is a module, and its line here."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from geo.errors import GeometryError, RecordError, SourceError
from geo.feature import Feature, Layer
from geo.layers import airports, belts, border_zones, boundaries, eco_zones, expressways, places, rivers, transit
from geo.layers.spec import Family, LayerRecords, LayerSpec

if TYPE_CHECKING:
    from geo.reading import RecordReader

# In the order in which they are built and listed: a layer stands behind those it is made of.
FAMILIES: tuple[Family, ...] = (
    boundaries.FAMILY,
    belts.FAMILY,
    border_zones.FAMILY,
    transit.FAMILY,
    expressways.FAMILY,
    airports.FAMILY,
    eco_zones.FAMILY,
    rivers.FAMILY,
    places.FAMILY,
)
LAYERS: tuple[LayerSpec, ...] = tuple(spec for family in FAMILIES for spec in family.layers)
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
    if reader.problems:
        raise RecordError(sorted(reader.problems))
    return LayerRecords(records, present)


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
            features = sorted(spec.build(records, built), key=lambda feature: feature.id)
        except RecordError as error:
            failed[spec.id] = error.problems
        except GeometryError as error:
            failed[spec.id] = (str(error),)
        except KeyError as error:  # a layer that needs one of those that failed
            if error.args[0] not in failed:
                raise
        else:
            built[spec.id] = Layer(spec.id, tuple(features))
            failed.update(_unjoinable(spec, features))
    if failed:
        raise RecordError(list(dict.fromkeys(problem for problems in failed.values() for problem in problems)))
    return built


def _unjoinable(spec: LayerSpec, features: Sequence[Feature]) -> dict[str, tuple[str, ...]]:
    """Tell of texts in lists that no reader of the joined text could tell apart, by the id of the layer."""
    problems = tuple(
        f"{feature.id}: {column.name}: {text!r} holds {column.joined_by!r}, which stands between values; reword it"
        for column in filter(lambda column: column.joined_by, spec.columns)
        for feature in features
        for text in column.parts_of(feature)
        if column.joined_by in text
    )
    return {spec.id: problems} if problems else {}
