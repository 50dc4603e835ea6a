"""`tongcheng export`: cases, footprints or one layer as a file, or everything in one zip."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.options import catalogue_option, query_args, query_options
from geo.cli.progress import progress_steps
from geo.datum import Datum
from geo.errors import StoreError

if TYPE_CHECKING:
    from geo.exports.tables import Tables


@click.command()
@click.argument("what", required=False)
@click.option("--all", "everything", type=click.Path(dir_okay=False, path_type=Path), help="Zip for all of it.")
@click.option(
    "--format", "format_id", help="Id of a format, such as gpkg; else the one that --out ends in; else geojson."
)
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
@click.option(
    "--datum", type=click.Choice([datum.value for datum in Datum]), default=Datum.WGS84.value, show_default=True
)
@query_options
@catalogue_option
def export(  # noqa: PLR0913  one argument an option
    *,
    what: str | None,
    everything: Path | None,
    format_id: str | None,
    out: Path | None,
    geometry: str,
    datum: str,
    catalogue: Path,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """Write `cases`, `footprints`, `stretches` or a layer such as `belts`; conditions are for cases and footprints.

    Formats: geojson, geojsonseq, jsonfg, gpkg, fgb, parquet, kml, shp, csv, xlsx, gpx, pmtiles. In another datum than
    wgs84, geojson is written as JSON-FG.

    \b
    Examples:
      tongcheng export cases --theme ecology --out ecology.geojson
      tongcheng export cases --city 德阳 --geometry footprint --format gpkg --out deyang.gpkg
      tongcheng export footprints --near transit_lines:S3 --within-km 5
      tongcheng export belts --datum gcj02 --out belts.jsonfg
      tongcheng export --all everything.zip
    """
    from geo.catalogue.fresh import open_fresh_catalogue  # noqa: PLC0415  heavy: only when needed
    from geo.exports.tables import Tables  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    if (what is None) == (everything is None):
        msg = "say what to export, such as cases or belts, or --all with a zip file"
        raise click.UsageError(msg)
    tables = Tables(open_fresh_catalogue(Sources(None), catalogue))
    if everything is not None:
        _write_everything(tables, everything)
    elif what is not None:
        args = query_args(conditions)
        _write_one(tables, what, args, geometry=geometry, datum=Datum(datum), format_id=format_id, out=out)


def _write_everything(tables: "Tables", out: Path) -> None:
    from geo.exports.bundle import STEPS, write_bundle  # noqa: PLC0415

    with progress_steps("export", STEPS) as on_step:
        content = write_bundle(tables, on_step)
    _write(out, content)


def _write_one(  # noqa: PLR0913  one argument an option
    tables: "Tables",
    what: str,
    args: list[tuple[str, str]],
    *,
    geometry: str,
    datum: Datum,
    format_id: str | None,
    out: Path | None,
) -> None:
    from geo.exports.collection import collection_of  # noqa: PLC0415
    from geo.exports.csv_file import csvw_metadata  # noqa: PLC0415
    from geo.exports.formats import BY_SUFFIX, format_named  # noqa: PLC0415

    ending = next(
        (f.id for f in BY_SUFFIX.values() if out is not None and out.name.endswith(f".{f.suffix}")), "geojson"
    )
    chosen = format_named(format_id or ending, datum=datum)
    found = collection_of(tables, what, args, geometry=geometry, datum=datum)
    content = chosen.write(found)
    if out is None:
        sys.stdout.buffer.write(content if chosen.id != "geojson" else content + b"\n")
        return
    _write(out, content)
    if chosen.id == "csv":
        _write(out.with_name(f"{out.name}-metadata.json"), csvw_metadata(found, out.name))


def _write(out: Path, content: bytes) -> None:
    from geo.files import write_atomically  # noqa: PLC0415

    try:
        write_atomically(out, content)
    except OSError as error:
        msg = f"{out}: cannot be written ({error.strerror}); choose another file with --out"
        raise StoreError(msg) from error
    click.echo(f"{out}: {len(content)} bytes", err=True)
