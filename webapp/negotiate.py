"""Answers that browsers may keep: ETag, 304, parts of files, the right media type; and what stands in their place."""

import hashlib
import io
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from mmap import mmap
from typing import TypedDict

from flask import Response, request
from werkzeug.wsgi import FileWrapper

RELEASE = version("tongcheng-atlas")
_ONE_RANGE = re.compile(r"bytes=(?:\d+-\d*|-\d+)")
_DATA_PATHS = ("/api/", "/oembed", "/.well-known/")


class Problem(TypedDict):
    """A problem document (RFC 9457); `detail` are the problems as one text."""

    type: str
    title: str
    status: int
    detail: str
    problems: list[str]


def respond(body: bytes | str, *, media_type: str, filename: str | None = None, has_ranges: bool = False) -> Response:
    """Return a body with an ETag of its content, or 304 when the visitor has it already.

    With `has_ranges` one range of bytes is answered by that part, 206 (RFC 9110 §14); what is no such range is ignored.

    Raises:
        RequestedRangeNotSatisfiable: The range begins behind the end; answered as 416.
    """
    data = body.encode() if isinstance(body, str) else body
    response = Response(data, mimetype=media_type)
    etag = hashlib.sha256(RELEASE.encode() + data).hexdigest()[:32]
    response.set_etag(etag)
    response.cache_control.no_cache = True  # keep it, but ask whether it changed
    if filename is not None:
        response.headers.set("Content-Disposition", "attachment", filename=filename)
    if has_ranges:
        response.headers["Accept-Ranges"] = "bytes"
    is_part = has_ranges and asks_for_part(etag)
    response.make_conditional(request, accept_ranges=is_part, complete_length=len(data))
    return response


def respond_file(content: mmap, *, etag: str, media_type: str) -> Response:
    """Return a large file, or the part of it that this request asks for, without reading the rest.

    Args:
        content: The file as the system maps it; many requests read it at a time.
        etag: Of its content.
        media_type: What it is.

    Raises:
        RequestedRangeNotSatisfiable: The range begins behind the end; answered as 416.
    """
    response = Response(FileWrapper(io.BufferedReader(_Reading(content))), mimetype=media_type, direct_passthrough=True)
    response.content_length = len(content)
    response.set_etag(etag)
    response.cache_control.no_cache = True
    response.headers["Accept-Ranges"] = "bytes"
    is_part = asks_for_part(etag)
    response.make_conditional(request, accept_ranges=is_part, complete_length=len(content))
    return response


class _Reading(io.RawIOBase):
    """A place of its own in bytes that several read."""

    def __init__(self, content: mmap) -> None:
        super().__init__()
        self._content, self._at = content, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, _whence: int = 0) -> int:
        self._at = offset
        return offset

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what RawIOBase.read gives
        found = self._content[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)


def asks_for_part(etag: str) -> bool:
    """Tell whether this request asks for one range of bytes of what has an ETag, and does not have it already.

    Several ranges, or another unit, are answered by the whole, as RFC 9110 §14.2 allows.
    """
    asked = request.headers.get("Range", "").strip()
    return _ONE_RANGE.fullmatch(asked) is not None and not request.if_none_match.contains_weak(etag)


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
