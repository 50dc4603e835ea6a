"""What a page tells machines in its head, with the picture that links show."""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from threading import Lock
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import gettext
from jinja2.utils import htmlsafe_json_dumps
from werkzeug.exceptions import ServiceUnavailable

from geo.catalogue.catalogue import Catalogue
from geo.layers.table import layer_spec
from geo.render.card import CARD_SIZE
from geo.text import LANGS, Lang, word
from webapp.discovery import json_ld
from webapp.discovery.dcat import Facts, facts_of
from webapp.discovery.wire import Node
from webapp.i18n import DEFAULT_LANG, nearest_lang
from webapp.urls import Urls

LOCALES: Mapping[Lang, str] = {"zh": "zh_CN", "en": "en_US"}


@dataclass(frozen=True)
class About:
    """What one page is about; `picture` names its card, `data` are its schema.org documents."""

    title: str
    description: str
    picture: str = "home"
    kind: str = "website"
    data: Sequence[Node] = ()
    is_embeddable: bool = False


@dataclass(frozen=True)
class Site:
    """What descriptions are made of; `facts` are found when they are first asked for."""

    catalogue: Catalogue
    urls: Urls
    facts: Callable[[], Facts]

    def about(self, title: str = "", *, data: Sequence[Node] = (), is_embeddable: bool = False) -> About:
        """Return a page that has no other description than that of the whole atlas."""
        description = word("{title}, on a map", title=self.catalogue.area.title).in_lang(self.urls.lang)
        return About(title or gettext("Tongcheng Atlas"), description, data=data, is_embeddable=is_embeddable)


@dataclass(frozen=True)
class Head:
    """The context of discovery.html; every address is absolute."""

    about: About
    lang: Lang
    canonical: str
    alternates: Sequence[tuple[str, str]]
    picture_url: str
    picture_size: tuple[int, int]
    feed_url: str
    oembed_url: str | None

    @property
    def locale(self) -> str:
        """Return the language as OpenGraph names it."""
        return LOCALES[self.lang]

    @property
    def other_locales(self) -> list[str]:
        """Return the other languages."""
        return [locale for lang, locale in LOCALES.items() if lang != self.lang]

    @property
    def documents(self) -> list[str]:
        """Return the schema.org documents as JSON in which no tag can begin or end."""
        return [htmlsafe_json_dumps(document, ensure_ascii=False) for document in self.about.data]


def head_maker(catalogue: Catalogue) -> Callable[[], Head]:
    """Return the function by which templates ask for the head of the page of this request."""
    facts = lru_cache(maxsize=1)(partial(facts_of, catalogue))

    def discovery_head() -> Head:
        lang = nearest_lang()
        about = about_page(Site(catalogue, Urls(lang), facts))
        address = own_address()
        canonical = in_lang(address, lang)
        return Head(
            about=about,
            lang=lang,
            canonical=canonical,
            alternates=alternates(address),
            picture_url=picture_url(about.picture, lang),
            picture_size=CARD_SIZE,
            feed_url=in_lang(url_for("discovery.feed", _external=True), lang),
            oembed_url=url_for("discovery.oembed", url=canonical, _external=True) if about.is_embeddable else None,
        )

    return discovery_head


def own_address() -> str:
    """Return the address of this page without its language and its conditions; of data, that of its page."""
    return request.base_url + ("?f=html" if request.args.get("f") == "html" else "")


def alternates(address: str) -> list[tuple[str, str]]:
    """Return an absolute address without a language in every language, and that for all others."""
    return [*((lang, in_lang(address, lang)) for lang in LANGS), ("x-default", address)]


def in_lang(address: str, lang: Lang) -> str:
    """Return an address that names no language yet in a language."""
    if lang == DEFAULT_LANG:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'lang': lang})}"


def picture_url(name: str, lang: Lang) -> str:
    """Return the absolute address of a card: "home" or the id of a case."""
    return in_lang(url_for("discovery.card", name=name, _external=True), lang)


def about_page(site: Site) -> About:
    """Return what the page of this request is about; a page that nobody described here is about the atlas."""
    maker = _PAGES.get(request.endpoint or "")
    return site.about() if maker is None else maker(site, **(request.view_args or {}))


def _home(site: Site) -> About:
    return site.about(data=[json_ld.dataset(site.catalogue, site.facts(), site.urls)], is_embeddable=True)


def _about(site: Site) -> About:
    return site.about(gettext("About the data"), data=[json_ld.dataset(site.catalogue, site.facts(), site.urls)])


def _list(site: Site) -> About:
    return site.about(gettext("Cases"))


def _coverage(site: Site) -> About:
    return site.about(gettext("Coverage"))


def _case(site: Site, *, case_id: str) -> About:
    located, lang = site.catalogue.case(case_id), site.urls.lang
    title, summary = located.case.title.in_lang(lang), located.case.summary.in_lang(lang)
    data = [json_ld.case(site.catalogue, located, site.urls)]
    return About(title, summary, picture=case_id, kind="article", data=data, is_embeddable=True)


def _layer(site: Site, *, layer_id: str) -> About:
    return site.about(layer_spec(layer_id).title.in_lang(site.urls.lang))


def _feature(site: Site, *, layer_id: str, feature_id: str) -> About:
    found, lang = site.catalogue.layer(layer_id).feature(feature_id), site.urls.lang
    layer = layer_spec(layer_id).title.in_lang(lang)
    data = [json_ld.feature(layer, layer_id, found, site.urls)]
    return site.about(found.name.in_lang(lang), data=data, is_embeddable=True)


_PAGES: Mapping[str, Callable[..., About]] = {
    "map.page": _home,
    "pages.about": _about,
    "pages.case_list": _list,
    "pages.coverage_page": _coverage,
    "pages.case": _case,
    "pages.layer": _layer,
    "pages.feature": _feature,
}


MOST_KEPT = 128  # about 100 kB each
_PATIENCE_S = 20.0


class Pictures:
    """Cards by name and language. A catalogue never changes while it is served, so a card is drawn once.

    Drawing takes most of a second of one processor: visitors who ask for cards must not take all of them.
    """

    def __init__(self, draw: Callable[[str, Lang], bytes], *, most: int = MOST_KEPT) -> None:
        """Take who draws; `most` cards are kept, the oldest go first."""
        self._draw = draw
        self._most = most
        self._kept: OrderedDict[tuple[str, Lang], bytes] = OrderedDict()
        self._turn = Lock()

    def picture(self, name: str, lang: Lang) -> bytes:
        """Return a card.

        Raises:
            ServiceUnavailable: So many wait for theirs that this one would take too long.
        """
        found = self._kept.get((name, lang))
        if found is not None:
            return found
        if not self._turn.acquire(timeout=_PATIENCE_S):
            raise ServiceUnavailable(retry_after=int(_PATIENCE_S))
        try:
            return self._drawn(name, lang)
        finally:
            self._turn.release()

    def _drawn(self, name: str, lang: Lang) -> bytes:
        found = self._kept.get((name, lang))  # whoever had the turn before may have drawn it
        if found is None:
            found = self._kept[name, lang] = self._draw(name, lang)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
