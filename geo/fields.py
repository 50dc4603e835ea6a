"""FIELDS: the one table of what cases can be asked for; what asks, filters, counts, shows or documents loops over it.

To add a filter, add one `Field` and the Chinese of its words. Query, vocabulary, facets, forms, columns, OpenAPI,
options of the command line and docs follow; `gaps` tells what a field lacks.

Long because a table is read in one piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from geo.case import ASKED_FOR, Membership, Precision, Status
from geo.divisions import short_names
from geo.errors import FieldError
from geo.labels import LABELS
from geo.text import LocalText, untranslated, word

if TYPE_CHECKING:  # the command line must start fast
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.area import Area, Theme
    from geo.case import Case, Footprint
    from geo.feature import Layer

MOST_WITHIN_KM = 50.0


class Names(Protocol):
    """What is known of themes and places; a catalogue."""

    @property
    def themes(self) -> Sequence[Theme]:
        """Return the groups of the compilation."""

    @property
    def layers(self) -> Mapping[str, Layer]:
        """Return the layers by id."""

    @property
    def area(self) -> Area:
        """Return the area and its wording."""

    def theme(self, theme_id: str) -> Theme:
        """Return a theme by its id."""

    def name_of(self, layer_id: str, feature_id: str) -> LocalText:
        """Return the name of a feature."""

    def name_among(self, layer_ids: Iterable[str], feature_id: str) -> LocalText | None:
        """Return the name of a feature of the first layer that has it."""


class Located(Protocol):
    """A case and where it lies, as fields see it."""

    @property
    def case(self) -> Case:
        """Return the record."""

    @property
    def best(self) -> Footprint:
        """Return the finest footprint."""

    @property
    def counties(self) -> tuple[str, ...]:
        """Return the counties that it touches, none for the whole region."""

    @property
    def years(self) -> range:
        """Return the years it covers."""


class Kind(StrEnum):
    """What a condition is, and so how it is read, written and asked for."""

    CHOICE = "choice"  # any of known values
    SINGLE = "single"  # one known value
    NEAR = "near"  # features by layer and id
    NUMBER = "number"
    YEAR = "year"  # any of some years
    TEXT = "text"
    BOX = "box"
    POLYGON = "polygon"


LISTS = frozenset({Kind.CHOICE, Kind.SINGLE, Kind.NEAR, Kind.YEAR})  # several values may arrive


class Where(StrEnum):
    """Who asks for conditions."""

    MAP = "map"
    LIST = "list"
    API = "api"
    CLI = "cli"


EVERYWHERE = frozenset(Where)


class Part(StrEnum):
    """Where a field stands in forms; those of facets stand with a count beside each value."""

    SEARCH = "search"
    PLACE = "place"
    GROUPS = "groups"
    FACETS = "facets"
    OTHER = "other"
    DRAWN = "drawn"


class Values(Protocol):
    """What the values of a field are."""

    def spellings(self, names: Names) -> dict[str, str]:
        """Return every accepted spelling, lower case, with the id it stands for; ids in their own order."""

    def label(self, names: Names, value: str) -> LocalText:
        """Return how a value is called."""


@dataclass(frozen=True)
class Choices:
    """Values of an enumeration; `labels` is where geo.labels names them."""

    ids: tuple[str, ...]
    labels: str

    def spellings(self, _: Names) -> dict[str, str]:
        """Return each id for itself."""
        return {str(value): str(value) for value in self.ids}

    def label(self, names: Names, value: str) -> LocalText:
        """Return its label, in the words of the area."""
        return names.area.labels[self.labels][value]


class Themes:
    """The groups of the compilation."""

    def spellings(self, names: Names) -> dict[str, str]:
        """Return ids and names."""
        return _spellings({theme.id: theme.name for theme in names.themes})

    def label(self, names: Names, value: str) -> LocalText:
        """Return the name of a theme."""
        return names.theme(value).name


@dataclass(frozen=True)
class Divisions:
    """Cities or counties, which may be named as people say them: 恩施 for 恩施土家族苗族自治州."""

    layers: tuple[str, ...]

    def spellings(self, names: Names) -> dict[str, str]:
        """Return short names, codes and names."""
        named = {feature.id: feature.name for layer in self.layers for feature in names.layers[layer]}
        return {short: code for code, name in named.items() for short in short_names(name.zh)} | _spellings(named)

    def label(self, names: Names, value: str) -> LocalText:
        """Return the name of a city or county."""
        return names.name_among(self.layers, value) or LocalText(value)


@dataclass(frozen=True)
class Features:
    """Features of some layers."""

    layers: tuple[str, ...]

    def spellings(self, names: Names) -> dict[str, str]:
        """Return aliases, names and ids."""
        there = (names.layers[layer] for layer in self.layers if layer in names.layers)
        return dict(pair for layer in there for pair in _feature_spellings(layer))

    def label(self, names: Names, value: str) -> LocalText:
        """Return the name of a feature."""
        return names.name_among(self.layers, value) or LocalText(value)


class Addresses:
    """Any feature of any layer, as <layer>:<id>."""

    def spellings(self, names: Names) -> dict[str, str]:
        """Return aliases, names and ids after the id of the layer."""
        return {
            f"{layer.id}:{spelling}": f"{layer.id}:{value}"
            for layer in names.layers.values()
            for spelling, value in _feature_spellings(layer)
        }

    def label(self, names: Names, value: str) -> LocalText:
        """Return the name of the feature."""
        return names.name_of(*value.split(":", 1))


class Rule(StrEnum):
    """How a case fulfils a condition; CaseIndex evaluates it."""

    HAS = "has"  # it has one of the values
    MEETS = "meets"  # one of its footprints meets one of the features: a condition of place
    NEAR = "near"  # one lies within `within_km` of one: a condition of place
    LIES = "lies"  # what is served of it lies in a box or polygon
    FOUND = "found"  # a search finds it
    QUALIFIES = "qualifies"  # none itself: says how other conditions are meant


@dataclass(frozen=True)
class Compared:
    """A case fulfils a condition by its numbers: `holds` takes an array of all cases for each of them, and a value."""

    numbers: Callable[[Located], tuple[int, ...]]
    holds: Callable[..., NDArray[np.bool_]]


@dataclass(frozen=True)
class Limits:
    """The least and greatest number that a field takes; `expected` tells them, and the unit, to who sent another."""

    least: float
    most: float
    expected: str


@dataclass(frozen=True)
class InColumn:
    """The column of the same fact: what it holds, and whether it is a list."""

    title: LocalText
    is_list: bool = False


@dataclass(frozen=True)
class Field:
    """One thing that cases can be asked for.

    Attributes:
        id: Name of the parameter and of the column.
        title: As forms and sentences call it.
        help: What a condition on it means.
        short: Name in addresses of the map.
        kind: How it is asked for.
        match: How a case fulfils it.
        of: What its values are; None where they are not known beforehand.
        values: What a case has of it; needed by Rule.HAS and by a column.
        column: The column of the same fact in exports and the API, where there is one.
        part: Where it stands in forms.
        limits: Of a number.
        ticked: What a box to tick says; it stands for the last of two values.
        asked: What forms say in place of the title, where that says too little there.
        where: Who asks for it.
    """

    id: str
    title: LocalText
    help: LocalText
    short: str
    kind: Kind
    match: Rule | Compared
    of: Values | None = None
    values: Callable[[Located], Sequence[str]] | None = None
    column: InColumn | None = None
    part: Part = Part.OTHER
    limits: Limits | None = None
    ticked: LocalText | None = None
    asked: LocalText | None = None
    where: frozenset[Where] = EVERYWHERE

    @property
    def form_title(self) -> LocalText:
        """Return how a form calls it."""
        return self.ticked or self.asked or self.title

    @property
    def is_facet(self) -> bool:
        """Tell whether the cases of each of its values are counted."""
        return self.part is Part.FACETS

    @property
    def is_place(self) -> bool:
        """Tell whether it is a condition of place, which a place of the case fulfils more or less surely."""
        return self.match in {Rule.MEETS, Rule.NEAR}

    @property
    def layers(self) -> tuple[str, ...]:
        """List the layers whose features it names; none where its values say their layer themselves."""
        return self.of.layers if isinstance(self.of, Divisions | Features) else ()

    def told(self, names: Names, value: str) -> LocalText:
        """Return how a value, as addresses write it, is called."""
        if self.of is not None:
            return self.of.label(names, value)
        if self.kind is Kind.BOX:
            value = ", ".join(f"{float(part):.2f}" for part in value.split(","))
        return LocalText("⬠" if self.kind is Kind.POLYGON else value)


def gaps(fields: Iterable[Field]) -> list[str]:
    """Return, in one sentence each, what fields lack to be understood everywhere."""
    return [f"field {one.id}: {gap}" for one in fields for gap in _gaps(one)]


def _gaps(one: Field) -> Iterator[str]:
    texts = [one.title, one.help, *filter(None, (one.ticked, one.asked)), *([one.column.title] if one.column else [])]
    yield from untranslated(texts)
    if isinstance(one.of, Choices):
        unnamed = [value for value in one.of.ids if value not in LABELS.get(one.of.labels, {})]
        if unnamed:
            yield f"LABELS[{one.of.labels!r}] in geo/labels.py names none of {', '.join(unnamed)}; add a word for each"
    if one.values is None and (one.match is Rule.HAS or one.column):
        yield "nothing tells what a case has of it; give it `values`"
    if one.of is None and one.kind in {Kind.CHOICE, Kind.SINGLE, Kind.NEAR}:
        yield "nothing tells which values there are; give it `of`"
    if one.limits is None and one.kind is Kind.NUMBER:
        yield "nothing tells which numbers it takes; give it `limits`"


def _table(*fields: Field) -> Mapping[str, Field]:
    """Return the fields by id.

    Raises:
        FieldError: Two of them have the same id or short name.
    """
    ids: dict[str, Field] = {}
    shorts: dict[str, Field] = {}
    for one in fields:
        if ids.setdefault(one.id, one) is not one:
            msg = f"field {one.id}: there are two of this id; give one of them another"
            raise FieldError(msg)
        if shorts.setdefault(one.short, one) is not one:
            msg = (
                f"field {one.id}: its short name {one.short!r} is that of field {shorts[one.short].id}; give it another"
            )
            raise FieldError(msg)
    return ids


def _of_layers(name: str, title: LocalText, meaning: LocalText, short: str, *layers: str) -> Field:
    """Return a condition that a case fulfils by meeting one of the features of some layers."""
    return Field(name, title, meaning, short, Kind.CHOICE, Rule.MEETS, Features(layers), part=Part.FACETS)


FIELDS: Mapping[str, Field] = _table(
    Field(
        id="theme",
        title=word("Theme"),
        help=word("id or name of a theme"),
        short="t",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Themes(),
        values=lambda case: (case.case.theme,),
        column=InColumn(word("Theme")),
        part=Part.FACETS,
    ),
    Field(
        id="city",
        title=word("City"),
        help=word("code or name of a city that takes part"),
        short="c",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Divisions(("cities",)),
        values=lambda case: case.case.cities,
        column=InColumn(word("Codes of the cities that take part"), is_list=True),
        part=Part.FACETS,
    ),
    Field(
        id="county",
        title=word("County"),
        help=word("a place of it lies in the county; code or name"),
        short="d",
        kind=Kind.CHOICE,
        match=Rule.MEETS,
        of=Divisions(("counties",)),
        values=lambda case: case.counties,
        column=InColumn(word("Codes of the counties that the footprints touch"), is_list=True),
        part=Part.FACETS,
    ),
    _of_layers("belt", word("Industry belt"), word("a place of it lies in the belt; id or name"), "b", "belts"),
    _of_layers("corridor", word("Corridor"), word("a place of it lies in the corridor; id or name"), "o", "corridors"),
    _of_layers(
        "border_zone",
        word("Border zone"),
        word("a place of it lies in the border zone; id or name"),
        "z",
        "border_zones",
    ),
    _of_layers(
        "line",
        word("Transit line or expressway"),
        word("a place of it lies on the transit line or expressway; id or name"),
        "l",
        "transit_lines",
        "expressways",
    ),
    _of_layers(
        "eco_zone",
        word("Ecological zone"),
        word("a place of it lies in the ecological zone; id or name"),
        "e",
        "eco_zones",
    ),
    Field(
        id="membership",
        title=word("Evidence"),
        help=word("confirmed: the published list holds it; named: the programme names it; related: it may belong"),
        short="m",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Choices(tuple(Membership), "membership"),
        values=lambda case: (case.case.membership.value,),
        column=InColumn(word("confirmed: published list; named: by the programme; related: it may belong")),
        part=Part.FACETS,
    ),
    Field(
        id="status",
        title=word("Status"),
        help=word("how far it had come"),
        short="s",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Choices(tuple(Status), "status"),
        values=lambda case: (case.case.status.value,),
        column=InColumn(word("How far it had come")),
        part=Part.FACETS,
    ),
    Field(
        id="precision",
        title=word("Precision"),
        help=word("precision of the best footprint, equal"),
        short="p",
        kind=Kind.CHOICE,
        match=Rule.HAS,
        of=Choices(tuple(Precision), "precision"),
        values=lambda case: (case.best.precision.value,),
        column=InColumn(word("Precision of the best footprint")),
        part=Part.FACETS,
    ),
    Field(
        id="min_precision",
        title=word("This fine or finer"),
        help=word("precision of the best footprint, this fine or finer"),
        short="mp",
        kind=Kind.SINGLE,
        match=Compared(lambda case: (case.best.precision.rank,), lambda ranks, value: ranks <= Precision(value).rank),
        of=Choices(tuple(Precision), "precision"),
    ),
    Field(
        id="region",
        title=word("Cases of the whole region"),
        help=word("include: cases of the whole region take part in conditions of place"),
        short="r",
        kind=Kind.SINGLE,
        match=Rule.QUALIFIES,
        of=Choices(("exclude", "include"), "region"),
        part=Part.PLACE,
        ticked=word("Count cases of the whole region everywhere"),
    ),
    Field(
        id="certainty",
        title=word("How surely"),
        help=word(
            "of conditions of place: located, possible (its place may lie there), applies (to a county or city there)"
        ),
        short="ct",
        kind=Kind.CHOICE,
        match=Rule.QUALIFIES,
        of=Choices(tuple(ASKED_FOR), "certainty"),
        part=Part.GROUPS,
    ),
    Field(
        id="near",
        title=word("Near"),
        help=word("<layer>:<id> such as transit_lines:S3; with within_km"),
        short="n",
        kind=Kind.NEAR,
        match=Rule.NEAR,
        of=Addresses(),
        part=Part.PLACE,
        asked=word("Near a line, belt or zone"),
    ),
    Field(
        id="within_km",
        title=word("Within km"),
        help=word("kilometres from near, 0 to 50; 0 means they meet"),
        short="k",
        kind=Kind.NUMBER,
        match=Rule.QUALIFIES,
        part=Part.PLACE,
        limits=Limits(0, MOST_WITHIN_KM, "kilometres from 0 (they meet) to 50"),
    ),
    Field(
        id="year",
        title=word("Year"),
        help=word("a year the case covers"),
        short="y",
        kind=Kind.YEAR,
        match=Compared(
            lambda case: (case.years.start, case.years.stop),
            lambda first, end, value: (first <= value) & (value < end),
        ),
    ),
    Field(
        id="q",
        title=word("Search"),
        help=word("text: Chinese, pinyin, initials or English"),
        short="q",
        kind=Kind.TEXT,
        match=Rule.FOUND,
        part=Part.SEARCH,
    ),
    Field(
        id="bbox",
        title=word("Box"),
        help=word("west,south,east,north in degrees, of the geometry that is served"),
        short="x",
        kind=Kind.BOX,
        match=Rule.LIES,
        part=Part.DRAWN,
        where=EVERYWHERE - {Where.API},  # whose own bbox may be in any system, and cross the antimeridian
    ),
    Field(
        id="polygon",
        title=word("Drawn area"),
        help=word("corners lon,lat lon,lat … in degrees, around the geometry that is served"),
        short="g",
        kind=Kind.POLYGON,
        match=Rule.LIES,
        part=Part.DRAWN,
    ),
)
FACETS = tuple(one.id for one in FIELDS.values() if one.is_facet)
PLACE_CONDITIONS = (
    *(one.id for one in FIELDS.values() if one.match is Rule.NEAR),
    *(one.id for one in FIELDS.values() if one.match is Rule.MEETS),
)


def _spellings(named: Mapping[str, LocalText]) -> dict[str, str]:
    return {
        spelling.lower(): key
        for key, name in named.items()
        for spelling in (key, name.zh, name.en)
        if spelling is not None
    }


def _feature_spellings(layer: Layer) -> Iterator[tuple[str, str]]:
    """Yield every spelling of every feature, the ids last: an id stands for itself whatever else is called so."""
    for feature in layer:
        for spelling in (*feature.aliases, feature.name.zh, feature.name.en or ""):
            yield spelling.lower(), feature.id
    for feature in layer:
        yield feature.id.lower(), feature.id
