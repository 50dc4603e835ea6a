"""Answers as text: JSON to fetch, and JSON that stands inside a page."""

import orjson
from jinja2.utils import htmlsafe_json_dumps


def as_json(answer: object) -> bytes:
    """Return an answer, made of what webapp/map/wire.py declares, as UTF-8."""
    return orjson.dumps(answer)


def in_page(answer: object) -> str:
    """Return JSON that may also stand inside a page: no tag can begin in it."""
    return str(htmlsafe_json_dumps(answer, dumps=_text))


def _text(answer: object) -> str:
    return as_json(answer).decode()
