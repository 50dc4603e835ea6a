"""What the map's page brings along for its scripts, field by field: its parts, and the state of its address.

Each part is made by a folium element (webapp/map/page.py); scripts find it by its name in `Parts`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from geo.layers.spec import LayerStyle
from geo.styles import PathStyle, ThemeStyle
from webapp.latlon import LatLon, LatLonBox
from webapp.map.wire import Args, Choice
from webapp.online_maps import OnlineMap

MOST_ZOOM = 18  # of web maps: what the map shows, an address names and an answer is made for


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
class BasePart:
    """Where the base map is fetched, how its parts are drawn by day and by night, and online maps in its place."""

    url: str
    schemes: Mapping[str, Mapping[str, PathStyle]]
    online: Sequence[OnlineMap]


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
class LayersPart:
    """The layers, and where their shapes are fetched: `_` stands for ids, separated by commas."""

    layers: Sequence[LayerOptions]
    url: str


@dataclass(frozen=True, kw_only=True)
class CasesPart:
    """Where what is drawn and told of cases and features is fetched; `_` and `-` stand for ids."""

    marks: str
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
