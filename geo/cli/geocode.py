"""tongcheng geocode and reverse: texts to places, coordinates to places."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from geo.cli.answers import answer_all, check_out, json_line, output_to
from geo.cli.opening import catalogue_to_read, data_option, readable_file
from geo.cli.sent import opened
from geo.cli.texts import points_of, texts_of
from geo.errors import LocateError
from geo.gazetteer.columns import ANSWER_COLUMNS, answer_row
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.entry import load_entries
from geo.gazetteer.gazetteer import Gazetteer
from geo.numbers import decimal_numbers

_F = TypeVar("_F", bound=Callable[..., Any])
_BETWEEN = re.compile(r"\s*[,;，；\s]\s*")


def _in_and_out(command: _F) -> _F:
    """Give a command its file, the encoding of it, and where the answers go."""
    file = click.Path(dir_okay=False, exists=True, path_type=Path)
    for option in (
        click.argument("file", type=file, required=False),
        click.option("--encoding", help="Encoding of a text; else found: UTF-8, UTF-16, GB 18030, Big5."),
        click.option(
            "--out",
            type=click.Path(dir_okay=False, path_type=Path),
            help="File to write: .csv, .tsv, .xlsx, .parquet with what was sent beside the answers, or .jsonl.",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--column", help="Read this column of a CSV, XLSX or Parquet file instead of lines.")
@_in_and_out
@catalogue_to_read
@data_option
def geocode(  # noqa: PLR0913  one argument an option
    *,
    column: str | None,
    file: Path | None,
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
      tongcheng geocode --column address list.csv --out answers.xlsx
    """
    check_out(out, file, data)
    gazetteer = Gazetteer(load_entries(readable_file(catalogue, data)))
    kinds = {name: column.kind for name, column in ANSWER_COLUMNS.items()}
    gc.freeze()  # the compiled names stay: no need to walk through them again and again
    with opened(file, encoding) as sent:
        source = texts_of(sent, column)
        with output_to(out, source, kinds) as output:
            answer = partial(geocode_row if output.is_table else geocode_line, gazetteer)
            answer_all(source, partial(map, answer), output)


def geocode_line(gazetteer: Gazetteer, text: str) -> bytes:
    """Return all that a text names, as a line of JSON."""
    return json_line(geocode_document(gazetteer.locate(text)))


def geocode_row(gazetteer: Gazetteer, text: str) -> bytes:
    """Return ANSWER_COLUMNS of a text, as a line of JSON."""
    return json_line(answer_row(gazetteer.locate(text)))


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
    check_out(out, file, data)
    documents = _documents(readable_file(catalogue, data), datum)
    with opened(file, encoding) as sent:
        source = points_of(sent, lon_column, lat_column)
        with output_to(out, source, {}) as output:
            answer_all(source, partial(map, lambda text: json_line(documents(text))), output)


def _documents(catalogue: Path, datum: str) -> Callable[[str], Mapping[str, object]]:
    from geo.datum import Datum  # noqa: PLC0415  heavy: only when needed
    from geo.gazetteer.at_point import open_reverse, reverse_document  # noqa: PLC0415

    finder = open_reverse(catalogue)

    def document(line: str) -> Mapping[str, object]:
        try:
            lon, lat = _numbers(line)
            return reverse_document(finder.reverse(lon, lat, datum=Datum(datum)))
        except LocateError as error:
            return {"error": str(error)}

    return document


def _numbers(line: str) -> tuple[float, float]:
    match decimal_numbers(_BETWEEN.sub(",", line.strip())):
        case (lon, lat):
            return lon, lat
        case _:
            msg = f"{line[:60]!r} arrived; expected two numbers, lon,lat in degrees, such as 116.39,39.91"
            raise LocateError(msg)
