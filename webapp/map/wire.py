"""What the scripts of the map fetch, field by field, and how it is written as JSON.

static/map/*.js reads the same names: scripts/make_types.py writes them down for it. Positions are LatLon, shapes are
`Thin`, which static/map/geometry.js reads; dates are ISO 8601 as exact as known, texts in the language of the request.
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
from webapp.latlon import LatLon, LatLonBox

Kind = Literal["point", "line", "area"]
_KINDS: tuple[Kind, ...] = ("point", "line", "area")
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


def thin(geometry: BaseGeometry, *, digits: int = FINE_DIGITS, simplified_deg: float = 0.0) -> Thin:
    """Return a geometry for drawing; what is finer than the digits is lost. A collection becomes its largest kind."""
    if simplified_deg:
        geometry = shapely.simplify(geometry, simplified_deg)
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
class LayerShape:
    """A feature of a layer as it is drawn."""

    id: str
    name: str
    schematic: bool
    shape: Thin


@dataclass(frozen=True, kw_only=True)
class BaseShape:
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

    parts: Sequence[BaseShape]
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
