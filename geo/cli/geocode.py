"""tongcheng geocode and reverse: texts to places, coordinates to places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.cli.answers import answer_all, check_out, json_line, output_to
from geo.cli.many import Jobs, answer_on_cluster, answers_by, check_no_jobs
from geo.cli.opening import catalogue_to_read, data_option, readable_file
from geo.cli.sent import opened
from geo.cli.texts import points_of, texts_of
from geo.errors import LocateError
from geo.gazetteer.batch.columns import ANSWER_COLUMNS, NO_TEXT, answer_row
from geo.gazetteer.batch.point_columns import POINT_COLUMNS, point_row
from geo.gazetteer.documents import geocode_document
from geo.numbers import decimal_numbers

if TYPE_CHECKING:
    from geo.case import Location
    from geo.datum import Datum
    from geo.gazetteer.at_point import Reverse
    from geo.gazetteer.gazetteer import Gazetteer

_F = TypeVar("_F", bound=Callable[..., Any])
_BETWEEN = re.compile(r"\s*[,;，；\s]\s*")


def _in_and_out(command: _F) -> _F:
    """Give a command its file, the encoding of it, and where the answers go."""
    file = click.Path(exists=True, path_type=Path)
    for option in (
        click.argument("file", type=file, required=False),
        click.option("--encoding", help="Encoding of a text; else found: UTF-8, UTF-16, GB 18030, Big5."),
        click.option(
            "--out",
            type=click.Path(path_type=Path),
            help="File to write: .csv, .tsv, .xlsx, .parquet with what was sent beside the answers, or .jsonl.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--column", help="Read this column of a CSV, XLSX or Parquet file instead of lines.")
@click.option("--jobs", type=Jobs(), default=1, show_default=True, help="Processes; all, or 0, is one for each core.")
@click.option("--scheduler", metavar="ADDRESS", help="Of Dask, whose workers read and write Parquet in parts.")
@_in_and_out
@click.argument("to", type=click.Path(path_type=Path), required=False, metavar="[OUT]")
@catalogue_to_read
@data_option
def geocode(  # noqa: PLR0913  one argument an option
    *,
    column: str | None,
    jobs: int,
    scheduler: str | None,
    file: Path | None,
    to: Path | None,
    encoding: str | None,
    out: Path | None,
    catalogue: Path | None,
    data: Path | None,
) -> None:
    """Find the places that texts name: one text a line in, one JSON object a line out, in order.

    \b
    Examples:
      echo 彭什川芎现代农业产业园揭牌 | tongcheng geocode
      tongcheng geocode --column address list.csv
      tongcheng geocode --column address list.csv answers.xlsx
      tongcheng geocode --jobs all --column address list.parquet answers.parquet
      tongcheng geocode --scheduler tcp://10.0.0.1:8786 --column address lists/ answers.parquet
    """
    out = _one_of(out, to)
    if scheduler is not None:
        check_no_jobs(jobs)
        answer_on_cluster(file, out, column=column, scheduler=scheduler, catalogue=catalogue, data=data)
        return
    check_out(out, file, data)
    with opened(file, encoding) as sent:
        source = texts_of(sent, column)
        with output_to(out, source, ANSWER_COLUMNS) as output:
            answer = geocode_row if output.is_table else geocode_line
            answer_all(source, answers_by(answer, readable_file(catalogue, data), jobs=jobs), output)


def _one_of(out: Path | None, to: Path | None) -> Path | None:
    if out is not None and to is not None:
        msg = f"--out {out} and {to} arrived; the answers go to one of them"
        raise click.UsageError(msg)
    return out or to


def geocode_line(gazetteer: Gazetteer, text: str | None) -> bytes:
    """Return all that a text names, as a line of JSON."""
    return gazetteer.answer(text or "", _line)


def geocode_row(gazetteer: Gazetteer, text: str | None) -> bytes:
    """Return ANSWER_COLUMNS of a text, as a line of JSON."""
    return json_line(NO_TEXT) if text is None else gazetteer.answer(text, _row)


def _line(locations: Sequence[Location]) -> bytes:
    return json_line(geocode_document(locations))


def _row(locations: Sequence[Location]) -> bytes:
    return json_line(answer_row(locations))


@click.command()
@click.option("--datum", type=click.Choice(["wgs84", "cgcs2000", "gcj02", "bd09"]), default="wgs84", show_default=True,
              help="What the coordinates are in.")  # fmt: skip
@click.option("--lon-column", help="Column of the longitude; else one with a usual name, such as lon, lng, x.")
@click.option("--lat-column", help="Column of the latitude; else one with a usual name, such as lat, y.")
@_in_and_out
@catalogue_to_read
@data_option
def reverse(  # noqa: PLR0913  one argument an option
    *,
    datum: str,
    lon_column: str | None,
    lat_column: str | None,
    file: Path | None,
    encoding: str | None,
    out: Path | None,
    catalogue: Path | None,
    data: Path | None,
) -> None:
    """Find what lies at coordinates: one lon,lat a line in, one JSON object a line out, in order.

    \b
    Examples:
      echo 104.39,31.13 | tongcheng reverse
      tongcheng reverse --datum gcj02 points.txt
      tongcheng reverse --lon-column E --lat-column N list.csv --out answers.csv
    """
    from geo.datum import Datum  # noqa: PLC0415  heavy: only when needed
    from geo.gazetteer.at_point import open_reverse  # noqa: PLC0415

    check_out(out, file, data)
    finder = open_reverse(readable_file(catalogue, data))
    with opened(file, encoding) as sent:
        source = points_of(sent, lon_column, lat_column)
        with output_to(out, source, POINT_COLUMNS) as output:
            answer = partial(reverse_line, finder, Datum(datum), is_row=output.is_table)
            answer_all(source, partial(map, answer), output)


def reverse_line(finder: Reverse, datum: Datum, text: str | None, *, is_row: bool) -> bytes:
    """Return as a line of JSON what lies at a point: all, or POINT_COLUMNS; or what is wrong with it."""
    from geo.gazetteer.at_point import reverse_document  # noqa: PLC0415  heavy: only when needed

    try:
        lon, lat = _numbers(text or "")
        found = reverse_document(finder.reverse(lon, lat, datum=datum))
    except LocateError as error:
        return json_line({"error": str(error)})
    return json_line(point_row(found) if is_row else found)


def _numbers(line: str) -> tuple[float, float]:
    match decimal_numbers(_BETWEEN.sub(",", line.strip())):
        case (lon, lat):
            return lon, lat
        case _:
            msg = f"{line[:60]!r} arrived; expected two numbers, lon,lat in degrees, such as 116.39,39.91"
            raise LocateError(msg)
