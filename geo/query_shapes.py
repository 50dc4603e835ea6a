"""Shapes in a query: a box, and a polygon that somebody drew; both in degrees, WGS-84."""

from geo.errors import QueryError
from geo.numbers import decimal_numbers

Bbox = tuple[float, float, float, float]
Polygon = tuple[tuple[float, float], ...]
MOST_CORNERS = 100
_FEWEST_CORNERS = 3


def parse_bbox(text: str) -> Bbox:
    """Parse "west,south,east,north" in degrees.

    Raises:
        QueryError: Not four numbers, outside the world, or corners swapped.
    """
    match decimal_numbers(text):
        case (west, south, east, north):
            pass
        case _:
            raise QueryError([f"bbox: {text[:60]!r} is not four numbers; expected west,south,east,north"])
    problems = []
    if not (_is_on_earth(west, south) and _is_on_earth(east, north)):
        problems.append(f"bbox: {text[:60]!r} is outside the world; expected degrees, west,south,east,north")
    elif south > north:
        problems.append(f"bbox: south {south} is above north {north}; the order is west,south,east,north")
    elif west > east:
        problems.append(f"bbox: west {west} is east of east {east}; a box over the antimeridian is not supported here")
    if problems:
        raise QueryError(problems)
    return west, south, east, north


def parse_polygon(text: str) -> Polygon:
    """Parse "lon,lat lon,lat …" in degrees, an open ring of 3 to 100 corners.

    Raises:
        QueryError: Too few or too many corners, no numbers, outside the world, or an outline that crosses itself.
    """
    corners = tuple(_corner(part, text) for part in text.split())
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners = corners[:-1]
    if not _FEWEST_CORNERS <= len(corners) <= MOST_CORNERS:
        raise QueryError([f"polygon: {len(corners)} corners arrived; expected {_FEWEST_CORNERS} to {MOST_CORNERS}"])
    if not all(_is_on_earth(lon, lat) for lon, lat in corners):
        raise QueryError([f"polygon: {text[:60]!r} is outside the world; expected degrees, lon,lat"])
    if not _is_simple(corners):
        raise QueryError(["polygon: its outline crosses itself; expected corners in order around it"])
    return corners


def polygon_text(polygon: Polygon) -> str:
    """Return the text that `parse_polygon` reads back."""
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in polygon)


def _corner(part: str, text: str) -> tuple[float, float]:
    match decimal_numbers(part):
        case (lon, lat):
            return lon + 0.0, lat + 0.0  # -0.0 is 0
        case _:
            expected = "expected corners such as 116.0,39.5 116.2,39.5 116.1,39.7"
            raise QueryError([f"polygon: {text[:60]!r} arrived; {expected}"])


def _is_on_earth(lon: float, lat: float) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90  # noqa: PLR2004  degrees


def _is_simple(corners: Polygon) -> bool:
    import shapely  # noqa: PLC0415  finding places in a text reads queries' words, and must start fast

    polygon = shapely.Polygon(corners)
    return bool(polygon.is_valid and polygon.area > 0)
