"""`tongcheng serve`: the map on a production server."""

from importlib.metadata import entry_points
from pathlib import Path

import click

from geo.cli.opening import tell
from geo.cli.options import catalogue_to_serve, data_option
from geo.cli.progress import progress_steps


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@catalogue_to_serve
@data_option
def serve(*, host: str, port: int, catalogue: Path | None, data: Path | None) -> None:
    """Serve the map; builds the catalogue first when it is missing, or records or code changed. Ctrl-C stops.

    A file named by --catalogue is opened as it is; with --data it is built anew where it was built from there.

    \b
    Examples:
      tongcheng serve
      tongcheng serve --host 0.0.0.0 --port 8080
    """
    from geo.catalogue.build import BUILD_STEPS  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.store import read_catalogue  # noqa: PLC0415
    from geo.catalogue.which_file import file_to_serve  # noqa: PLC0415

    (web,) = entry_points(group="tongcheng.web", name="serve")
    listen = web.load()
    with progress_steps("build", BUILD_STEPS) as on_step:
        path = file_to_serve(catalogue, data, on_step=on_step, tell=tell)
    listen(read_catalogue(path), host=host, port=port, announce=lambda text: click.echo(text, err=True))
