"""PARAMETERS: what every parameter of the API means; requests are read and the OpenAPI document is written by it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from werkzeug.datastructures import MultiDict

from geo.datum import Datum
from geo.errors import QueryError
from geo.exports.cql2_filter import LANGUAGES
from geo.exports.served_crs import CRS84
from geo.fields import FIELDS, Where
from geo.numbers import LAT_RANGE, LON_RANGE, decimal_number, whole_number
from geo.parameters import described
from geo.query import Vocabulary, query_model
from geo.text import LANGS, LocalText
from geo.words import word
from webapp.arguments import unknown_parameters

T = TypeVar("T")
FORMS = ("json", "html")
DEFAULT_LIMIT = 100
MOST_LIMIT = 1000
MOST_OFFSET = 10**12
_CRS = {"type": "string", "format": "uri", "default": CRS84.uri}
LONGITUDE = {"type": "number", "minimum": LON_RANGE[0], "maximum": LON_RANGE[1]}
LATITUDE = {"type": "number", "minimum": LAT_RANGE[0], "maximum": LAT_RANGE[1]}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its JSON schema and its meaning. Lists are separated by commas."""

    schema: Mapping[str, Any]
    meaning: LocalText


def _items(count: int) -> dict[str, int]:
    return {"minItems": count, "maxItems": count}


PARAMETERS: Mapping[str, Parameter] = {
    "f": Parameter(
        {"type": "string", "enum": list(FORMS)},
        word("form of the answer; what Accept asks for if absent"),
    ),
    "lang": Parameter({"type": "string", "enum": list(LANGS), "default": "zh"}, word("language")),
    "datum": Parameter(
        {"type": "string", "enum": [datum.value for datum in Datum], "default": "wgs84"},
        word("datum of the coordinates; any but wgs84 is answered as JSON-FG; not together with crs"),
    ),
    "crs": Parameter(_CRS, word("coordinate system of the answer, by its URI")),
    "limit": Parameter(
        {"type": "integer", "minimum": 1, "default": DEFAULT_LIMIT},
        word("features a page; above {most} it is {most}", most=MOST_LIMIT),
    ),
    "offset": Parameter({"type": "integer", "minimum": 0, "default": 0}, word("features before the page")),
    "bbox": Parameter(
        {"type": "array", "items": {"type": "number"}, "oneOf": [_items(4), _items(6)]},
        word("west,south,east,north in degrees; west above east crosses the antimeridian; no heights"),
    ),
    "bbox-crs": Parameter(_CRS, word("coordinate system of bbox, by its URI")),
    "datetime": Parameter(
        _TEXT,
        word(
            "date, instant or interval in which a case held, such as 2020-01-01/..; what has no date always takes part"
        ),
    ),
    "filter": Parameter(
        _TEXT,
        word("CQL2 condition, such as theme = 'ecology'"),
    ),
    "filter-lang": Parameter(
        {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
        word("language of filter"),
    ),
    "filter-crs": Parameter(_CRS, word("coordinate system of filter, by its URI")),
    "sortby": Parameter(
        _TEXTS,
        word("properties to sort by; a - before one sorts it from high to low"),
    ),
    "properties": Parameter(_TEXTS, word("only these properties")),
    "q": Parameter({"type": "string", "minLength": 1, "maxLength": 10_000}, word("text to locate")),
    "lon": Parameter(LONGITUDE, word("longitude in degrees")),
    "lat": Parameter(LATITUDE, word("latitude in degrees")),
}
PAGE = ("f", "lang")
FEATURE = (*PAGE, "datum", "crs", "properties")
FEATURES = (
    *FEATURE, "limit", "offset", "bbox", "bbox-crs", "datetime", "filter", "filter-lang", "filter-crs", "sortby",
)  # fmt: skip
CONDITIONS = tuple(field.id for field in FIELDS.values() if Where.API in field.where)


def condition_parameter(name: str, vocabulary: Vocabulary) -> Parameter:
    """Return what a condition on cases means, with the values it knows."""
    told = next(one for one in described(query_model(vocabulary), "zh") if one["name"] == name)
    return Parameter(told["schema"], FIELDS[name].help)


class Given:
    """The parameters of one request; what is wrong with them is told all at once."""

    def __init__(self, args: MultiDict[str, str], known: Sequence[str]) -> None:
        """Take the arguments and the names that are known here."""
        self._args = args
        self.problems = unknown_parameters(args, sorted(known))
        self.problems += [
            f"{name}: arrived {len(args.getlist(name))} times; expected once"
            for name in args
            if name in PARAMETERS and name in known and len(args.getlist(name)) > 1
        ]

    def text(self, name: str) -> str:
        """Return a parameter; "" when it did not arrive."""
        return self._args.get(name, "").strip()

    def choice(self, name: str, known: Sequence[str], default: str) -> str:
        """Return one of the known values."""
        text = self._args.get(name, default).strip()
        if text not in known:
            self.problems.append(f"{name}: unknown value {text[:60]!r}; known are {', '.join(known)}")
            return default
        return text

    def whole_number(self, name: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number; one above `most` is `most`."""
        text = self._args.get(name)
        if text is None:
            return default
        number = whole_number(text, most=most)
        if number is not None and number >= least:
            return number
        self.problems.append(f"{name}: {text[:60]!r} arrived; expected a whole number from {least}")
        return default

    def number(self, name: str) -> float:
        """Return a number that must arrive."""
        number = decimal_number(self.text(name))
        if number is None:
            self.problems.append(f"{name}: {self.text(name)[:60]!r} arrived; expected a number in degrees")
            return 0.0
        return number

    def parsed(self, name: str, parse: Callable[[str], T], default: T) -> T:
        """Return what a parser makes of a parameter; the default when it did not arrive."""
        text = self.text(name)
        if not text:
            return default
        try:
            return parse(text)
        except QueryError as error:
            self.problems.extend(error.problems)
            return default

    def check(self) -> None:
        """Refuse a request with problems.

        Raises:
            QueryError: Something is wrong; lists all.
        """
        if self.problems:
            raise QueryError(self.problems)
