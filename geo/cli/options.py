"""Options that several commands share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.fields import FIELDS, LISTS, Where

_F = TypeVar("_F", bound=Callable[..., Any])

_PATH = click.Path(readable=False, path_type=Path)  # what it is, and what to do, is told where it is opened


def _catalogue_option(help_text: str) -> Callable[[_F], _F]:
    """Name a catalogue file; without it the product's own one, which is built anew when records or code changed."""
    default = "one of its own, in build/ of a checkout or the user's cache folder"
    return click.option("--catalogue", type=_PATH, default=None, show_default=default, help=help_text)


catalogue_to_read = _catalogue_option("A file that build wrote, and from --data if that is named; read as it is.")
catalogue_to_serve = _catalogue_option("The file; built where it is missing, renewed where built from the same --data.")
catalogue_to_build = _catalogue_option("The file to write; replaces a catalogue, and nothing else.")
data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=None,
    help="A data folder; else that of TONGCHENG_DATA, else the installed one.",
)


def query_options(command: _F) -> _F:
    """Give a command one option for each condition of a query."""
    for field in reversed(list(FIELDS.values())):
        if Where.CLI in field.where:
            name = f"--{field.id.replace('_', '-')}"
            command = click.option(name, field.id, multiple=field.kind in LISTS, help=field.help.en)(command)
    return command


def query_args(conditions: Mapping[str, tuple[str, ...] | str | None]) -> list[tuple[str, str]]:
    """Return the options of `query_options` as the parameters of a query."""
    return [
        (name, text)
        for name, given in conditions.items()
        for text in ((given,) if isinstance(given, str) else given or ())
    ]
