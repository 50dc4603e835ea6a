"""Open the catalogue, building it first when it is missing or older than the data."""

import logging
from collections.abc import Callable
from pathlib import Path

from geo.catalogue.build import Report, build_catalogue
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.store import read_catalogue, read_data_digest, write_catalogue
from geo.sources import Sources

log = logging.getLogger(__name__)


def build_and_write(
    sources: Sources, path: Path, *, on_step: Callable[[str], None] = lambda _: None
) -> tuple[Catalogue, Report]:
    """Build the catalogue and write it; on any problem the file stays as it was."""
    catalogue, report = build_catalogue(sources, on_step=on_step)
    on_step("file")
    write_catalogue(catalogue, path)
    log.info(
        "%d cases, %d of %d mentions resolved, written to %s",
        len(catalogue.cases),
        report.resolved,
        report.mentions,
        path,
    )
    return catalogue, report


def is_fresh(sources: Sources, path: Path) -> bool:
    """Tell whether the catalogue at a path was built from exactly this data by this version."""
    return read_data_digest(path) == sources.digest()


def open_fresh_catalogue(sources: Sources, path: Path, *, on_step: Callable[[str], None] = lambda _: None) -> Catalogue:
    """Return the catalogue at a path, built first when it is missing, damaged or older than the data."""
    if not is_fresh(sources, path):
        build_and_write(sources, path, on_step=on_step)
    return read_catalogue(path)
