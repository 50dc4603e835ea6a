"""The sitemap: every page in every language, each with its other languages, dated where a date is known."""

from collections.abc import Iterator

from geo.catalogue.catalogue import Catalogue
from geo.text import LANGS
from webapp.discovery.about_data import facts_of
from webapp.discovery.head import alternates, in_lang
from webapp.discovery.xml import dump, element
from webapp.urls import Urls


def sitemap_document(catalogue: Catalogue) -> bytes:
    """Return the sitemap of all pages."""
    root = element(
        None,
        "urlset",
        attributes={
            "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
            "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
        },
    )
    for address, date in _pages(catalogue, Urls("zh")):
        others = alternates(address)
        for lang in LANGS:
            page = element(root, "url")
            element(page, "loc", in_lang(address, lang))
            if date is not None:
                element(page, "lastmod", date)
            for name, other in others:
                element(page, "xhtml:link", attributes={"rel": "alternate", "hreflang": name, "href": other})
    return dump(root)


def _pages(catalogue: Catalogue, urls: Urls) -> Iterator[tuple[str, str | None]]:
    """Yield the absolute address of every page without a language, and the day of its latest check where known."""
    checked = facts_of(catalogue).last_checked
    for address in (urls.map(), urls.case_list(), urls.coverage(), urls.about()):
        yield urls.absolute(address), checked
    for located in catalogue.cases.values():
        yield urls.absolute(urls.case(located.id)), located.case.last_checked
    for layer in catalogue.layers.values():
        yield urls.absolute(urls.layer(layer.id)), None
        for feature in layer:
            yield urls.absolute(urls.feature(layer.id, feature.id)), None


def robots_text(root: str, sitemap_url: str) -> str:
    """Return robots.txt: everything may be read; lists under conditions are without number and lead nowhere new.

    Args:
        root: The path below which a proxy serves the atlas, or nothing.
        sitemap_url: The absolute address of the sitemap.
    """
    return f"User-agent: *\nAllow: {root}/cases?lang=en$\nDisallow: {root}/cases?\nSitemap: {sitemap_url}\n"
