"""The state of the map that an address holds."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Annotated, Literal

from flask_babel import gettext

from geo.catalogue.catalogue import Catalogue
from geo.fields import FIELDS, PLACE_CONDITIONS
from geo.numbers import decimal_numbers
from geo.parameters import OneOf, Parsed, UnreadableError, read_leniently, told, with_fields
from geo.query import CaseQuery, query_model, query_of
from geo.text import Lang
from webapp.latlon import LatLon
from webapp.map.wire import MOST_ZOOM, FirstState, View
from webapp.urls import Viewed

STATE_NAMES: Mapping[str, str] = {
    "open": "i",
    "view": "v",
    "layers": "w",
    "base": "a",
    "scheme": "h",
    "tour": "u",
    "at": "j",
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
    "at": "a day, YYYY-MM-DD: which features are there, and their name, code and status",
    "embed": "`1`: the map alone, for a frame in another page",
    "lang": "`zh` or `en`",
}
NO_LAYER = "none"
_LONG_NAMES = {
    short: name for name, short in [*((name, field.short) for name, field in FIELDS.items()), *STATE_NAMES.items()]
}


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
    at: date | None = None
    is_embedded: bool = False
    problems: tuple[str, ...] = ()

    def document(self, problems: Sequence[str]) -> FirstState:
        """Return the state as the scripts read it, with the problems as the visitor reads them."""
        return FirstState(
            args=self.query.to_args(),
            open=self.open,
            view=self.view,
            layers=self.layers,
            base=self.base,
            scheme=self.scheme,
            tour=self.tour,
            at=self.at.isoformat() if self.at else None,
            problems=problems,
            place_fields=PLACE_CONDITIONS,
        )


def _view(text: str) -> View:
    match decimal_numbers(text, separator="/"):
        case (zoom, lat, lon) if 0 <= zoom <= MOST_ZOOM and -85 <= lat <= 85 and -180 <= lon <= 180:  # noqa: PLR2004  degrees of web maps
            return View(zoom=zoom, center=LatLon(lat=lat, lon=lon))
    raise UnreadableError([f"{told(text)} arrived; expected zoom/latitude/longitude such as 9/30.6/104.1"])


class StateAsked(Viewed):
    """What an address of the map restores beside the query."""

    open: Annotated[str | None, Parsed(str)] = None
    view: Annotated[View | None, Parsed(_view)] = None
    layers: tuple[str, ...] = ()
    base: Annotated[str | None, Parsed(str)] = None
    scheme: Literal["auto", "light", "dark"] | None = None
    tour: Annotated[str | None, Parsed(str)] = None
    embed: Annotated[str, Parsed(str)] = ""


def read_state(
    catalogue: Catalogue,
    args: Iterable[tuple[str, str]],
    *,
    bases: Iterable[str] = (),
    most_zoom: float = MOST_ZOOM,
) -> MapState:
    """Read an address with long or short names; whatever cannot be used is left out and told.

    A window deeper than `most_zoom`, which the data bear, opens at that.
    """
    given = [(_LONG_NAMES.get(name, name), text) for name, text in args]
    known = [pair for pair in given if pair[0] in FIELDS or pair[0] in STATE_NAMES]
    unknown = [f"{name[:40]}: unknown parameter" for name, _ in given if name not in dict(known)]
    wanted, problems = read_leniently(with_fields(StateAsked, query_model(catalogue.vocabulary)), known)
    layers = [_found("layers", partial(_layer, catalogue), name, problems) for name in wanted.layers]
    names_layers = any(name == "layers" and text.strip() for name, text in known)
    return MapState(
        query=query_of(wanted),
        open=_found("open", partial(_open, catalogue), wanted.open, problems),
        view=wanted.view and replace(wanted.view, zoom=min(wanted.view.zoom, most_zoom)),
        layers=tuple(name for name in layers if name not in {None, NO_LAYER}) if names_layers else None,
        base=_found("base", OneOf({name: name for name in ("own", "none", *bases)}).read, wanted.base, problems),
        scheme=wanted.scheme,
        tour=_found("tour", partial(_tour, catalogue), wanted.tour, problems),
        at=wanted.at,
        is_embedded=wanted.embed == "1",
        problems=(*unknown, *problems),
    )


def _found(name: str, find: Callable[[str], str], text: str | None, problems: list[str]) -> str | None:
    """Return what a text names in the catalogue; None after adding that it names nothing."""
    try:
        return None if text is None else find(text)
    except UnreadableError as error:
        problems.extend(f"{name}: {problem}" for problem in error.problems)
        return None


def _open(catalogue: Catalogue, text: str) -> str:
    gone = catalogue.retired.get(text.removeprefix("case:"))
    if catalogue.has(text):
        return text
    if gone is not None and gone.moved_to is not None:
        return f"case:{gone.moved_to}"
    raise UnreadableError([f"{told(text)} is nowhere; expected case:<id> or <layer>:<id>"])


def _layer(catalogue: Catalogue, name: str) -> str:
    if name != NO_LAYER and name not in catalogue.layers:
        raise UnreadableError([f"no layer has the id {told(name)}"])
    return name


def _tour(catalogue: Catalogue, text: str) -> str:
    name, _, step = text.partition(".")
    lengths = {tour.id: len(tour.step) for tour in catalogue.tours}
    if name in lengths and (not step or step in map(str, range(1, lengths[name] + 1))):
        return text
    raise UnreadableError([f"{told(text)} is nowhere; known are {', '.join(lengths)}"])


_PROBLEM = re.compile(r"(?P<name>[^:]*): (?P<rest>.*)", re.DOTALL)
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")


def told_of(problems: Iterable[str], lang: Lang) -> list[str]:
    """Return each problem as a sentence; English ones as they are, with what was expected."""
    return list(problems) if lang == "en" else [_told(problem, lang) for problem in problems]


def _told(problem: str, lang: Lang) -> str:
    parts = _PROBLEM.fullmatch(problem)
    if parts is None:
        return problem
    name, rest = parts["name"], parts["rest"]
    if rest.startswith("unknown parameter"):
        return str(gettext("%(name)s: unknown parameter", name=name))
    shown = f"{FIELDS[name].title.in_lang(lang)} ({name})" if name in FIELDS else name
    quoted = _QUOTED.search(rest)
    if quoted is None:
        return str(gettext("%(name)s: cannot be used", name=shown))
    return str(gettext("%(name)s: “%(value)s” cannot be used", name=shown, value=quoted[1] or quoted[2] or ""))
