"""CQL2 filters over a table: parsed by cql2, evaluated column by column by pygeofilter.

A comparison with an empty value is neither true nor false, as in SQL: such features are left out.
"""

import json
import re
from functools import partial

import cql2
import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pygeofilter.backends.geopandas.evaluate import to_filter
from shapely.errors import GEOSException

from geo.errors import QueryError
from geo.exports.cql2_functions import FUNCTIONS
from geo.exports.cql2_tree import Translator, Tree
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import Table

LANGUAGES = ("cql2-text", "cql2-json")
LONGEST_FILTER = 10_000
DEEPEST_FILTER = 60
_PLACE = re.compile(r"--> (\d+):(\d+)")
_WANTED = re.compile(r"= (expected .*)", re.DOTALL)


def matching(
    table: Table, text: str, *, language: str = "cql2-text", filter_crs: ServedCrs = CRS84
) -> NDArray[np.bool_]:
    """Return which features of a table fulfil a filter, by position.

    Args:
        table: The table.
        text: The filter.
        language: One of LANGUAGES.
        filter_crs: What the coordinates of geometries in the filter are in.

    Raises:
        QueryError: It cannot be parsed (tells where), or names what is not here (lists all).
    """
    tree = _parse(text, language)
    translator = Translator({column.name: column.kind for column in table.plain_columns}, filter_crs)
    expression = translator.translate(tree)
    if translator.problems:
        raise QueryError([f"filter: {problem}" for problem in dict.fromkeys(translator.problems)])
    columns = {name: table.series(name) for name in sorted(translator.names)}
    frame = gpd.GeoDataFrame(columns, geometry=table.series("geometry"))
    frame.attrs["metric"] = table.catalogue.metric
    functions = {name: partial(function.evaluate, frame) for name, function in FUNCTIONS.items()}
    try:
        with np.errstate(all="ignore"):  # dividing by 0 is empty, not a warning
            found = to_filter(frame, expression, function_map=functions)
    except (TypeError, ValueError, ArithmeticError, GEOSException) as error:
        raise QueryError([f"filter: cannot be evaluated ({error}); check the types of what it compares"]) from error
    return np.asarray(pd.Series(found, dtype="boolean").fillna(value=False), dtype=bool)


def _parse(text: str, language: str) -> Tree:
    if len(text) > LONGEST_FILTER:
        raise QueryError([f"filter: {len(text)} characters arrived; expected at most {LONGEST_FILTER}"])
    if _depth(text) > DEEPEST_FILTER:
        raise QueryError([f"filter: it is nested more than {DEEPEST_FILTER} deep; write it flatter"])
    try:
        if language == "cql2-json":
            json.loads(text)  # tells better where a comma is missing
            return cql2.parse_json(text).to_json()
        return cql2.parse_text(text).to_json()
    except json.JSONDecodeError as error:
        problem = f"filter: no JSON at line {error.lineno}, column {error.colno}: {error.msg}"
    except RecursionError:
        problem = f"filter: it is nested more than {DEEPEST_FILTER} deep; write it flatter"
    except (cql2.ParseError, cql2.ValidationError, ValueError) as error:
        problem = _told(str(error), language)
    raise QueryError([problem])


def _depth(text: str) -> int:
    """Return how deep a filter may go: open brackets, and words that nest without them."""
    opened = np.cumsum([(c in "([{") - (c in ")]}") for c in text] or [0])
    return int(opened.max()) + len(re.findall(r"(?i)\bnot\b|-(?=\s*-)", text))


def _told(message: str, language: str) -> str:
    place, wanted = _PLACE.search(message), _WANTED.search(message)
    if place is None:
        return f"filter: no {language}: {message[:200]}"
    expected = " ".join(wanted[1].split()) if wanted else "expected something else"
    return f"filter: no {language} at line {place[1]}, column {place[2]}: {expected[:200]}"
