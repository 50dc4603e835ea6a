"""`tongcheng geocode` and `tongcheng reverse`."""

import click


@click.command()
def geocode() -> None:
    """Find places in texts."""


@click.command()
def reverse() -> None:
    """Find what lies at coordinates."""
