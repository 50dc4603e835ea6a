"""The filter for cases: one object for map, list, exports and API.

Several values of one field mean OR, different fields mean AND. A value may be given as its id or as its name in
Chinese or English; the query keeps the id.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields

from geo.errors import QueryError

Bbox = tuple[float, float, float, float]
CHOICE_FIELDS = ("theme", "city", "county", "membership", "status", "precision")
QUERY_FIELDS = (*CHOICE_FIELDS, "year", "bbox")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


@dataclass(frozen=True)
class Vocabulary:
    """Known values of each choice field: every accepted spelling, lower case, to the id it stands for."""

    spellings: Mapping[str, Mapping[str, str]]

    def values(self, name: str) -> tuple[str, ...]:
        """List the ids of a field in their own order, each once."""
        return tuple(dict.fromkeys(self.spellings[name].values()))


@dataclass(frozen=True)
class CaseQuery:
    """A parsed filter. `bbox` is (west, south, east, north) in degrees, WGS-84."""

    theme: tuple[str, ...] = ()
    city: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    membership: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    bbox: Bbox | None = None

    def is_empty(self) -> bool:
        """Tell whether the query lets everything through."""
        return self == CaseQuery()

    def to_args(self) -> list[tuple[str, str]]:
        """Return the parameters that `from_args` reads back as the same query."""
        args = [(f.name, str(value)) for f in fields(self) if f.name != "bbox" for value in getattr(self, f.name)]
        if self.bbox is not None:
            args.append(("bbox", ",".join(repr(value) for value in self.bbox)))
        return args


def from_args(args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> CaseQuery:
    """Parse parameters; an empty value is no condition, a comma separates several values.

    Raises:
        QueryError: Unknown names or values; lists all of them.
    """
    reader = _Reader(vocabulary)
    for name, text in args:
        reader.read(name, text.strip())
    if reader.problems:
        raise QueryError(reader.problems)
    return CaseQuery(
        **{name: tuple(dict.fromkeys(values)) for name, values in reader.choices.items()},
        year=tuple(dict.fromkeys(reader.years)),
        bbox=reader.bbox,
    )


@dataclass
class _Reader:
    """Collects values and problems while parameters are read."""

    vocabulary: Vocabulary
    problems: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)
    years: list[int] = field(default_factory=list)
    bbox: Bbox | None = None

    def read(self, name: str, text: str) -> None:
        if name not in QUERY_FIELDS:
            self.problems.append(f"{name}: unknown parameter; known are {', '.join(QUERY_FIELDS)}")
        elif not text:
            return
        elif name == "bbox":
            self._read_bbox(text)
        elif name == "year":
            self._read_years(text.split(","))
        else:
            self._read_choices(name, text.split(","))

    def _read_choices(self, name: str, texts: Sequence[str]) -> None:
        spellings = self.vocabulary.spellings[name]
        for text in filter(None, (t.strip() for t in texts)):
            value = spellings.get(text.lower())
            if value is None:
                self.problems.append(
                    f"{name}: unknown value {text!r}; known are {_known(self.vocabulary.values(name))}"
                )
            else:
                self.choices.setdefault(name, []).append(value)

    def _read_years(self, texts: Sequence[str]) -> None:
        for text in filter(None, (t.strip() for t in texts)):
            if text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text[:5]) <= _LAST_YEAR:
                self.years.append(int(text))
            else:
                self.problems.append(f"year: {text!r} is not a year; expected four digits such as 2022")

    def _read_bbox(self, text: str) -> None:
        try:
            self.bbox = parse_bbox(text)
        except QueryError as error:
            self.problems.extend(error.problems)


def parse_bbox(text: str) -> Bbox:
    """Parse "west,south,east,north" in degrees.

    Raises:
        QueryError: Not four numbers, outside the world, or corners swapped.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise QueryError([f"bbox: {text!r} is not four numbers; expected west,south,east,north"]) from None
    problems = []
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):  # noqa: PLR2004
        problems.append(f"bbox: {text!r} is outside the world; expected degrees, west,south,east,north")
    elif south > north:
        problems.append(f"bbox: south {south} is above north {north}; the order is west,south,east,north")
    elif west > east:
        problems.append(f"bbox: west {west} is east of east {east}; a box over the antimeridian is not supported here")
    if problems:
        raise QueryError(problems)
    return west, south, east, north


def _known(values: Sequence[str], *, at_most: int = 40) -> str:
    return ", ".join(values[:at_most]) + (" …" if len(values) > at_most else "")
