"""What the scripts of the map fetch, field by field: answers are made of these and nothing else.

static/map/*.js reads the same names. Positions are LatLon, shapes are thin (webapp/map/thin.py), dates are ISO 8601 as
exact as known, texts stand in the language of the request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.styles import LayerStyle
from webapp.latlon import LatLon, LatLonBox
from webapp.map.thin import Thin

Args = Sequence[tuple[str, str]]  # the parameters of an address: name and value, in order, a name as often as needed


@dataclass(frozen=True, kw_only=True)
class View:
    """A window of the map; `zoom` of web maps: the world is 256 · 2^zoom pixels wide."""

    zoom: float
    center: LatLon


@dataclass(frozen=True, kw_only=True)
class State:
    """What an address of the map restores (webapp/map/view_state.py); what it does not say is None."""

    args: Args
    open: str | None
    view: View | None
    layers: Sequence[str] | None
    base: str | None
    scheme: str | None
    tour: str | None
    problems: Sequence[str]
    place_fields: Sequence[str]  # the conditions of place, which `certainty` needs one of


@dataclass(frozen=True, kw_only=True)
class ResultRow:
    """A case in the list: `named` in the press release, `region`: of the whole region, without a mark.

    `match` is the group of its match and `why` the reason, under a condition of place.
    """

    id: str
    title: str
    theme: str
    named: bool
    where: str
    precision: str
    region: bool
    untranslated: bool
    match: str | None
    why: str | None


@dataclass(frozen=True, kw_only=True)
class Chip:
    """One condition of the query, and how people call it."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class FacetValue:
    """A value that the query could also ask for, and how many cases would have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, kw_only=True)
class MatchGroup:
    """A group of matches: how many cases it has under all but `certainty`, and whether the query asks for it."""

    value: str
    label: str
    meaning: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class RelaxedQuery:
    """A change that finds something: without a condition, or with it wider, `within_km` kilometres."""

    name: str
    label: str
    within_km: float | None
    count: int
    args: Args


@dataclass(frozen=True, kw_only=True)
class ResultLinks:
    """The same cases elsewhere: the list without scripts, and two downloads."""

    list: str
    points: str
    shapes: str


@dataclass(frozen=True, kw_only=True)
class ResultsPiece:
    """Counts, and the rows from `offset` on."""

    matched: int
    located: int
    region_wide: int
    offset: int
    cases: Sequence[ResultRow]


@dataclass(frozen=True, kw_only=True)
class Results(ResultsPiece):
    """The first piece, with all that the page shows of the query; facets by field.

    `groups` are there under a condition of place; `precision_m` is how far the drawn features may then be off.
    """

    args: Args
    chips: Sequence[Chip]
    groups: Sequence[MatchGroup]
    precision_m: float
    facets: Mapping[str, Sequence[FacetValue]]
    relaxations: Sequence[RelaxedQuery]
    links: ResultLinks


@dataclass(frozen=True, kw_only=True)
class CaseMark:
    """A case on the map, at its label point or where it matches; the precision of that place shapes the mark."""

    id: str
    title: str
    theme: str
    precision: str
    schematic: bool
    at: LatLon


@dataclass(frozen=True, kw_only=True)
class ClusterMark:
    """Cases that would lie over one another: their mean position, and how many there are of each theme.

    Where they are few, `box` bounds them and `cases` lists them.
    """

    at: LatLon
    themes: Mapping[str, int]
    box: LatLonBox | None
    cases: Sequence[CaseMark]


@dataclass(frozen=True, kw_only=True)
class MarksInView:
    """What a window shows; the largest clusters first."""

    cases: Sequence[CaseMark]
    clusters: Sequence[ClusterMark]


@dataclass(frozen=True, kw_only=True)
class CaseShape:
    """A footprint of the case that is open; points of `radius_m` metres are circles, of 0 dots."""

    name: str
    schematic: bool
    radius_m: int
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A shape that several cases may share, by their ids."""

    cases: Sequence[str]
    schematic: bool
    radius_m: int
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class OutlinedCase:
    """What a click on an outline needs to know of its case."""

    theme: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """The shapes of the cases that fulfil a query, and those cases by id."""

    shapes: Sequence[Outline]
    cases: Mapping[str, OutlinedCase]


@dataclass(frozen=True, kw_only=True)
class LayerOptions:
    """A layer that can be switched on: how it is drawn and what the legend tells; `rank` is its place in the list."""

    id: str
    rank: int
    group: str
    group_title: str
    title: str
    geometry: str
    count: int
    export: str
    page: str
    style: LayerStyle
    ratings: str
    dated: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class LayerShape:
    """A feature of a layer as it is drawn."""

    id: str
    name: str
    schematic: bool
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class BasePart:
    """A part of the base map; `style` is a key of the schemes."""

    style: str
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class BaseLabel:
    """A name on the base map, drawn from `zoom` on; `kind` is the layer it comes from."""

    name: str
    at: LatLon
    zoom: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class BaseMap:
    """The base map, from bottom to top."""

    parts: Sequence[BasePart]
    labels: Sequence[BaseLabel]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of `near`, and how people call it."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class FilterField:
    """A condition that the form of the map offers.

    `kind`: "text" is typed, "choice" ticks several values with live counts, "single" takes one of `choices` (of a
    single one: it or nothing), "near" a feature and a distance, "year" a year, "shape" a box or an outline on the map.
    `least` and `most` bound a number.
    """

    id: str
    title: str
    kind: Literal["text", "choice", "single", "near", "year", "shape"]
    choices: Sequence[Choice] = ()
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, kw_only=True)
class ChoiceGroup:
    """The features of a layer that `near` may name."""

    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True, kw_only=True)
class TourStep:
    """One state of the map: conditions, what to bring into view, layers, and a few sentences with their source."""

    args: Args
    look: str
    layers: Sequence[str]
    text: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Tour:
    """A guided tour."""

    id: str
    title: str
    steps: Sequence[TourStep]
