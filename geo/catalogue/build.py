"""Turn the raw records into the catalogue; pure and reproducible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.catalogue.case_records import CaseRecords, read_case_records
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.footprints import Locator
from geo.catalogue.gazetteer_records import read_gazetteer_records
from geo.catalogue.located import LocatedCase
from geo.catalogue.tour_records import check_tours, read_tours
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
    on_step("records")
    layer_records, case_records = _read(sources)
    tours = read_tours(sources)
    on_step("layers")
    layers = build_layers(layer_records)
    on_step("names")
    entries = compile_entries(read_gazetteer_records(sources), layer_records.of(BoundaryRecords), layers)
    on_step("cases")
    locator = Locator(Gazetteer(entries), layers)
    cases = {case.id: LocatedCase(case, locator.footprints(case)) for case in case_records.cases}
    on_step("relations")
    shapes = [footprint.geometry for case in cases.values() for footprint in case.footprints]
    catalogue = Catalogue(
        cases=cases,
        layers=layers,
        themes=case_records.themes,
        area=case_records.area,
        entries=entries,
        relations=relate(shapes, layers),
        data_digest=sources.digest(),
        tours=tours,
        retired={one.id: one for one in case_records.retired},
    )
    check_tours(catalogue)
    return catalogue, _report(catalogue)


def _read(sources: Sources) -> tuple[LayerRecords, CaseRecords]:
    layer_records = read_layer_records(RecordReader(sources))
    boundaries = layer_records.of(BoundaryRecords)
    case_records = read_case_records(
        sources,
        cities=[city.id for city in boundaries.cities],
        counties=[county.id for county in boundaries.counties],
    )
    return layer_records, case_records


def _report(catalogue: Catalogue) -> Report:
    footprints = [footprint for case in catalogue.cases.values() for footprint in case.footprints]
    warnings = [
        f"data/cases/{footprint.case_id}.toml: places: {footprint.mention!r} resolves to no known place; "
        f"shown as {footprint.name.zh} ({footprint.precision}). Add the place to data/gazetteer or state its county"
        for footprint in footprints
        if footprint.is_fallback
    ]
    mentions = sum(len(case.case.places) for case in catalogue.cases.values())
    return Report(warnings, mentions)
