"""Turn the raw records into the catalogue; pure and reproducible."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from geo.area import credited
from geo.catalogue.case_records import CaseRecords, read_case_records
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import LocatedCase, Locator
from geo.catalogue.records import check_tours, read_gazetteer_records, read_tours
from geo.crs import MOST_ERROR, Metric, metric_of
from geo.errors import RecordError
from geo.feature import Layer
from geo.gazetteer.compile import compile_entries
from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.boundaries import BoundaryRecords
from geo.layers.spec import LayerRecords
from geo.layers.table import build_layers, read_layer_records
from geo.reading import RecordReader
from geo.relations.relate import relate
from geo.sources import Sources

BUILD_STEPS = ("records", "layers", "names", "cases", "relations", "file")


@dataclass(frozen=True)
class Report:
    """What a build found worth telling: one warning per mention that did not resolve."""

    warnings: Sequence[str]
    mentions: int

    @property
    def resolved(self) -> int:
        """Count the mentions that resolved."""
        return self.mentions - len(self.warnings)


def build_catalogue(sources: Sources, *, on_step: Callable[[str], None] = lambda _: None) -> tuple[Catalogue, Report]:
    """Read, check and locate everything under data/; `on_step` hears each of BUILD_STEPS as it begins.

    Raises:
        RecordError: Lists every problem of every record.
        SourceError: A file is missing or unreadable.
    """
    with sources.telling():
        return _built(sources, on_step)


def _built(sources: Sources, on_step: Callable[[str], None]) -> tuple[Catalogue, Report]:
    on_step("records")
    layer_records, case_records = _read(sources)
    tours = read_tours(sources)
    on_step("layers")
    layers = build_layers(layer_records)
    metric = _metric(layers)
    on_step("names")
    names = read_gazetteer_records(sources)
    entries = compile_entries(names, layer_records.of(BoundaryRecords), layers)
    on_step("cases")
    locator = Locator(case_records.area, Gazetteer(entries), layers)
    cases = {case.id: LocatedCase(case, locator.footprints(case)) for case in case_records.cases}
    on_step("relations")
    shapes = [footprint.geometry for case in cases.values() for footprint in case.footprints]
    catalogue = Catalogue(
        cases=cases,
        layers=layers,
        themes=case_records.themes,
        area=credited(case_records.area, layer_records.imports.attributions),
        entries=entries,
        relations=relate(shapes, layers, metric),
        data_digest=sources.digest(),
        tours=tours,
        readings=tuple((one.text, one.pinyin) for one in names.readings),
        retired={one.id: one for one in case_records.retired},
    )
    check_tours(catalogue)
    if sources.unused():
        raise RecordError(sources.unused())
    return catalogue, _report(catalogue, sources)


def _read(sources: Sources) -> tuple[LayerRecords, CaseRecords]:
    layer_records = read_layer_records(RecordReader(sources))
    boundaries = layer_records.of(BoundaryRecords)
    case_records = read_case_records(
        sources,
        cities=[city.id for city in boundaries.cities],
        counties=[county.id for county in boundaries.counties],
    )
    if not case_records.cases:
        raise RecordError(["data/cases: holds no case; expected at least one <id>.toml"])
    return layer_records, case_records


def _metric(layers: Mapping[str, Layer]) -> Metric:
    """Return the projection of the area.

    Raises:
        RecordError: The area is so wide that distances in any one projection would be off by too much.
    """
    west, south, east, north = bounds = layers["cities"].bounds
    metric = metric_of(bounds)
    error = metric.error_within(bounds)
    if error <= MOST_ERROR:
        return metric
    problem = (
        f"data/boundaries: the cities reach over {east - west:.1f} degrees of longitude and {north - south:.1f} of "
        f"latitude; distances in one projection would be off by {error:.2%}, expected at most {MOST_ERROR:.2%}. "
        "Make an area of fewer cities, or several areas"
    )
    raise RecordError([problem])


def _report(catalogue: Catalogue, sources: Sources) -> Report:
    footprints = [footprint for case in catalogue.cases.values() for footprint in case.footprints]
    warnings = [
        sources.told(
            f"data/cases/{footprint.case_id}.toml: places: {footprint.mention!r} resolves to no known place; "
            f"shown as {footprint.name.zh} ({footprint.precision}). Add the place to data/gazetteer or state its county"
        )
        for footprint in footprints
        if footprint.is_fallback
    ]
    mentions = sum(len(case.case.places) for case in catalogue.cases.values())
    return Report(warnings, mentions)
