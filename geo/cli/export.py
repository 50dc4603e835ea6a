"""`tongcheng export`: cases or one layer as a file."""

import sys
from pathlib import Path

import click

from geo.cli.options import catalogue_option, query_args, query_options
from geo.errors import StoreError


@click.command()
@click.argument("what")
@click.option("--format", "format_id", default="geojson", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output if absent."
)
@click.option(
    "--geometry",
    type=click.Choice(["label", "footprint"]),
    default="label",
    show_default=True,
    help="For cases: one label point each, or all shapes of each.",
)
@query_options
@catalogue_option
def export(
    *,
    what: str,
    format_id: str,
    out: Path | None,
    geometry: str,
    catalogue: Path,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """Write `cases`, `footprints` or a layer such as `belts`; conditions are for cases and their footprints.

    \b
    Examples:
      tongcheng export cases --theme ecology --out ecology.geojson
      tongcheng export cases --city 德阳 --geometry footprint
      tongcheng export footprints --near transit_lines:S3 --within-km 5
      tongcheng export belts --out belts.geojson
    """
    from geo.catalogue.fresh import open_fresh_catalogue  # noqa: PLC0415  heavy: only when needed
    from geo.exports.collection import collection_of  # noqa: PLC0415
    from geo.exports.formats import format_named  # noqa: PLC0415
    from geo.exports.tables import Tables  # noqa: PLC0415
    from geo.files import write_atomically  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    chosen = format_named(format_id)
    opened = open_fresh_catalogue(Sources(None), catalogue)
    document = chosen.write(collection_of(Tables(opened), what, query_args(conditions), geometry=geometry))
    if out is None:
        sys.stdout.buffer.write(document + b"\n")
        return
    try:
        write_atomically(out, document)
    except OSError as error:
        msg = f"{out}: cannot be written ({error.strerror}); choose another file with --out"
        raise StoreError(msg) from error
    click.echo(f"{out}: {len(document)} bytes", err=True)
