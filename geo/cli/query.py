"""tongcheng query, export, render and linear: answers as lines, files and pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from geo.cli.opening import (
    at_option,
    catalogue_to_read,
    data_option,
    progress_steps,
    query_args,
    query_options,
    readable_catalogue,
    write_out,
)
from geo.cli.standard_output import standard_output
from geo.datum import Datum

if TYPE_CHECKING:
    from geo.catalogue.catalogue import Catalogue
    from geo.catalogue.matched import Matched
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
@at_option
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
    at: str | None,
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
      tongcheng export expressways --at 2016-06-30 --out roads-2016.geojson
      tongcheng export --all everything.zip
    """
    from geo.exports.tables import Tables  # noqa: PLC0415  heavy: only when needed
    from geo.on_day import read_day  # noqa: PLC0415

    if (what is None) == (everything is None):
        msg = "say what to export, such as cases or belts, or --all with a zip file"
        raise click.UsageError(msg)
    day = read_day(at)
    tables = Tables(readable_catalogue(catalogue, data)).at(day)
    if everything is not None:
        write_out({everything: _everything(tables)}, data)
    elif what is not None:
        args = query_args(conditions)
        written = _one(tables, what, args, geometry=geometry, datum=Datum(datum), format_id=format_id, out=out)
        if written:
            write_out(written, data)


def _everything(tables: Tables) -> bytes:
    from geo.exports.bundle import STEPS, write_bundle  # noqa: PLC0415

    with progress_steps("export", STEPS) as on_step:
        return write_bundle(tables, on_step)


def _one(  # noqa: PLR0913  one argument an option
    tables: Tables,
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
    from geo.exports.formats import BY_SUFFIX, format_named  # noqa: PLC0415
    from geo.exports.spreadsheets import csvw_metadata  # noqa: PLC0415

    ending = next(
        (f.id for f in BY_SUFFIX.values() if out is not None and out.name.endswith(f".{f.suffix}")), "geojson"
    )
    chosen = format_named(format_id or ending, datum=datum)
    found = collection_of(tables, what, args, geometry=geometry, datum=datum)
    content = chosen.write(found)
    if out is None:
        with standard_output() as write:
            write(content if chosen.id != "geojson" else content + b"\n")
        return {}
    beside = {out.with_name(f"{out.name}-metadata.json"): csvw_metadata(found, out.name)} if chosen.id == "csv" else {}
    return {out: content, **beside}


@click.command()
@query_options
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of titles.")
@click.option("--ids", "only_ids", is_flag=True, help="Only the ids, one a line.")
@at_option
@catalogue_to_read
@data_option
def query(
    *,
    lang: str,
    only_ids: bool,
    at: str | None,
    catalogue: Path | None,
    data: Path | None,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """List the cases that fulfil all conditions: several values of one option mean OR, different options mean AND.

    Under a condition of place each line also says how surely (located, possible, applies) and why.

    \b
    Examples:
      tongcheng query --belt 成资临空 --theme industry
      tongcheng query --near transit_lines:S3 --within-km 5
      tongcheng query --belt 成资临空 --certainty located
      tongcheng query --q longquanshan --lang en
    """
    from geo.catalogue.matched import Matched  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.near_warnings import near_warnings  # noqa: PLC0415
    from geo.on_day import read_day  # noqa: PLC0415
    from geo.query import from_args  # noqa: PLC0415

    day, opened = read_day(at), readable_catalogue(catalogue, data)
    asked = from_args(query_args(conditions), opened.vocabulary)
    numbers, matched = opened.index.numbers(asked).tolist(), Matched(opened, asked)
    for number in numbers:
        click.echo(opened.index.cases[number].id if only_ids else _line(opened, matched, number, lang))
    if not only_ids:
        groups = ", ".join(f"{group} {count}" for group, count in opened.index.groups(asked).items())
        click.echo(f"{len(numbers)} of {len(opened.cases)} cases" + (f" ({groups})" if groups else ""), err=True)
        for told in near_warnings(opened, asked, day):
            click.echo(f"note: {told.zh if lang == 'zh' else told.in_lang('en')}", err=True)


def _line(catalogue: Catalogue, matched: Matched, number: int, lang: str) -> str:
    """Return a case as tab-separated text: id, title, and under a condition of place its group and why."""
    from geo.catalogue.matched import why  # noqa: PLC0415  heavy: only when needed

    located, match = catalogue.index.cases[number], matched.of(number)
    texts = [located.case.title, *([why(match)] if match else [])]
    title, *reason = [text.zh if lang == "zh" else text.in_lang("en") for text in texts]
    return "\t".join([located.id, title, *([match.certainty.value] if match else []), *reason])


@click.command()
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File to write; its suffix chooses png, svg or pdf.",
)
@click.option("--query", "query_text", default="", help='Conditions as in an address: "theme=ecology&city=510600".')
@click.option("--layers", help="Ids of the layers to draw, separated by commas; as the map shows first if absent.")
@click.option("--title", default="", help="Title of the picture.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of the words.")
@at_option
@query_options
@catalogue_to_read
@data_option
def render(  # noqa: PLR0913  one parameter an option
    *,
    out: Path,
    query_text: str,
    layers: str | None,
    title: str,
    lang: str,
    at: str | None,
    catalogue: Path | None,
    data: Path | None,
    **conditions: tuple[str, ...] | str | None,
) -> None:
    """Draw the cases that fulfil all conditions on our base map.

    \b
    Examples:
      tongcheng render --out all.png
      tongcheng render --query "near=transit_lines:S3&within_km=5" --out s3.svg
      tongcheng render --theme ecology --layers eco_zones,rivers --lang en --out ecology.pdf
    """
    from urllib.parse import parse_qsl  # noqa: PLC0415

    from geo.on_day import read_day  # noqa: PLC0415  heavy: only when needed
    from geo.query import from_args  # noqa: PLC0415
    from geo.render.picture import Picture, draw_picture  # noqa: PLC0415

    opened = readable_catalogue(catalogue, data)
    picture = Picture(
        query=from_args([*parse_qsl(query_text), *query_args(conditions)], opened.vocabulary),
        lang="en" if lang == "en" else "zh",
        layers=None if layers is None else [name for name in layers.split(",") if name],
        title=title,
        attribution=opened.area.attribution,
        at=read_day(at),
    )
    document = draw_picture(opened, picture, suffix=out.suffix.lstrip(".").lower())
    write_out({out: document}, data)


@click.command()
@click.argument("line")
@click.option("--km", help="Kilometres from the start of the drawn line.")
@click.option("--lon", help="Longitude in degrees, WGS-84; with --lat.")
@click.option("--lat", help="Latitude in degrees, WGS-84; with --lon.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of names.")
@catalogue_to_read
@data_option
def linear(  # noqa: PLR0913  one argument an option
    *, line: str, km: str | None, lon: str | None, lat: str | None, lang: str, catalogue: Path | None, data: Path | None
) -> None:
    """Find the point at a kilometre of LINE, or the kilometre nearest to coordinates; writes one JSON object.

    LINE is a transit line or expressway by id or name, or <layer>:<id>, such as belts:chengdu-ziyang.

    \b
    Examples:
      tongcheng linear R2 --km 3.2
      tongcheng linear S3 --lon 104.5826 --lat 30.1757
      tongcheng linear belts:chengdu-ziyang --km 10 --lang en
    """
    import orjson  # noqa: PLC0415  heavy: only when needed

    from geo.catalogue.linear_places import linear_document, linear_place  # noqa: PLC0415

    opened = readable_catalogue(catalogue, data)
    found = linear_place(opened, line, km=km, lon=lon, lat=lat)
    click.echo(orjson.dumps(linear_document(found, "en" if lang == "en" else "zh")))
