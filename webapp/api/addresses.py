"""The addresses of the API, absolute and with the prefix of a proxy, and the links made of them."""

from flask import request

from webapp.api.wire import Link
from webapp.urls import built

JSON = "application/json"
HTML = "text/html"
GEOJSON = "application/geo+json"
JSON_FG = "application/vnd.ogc.fg+json"
SCHEMA = "application/schema+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
PROBLEM = "application/problem+json"


def address(endpoint: str, **values: str) -> str:
    """Return the absolute address of an endpoint of the API."""
    return built(f"api.{endpoint}", values, is_absolute=True)


def link(rel: str, href: str, media_type: str, title: str) -> Link:
    """Return a link."""
    return {"rel": rel, "type": media_type, "title": title, "href": href}


def here(**changes: str | int | None) -> str:
    """Return the address of this very request with other parameters; None leaves one out."""
    args: dict[str, object] = {**{name: request.args.getlist(name) for name in request.args}, **changes}
    kept = {name: value for name, value in args.items() if value is not None}
    return built(request.endpoint or "", {**(request.view_args or {}), **kept}, is_absolute=True)


def both_forms(form: str, media_type: str = JSON) -> list[Link]:
    """Return the links of a document to itself and to its other form."""
    json_rel, html_rel = ("self", "alternate") if form == "json" else ("alternate", "self")
    return [
        link(json_rel, here(f="json"), media_type, "JSON"),
        link(html_rel, here(f="html"), HTML, "HTML"),
    ]
