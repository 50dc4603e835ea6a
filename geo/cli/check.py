"""`tongcheng check`: every problem of every record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from geo.cli.options import data_option
from geo.cli.progress import progress_steps
from geo.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geo.catalogue.catalogue import Catalogue

_MOST_COUNTIES = 4


@click.command()
@click.option("--strict", is_flag=True, help="A mention that does not resolve is an error, not a warning.")
@click.option("--quiet", is_flag=True, help="Leave out the list of mentions.")
@data_option
def check(*, strict: bool, quiet: bool, data: Path | None) -> None:
    """Check all records and list every problem; exit with 1 when there is any.

    For each mention of each case: what it was matched to, how, and how surely (0 to 1).

    \b
    Examples:
      tongcheng check
      tongcheng check --quiet
      tongcheng check --strict --data ./data
    """
    from geo.catalogue.build import BUILD_STEPS, build_catalogue  # noqa: PLC0415  heavy: only when needed
    from geo.sources import Sources  # noqa: PLC0415

    try:
        with progress_steps("check", BUILD_STEPS) as on_step:
            catalogue, report = build_catalogue(Sources(data), on_step=on_step)
    except RecordError as error:
        for problem in error.problems:
            click.echo(f"error: {problem}", err=True)
        click.echo(f"{len(error.problems)} problems", err=True)
        sys.exit(1)
    for line in () if quiet else _mentions(catalogue):
        click.echo(line)
    kind = "error" if strict else "warning"
    for warning in report.warnings:
        click.echo(f"{kind}: {warning}", err=True)
    click.echo(f"{len(catalogue.cases)} cases checked; {report.resolved} of {report.mentions} mentions resolved")
    if strict and report.warnings:
        sys.exit(1)


def _mentions(catalogue: Catalogue) -> Iterator[str]:
    for located in catalogue.cases.values():
        for footprint in located.footprints:
            counties = "、".join(catalogue.name_of("counties", code).zh for code in footprint.counties[:_MOST_COUNTIES])
            more = "…" if len(footprint.counties) > _MOST_COUNTIES else ""
            yield (
                f"{located.id} {footprint.mention} → {footprint.name.zh} [{footprint.precision}; {counties}{more}] "
                f"{footprint.method} {footprint.confidence:.2f}"
            )
