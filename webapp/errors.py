"""One shape for every failure: a page for people, a problem document (RFC 9457) for programs."""

import json
import logging
from urllib.parse import urlencode

from flask import Flask, Response, redirect, render_template, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as BaseResponse

from geo.errors import MovedError, NotFoundError, QueryError, WithdrawnError
from geo.text import Lang, LocalText, word
from webapp.i18n import DEFAULT_LANG, LANGUAGE_TAGS, current_lang, nearest_lang
from webapp.negotiate import Problem, wants_json
from webapp.pages.contexts import ErrorPage
from webapp.urls import Urls, built

log = logging.getLogger(__name__)


def init_errors(app: Flask) -> None:
    """Answer every failure in the one shape; nothing internal leaves."""
    app.register_error_handler(QueryError, _query_error)
    app.register_error_handler(NotFoundError, _not_found)
    app.register_error_handler(MovedError, _moved)
    app.register_error_handler(WithdrawnError, _withdrawn)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _unexpected)


def _query_error(error: QueryError) -> Response:
    return problem(400, word("The request cannot be understood"), list(error.problems), way_out=_without(error))


def _without(error: QueryError) -> str | None:
    """Return the same address without the parameters that cannot be used; None where that changes nothing."""
    unusable = {told.split(":")[0] for told in error.problems}
    given = list(request.args.items(multi=True))
    kept = [(name, text) for name, text in given if name[:60] not in unusable]
    if kept == given:
        return None
    return request.script_root + request.path + (f"?{urlencode(kept)}" if kept else "")


def _not_found(error: NotFoundError) -> Response:
    return problem(404, word("There is nothing here"), [str(error)])


def _moved(error: MovedError) -> BaseResponse:
    """Lead to the same address with the new id, the query kept; an id that is no part of the path is not found."""
    given = request.view_args or {}
    values: dict[str, object] = {name: _renamed(value, error) for name, value in given.items()}
    if request.endpoint is None or values == given:
        return _not_found(error)
    query = request.query_string.decode("ascii", "replace")
    return redirect(built(request.endpoint, values) + (f"?{query}" if query else ""), 301)


def _renamed(value: str, error: MovedError) -> str:
    """Return a part of a path with the new id in place of the old one; a file keeps its suffix."""
    name, dot, suffix = value.partition(".")
    return error.new_id + dot + suffix if name == error.old_id else value


def _withdrawn(error: WithdrawnError) -> Response:
    told = gettext(
        "The case %(id)s was withdrawn on %(date)s: %(reason)s",
        id=error.case_id,
        date=error.date,
        reason=error.reasons[nearest_lang()],
    )
    return problem(410, word("This case was withdrawn"), [told], lang=nearest_lang())


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect is no failure
        return Response(error.get_response().data, error.code, dict(error.get_response().headers))
    response = problem(error.code, LocalText(error.name, error.name), [error.description or error.name])
    for name, value in error.get_response().headers:
        if name in {"Allow", "Retry-After", "Content-Range"}:
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    log.error("unexpected failure", exc_info=error)
    return _http_error(InternalServerError())


def problem(
    status: int, title: LocalText, problems: list[str], *, lang: Lang = "en", way_out: str | None = None
) -> Response:
    """Return a failure with all its problems, told in `lang`; a document is in that language as a whole.

    `way_out` is an address that answers, for people.
    """
    if wants_json():
        document: Problem = {
            "type": "about:blank",
            "title": title.in_lang(lang),
            "status": status,
            "detail": "\n".join(problems),
            "problems": problems,
        }
        response = Response(json.dumps(document, ensure_ascii=False), status, mimetype="application/problem+json")
        response.content_language.add(LANGUAGE_TAGS[lang])
        return response
    page = ErrorPage(title.in_lang(nearest_lang()), status, problems, LANGUAGE_TAGS[lang], _urls(), way_out)
    return Response(render_template("error.html", page=page), status)


def _urls() -> Urls:
    try:
        return Urls(current_lang())
    except QueryError:
        return Urls(DEFAULT_LANG)
