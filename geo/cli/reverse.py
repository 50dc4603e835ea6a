"""`tongcheng reverse`: coordinates in, one JSON object a line out."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from geo.cli.geocode import answer_lines, read_texts
from geo.cli.opening import readable_file
from geo.cli.options import catalogue_to_read, data_option
from geo.errors import LocateError
from geo.numbers import decimal_numbers


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
