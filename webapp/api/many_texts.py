"""The body of POST /geocode: many texts at once, its limits, and all that is wrong with it.

A body is `{"texts": […], "datum": "gcj02", "lang": "en"}`, or the list of texts alone; `datum` and `lang` may stand in
the address instead. The limits keep one request below about two seconds.
"""

from collections.abc import Sequence

import orjson
from flask import request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from geo.errors import QueryError
from geo.parameters import LONGEST_TOLD, JsonSchema, described, read, told
from geo.text import LANGS
from webapp.api.documents import JSON
from webapp.api.parameters import TEXT, GeocodeManyAsked
from webapp.urls import given

MOST_TEXTS = 1000
MOST_BYTES = 250_000
_MOST_TOLD = 20
_EXPECTED = 'expected a list of texts, or an object such as {"texts": ["…"]}'
_KNOWN = ("texts", "datum", "lang")


def many_texts() -> tuple[Sequence[str], GeocodeManyAsked]:
    """Return the texts of this request, and how they are to be answered.

    Raises:
        QueryError: The body cannot be understood; lists all that is wrong with it, of the texts the first.
        UnsupportedMediaType: It is of another media type; answered as 415.
        RequestEntityTooLarge: It is too long; answered as 413.
    """
    body = _body()
    said = body if isinstance(body, dict) else {"texts": body}
    problems = [f"{told(name)[1:-1]}: unknown; known are {', '.join(_KNOWN)}" for name in said if name not in _KNOWN]
    texts, wrong = _texts(said["texts"]) if "texts" in said else ([], [f"texts: missing; {_EXPECTED}"])
    others = {name: said[name] for name in _KNOWN[1:] if name in said}
    problems += [f"{name}: {_no_text(one)}" for name, one in others.items() if not isinstance(one, str)]
    pairs = [(name, one) for name, one in others.items() if isinstance(one, str)]
    asked = read(GeocodeManyAsked, [*given(), *pairs], also=[*problems, *wrong])
    return texts, asked


def _body() -> object:
    request.max_content_length = MOST_BYTES
    if request.mimetype != JSON:
        msg = f"{told(request.mimetype)} arrived; expected a body of {JSON}"
        raise UnsupportedMediaType(msg)
    try:
        return orjson.loads(request.get_data())
    except RequestEntityTooLarge as error:
        msg = f"the body is too long; expected at most {MOST_BYTES} bytes: send fewer texts at once"
        raise RequestEntityTooLarge(msg) from error
    except orjson.JSONDecodeError as error:
        raise QueryError([f"body: no JSON in UTF-8 ({error}); {_EXPECTED}"]) from error


def _texts(arrived: object) -> tuple[list[str], list[str]]:
    """Return the texts, and what is wrong with them, of many problems the first."""
    if not isinstance(arrived, list):
        return [], [f"texts: {_told(arrived)} arrived; {_EXPECTED}"]
    if not 1 <= len(arrived) <= MOST_TEXTS:
        return [], [f"texts: {len(arrived)} arrived; expected 1 to {MOST_TEXTS}"]
    wrong = [problem for place, text in enumerate(arrived) for problem in _problems_of(text, place)]
    rest = [f"texts: {len(wrong) - _MOST_TOLD} more problems like these"] if len(wrong) > _MOST_TOLD else []
    return arrived, wrong[:_MOST_TOLD] + rest


def _problems_of(text: object, place: int) -> list[str]:
    if not isinstance(text, str):
        return [f"texts[{place}]: {_no_text(text)}"]
    try:
        TEXT.read(text)
    except QueryError as error:
        return [f"texts[{place}]: {problem}" for problem in error.problems]
    return []


def _no_text(value: object) -> str:
    return f"{_told(value)} arrived; expected a text"


def _told(value: object) -> str:
    """Return a value as JSON calls it; of what holds others, the kind."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "an array"
    return orjson.dumps(value[:LONGEST_TOLD] if isinstance(value, str) else value).decode()


def body_schema() -> JsonSchema:
    """Return what a body may be, as OpenAPI describes it."""
    texts: JsonSchema = {"type": "array", "items": TEXT.schema(), "minItems": 1, "maxItems": MOST_TEXTS}
    others = {one["name"]: one["schema"] for one in described(GeocodeManyAsked, LANGS[0])}
    whole = {"type": "object", "properties": {"texts": texts, **others}, "required": ["texts"]}
    return {"oneOf": [texts, {**whole, "additionalProperties": False}]}
