"""tongcheng check, build, verify and serve: from records to a running map."""

from __future__ import annotations

import json
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, NoReturn

import click

from geo.cli.opening import (
    catalogue_to_build,
    catalogue_to_read,
    catalogue_to_serve,
    data_option,
    progress_steps,
    readable_catalogue,
    tell,
)
from geo.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from geo.catalogue.catalogue import Catalogue
    from geo.verify.run import Result


@click.command()
@catalogue_to_build
@data_option
def build(*, catalogue: Path | None, data: Path | None) -> None:
    """Build the catalogue from the records; the old file stays until the new one is whole.

    \b
    Examples:
      tongcheng build
      tongcheng build --catalogue /srv/atlas/catalogue.gpkg
      tongcheng build --data ./mine --catalogue mine.gpkg
    """
    from geo.catalogue.build import BUILD_STEPS  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.which_file import build_file  # noqa: PLC0415

    with progress_steps("build", BUILD_STEPS) as on_step:
        path, built, report = build_file(catalogue, data, on_step=on_step)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    click.echo(
        f"{path}: {len(built.cases)} cases, {len(built.layers)} layers; "
        f"{report.resolved} of {report.mentions} mentions resolved"
    )


_MOST_COUNTIES = 4


@click.command()
@click.option("--strict", is_flag=True, help="A mention that does not resolve is an error, not a warning.")
@click.option("--quiet", is_flag=True, help="Leave out the list of mentions.")
@data_option
def check(*, strict: bool, quiet: bool, data: Path | None) -> None:
    """Check all records and list every problem; exit with 1 when there is any.

    For each mention of each case: what it was matched to, how, and how surely (0 to 1).

    \b
    Examples:
      tongcheng check
      tongcheng check --quiet
      tongcheng check --strict --data ./data
    """
    from geo.catalogue.build import BUILD_STEPS, build_catalogue  # noqa: PLC0415  heavy: only when needed
    from geo.imports.writing import interrupted_problems  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    sources = Sources(data)
    half_written = interrupted_problems(sources.folder)
    if half_written:  # what else is wrong is gone when that is undone
        _refuse(half_written)
    try:
        with progress_steps("check", BUILD_STEPS) as on_step:
            catalogue, report = build_catalogue(sources, on_step=on_step)
    except RecordError as error:
        _refuse(error.problems)
    for line in () if quiet else _mentions(catalogue):
        click.echo(line)
    kind = "error" if strict else "warning"
    for warning in report.warnings:
        click.echo(f"{kind}: {warning}", err=True)
    click.echo(f"{len(catalogue.cases)} cases checked; {report.resolved} of {report.mentions} mentions resolved")
    if strict and report.warnings:
        sys.exit(1)


def _refuse(problems: Sequence[str]) -> NoReturn:
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}", err=True)
    sys.exit(1)


def _mentions(catalogue: Catalogue) -> Iterator[str]:
    for located in catalogue.cases.values():
        for footprint in located.footprints:
            counties = "、".join(catalogue.name_of("counties", code).zh for code in footprint.counties[:_MOST_COUNTIES])
            more = "…" if len(footprint.counties) > _MOST_COUNTIES else ""
            yield (
                f"{located.id} {footprint.mention} → {footprint.name.zh} [{footprint.precision}; {counties}{more}] "
                f"{footprint.method} {footprint.confidence:.2f}"
            )


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
