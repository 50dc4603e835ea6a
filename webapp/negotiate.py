"""Answers that browsers may keep: ETag, 304 and the right media type."""

import hashlib
from importlib.metadata import version

from flask import Response, request

RELEASE = version("tongcheng-atlas")


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


def wants_json() -> bool:
    """Tell whether this request is for data rather than for a page."""
    if request.path.endswith((".geojson", ".json")) or request.path.startswith("/api/"):
        return True
    accepted = request.accept_mimetypes
    if request.path.startswith("/exports/"):  # a program asks for a file, a browser for a page that tells what is wrong
        return "text/html" not in dict(accepted)
    return accepted["application/json"] > accepted["text/html"]
