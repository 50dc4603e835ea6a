"""Options that several commands share."""

from pathlib import Path

import click

from geo.paths import default_catalogue_path

catalogue_option = click.option(
    "--catalogue",
    type=click.Path(dir_okay=False, path_type=Path),
    default=default_catalogue_path,
    show_default="build/catalogue.gpkg in a checkout, else the user's cache folder",
    help="The catalogue file.",
)
data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=None,
    help="Another data folder than the one that is installed.",
)
