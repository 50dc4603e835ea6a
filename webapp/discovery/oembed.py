"""oEmbed 1.0: what another site needs to show one of our pages as a map in a frame."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from flask import current_app, request
from werkzeug import exceptions
from werkzeug.routing import RequestRedirect

from geo.catalogue.catalogue import Catalogue
from geo.errors import MovedError, NotFoundError, QueryError
from geo.parameters import FILLED, VERBATIM, Parameters, Parsed, Whole, read_leniently
from geo.render.card import CARD_SIZE
from geo.text import LANGS, Lang
from webapp.discovery.head import picture_url
from webapp.discovery.wire import OEmbed
from webapp.i18n import DEFAULT_LANG
from webapp.urls import Urls, given

FORMATS = ("json", "xml")
_SIZE = (800, 600)
_CACHE_AGE_S = 86_400


class OEmbedAsked(Parameters):
    """What an oEmbed client asks for (2.2): pixels above the greatest are the greatest."""

    url: Annotated[str, Parsed(str), VERBATIM] = ""
    maxwidth: Annotated[int, Whole(least=1, most=_SIZE[0])] = _SIZE[0]
    maxheight: Annotated[int, Whole(least=1, most=_SIZE[1])] = _SIZE[1]
    format: Annotated[str, Parsed(str), FILLED] = "json"


@dataclass(frozen=True)
class Asked:
    """A request for the frame of one of our pages: its endpoint with values, its language, and the size there is."""

    endpoint: str
    values: Mapping[str, str]
    lang: Lang
    width: int
    height: int
    form: str = "json"


def read_request() -> Asked:
    """Read the parameters of this request.

    Raises:
        QueryError: Lists every problem.
        NotFoundError: The address is ours, but no page that can be framed.
        NotImplemented: A format that oEmbed does not know.
    """
    wanted, problems = read_leniently(OEmbedAsked, given())
    path, lang = _own_path(wanted.url, problems)
    if problems:
        raise QueryError(problems)
    if wanted.format not in FORMATS:
        told = f"format: arrived {wanted.format[:60]!r}; known are {', '.join(FORMATS)}"
        raise exceptions.NotImplemented(told)
    endpoint, values = _page_at(path)
    return Asked(endpoint, values, lang, wanted.maxwidth, wanted.maxheight, wanted.format)


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


def _own_path(given_url: str, problems: list[str]) -> tuple[str, Lang]:
    """Return the path below our root, and the language, of the address that is asked about."""
    try:
        address = urlsplit(given_url)
    except ValueError:
        address = urlsplit("")
    root = request.script_root
    is_ours = address.netloc == request.host and address.path.startswith(f"{root}/")
    if address.scheme not in {"http", "https"} or not is_ours:
        problems.append(f"url: arrived {given_url[:100]!r}; expected the address of a page below {request.url_root}")
    named = dict(parse_qsl(address.query)).get("lang")
    lang: Lang = next((known for known in LANGS if known == named), DEFAULT_LANG)
    return address.path.removeprefix(root), lang


def _page_at(path: str) -> tuple[str, Mapping[str, str]]:
    try:
        endpoint, values = current_app.url_map.bind(request.host).match(path)
    except (exceptions.HTTPException, RequestRedirect):
        endpoint, values = "", {}
    if endpoint not in {"map.page", "pages.case", "pages.feature"}:
        msg = f"url: {path[:100]!r} is no page that can be framed; expected the map, a case or a feature"
        raise NotFoundError(msg)
    return endpoint, values
