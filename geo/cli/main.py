"""The `tongcheng` command: its group, and how errors leave it."""

import logging
import sys

import click
from click.exceptions import Exit

from geo.cli.build import build, check, serve, verify
from geo.cli.geocode import geocode, reverse
from geo.cli.imports import import_group
from geo.cli.init import init
from geo.cli.query import export, linear, query, render
from geo.errors import TongchengError

_INTERRUPTED = 130  # as of a program that the signal ended: 128 and SIGINT


class _Commands(click.Group):
    """The commands; Ctrl-C ends them in one sentence."""

    def invoke(self, ctx: click.Context) -> object:
        """Run what was asked."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo("tongcheng: stopped by Ctrl-C; no file was left half-written", err=True)
            raise Exit(_INTERRUPTED) from None


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tongcheng-atlas", prog_name="tongcheng")
@click.option("--verbose", is_flag=True, help="Log what is done.")
def tongcheng(*, verbose: bool) -> None:
    """Tongcheng Atlas: the integration cases of a metropolitan area on a map.

    \b
    Examples:
      tongcheng serve                          show the map on http://127.0.0.1:8000
      tongcheng check --strict                 check every record
      tongcheng export cases --city 德阳       write GeoJSON to standard output
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(message)s")


for command in (check, build, serve, query, export, import_group, render, geocode, reverse, linear, verify, init):
    tongcheng.add_command(command)


def main() -> None:
    """Run the command; a known problem is told in plain words and exits with 1."""
    try:
        tongcheng()
    except TongchengError as error:
        click.echo(f"tongcheng: {error}", err=True)
        sys.exit(1)
