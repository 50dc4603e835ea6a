"""`tongcheng build`: write the catalogue."""

from pathlib import Path

import click

from geo.cli.options import catalogue_to_build, data_option
from geo.cli.progress import progress_steps


@click.command()
@catalogue_to_build
@data_option
def build(*, catalogue: Path | None, data: Path | None) -> None:
    """Build the catalogue from the records; the old file stays until the new one is whole.

    \b
    Examples:
      tongcheng build
      tongcheng build --catalogue /srv/atlas/catalogue.gpkg
      tongcheng build --data ./mine --catalogue mine.gpkg
    """
    from geo.catalogue.build import BUILD_STEPS  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.which_file import build_file  # noqa: PLC0415

    with progress_steps("build", BUILD_STEPS) as on_step:
        path, built, report = build_file(catalogue, data, on_step=on_step)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(
        f"{path}: {len(built.cases)} cases, {len(built.layers)} layers; "
        f"{report.resolved} of {report.mentions} mentions resolved"
    )
