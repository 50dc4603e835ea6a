"""`tongcheng export`: cases, footprints or one layer as a file, or everything in one zip."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.opening import readable_catalogue, write_out
from geo.cli.options import catalogue_to_read, data_option, query_args, query_options
from geo.cli.progress import progress_steps
from geo.datum import Datum

if TYPE_CHECKING:
    from geo.exports.tables import Tables


class _TellsFormats(click.Command):
    """A command whose help ends with the formats there are."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write them; the table is read only when somebody asks for help."""
        from geo.exports.formats import FORMATS  # noqa: PLC0415  heavy: only when needed

        with formatter.section("Formats"):
            formatter.write_dl([(one.id, one.sentence.in_lang("en")) for one in FORMATS.values()])
        super().format_epilog(ctx, formatter)


@click.command(cls=_TellsFormats)
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
@catalogue_to_read
@data_option
def export(  # noqa: PLR0913  one argument an option
    *,
    what: str | None,
    everything: Path | None,
    format_id: str | None,
    out: Path | None,
    geometry: str,
    datum: str,
    catalogue: Path | None,
    data: Path | None,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """Write `cases`, `footprints`, `stretches` or a layer such as `belts`; conditions are for cases and footprints.

    \b
    Examples:
      tongcheng export cases --theme ecology --out ecology.geojson
      tongcheng export cases --city 德阳 --geometry footprint --format gpkg --out deyang.gpkg
      tongcheng export footprints --near transit_lines:S3 --within-km 5
      tongcheng export belts --datum gcj02 --out belts.jsonfg
      tongcheng export --all everything.zip
    """
    from geo.exports.tables import Tables  # noqa: PLC0415  heavy: only when needed

    if (what is None) == (everything is None):
        msg = "say what to export, such as cases or belts, or --all with a zip file"
        raise click.UsageError(msg)
    tables = Tables(readable_catalogue(catalogue, data))
    if everything is not None:
        write_out({everything: _everything(tables)}, data)
    elif what is not None:
        args = query_args(conditions)
        written = _one(tables, what, args, geometry=geometry, datum=Datum(datum), format_id=format_id, out=out)
        if written:
            write_out(written, data)


def _everything(tables: "Tables") -> bytes:
    from geo.exports.bundle import STEPS, write_bundle  # noqa: PLC0415

    with progress_steps("export", STEPS) as on_step:
        return write_bundle(tables, on_step)


def _one(  # noqa: PLR0913  one argument an option
    tables: "Tables",
    what: str,
    args: list[tuple[str, str]],
    *,
    geometry: str,
    datum: Datum,
    format_id: str | None,
    out: Path | None,
) -> dict[Path, bytes]:
    """Return what is written to which files; none where it went to standard output."""
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
        return {}
    beside = {out.with_name(f"{out.name}-metadata.json"): csvw_metadata(found, out.name)} if chosen.id == "csv" else {}
    return {out: content, **beside}
