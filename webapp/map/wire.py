"""What the scripts of the map fetch, field by field, and how it is written as JSON.

static/map/*.js reads the same names: scripts/make_types.py writes them down for it. Positions are LatLon, shapes are
`Thin`, which static/map/geometry.js reads; dates are ISO 8601 as exact as known, texts in the language of the request.
Long because it is the one list of what passes between server and scripts: page, results, shapes, details.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import orjson
import shapely
from jinja2.utils import htmlsafe_json_dumps
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from geo.case import Precision
from geo.layers.spec import LayerStyle
from geo.styles import PathStyle, ThemeStyle
from webapp.latlon import LatLon, LatLonBox
from webapp.online_maps import OnlineMap

Kind = Literal["point", "line", "area"]
_KINDS: tuple[Kind, ...] = ("point", "line", "area")
_POINTS = frozenset({"Point", "MultiPoint"})
FINE_DIGITS = 5  # about 1 m
COARSE_DIGITS = 4  # about 10 m, a thirtieth of what the boundaries claim


@dataclass(frozen=True, kw_only=True)
class Steps:
    """The corners of one line or ring: the first in units of the geometry, each other one as its step from the last."""

    lon: Sequence[int]
    lat: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Thin:
    """A geometry in units of 10^-digits degrees, WGS-84. The rings of an area fill by the even-odd rule."""

    kind: Kind
    digits: int
    parts: Sequence[Steps]


def thin(geometry: BaseGeometry, *, digits: int | None = None, simplified_deg: float = 0.0) -> Thin:
    """Return a geometry for drawing; what is finer than the digits is lost. A collection becomes its largest kind.

    Points keep FINE_DIGITS, lines and areas COARSE_DIGITS and all corners, whoever draws them: what runs along one
    border is one line. Only what stands by itself is made coarser.
    """
    if simplified_deg:
        geometry = shapely.simplify(geometry, simplified_deg)
    if digits is None:
        digits = FINE_DIGITS if geometry.geom_type in _POINTS else COARSE_DIGITS
    parts = shapely.get_parts(geometry)
    dimension = int(shapely.get_dimensions(parts).max())
    chosen = [part for part in parts if shapely.get_dimensions(part) == dimension]
    lines = [line for part in chosen for line in _lines(part)]
    return Thin(kind=_KINDS[dimension], digits=digits, parts=[_steps(line, digits) for line in lines if len(line)])


def _lines(part: BaseGeometry) -> Iterable[NDArray[np.float64]]:
    if isinstance(part, Polygon):
        rings = [part.exterior, *part.interiors]
        return [np.asarray(ring.coords)[:-1, :2] for ring in rings]
    return [np.asarray(part.coords)[:, :2]]


def _steps(coordinates: NDArray[np.float64], digits: int) -> Steps:
    whole = np.rint(coordinates * 10**digits).astype(np.int64)
    is_new = np.concatenate([[True], np.any(np.diff(whole, axis=0) != 0, axis=1)])
    lon, lat = np.diff(whole[is_new], axis=0, prepend=0).T
    return Steps(lon=lon.tolist(), lat=lat.tolist())


Args = Sequence[tuple[str, str]]  # the parameters of an address: name and value, in order, a name as often as needed


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
    precision: Precision
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

    `groups` are there under a condition of place; `warnings` is then what must be known of distances.
    """

    args: Args
    chips: Sequence[Chip]
    groups: Sequence[MatchGroup]
    warnings: Sequence[str]
    facets: Mapping[str, Sequence[FacetValue]]
    relaxations: Sequence[RelaxedQuery]
    links: ResultLinks


@dataclass(frozen=True, kw_only=True)
class CaseMark:
    """A case on the map, at its label point or where it matches; the precision of that place shapes the mark."""

    id: str
    title: str
    theme: str
    precision: Precision
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
class PlaceCount:
    """How many cases lie in a county, or are known by a city only; `at` is inside it."""

    id: str
    name: str
    at: LatLon
    count: int


@dataclass(frozen=True, kw_only=True)
class MarksInView:
    """What a window shows; the largest clusters first.

    Below the zoom COUNTED_BELOW marks are those of cases known finer than by their county; `counties` and `cities`
    then count the rest with them, in all of the area. From there on both are empty.
    """

    cases: Sequence[CaseMark]
    clusters: Sequence[ClusterMark]
    counties: Sequence[PlaceCount]
    cities: Sequence[PlaceCount]


COUNTED_BELOW = 10  # the zoom from which cases known by their county have marks of their own


@dataclass(frozen=True, kw_only=True)
class ListedCase:
    """A case of a county or city, as a list names it."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class CasesAt:
    """The cases that are counted at a county or city: how many, and the first of them."""

    count: int
    cases: Sequence[ListedCase]


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
class LineStroke:
    """A part of a line as it is drawn."""

    dashed: bool
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class LineEnd:
    """Where a line leaves the area: its arrow, the degrees clockwise from north that this points to, and its goal."""

    at: LatLon
    bearing: int
    name: str | None


@dataclass(frozen=True, kw_only=True)
class LineLook:
    """How a line is told apart: an id of `kinds`, or empty; its number, or empty; what of it is drawn; its ends.

    Where lines share a stretch only the first has strokes there.
    """

    kind: str
    planned: bool
    shield: str
    strokes: Sequence[LineStroke]
    ends: Sequence[LineEnd]


@dataclass(frozen=True, kw_only=True)
class LayerShape:
    """A feature of a layer; `line` says how a line is drawn, other features are drawn as their shape is."""

    id: str
    name: str
    schematic: bool
    shape: Thin
    line: LineLook | None


@dataclass(frozen=True, kw_only=True)
class BaseShape:
    """A part of the base map, drawn from `zoom` on; `style` is a key of the schemes.

    From `fades_from` on it fades: the zooms that its source is good for end there.
    """

    style: str
    zoom: int
    fades_from: int | None
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class BaseLabel:
    """A name on the base map, drawn from `zoom` on; `kind` is the layer it comes from, `id` the feature there.

    `has_dot`: it stands beside the dot of a seat.
    """

    name: str
    at: LatLon
    zoom: int
    kind: str
    has_dot: bool
    id: str


@dataclass(frozen=True, kw_only=True)
class BorderLines:
    """The borders of the counties, each line once, and what is drawn of them.

    `lines` are the lines; `city` the numbers, from 1 on, of those between cities or at the outer edge. `counties` gives
    the rings of each county: numbers of lines, negative where one is walked backwards.
    """

    lines: Thin
    city: Sequence[int]
    counties: Mapping[str, Sequence[Sequence[int]]]


@dataclass(frozen=True, kw_only=True)
class BaseMap:
    """The base map, from bottom to top; land and borders are made of `borders`."""

    parts: Sequence[BaseShape]
    borders: BorderLines
    labels: Sequence[BaseLabel]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value of `near`, and how people call it."""

    value: str
    label: str


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


def as_json(answer: object) -> bytes:
    """Return an answer, made of what webapp/map/wire.py declares, as UTF-8."""
    return orjson.dumps(answer)


def in_page(answer: object) -> str:
    """Return JSON that may also stand inside a page: no tag can begin in it."""
    return str(htmlsafe_json_dumps(answer, dumps=_text))


def _text(answer: object) -> str:
    return as_json(answer).decode()


@dataclass(frozen=True, kw_only=True)
class Told:
    """A text, and whether it stands in the language asked for."""

    text: str
    translated: bool


@dataclass(frozen=True, kw_only=True)
class Period:
    """When a case held; None is open or unknown."""

    start: str | None
    end: str | None


@dataclass(frozen=True, kw_only=True)
class PlaceText:
    """A place as the record mentions it, and what it was found to be; `fallback`: it was not found."""

    mention: str
    name: str
    precision: str
    radius: str | None
    schematic: bool
    fallback: bool


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """Where something of a case is documented."""

    title: str
    publisher: str | None
    date: str | None
    url: str | None
    rating: str


@dataclass(frozen=True, kw_only=True)
class RelatedText:
    """A case that is related, and why."""

    id: str
    title: str
    why: str


@dataclass(frozen=True, kw_only=True)
class OtherMap:
    """A position on a map of others; `position` is a text "lon,lat" in the datum of that map."""

    map: str
    datum: str
    url: str
    position: str


@dataclass(frozen=True, kw_only=True)
class CaseDetails:
    """A case, with its shapes; `position` is its label point, None for the whole region."""

    id: str
    title: Told
    theme: str
    theme_name: str
    membership: str
    evidence: str
    status: str
    status_as_of: str | None
    period: Period
    cities: Sequence[str]
    summary: Told
    facts: Sequence[str]
    problem: Told | None
    mechanism: Told | None
    reusable: Told | None
    figures: Sequence[str]
    partners: Sequence[str]
    places: Sequence[PlaceText]
    sources: Sequence[SourceText]
    related: Sequence[RelatedText]
    is_region_wide: bool
    schematic: bool
    precision: str
    position: LatLon | None
    shapes: Sequence[CaseShape]
    elsewhere: Sequence[OtherMap]
    citation: str
    page: str
    exports: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FactText:
    """A column of a feature and what it says."""

    name: str
    value: str


@dataclass(frozen=True, kw_only=True)
class FeatureDetails:
    """A feature of a layer, with its shape; `precision_m`: how far it may be off, metres."""

    id: str
    layer: str
    layer_title: str
    name: Told
    facts: Sequence[FactText]
    status: str
    rating: str
    schematic: bool
    precision_m: float | None
    note: str | None
    source: str
    is_point: bool
    shape: Thin
    elsewhere: Sequence[OtherMap]
    page: str
    exports: Mapping[str, str]


MOST_ZOOM = 18  # of web maps: what an address names and an answer is made for


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
    at: str | None


@dataclass(frozen=True, kw_only=True)
class FirstState(State):
    """The state that the page opens with.

    `problems`: what of the address could not be used. `place_fields`: the conditions of place, which `certainty` needs
    one of.
    """

    problems: Sequence[str]
    place_fields: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class MapPart:
    """The window that the map begins with, and its zooms."""

    view: View
    min_zoom: int
    max_zoom: int


@dataclass(frozen=True, kw_only=True)
class HomePart:
    """What the map shows at first, and where nothing is to be looked at."""

    box: LatLonBox


@dataclass(frozen=True, kw_only=True)
class AttributionPart:
    """What stands below the map."""

    text: str


@dataclass(frozen=True, kw_only=True)
class BaseEntry:
    """What the base map shows, as its legend tells it: a key of the schemes, or `names` or `towns`."""

    id: str
    title: str


@dataclass(frozen=True, kw_only=True)
class BaseTiles:
    """Vector tiles of an imported extract, below all else: their address, layers from bottom to top, and zooms.

    Deeper than `to_zoom` they are enlarged.
    """

    url: str
    layers: Sequence[str]
    from_zoom: int
    to_zoom: int
    attribution: str
    schemes: Mapping[str, Mapping[str, PathStyle]]


@dataclass(frozen=True, kw_only=True)
class BasePart:
    """The base map: where it is fetched, its entries, how it is drawn by day and by night, online maps in its place.

    `towns`: where the names of townships are fetched, from the zoom `towns_from` on. `tiles`: None without an import.
    """

    url: str
    towns: str
    towns_from: int
    entries: Sequence[BaseEntry]
    schemes: Mapping[str, Mapping[str, PathStyle]]
    tiles: BaseTiles | None
    online: Sequence[OnlineMap]


@dataclass(frozen=True, kw_only=True)
class LineKindLook:
    """A kind of the lines of a layer: its name in the legend, its colours by day and by night, its width in pixels."""

    id: str
    title: str
    color: str
    dark: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class LayerOptions:
    """A layer that can be switched on: how it is drawn and what the legend tells; `rank` is its place in the list.

    `dark` is its colour by night; `kinds` are those of its lines that are told apart, as the legend names them; `base`:
    the base map draws it too.
    """

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
    dark: str
    kinds: Sequence[LineKindLook]
    base: bool
    ratings: str
    dated: str | None
    source: str | None


@dataclass(frozen=True, kw_only=True)
class LayersPart:
    """The layers, and where their shapes are fetched: `_` stands for ids, separated by commas."""

    layers: Sequence[LayerOptions]
    url: str


@dataclass(frozen=True, kw_only=True)
class CasesPart:
    """Where what is drawn and told of cases and features is fetched; `_` and `-` stand for ids.

    `counted_below`: the zoom below which counties carry counts; `classes` are the least counts of their shades.
    """

    marks: str
    at: str
    counted_below: int
    classes: Sequence[int]
    shades: Mapping[str, Sequence[str]]
    outlines: str
    details: str
    feature: str
    styles: Mapping[str, ThemeStyle]
    themes: Sequence[str]


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
class ResultsPart:
    """Where the list, the choices of `near` and the tours are fetched; the form; short names of parameters."""

    results: str
    choices: str
    tours: str
    fields: Sequence[FilterField]
    short: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Every part of the page by its name."""

    map: MapPart
    home: HomePart
    attribution: AttributionPart
    base: BasePart
    layers: LayersPart
    cases: CasesPart
    results: ResultsPart
