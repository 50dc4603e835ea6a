"""The state of the map as an address carries it: a query, what is open, the window, the layers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.catalogue.catalogue import Catalogue
from geo.fields import FIELDS, PLACE_CONDITIONS
from geo.numbers import decimal_numbers
from geo.query import CaseQuery, read_args
from geo.text import LANGS
from webapp.latlon import LatLon
from webapp.map.wire import State, View

STATE_NAMES: Mapping[str, str] = {
    "open": "i",
    "view": "v",
    "layers": "w",
    "base": "a",
    "scheme": "h",
    "tour": "u",
    "embed": "embed",
    "lang": "lang",
}
STATE_HELP: Mapping[str, str] = {
    "open": "what the panel tells of: `case:<id>` or `<layer>:<id>`",
    "view": "the window: zoom/latitude/longitude, such as `9/30.6/104.1`",
    "layers": "ids of the layers to draw, separated by commas; `none` draws none",
    "base": "base map: `own`, `none`, or an online one that the settings allow",
    "scheme": "`auto`, `light` or `dark`",
    "tour": "a guided tour, or a step of it: `belts`, `belts.2`",
    "embed": "`1`: the map alone, for a frame in another page",
    "lang": "`zh` or `en`",
}
SCHEMES = ("auto", "light", "dark")
_LONG_NAMES = {
    short: name for name, short in [*((name, field.short) for name, field in FIELDS.items()), *STATE_NAMES.items()]
}
_MOST_ZOOM = 18


@dataclass(frozen=True)
class MapState:
    """Everything an address of the map restores; what it does not say is None.

    `open`: "case:<id>" or "<layer>:<id>". `tour`: "<id>" or "<id>.<step>".
    `problems`: one sentence for each part of the address that was left out.
    """

    query: CaseQuery
    open: str | None = None
    view: View | None = None
    layers: tuple[str, ...] | None = None
    base: str | None = None
    scheme: str | None = None
    tour: str | None = None
    is_embedded: bool = False
    problems: tuple[str, ...] = ()

    def document(self, problems: Sequence[str]) -> State:
        """Return the state as the scripts read it, with the problems as the visitor reads them."""
        return State(
            args=self.query.to_args(),
            open=self.open,
            view=self.view,
            layers=self.layers,
            base=self.base,
            scheme=self.scheme,
            tour=self.tour,
            problems=problems,
            place_fields=PLACE_CONDITIONS,
        )


def read_state(catalogue: Catalogue, args: Iterable[tuple[str, str]], *, bases: Iterable[str] = ()) -> MapState:
    """Read an address with long or short names; whatever cannot be used is left out and told."""
    given = [(_LONG_NAMES.get(name, name), text.strip()) for name, text in args]
    unknown = [name for name, _ in given if name not in {*FIELDS, *STATE_NAMES}]
    problems = [f"{name[:40]}: unknown parameter" for name in unknown]
    query, query_problems = read_args([pair for pair in given if pair[0] in FIELDS], catalogue.vocabulary)
    problems += query_problems
    rest = {name: text for name, text in given if name in STATE_NAMES and text}
    _one_of("lang", rest.get("lang"), LANGS, problems)
    return MapState(
        query=query,
        open=_open(catalogue, rest.get("open"), problems),
        view=_view(rest.get("view"), problems),
        layers=_layers(catalogue, rest.get("layers"), problems),
        base=_one_of("base", rest.get("base"), ("own", "none", *bases), problems),
        scheme=_one_of("scheme", rest.get("scheme"), SCHEMES, problems),
        tour=_tour(catalogue, rest.get("tour"), problems),
        is_embedded=rest.get("embed") == "1",
        problems=tuple(problems),
    )


def _open(catalogue: Catalogue, text: str | None, problems: list[str]) -> str | None:
    if text is None or catalogue.has(text):
        return text
    gone = catalogue.retired.get(text.removeprefix("case:"))
    if gone is not None and gone.moved_to is not None:
        return f"case:{gone.moved_to}"
    problems.append(f"open: {text[:60]!r} is nowhere; expected case:<id> or <layer>:<id>")
    return None


def _view(text: str | None, problems: list[str]) -> View | None:
    if text is None:
        return None
    match decimal_numbers(text, separator="/"):
        case (zoom, lat, lon) if 0 <= zoom <= _MOST_ZOOM and -85 <= lat <= 85 and -180 <= lon <= 180:  # noqa: PLR2004  degrees of web maps
            return View(zoom=zoom, center=LatLon(lat=lat, lon=lon))
    problems.append(f"view: {text[:60]!r} arrived; expected zoom/latitude/longitude such as 9/30.6/104.1")
    return None


def _layers(catalogue: Catalogue, text: str | None, problems: list[str]) -> tuple[str, ...] | None:
    if text is None:
        return None
    wanted = dict.fromkeys(name for name in text.split(",") if name and name != "none")
    problems += [f"layers: no layer has the id {name[:60]!r}" for name in wanted if name not in catalogue.layers]
    return tuple(name for name in wanted if name in catalogue.layers)


def _one_of(name: str, text: str | None, known: Iterable[str], problems: list[str]) -> str | None:
    if text is None or text in known:
        return text
    problems.append(f"{name}: unknown value {text[:60]!r}; known are {', '.join(known)}")
    return None


def _tour(catalogue: Catalogue, text: str | None, problems: list[str]) -> str | None:
    if text is None:
        return None
    name, _, step = text.partition(".")
    lengths = {tour.id: len(tour.step) for tour in catalogue.tours}
    if name in lengths and (not step or step in map(str, range(1, lengths[name] + 1))):
        return text
    problems.append(f"tour: {text[:60]!r} is nowhere; known are {', '.join(lengths)}")
    return None
