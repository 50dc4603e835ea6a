"""How the API answers: form, language, ETag, 304, and the headers that clients of other hosts need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import orjson
from flask import Response, request

from geo.catalogue.catalogue import Catalogue
from geo.text import Lang
from webapp.api.documents import HTML, JSON
from webapp.api.parameters import DocumentAsked, FeatureAsked, FeaturesAsked
from webapp.i18n import LANGUAGE_TAGS
from webapp.negotiate import preferred_form, respond_if_changed
from webapp.urls import asked as asked_for

D = TypeVar("D", bound=Mapping[str, object])
_FORMS = {"json": JSON, "html": HTML}


@dataclass(frozen=True)
class Asked:
    """The form and the language that a request asks for."""

    form: str
    lang: Lang


def shown(parameters: DocumentAsked | FeatureAsked | FeaturesAsked) -> Asked:
    """Return form and language; the form that `Accept` prefers where none is named."""
    return Asked(parameters.f or preferred_form(_FORMS), parameters.lang)


def answer(
    catalogue: Catalogue,
    make: Callable[[], bytes],
    *,
    media_type: str,
    lang: Lang,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return an answer, made only when the visitor does not have it already."""
    key = f"{catalogue.state} {lang}"
    content_type = f"{media_type}; charset=utf-8" if media_type == HTML else media_type
    response = respond_if_changed(make, key=key, media_type=content_type)
    response.vary.add("Accept")
    response.content_language.add(LANGUAGE_TAGS[lang])
    response.headers.update(headers or {})
    return response


def answer_document(
    catalogue: Catalogue,
    document: Callable[[Asked], D],
    page: Callable[[D, Asked], bytes],
    *,
    media_type: str = JSON,
) -> Response:
    """Return a describing document as JSON, or as the page that shows it."""
    asked = shown(asked_for(DocumentAsked))
    if asked.form == "html":
        return answer(catalogue, lambda: page(document(asked), asked), media_type=HTML, lang=asked.lang)
    return answer(catalogue, lambda: dumped(document(asked)), media_type=media_type, lang=asked.lang)


def answer_once(document: Mapping[str, object], lang: Lang) -> Response:
    """Return the answer to a body, which nobody keeps."""
    response = Response(dumped(document), mimetype=JSON)
    response.cache_control.no_store = True
    response.content_language.add(LANGUAGE_TAGS[lang])
    return response


def dumped(document: Mapping[str, object]) -> bytes:
    """Return a document as UTF-8, nothing of it escaped."""
    return orjson.dumps(document)


def open_to_all(response: Response) -> Response:
    """Let pages of any host read the answer; it is public and nothing is asked of the visitor."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(response.allow))
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, Content-Type, If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
