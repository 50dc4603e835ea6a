"""Answers that browsers may keep: ETag, 304 and the right media type; and what stands in place of one."""

import hashlib
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import TypedDict

from flask import Response, request

RELEASE = version("tongcheng-atlas")
_DATA_PATHS = ("/api/", "/oembed", "/.well-known/")


class Problem(TypedDict):
    """A problem document (RFC 9457); `detail` are the problems as one text."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[str]


def respond(body: bytes | str, *, media_type: str, filename: str | None = None) -> Response:
    """Return a body with an ETag of its content, or 304 when the visitor has it already."""
    data = body.encode() if isinstance(body, str) else body
    response = Response(data, mimetype=media_type)
    response.set_etag(hashlib.sha256(RELEASE.encode() + data).hexdigest()[:32])
    response.cache_control.no_cache = True  # keep it, but ask whether it changed
    if filename is not None:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    response.make_conditional(request)
    return response


def respond_if_changed(make: Callable[[], bytes], *, key: str, media_type: str) -> Response:
    """Return what `make` makes, or 304 without making it: the ETag is a hash of what it is made from.

    Args:
        make: Makes the body.
        key: Everything that decides the body beside the release, the address and the media type: the catalogue.
        media_type: What the body is.
    """
    etag = hashlib.sha256(f"{RELEASE}\n{key}\n{request.url}\n{media_type}".encode()).hexdigest()[:32]
    if request.if_none_match.contains_weak(etag):
        response = Response(status=304)
    else:
        response = Response(make(), content_type=media_type)
    response.set_etag(etag)
    response.cache_control.no_cache = True
    return response


def preferred_form(forms: Mapping[str, str]) -> str:
    """Return the key of the media type that the visitor likes best, the first when all are alike."""
    best = request.accept_mimetypes.best_match(list(forms.values()), default=next(iter(forms.values())))
    return next(form for form, media_type in forms.items() if media_type == best)


def wants_json() -> bool:
    """Tell whether this request is for data rather than for a page."""
    if request.path.endswith((".geojson", ".json", ".jsonld", ".ttl")) or request.path.startswith(_DATA_PATHS):
        return True
    accepted = request.accept_mimetypes
    if request.path.startswith("/exports/"):  # a program asks for a file, a browser for a page that tells what is wrong
        return "text/html" not in dict(accepted)
    return accepted["application/json"] > accepted["text/html"]
