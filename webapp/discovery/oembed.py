"""oEmbed 1.0: what another site needs to show one of our pages as a map in a frame."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import current_app, request
from werkzeug import exceptions
from werkzeug.routing import RequestRedirect

from geo.catalogue.catalogue import Catalogue
from geo.errors import MovedError, NotFoundError, QueryError
from geo.numbers import whole_number
from geo.render.card import CARD_SIZE
from geo.text import LANGS, Lang
from webapp.arguments import unknown_parameters
from webapp.discovery.head import picture_url
from webapp.discovery.wire import OEmbed
from webapp.i18n import DEFAULT_LANG
from webapp.urls import Urls

FORMATS = ("json", "xml")
_SIZE = (800, 600)
_PARAMETERS = ("url", "maxwidth", "maxheight", "format")
_CACHE_AGE_S = 86_400


@dataclass(frozen=True)
class Asked:
    """A request for the frame of one of our pages: its endpoint with values, its language, and the size there is."""

    endpoint: str
    values: Mapping[str, Any]
    lang: Lang
    width: int
    height: int


def read_request() -> Asked:
    """Read the parameters of this request.

    Raises:
        QueryError: Lists every problem.
        NotFoundError: The address is ours, but no page that can be framed.
        NotImplemented: A format that oEmbed does not know.
    """
    problems = unknown_parameters(request.args, _PARAMETERS)
    width, height = _most("maxwidth", _SIZE[0], problems), _most("maxheight", _SIZE[1], problems)
    path, lang = _own_path(problems)
    if problems:
        raise QueryError(problems)
    if request.args.get("format", "json") not in FORMATS:
        told = f"format: arrived {request.args['format'][:60]!r}; known are {', '.join(FORMATS)}"
        raise exceptions.NotImplemented(told)
    endpoint, values = _page_at(path)
    return Asked(endpoint, values, lang, width, height)


def oembed_document(catalogue: Catalogue, asked: Asked) -> OEmbed:
    """Return the answer: type rich, a frame around the map.

    Raises:
        NotFoundError: There is no such case or feature.
        WithdrawnError: The case was withdrawn.
    """
    title, opened, picture = _shown(catalogue, asked)
    urls = Urls(asked.lang)
    address = urls.absolute(urls.embedded(opened))
    frame = (
        f'<iframe src="{html.escape(address)}" width="{asked.width}" height="{asked.height}" '
        f'title="{html.escape(title)}" loading="lazy" allowfullscreen></iframe>'
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": catalogue.area.publisher.in_lang("en"),
        "provider_url": urls.absolute(urls.map()),
        "cache_age": _CACHE_AGE_S,
        "html": frame,
        "width": asked.width,
        "height": asked.height,
        "thumbnail_url": picture_url(picture, asked.lang),
        "thumbnail_width": CARD_SIZE[0],
        "thumbnail_height": CARD_SIZE[1],
    }


def _shown(catalogue: Catalogue, asked: Asked) -> tuple[str, str | None, str]:
    """Return the title, what the map opens, and the card of a page; an old id means the case that it moved to."""
    if asked.endpoint == "map.page":
        return catalogue.area.title.in_lang(asked.lang), None, "home"
    if asked.endpoint == "pages.feature":
        layer_id, feature_id = asked.values["layer_id"], asked.values["feature_id"]
        name = catalogue.layer(layer_id).feature(feature_id).name
        return name.in_lang(asked.lang), f"{layer_id}:{feature_id}", "home"
    try:
        located = catalogue.case(asked.values["case_id"])
    except MovedError as error:
        located = catalogue.case(error.new_id)
    return located.case.title.in_lang(asked.lang), f"case:{located.id}", located.id


def _most(name: str, default: int, problems: list[str]) -> int:
    """Return the default size or the greatest that is allowed; add a problem when that is no size."""
    text = request.args.get(name, "")
    if not text:
        return default
    if size := whole_number(text, most=default):
        return size
    problems.append(f"{name}: arrived {text[:60]!r}; expected a whole number of pixels above 0")
    return default


def _own_path(problems: list[str]) -> tuple[str, Lang]:
    """Return the path below our root, and the language, of the address that is asked about."""
    given = request.args.get("url", "")
    try:
        address = urlsplit(given)
    except ValueError:
        address = urlsplit("")
    root = request.script_root
    is_ours = address.netloc == request.host and address.path.startswith(f"{root}/")
    if address.scheme not in {"http", "https"} or not is_ours:
        problems.append(f"url: arrived {given[:100]!r}; expected the address of a page below {request.url_root}")
    named = dict(parse_qsl(address.query)).get("lang")
    lang: Lang = next((known for known in LANGS if known == named), DEFAULT_LANG)
    return address.path.removeprefix(root), lang


def _page_at(path: str) -> tuple[str, Mapping[str, Any]]:
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(path)
    except (exceptions.HTTPException, RequestRedirect):
        endpoint, values = "", {}
    if endpoint not in {"map.page", "pages.case", "pages.feature"}:
        msg = f"url: {path[:100]!r} is no page that can be framed; expected the map, a case or a feature"
        raise NotFoundError(msg)
    return endpoint, values
