"""Options that several commands share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.paths import default_catalogue_path
from geo.query import QUERY_FIELDS
from geo.query_fields import FIELD_HELP

_F = TypeVar("_F", bound=Callable[..., Any])
_ONCE = frozenset({"within_km", "q", "bbox", "polygon"})

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


def query_options(command: _F) -> _F:
    """Give a command one option for each condition of a query."""
    for name in reversed(QUERY_FIELDS):
        option = click.option(f"--{name.replace('_', '-')}", name, multiple=name not in _ONCE, help=FIELD_HELP[name].en)
        command = option(command)
    return command


def query_args(conditions: Mapping[str, tuple[str, ...] | str | None]) -> list[tuple[str, str]]:
    """Return the options of `query_options` as the parameters of a query."""
    return [
        (name, text)
        for name, given in conditions.items()
        for text in ((given,) if isinstance(given, str) else given or ())
    ]
