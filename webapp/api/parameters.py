"""The parameters of the API.

The fields of a model stand in the order of its bases from the last to the first.
"""

from functools import partial
from typing import Annotated, Literal

from pydantic import Field

from geo.catalogue.linear_places import LINE_LAYERS
from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.periods import Interval, parse_interval
from geo.exports.served_crs import CRS84, SERVED_CRS, ServedCrs, served_crs
from geo.fields import FIELDS, Where
from geo.numbers import LAT_RANGE, LON_RANGE, decimal_number
from geo.on_day import OnDay
from geo.parameters import FILLED, ONCE, VERBATIM, Meaning, Parameters, Parsed, Text, UnreadableError, Whole, told
from geo.query import Bbox, Vocabulary, parse_bbox, query_model
from geo.text import Lang, word

DEFAULT_LIMIT = 100
MOST_LIMIT = 1000
_ELSEWHERE = tuple(field.id for field in FIELDS.values() if Where.API not in field.where)
_CRS = {"type": "string", "format": "uri", "enum": list(SERVED_CRS)}
_LIST_OF_FOUR_OR_SIX = [{"minItems": count, "maxItems": count} for count in (4, 6)]
_BOX = {"type": "array", "items": {"type": "number"}, "oneOf": _LIST_OF_FOUR_OR_SIX}
_LONGITUDE = {"type": "number", "minimum": LON_RANGE[0], "maximum": LON_RANGE[1]}
_LATITUDE = {"type": "number", "minimum": LAT_RANGE[0], "maximum": LAT_RANGE[1]}


def _degrees(text: str) -> float:
    """Read degrees; whether they lie in China is told where both are known, for they may be swapped."""
    number = decimal_number(text)
    if number is None:
        raise UnreadableError([f"{told(text)} arrived; expected a number in degrees"])
    return number


class InLanguage(Parameters):
    """A document in a language."""

    lang: Annotated[Lang, FILLED, Meaning(word("language"))] = "zh"


class InForm(Parameters):
    """A document for programs or for people."""

    f: Annotated[
        Literal["json", "html"] | None,
        FILLED,
        Meaning(word("form of the answer; what Accept asks for if absent")),
    ] = None


class InDatum(Parameters):
    """Coordinates in a datum."""

    datum: Annotated[
        Datum,
        FILLED,
        Meaning(word("datum of the coordinates; any but wgs84 is answered as JSON-FG; not together with crs")),
    ] = Datum.WGS84


class OfFeature(InDatum):
    """How features are to look."""

    crs: Annotated[
        ServedCrs | None,
        Parsed(partial(served_crs, name="crs"), _CRS),
        Meaning(word("coordinate system of the answer, by its URI")),
    ] = None
    properties: Annotated[tuple[str, ...], ONCE, Meaning(word("only these properties"))] = ()

    def misfits(self) -> dict[str, str]:
        """Refuse two systems at once."""
        if self.crs is None or self.datum is Datum.WGS84:
            return {}
        return {"datum": "arrived with crs; expected one of them, for crs names a datum too"}


class OfFeatures(Parameters):
    """Which features, and which page of them."""

    limit: Annotated[
        int,
        Whole(least=1, most=MOST_LIMIT),
        FILLED,
        Meaning(word("features a page; above {most} it is {most}", most=MOST_LIMIT)),
    ] = DEFAULT_LIMIT
    offset: Annotated[int, Whole(), FILLED, Meaning(word("features before the page"))] = 0
    box: Annotated[
        str | None,
        Parsed(str, _BOX),
        Meaning(word("west,south,east,north in degrees; west above east crosses the antimeridian; no heights")),
        Field(alias="bbox"),
    ] = None
    bbox_crs: Annotated[
        ServedCrs | None,
        Parsed(partial(served_crs, name="bbox-crs"), _CRS),
        Meaning(word("coordinate system of bbox, by its URI")),
        Field(alias="bbox-crs"),
    ] = None
    datetime: Annotated[
        Interval | None,
        Parsed(parse_interval),
        Meaning(
            word(
                "date, instant or interval in which a case held, such as 2020-01-01/..; "
                "what has no date always takes part"
            )
        ),
    ] = None
    filter: Annotated[str | None, Parsed(str), Meaning(word("CQL2 condition, such as theme = 'ecology'"))] = None
    filter_lang: Annotated[
        Literal["cql2-text", "cql2-json"],
        FILLED,
        Meaning(word("language of filter")),
        Field(alias="filter-lang"),
    ] = "cql2-text"
    filter_crs: Annotated[
        ServedCrs | None,
        Parsed(partial(served_crs, name="filter-crs"), _CRS),
        Meaning(word("coordinate system of filter, by its URI")),
        Field(alias="filter-crs"),
    ] = None
    sortby: Annotated[
        tuple[str, ...], ONCE, Meaning(word("properties to sort by; a - before one sorts it from high to low"))
    ] = ()


TEXT = Text(least=1, most=10_000)


class OfText(Parameters):
    """A text to locate."""

    q: Annotated[str, TEXT, VERBATIM, Meaning(word("text to locate"))]


class OfPoint(Parameters):
    """A point."""

    lon: Annotated[float, Parsed(_degrees, _LONGITUDE), Meaning(word("longitude in degrees"))]
    lat: Annotated[float, Parsed(_degrees, _LATITUDE), Meaning(word("latitude in degrees"))]


class OfLine(Parameters):
    """A place on a line; numbers are read where the line is known."""

    line: Annotated[
        str,
        Parsed(str, {"type": "string", "minLength": 1}),
        Meaning(
            word("transit line or expressway by id or name, or <layer>:<id> of {layers}", layers=", ".join(LINE_LAYERS))
        ),
    ]
    km: Annotated[
        str | None,
        Parsed(str, {"type": "number", "minimum": 0}),
        Meaning(word("kilometre of the drawn line, from its start; not with lon, lat")),
    ] = None
    lon: Annotated[
        str | None, Parsed(str, _LONGITUDE), Meaning(word("longitude in degrees, WGS-84; with lat, in place of km"))
    ] = None
    lat: Annotated[
        str | None, Parsed(str, _LATITUDE), Meaning(word("latitude in degrees, WGS-84; with lon, in place of km"))
    ] = None


class DocumentAsked(InLanguage, InForm):
    """A describing document."""


class FeatureAsked(OnDay, OfFeature, InLanguage, InForm):
    """One feature."""


class FeaturesAsked(OnDay, OfFeatures, OfFeature, InLanguage, InForm):
    """A page of features."""


class GeocodeAsked(InDatum, InLanguage, OfText):
    """What a text names."""


class GeocodeManyAsked(InDatum, InLanguage):
    """How what many texts name is answered; the texts are the body."""


class ReverseAsked(InDatum, InLanguage, OfPoint):
    """What lies at a point."""


class LinearAsked(OfLine, InLanguage):
    """A place on a line."""


def conditions(vocabulary: Vocabulary, *, without: tuple[str, ...] = ()) -> type[Parameters]:
    """Return the conditions on cases that features are asked for by; their `bbox` is one of any system."""
    return query_model(vocabulary, without=(*_ELSEWHERE, *without))


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
