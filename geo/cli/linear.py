"""`tongcheng linear`: a kilometre of a line to its point, or coordinates to their kilometre."""

from pathlib import Path

import click

from geo.cli.opening import readable_catalogue
from geo.cli.options import catalogue_to_read, data_option


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
