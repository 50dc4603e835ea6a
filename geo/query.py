"""The filter for cases: one object for map, list, exports, command line and API.

Several values of one field mean OR, different fields mean AND. A value may be given as its id or as its name in
Chinese or English; the query keeps the id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from geo.certainty import ASKED_FOR, Certainty
from geo.errors import QueryError
from geo.numbers import decimal_number, whole_number
from geo.query_shapes import Bbox, Polygon, parse_bbox, parse_polygon, polygon_text

LAYER_FIELDS: Mapping[str, tuple[str, ...]] = {
    "belt": ("belts",),
    "corridor": ("corridors",),
    "border_zone": ("border_zones",),
    "line": ("transit_lines", "expressways"),
    "eco_zone": ("eco_zones",),
}
MATCH_FIELDS: Mapping[str, tuple[str, ...]] = {"county": ("counties",), **LAYER_FIELDS}
PLACE_CONDITIONS = ("near", *MATCH_FIELDS)
PLACE_FIELDS: Mapping[str, tuple[str, ...]] = {"city": ("cities",), **MATCH_FIELDS}
CHOICE_FIELDS = (
    "theme", "city", *MATCH_FIELDS, "membership", "status", "precision", "min_precision", "region", "certainty",
)  # fmt: skip
SINGLE_FIELDS = ("min_precision", "region")
MOST_WITHIN_KM = 50.0
LONGEST_TEXT = 200
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class Vocabulary:
    """Known values of each choice field: every accepted spelling, lower case, to the id it stands for.

    The field `near` accepts `<layer>:<id>` of any feature.
    """

    spellings: Mapping[str, Mapping[str, str]]

    def values(self, name: str) -> tuple[str, ...]:
        """List the ids of a field in their own order, each once."""
        return tuple(dict.fromkeys(self.spellings[name].values()))


@dataclass(frozen=True)
class CaseQuery:
    """A parsed filter.

    Conditions of place: `county` and the fields of layers hold when a footprint meets the feature; `near` when one lies
    within `within_km` of it, 0 when they meet. `certainty` keeps those of some groups of geo.certainty, all but
    `region` if absent; cases of the whole region take part only with `region` "include". `precision` is
    equal, `min_precision` this fine or finer, both of the best footprint. `bbox` is (west, south, east, north) in
    degrees, WGS-84; it and `polygon`, corners as (lon, lat), act on the geometry that is served. `q` is text to search
    for.
    """

    theme: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    belt: tuple[str, ...] = ()
    corridor: tuple[str, ...] = ()
    border_zone: tuple[str, ...] = ()
    line: tuple[str, ...] = ()
    eco_zone: tuple[str, ...] = ()
    membership: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    min_precision: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    certainty: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    within_km: float | None = None
    year: tuple[int, ...] = ()
    q: str = ""
    bbox: Bbox | None = None
    polygon: Polygon | None = None

    def is_empty(self) -> bool:
        """Tell whether the query lets everything through."""
        return self == CaseQuery()

    @property
    def includes_region(self) -> bool:
        """Tell whether footprints of the whole region take part in conditions of place."""
        return self.region == ("include",)

    @property
    def has_place(self) -> bool:
        """Tell whether there is a condition of place, so that every case found has a match."""
        return any(getattr(self, name) for name in PLACE_CONDITIONS)

    @property
    def wanted(self) -> frozenset[Certainty]:
        """Return the groups of matches that take part."""
        chosen = [Certainty(value) for value in self.certainty] or ASKED_FOR
        return frozenset((*chosen, *((Certainty.REGION,) if self.includes_region else ())))

    def to_args(self) -> list[tuple[str, str]]:
        """Return the parameters that `from_args` reads back as the same query."""
        args: list[tuple[str, str]] = []
        for name in QUERY_FIELDS:
            value = getattr(self, name)
            if name == "bbox":
                args.extend([(name, ",".join(map(repr, value)))] if value is not None else [])
            elif name == "polygon":
                args.extend([(name, polygon_text(value))] if value is not None else [])
            elif isinstance(value, tuple):
                args.extend((name, str(one)) for one in value)
            elif value not in {None, ""}:
                args.append((name, str(value)))
        return args


QUERY_FIELDS = tuple(f.name for f in fields(CaseQuery))


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
    reader = _Reader(vocabulary)
    for name, text in args:
        reader.read(name, text.strip())
    reader.finish()
    query = CaseQuery(
        **{name: tuple(dict.fromkeys(values)) for name, values in reader.choices.items()},
        within_km=reader.within_km,
        year=tuple(dict.fromkeys(reader.years)),
        q=reader.text,
        bbox=reader.bbox,
        polygon=reader.polygon,
    )
    return query, reader.problems


@dataclass
class _Reader:
    """Collects values and problems while parameters are read."""

    vocabulary: Vocabulary
    problems: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    within_km: float | None = None
    text: str = ""
    bbox: Bbox | None = None
    polygon: Polygon | None = None

    def read(self, name: str, text: str) -> None:
        if name not in QUERY_FIELDS:
            self.problems.append(f"{name}: unknown parameter; known are {', '.join(QUERY_FIELDS)}")
        elif not text:
            return
        elif name in {"bbox", "polygon"}:
            self._read_shape(name, text)
        elif name == "year":
            self._read_years(text.split(","))
        elif name == "within_km":
            self._read_within_km(text)
        elif name == "q":
            self._read_text(text)
        else:
            self._read_choices(name, text.split(","))

    def finish(self) -> None:
        """Check what only the whole tells."""
        if self.within_km is not None and not self.choices.get("near"):
            self.problems.append("within_km: needs near=<layer>:<id>, such as near=transit_lines:S3")
            self.within_km = None
        if self.choices.get("certainty") and not any(self.choices.get(name) for name in PLACE_CONDITIONS):
            fields = ", ".join(PLACE_CONDITIONS)
            self.problems.append(f"certainty: needs a condition of place: one of {fields}")
            del self.choices["certainty"]
        for name in SINGLE_FIELDS:
            values = self.choices.get(name, [])
            if len(set(values)) > 1:
                self.problems.append(f"{name}: {', '.join(values)} arrived; expected one value")
                del values[1:]

    def _read_choices(self, name: str, texts: Sequence[str]) -> None:
        spellings = self.vocabulary.spellings[name]
        for text in filter(None, (t.strip() for t in texts)):
            value = spellings.get(text.lower())
            if value is None:
                self.problems.append(f"{name}: unknown value {text[:60]!r}; {self._expected(name)}")
            else:
                self.choices.setdefault(name, []).append(value)

    def _expected(self, name: str) -> str:
        if name == "near":
            layers = dict.fromkeys(value.split(":")[0] for value in self.vocabulary.values(name))
            return f"expected <layer>:<id> such as transit_lines:S3; layers are {', '.join(layers)}"
        return f"known are {_known(self.vocabulary.values(name)) or 'none: the area has no such layer'}"

    def _read_years(self, texts: Sequence[str]) -> None:
        for text in filter(None, (t.strip() for t in texts)):
            year = whole_number(text, most=_LAST_YEAR + 1) if len(text) == _YEAR_DIGITS else None
            if year is not None and _FIRST_YEAR <= year <= _LAST_YEAR:
                self.years.append(year)
            else:
                self.problems.append(f"year: {text[:60]!r} is not a year; expected four digits such as 2022")

    def _read_within_km(self, text: str) -> None:
        value = decimal_number(text)
        if value is not None and 0 <= value <= MOST_WITHIN_KM:
            self.within_km = value + 0.0  # -0.0 is 0
        else:
            self.problems.append(f"within_km: {text[:60]!r} arrived; expected kilometres from 0 (they meet) to 50")

    def _read_text(self, text: str) -> None:
        if len(text) > LONGEST_TEXT:
            self.problems.append(f"q: {len(text)} characters arrived; expected at most {LONGEST_TEXT}")
        self.text = text[:LONGEST_TEXT]

    def _read_shape(self, name: str, text: str) -> None:
        try:
            if name == "bbox":
                self.bbox = parse_bbox(text)
            else:
                self.polygon = parse_polygon(text)
        except QueryError as error:
            self.problems.extend(error.problems)


def _known(values: Sequence[str], *, at_most: int = 40) -> str:
    return ", ".join(values[:at_most]) + (" …" if len(values) > at_most else "")
