"""`tongcheng build`: write the catalogue."""

from pathlib import Path

import click

from geo.cli.options import catalogue_option, data_option
from geo.cli.progress import progress_steps


@click.command()
@catalogue_option
@data_option
def build(*, catalogue: Path, data: Path | None) -> None:
    """Build the catalogue from the records; the old file stays until the new one is whole.

    \b
    Examples:
      tongcheng build
      tongcheng build --catalogue /srv/atlas/catalogue.gpkg
    """
    from geo.catalogue.build import BUILD_STEPS  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.fresh import build_and_write  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    with progress_steps("build", BUILD_STEPS) as on_step:
        built, report = build_and_write(Sources(data), catalogue, on_step=on_step)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(
        f"{catalogue}: {len(built.cases)} cases, {len(built.layers)} layers; "
        f"{report.resolved} of {report.mentions} mentions resolved"
    )
