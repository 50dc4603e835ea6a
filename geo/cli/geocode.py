"""tongcheng geocode and reverse: texts to places, coordinates to places."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from zipfile import BadZipFile

import click
import orjson

from geo.cli.opening import catalogue_to_read, data_option, readable_file
from geo.errors import LocateError
from geo.gazetteer.documents import geocode_document
from geo.gazetteer.entry import load_entries
from geo.gazetteer.gazetteer import Gazetteer
from geo.numbers import decimal_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pandas as pd


@click.command()
@click.option("--column", help="Read this column of a CSV or XLSX file instead of lines.")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path), required=False)
@catalogue_to_read
@data_option
def geocode(*, column: str | None, file: Path | None, catalogue: Path | None, data: Path | None) -> None:
    """Find the places that texts name: one text a line in, one JSON object a line out, in order.

    \b
    Examples:
      echo 彭什川芎现代农业产业园揭牌 | tongcheng geocode
      tongcheng geocode --column address list.csv
    """
    gazetteer = Gazetteer(load_entries(readable_file(catalogue, data)))
    answer_lines(read_texts(file, column), lambda text: geocode_document(gazetteer.locate(text)))


def read_texts(file: Path | None, column: str | None) -> Iterator[str]:
    """Yield texts: lines of standard input or of a file, or the cells of a column."""
    if column is not None:
        if file is None:
            msg = "--column needs a file; name a .csv or .xlsx file"
            raise click.UsageError(msg)
        yield from _cells(file, column)
        return
    stream = file.open(encoding="utf-8", errors="surrogateescape") if file else _standard_input()
    with stream:
        for line in stream:
            yield line.rstrip("\r\n")


def answer_lines(texts: Iterator[str], answer: Callable[[str], Mapping[str, object]]) -> None:
    """Write one JSON object for each text; what fails for one text is told for that text alone."""
    write = sys.stdout.buffer.write
    gc.freeze()  # the compiled names stay: no need to walk through them again and again
    for text in texts:
        write(orjson.dumps(answer(text), option=orjson.OPT_APPEND_NEWLINE))
    sys.stdout.buffer.flush()


def _standard_input() -> TextIO:
    return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")


def _cells(file: Path, column: str) -> Iterator[str]:
    try:
        frame = _read_table(file)
    except (ValueError, OSError, KeyError, BadZipFile) as error:
        msg = f"{file} cannot be read as a table ({error}); expected an .xlsx, or a .csv in UTF-8 or GB 18030"
        raise click.UsageError(msg) from error
    if column not in frame.columns:
        msg = f"{file} has no column {column!r}; it has {', '.join(map(str, frame.columns))}"
        raise click.UsageError(msg)
    yield from (str(cell) for cell in frame[column])


def _read_table(file: Path) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  heavy: only for tables

    if file.suffix.lower() == ".xlsx":
        return pd.read_excel(file, dtype=str, keep_default_na=False)
    try:
        return _read_csv(file, "utf-8-sig")
    except UnicodeDecodeError:
        return _read_csv(file, "gb18030")  # as Excel saves it in China


def _read_csv(file: Path, encoding: str) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  heavy: only for tables

    return pd.read_csv(file, dtype=str, keep_default_na=False, encoding=encoding, skip_blank_lines=False)


@click.command()
@click.option("--datum", type=click.Choice(["wgs84", "cgcs2000", "gcj02", "bd09"]), default="wgs84", show_default=True,
              help="What the coordinates are in.")  # fmt: skip
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path), required=False)
@catalogue_to_read
@data_option
def reverse(*, datum: str, file: Path | None, catalogue: Path | None, data: Path | None) -> None:
    """Find what lies at coordinates: one lon,lat a line in, one JSON object a line out, in order.

    \b
    Examples:
      echo 104.39,31.13 | tongcheng reverse
      tongcheng reverse --datum gcj02 points.txt
    """
    answer_lines(read_texts(file, None), _answers(readable_file(catalogue, data), datum))


def _answers(catalogue: Path, datum: str) -> Callable[[str], Mapping[str, object]]:
    from geo.datum import Datum  # noqa: PLC0415  heavy: only when needed
    from geo.gazetteer.at_point import open_reverse, reverse_document  # noqa: PLC0415

    finder = open_reverse(catalogue)

    def answer(line: str) -> Mapping[str, object]:
        try:
            lon, lat = _numbers(line)
            return reverse_document(finder.reverse(lon, lat, datum=Datum(datum)))
        except LocateError as error:
            return {"error": str(error)}

    return answer


def _numbers(line: str) -> tuple[float, float]:
    match decimal_numbers(line):
        case (lon, lat):
            return lon, lat
        case _:
            msg = f"{line[:60]!r} arrived; expected two numbers, lon,lat in degrees, such as 116.39,39.91"
            raise LocateError(msg)
