"""The `bbox` of the API: four or six numbers, in any served coordinate system, also over the antimeridian."""

from geo.errors import QueryError
from geo.exports.served_crs import CRS84, ServedCrs
from geo.numbers import decimal_number
from geo.query_shapes import Bbox, parse_bbox

_WITH_HEIGHTS = 6
_EXPECTED = "expected west,south,east,north, or six numbers with heights"


def parse_boxes(text: str, crs: ServedCrs) -> tuple[Bbox, ...]:
    """Return the boxes in degrees, WGS-84, that a parameter asks for: one, or two beside the antimeridian.

    Raises:
        QueryError: No four or six numbers, outside the world, or south above north.
    """
    parts = text.split(",")
    if len(parts) == _WITH_HEIGHTS:
        parts = [*parts[:2], *parts[3:5]]
    if crs is not CRS84:
        return (crs.box_to_wgs84(_ordered(parts, text)),)
    west, east = decimal_number(parts[0]), decimal_number(parts[2]) if len(parts) > 2 else None  # noqa: PLR2004  west is first, east third
    if west is not None and east is not None and west > east and len(parts) == 4:  # noqa: PLR2004
        return parse_bbox(",".join((parts[0], parts[1], "180", parts[3]))), parse_bbox(",".join(("-180", *parts[1:])))
    return (parse_bbox(",".join(parts)),)


def _ordered(parts: list[str], text: str) -> Bbox:
    numbers = [number for part in parts if (number := decimal_number(part)) is not None]
    if len(numbers) != 4:  # noqa: PLR2004
        raise QueryError([f"bbox: {text[:60]!r} arrived; {_EXPECTED}"])
    a, b, c, d = numbers
    if a > c or b > d:
        raise QueryError([f"bbox: {text[:60]!r} has its corners swapped; expected the lower values first"])
    return a, b, c, d
