"""Read the parameters of what the map fetches; all problems of a request are told at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request

from geo.catalogue.catalogue import Catalogue
from geo.errors import QueryError
from geo.numbers import decimal_number, whole_number
from geo.query import CaseQuery, read_args
from geo.query_shapes import Bbox, parse_bbox
from geo.text import Lang
from webapp.i18n import current_lang
from webapp.map.wire_page import MOST_ZOOM

_MOST_OFFSET = 10**9


def asked(catalogue: Catalogue, own: Mapping[str, Callable[[str], Any]]) -> tuple[Lang, CaseQuery, Sequence[Any]]:
    """Return language, query and the parameters of an answer's own, each by its reader.

    Raises:
        QueryError: Lists every problem of every parameter.
    """
    lang = current_lang()
    args = [(name, text) for name, text in request.args.items(multi=True) if name not in {*own, "lang"}]
    query, problems = read_args(args, catalogue.vocabulary)
    values = []
    for name, read in own.items():
        try:
            values.append(read(request.args.get(name, "")))
        except QueryError as error:
            problems.extend(f"{name}: {problem}" for problem in error.problems)
    if problems:
        raise QueryError(problems)
    return lang, query, values


def offset(text: str) -> int:
    """Read how many rows to leave out; nothing is 0."""
    rows = whole_number(text or "0", most=_MOST_OFFSET)
    if rows is None:
        raise QueryError([f"{text[:60]!r} arrived; expected a whole number from 0"])
    return rows


def zoom(text: str) -> float:
    """Read the zoom of a web map."""
    value = decimal_number(text)
    if value is not None and 0 <= value <= MOST_ZOOM:
        return value
    raise QueryError([f"{text[:60]!r} arrived; expected a zoom from 0 to {MOST_ZOOM}"])


def window(text: str) -> Bbox:
    """Read the window of the map."""
    return parse_bbox(text)
