"""What one asks of the cases: conditions read from parameters, told back as parameters and in words.

Several values of one field mean OR, different fields mean AND. A value may be given as its id or as its name in
Chinese or English; the query keeps the id. What can be asked for stands in geo.fields.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, cast

from geo.case import ASKED_FOR, Certainty
from geo.errors import QueryError
from geo.fields import FIELDS, PLACE_CONDITIONS, Field, Kind
from geo.numbers import decimal_numbers, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.fields import Names
    from geo.parameters import Parameters
    from geo.text import Lang


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


LONGEST_TEXT = 200
FIRST_YEAR, LAST_YEAR = 1900, 2100
_YEAR_DIGITS = 4
Value = tuple[str, ...] | tuple[int, ...] | float | str | Bbox | Polygon


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Known values of each choice field: every accepted spelling, lower case, to the id it stands for.

    The field `near` accepts `<layer>:<id>` of any feature.
    """

    spellings: Mapping[str, Mapping[str, str]]

    def values(self, name: str) -> tuple[str, ...]:
        """List the ids of a field in their own order, each once."""
        return tuple(dict.fromkeys(self.spellings[name].values()))


class CaseQuery:
    """A parsed filter: the condition on each field that has one, by the id of the field.

    Conditions of place: `county` and the fields of layers hold when a footprint meets the feature; `near` when one lies
    within `within_km` of it, 0 when they meet. `certainty` keeps those of some groups of geo.certainty, all but
    `region` if absent; cases of the whole region take part only with `region` "include". `precision` is
    equal, `min_precision` this fine or finer, both of the best footprint. `bbox` is (west, south, east, north) in
    degrees, WGS-84; it and `polygon`, corners as (lon, lat), act on the geometry that is served. `q` is text to search
    for.
    """

    __slots__ = ("_given",)

    def __init__(self, **conditions: Value | None) -> None:
        """Take conditions by field; an empty one, None, "" or (), is none.

        Raises:
            TypeError: No field has the name.
        """
        unknown = conditions.keys() - FIELDS.keys()
        if unknown:
            msg = f"no field is called {', '.join(sorted(unknown))}; known are {', '.join(FIELDS)}"
            raise TypeError(msg)
        self._given = {
            name: value for name in FIELDS if (value := conditions.get(name)) is not None and value not in ("", ())
        }

    def __eq__(self, other: object) -> bool:
        """Tell whether it asks for the same."""
        return isinstance(other, CaseQuery) and self._given == other._given

    def __hash__(self) -> int:
        """Hash what is asked for."""
        return hash(tuple(self._given.items()))

    def __repr__(self) -> str:
        """Tell what is asked for."""
        return f"CaseQuery({', '.join(f'{name}={value!r}' for name, value in self._given.items())})"

    @property
    def given(self) -> Mapping[str, Value]:
        """Return the conditions by field, in the order of the fields."""
        return dict(self._given)

    def changed(self, **conditions: Value | None) -> CaseQuery:
        """Return the query with other conditions on some fields; None takes one away."""
        return CaseQuery(**{**self._given, **conditions})

    def is_empty(self) -> bool:
        """Tell whether the query lets everything through."""
        return not self._given

    def values(self, name: str) -> tuple[str, ...]:
        """Return the values of a field as addresses write them; none where nothing is asked of it."""
        return _texts(FIELDS[name], self._given[name]) if name in self._given else ()

    @property
    def within_km(self) -> float | None:
        """Return the distance that belongs to `near`, kilometres."""
        return cast("float | None", self._given.get("within_km"))

    @property
    def q(self) -> str:
        """Return the text to search for."""
        return cast("str", self._given.get("q", ""))

    @property
    def includes_region(self) -> bool:
        """Tell whether footprints of the whole region take part in conditions of place."""
        return self.values("region") == ("include",)

    @property
    def has_place(self) -> bool:
        """Tell whether there is a condition of place, so that every case found has a match."""
        return any(name in self._given for name in PLACE_CONDITIONS)

    @property
    def wanted(self) -> frozenset[Certainty]:
        """Return the groups of matches that take part."""
        chosen = [Certainty(value) for value in self.values("certainty")] or ASKED_FOR
        return frozenset((*chosen, *((Certainty.REGION,) if self.includes_region else ())))

    def to_args(self) -> list[tuple[str, str]]:
        """Return the parameters that `from_args` reads back as the same query."""
        return [(name, text) for name in self._given for text in self.values(name)]


def from_args(args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> CaseQuery:
    """Parse parameters; an empty value is no condition, a comma separates several values (but not of `q`).

    Raises:
        QueryError: Unknown names or values; lists all of them.
    """
    query, problems = read_args(args, vocabulary)
    if problems:
        raise QueryError(problems)
    return query


def read_args(args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> tuple[CaseQuery, list[str]]:
    """Parse what can be parsed; return it with one problem for each thing that was left out."""
    from geo.parameters import read_leniently  # noqa: PLC0415  pydantic: only when something is asked for

    asked, problems = read_leniently(query_model(vocabulary), args)
    return query_of(asked), problems


def query_of(asked: Parameters) -> CaseQuery:
    """Return the query that parameters ask for: those of `query_model`, beside others."""
    fields = type(asked).model_fields
    return CaseQuery(**{name: _without_repeats(getattr(asked, name)) for name in FIELDS if name in fields})


@lru_cache(maxsize=16)
def query_model(vocabulary: Vocabulary, *, without: tuple[str, ...] = ()) -> type[Parameters]:
    """Return the model of the parameters of a query, but for some; its field of a choice knows the values."""
    from pydantic import create_model  # noqa: PLC0415  only when something is asked for

    from geo.parameters import Meaning, Parameters  # noqa: PLC0415

    class Conditions(Parameters):
        def misfits(self) -> dict[str, str]:
            """Return what does not fit the rest."""
            return _misfits(query_of(self).given)

    fields: dict[str, Any] = {
        name: (Annotated[annotation, Meaning(field.help)], default)
        for name, field in FIELDS.items()
        if name not in without
        for annotation, default in [_read_as(field, vocabulary)]
    }
    return create_model("Conditions", __base__=Conditions, **fields)


def _read_as(field: Field, vocabulary: Vocabulary) -> tuple[object, object]:
    """Return how a field is read: an annotation of geo.parameters, and what stands for no condition."""
    from geo.parameters import Decimal, OneOf, Parsed, Text  # noqa: PLC0415

    match field.kind:
        case Kind.TEXT:
            return Annotated[str, Text(most=LONGEST_TEXT)], ""
        case Kind.BOX:
            return Annotated[Bbox | None, Parsed(parse_bbox)], None
        case Kind.POLYGON:
            return Annotated[Polygon | None, Parsed(parse_polygon)], None
        case Kind.NUMBER if field.limits:
            return Annotated[float | None, Decimal(**vars(field.limits))], None
        case Kind.YEAR:
            years = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
            return tuple[Annotated[int, Parsed(_year, years)], ...], ()
    spellings = vocabulary.spellings[field.id]
    expected = _addresses(spellings) if field.kind is Kind.NEAR else None
    return tuple[Annotated[str, OneOf(spellings, expected)], ...], ()


def _addresses(spellings: Mapping[str, str]) -> str:
    known = list(spellings.values())
    layers = dict.fromkeys(value.split(":")[0] for value in known)
    return f"expected <layer>:<id> such as {known[0]}; layers are {', '.join(layers)}"


def _year(text: str) -> int:
    year = whole_number(text, most=LAST_YEAR + 1) if len(text) == _YEAR_DIGITS else None
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise QueryError([f"{text[:60]!r} is not a year; expected four digits such as 2022"])
    return year


def _misfits(given: Mapping[str, Value]) -> dict[str, str]:
    found = {
        name: f"{', '.join(_texts(FIELDS[name], value))} arrived; expected one value"
        for name, value in given.items()
        if FIELDS[name].kind is Kind.SINGLE and len(_texts(FIELDS[name], value)) > 1
    }
    if "within_km" in given and "near" not in given:
        found["within_km"] = "needs near=<layer>:<id>"
    if "certainty" in given and not given.keys() & {*PLACE_CONDITIONS}:
        found["certainty"] = f"needs a condition of place: one of {', '.join(PLACE_CONDITIONS)}"
    return found


def _without_repeats(value: Value | None) -> Value | None:
    """Return values each once: two spellings may stand for the same."""
    is_list = isinstance(value, tuple) and all(isinstance(one, str | int) for one in value)
    return cast("Value", tuple(dict.fromkeys(cast("tuple[str, ...]", value)))) if is_list else value


def _texts(field: Field, value: Value) -> tuple[str, ...]:
    """Return a condition as addresses write it."""
    if field.kind is Kind.BOX:
        return (",".join(map(repr, cast("Bbox", value))),)
    if field.kind is Kind.POLYGON:
        return (polygon_text(cast("Polygon", value)),)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def condition_label(names: Names, query: CaseQuery, name: str, value: str, lang: Lang) -> str:
    """Return one condition of a query as people read it: the field and a value of it, as addresses write that."""
    told = FIELDS[name].told(names, value).in_lang(lang)
    near = f" ≤ {query.within_km or 0.0:g} km" if FIELDS[name].kind is Kind.NEAR else ""
    return f"{FIELDS[name].title.in_lang(lang)}: {told}{near}"


def conditions(names: Names, query: CaseQuery, lang: Lang) -> list[tuple[str, str, str]]:
    """Return the field, a value and the label of each condition; the distance stands with what it belongs to."""
    return [
        (name, value, condition_label(names, query, name, value, lang))
        for name, value in query.to_args()
        if name != "within_km"
    ]


def conditions_text(names: Names, query: CaseQuery, lang: Lang) -> str:
    """Return all conditions as one phrase."""
    return "; ".join(label for *_, label in conditions(names, query, lang))
