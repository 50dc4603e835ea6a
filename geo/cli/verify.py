"""`tongcheng verify`: recompute the numbers by a second method."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from geo.cli.opening import readable_catalogue
from geo.cli.options import catalogue_to_read, data_option
from geo.cli.progress import progress_steps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.verify.run import Result


@click.command()
@catalogue_to_read
@data_option
@click.option("--all", "is_all", is_flag=True, help="Every footprint, not every fourth shape.")
@click.option("--json", "is_json", is_flag=True, help="A list of objects: kind, rows, worst, unit, tolerance, row.")
def verify(*, catalogue: Path | None, data: Path | None, is_all: bool, is_json: bool) -> None:
    """Recompute the numbers of a catalogue by a second method; exit with 1 when one is off by more than its tolerance.

    Edges are divided finely and measured as geodesics, every corner against every edge, without an index and without a
    formula of those that made the numbers. For each kind of number: how many rows, the worst error, the tolerance that
    holds for it, its row. The catalogue is only read.

    \b
    Examples:
      tongcheng verify
      tongcheng verify --all --json
    """
    from geo.verify.run import Claims, sample  # noqa: PLC0415  heavy: only when needed
    from geo.verify.run import verify as verified  # noqa: PLC0415

    opened = readable_catalogue(catalogue, data)
    footprints = {footprint.id: footprint.geometry for footprint in opened.footprints}
    claims = Claims(footprints, opened.layers, opened.relations)
    groups = claims.alike if is_all else sample(claims)
    with progress_steps("verify", [claims.ids[numbers[0]] for numbers in groups]) as on_group:
        results = verified(claims, groups, on_group=on_group)
    if is_json:
        click.echo(json.dumps([result.facts for result in results], ensure_ascii=False))
    else:
        click.echo(
            f"{sum(map(len, groups))} of {len(footprints)} footprints against {len(claims.features)} features; "
            f"data of {opened.date}"
        )
        click.echo("\n".join(_lines(results)))
    off = [result for result in results if not result.is_right]
    for result in off:
        click.echo(f"error: {result.kind.name}: {_amount(result.worst, result)} off at {result.row}", err=True)
    if off:
        sys.exit(1)


def _lines(results: Sequence[Result]) -> Iterator[str]:
    yield f"{'kind':<12}{'rows':>8}  {'worst':>14}  {'tolerance':>14}  row"
    for result in results:
        worst, most = _amount(result.worst, result), _amount(result.tolerance, result)
        yield f"{result.kind.name:<12}{result.rows:>8}  {worst:>14}  {most:>14}  {result.row or ''}"


def _amount(value: float, result: Result) -> str:
    return f"{value:.4g} {result.kind.unit}".strip()
