"""`tongcheng render`: a picture of the map for a report."""

from pathlib import Path

import click

from geo.cli.opening import readable_catalogue, write_out
from geo.cli.options import catalogue_to_read, data_option, query_args, query_options


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

    from geo.query import from_args  # noqa: PLC0415  heavy: only when needed
    from geo.render.picture import Picture, draw_picture  # noqa: PLC0415

    opened = readable_catalogue(catalogue, data)
    picture = Picture(
        query=from_args([*parse_qsl(query_text), *query_args(conditions)], opened.vocabulary),
        lang="en" if lang == "en" else "zh",
        layers=None if layers is None else [name for name in layers.split(",") if name],
        title=title,
        attribution=opened.area.attribution,
    )
    document = draw_picture(opened, picture, suffix=out.suffix.lstrip(".").lower())
    write_out({out: document}, data)
