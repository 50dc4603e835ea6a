"""`tongcheng check`: every problem of every record."""

import sys
from pathlib import Path

import click

from geo.cli.options import data_option
from geo.cli.progress import progress_steps
from geo.errors import RecordError


@click.command()
@click.option("--strict", is_flag=True, help="A mention that does not resolve is an error, not a warning.")
@data_option
def check(*, strict: bool, data: Path | None) -> None:
    r"""Check all records and list every problem; exit with 1 when there is any.

    \b
    Examples:
      tongcheng check
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
    kind = "error" if strict else "warning"
    for warning in report.warnings:
        click.echo(f"{kind}: {warning}", err=True)
    click.echo(f"{len(catalogue.cases)} cases checked; {report.resolved} of {report.mentions} mentions resolved")
    if strict and report.warnings:
        sys.exit(1)
