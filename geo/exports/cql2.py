"""CQL2: a condition in text or JSON, read by a library and turned into a mask over the rows of a table.

A comparison with an empty value is neither true nor false, as in SQL: such features are left out.

A frame carries the projection of its area, `attrs["metric"]`.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce

import cql2
import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray
from pygeofilter import ast, values
from pygeofilter.backends.geopandas.evaluate import to_filter
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, box, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.crs import WGS84, Metric
from geo.errors import QueryError
from geo.exports.served_crs import CRS84, ServedCrs
from geo.exports.tables import Table
from geo.text import LocalText, word

Evaluated = pd.Series | str
_UNTOLD = LocalText("")


@dataclass(frozen=True)
class Cql2Function:
    """One function: the types of its arguments and of its result, and who evaluates it.

    `is_public` tells whether people call it by its name; the others carry out operators of CQL2. One without a `title`
    is never told of.
    """

    arguments: Sequence[str]
    returns: str
    evaluate: Callable[..., Evaluated]
    title: LocalText = _UNTOLD
    is_public: bool = False


def _distance(frame: pd.DataFrame, left: pd.Series | BaseGeometry, right: pd.Series | BaseGeometry) -> pd.Series:
    metric: Metric = frame.attrs["metric"]
    metres = shapely.distance(_in_metres(metric, left), _in_metres(metric, right))
    return pd.Series(np.broadcast_to(metres, len(frame)), index=frame.index, dtype="Float64")


def _in_metres(metric: Metric, value: pd.Series | BaseGeometry) -> BaseGeometry | NDArray[np.object_]:
    return metric.to_metric(value) if isinstance(value, BaseGeometry) else metric.to_metric_all(list(value))


def _casei(_frame: pd.DataFrame, value: pd.Series | str) -> Evaluated:
    return value.casefold() if isinstance(value, str) else value.str.casefold()


def _each(frame: pd.DataFrame, value: BaseGeometry | str | float) -> Evaluated:
    if isinstance(value, BaseGeometry):
        shapes: pd.Series = gpd.GeoSeries([value] * len(frame), index=frame.index, crs=WGS84)
        return shapes
    dtype = {bool: "boolean", str: "string"}.get(type(value), "Float64")
    return pd.Series(value, index=frame.index, dtype=dtype)


def _like(_frame: pd.DataFrame, column: pd.Series, pattern: str) -> pd.Series:
    """Match as CQL2 does: % is any text, _ one character, a backslash makes them plain; in linear time."""
    found = pc.match_like(pa.array(column, type=pa.string()), pattern)
    return pd.Series(found.to_pandas(types_mapper={pa.bool_(): pd.BooleanDtype()}.get), index=column.index)


def _among(_frame: pd.DataFrame, column: pd.Series, *values: str | float) -> pd.Series:
    return column.isin(values).astype("boolean").where(column.notna())


def _unknown(frame: pd.DataFrame) -> pd.Series:
    return pd.Series(pd.NA, index=frame.index, dtype="boolean")


FUNCTIONS: Mapping[str, Cql2Function] = {
    "distance": Cql2Function(
        ("geometry", "geometry"),
        "number",
        _distance,
        word("shortest distance in metres; 0 when they meet"),
        is_public=True,
    ),
    "casei": Cql2Function(("string",), "string", _casei, word("text without regard to case")),
    "each": Cql2Function((), "", _each),
    "like": Cql2Function((), "boolean", _like),
    "among": Cql2Function((), "boolean", _among),
    "unknown": Cql2Function((), "boolean", _unknown),
}


Tree = Mapping[str, "Tree"] | Sequence["Tree"] | str | float | bool | None  # as JSON
Expression = object  # of pygeofilter, which declares no types: a node, a text, a number, a truth value
Typed = tuple[Expression, str]  # an expression of pygeofilter and the type it has
_COMPARISONS = {
    "=": ast.Equal,
    "<>": ast.NotEqual,
    "<": ast.LessThan,
    "<=": ast.LessEqual,
    ">": ast.GreaterThan,
    ">=": ast.GreaterEqual,
}
_ARITHMETIC = {"+": ast.Add, "-": ast.Sub, "*": ast.Mul, "/": ast.Div}
_SPATIAL = {
    "s_intersects": ast.GeometryIntersects,
    "s_disjoint": ast.GeometryDisjoint,
    "s_contains": ast.GeometryContains,
    "s_within": ast.GeometryWithin,
    "s_touches": ast.GeometryTouches,
    "s_crosses": ast.GeometryCrosses,
    "s_overlaps": ast.GeometryOverlaps,
    "s_equals": ast.GeometryEquals,
}
_CONNECTIVES = {"and": ast.And, "or": ast.Or}
_UNKNOWN: Typed = (None, "any")
_ENDS = {"point": 2, "bbox": 4}


class Translator:
    """Translates one filter; collects the columns it names and what is wrong with it."""

    def __init__(self, columns: Mapping[str, str], filter_crs: ServedCrs) -> None:
        """Take the types of the columns by name, and what coordinates are in."""
        self._columns = columns
        self._crs = filter_crs
        self.names: set[str] = set()
        self.problems: list[str] = []

    def translate(self, tree: Tree) -> Expression:
        """Return the whole filter as an expression that is true or false."""
        return self._condition(tree)

    def _condition(self, tree: Tree) -> Expression:
        expression, kind = self._expression(tree)
        if kind not in {"boolean", "any"}:
            self._tell(f"{_shown(tree)} is a {kind}; expected a condition such as theme = 'ecology'")
        return expression

    def _expression(self, tree: Tree) -> Typed:
        if isinstance(tree, bool):
            return ast.Function("each", [tree]), "boolean"
        if isinstance(tree, int | float):
            return float(tree), "number"
        if isinstance(tree, str):
            return tree, "string"
        if isinstance(tree, dict):
            return self._object(tree)
        self._tell(f"{_shown(tree)} arrived; expected a column, a value or a condition")
        return _UNKNOWN

    def _object(self, tree: Mapping[str, Tree]) -> Typed:
        if "property" in tree:
            return self._column(str(tree["property"]))
        if "date" in tree or "timestamp" in tree:
            return str(tree.get("date") or tree.get("timestamp")), "string"
        if "bbox" in tree:
            return self._box(_list(tree["bbox"]))
        if "type" in tree:
            return self._geometry(tree)
        if "op" in tree:
            return self._operation(str(tree["op"]).lower(), tree)
        self._tell(f"{_shown(tree)} arrived; intervals of time are not supported, compare dates instead")
        return _UNKNOWN

    def _column(self, name: str) -> Typed:
        if name == "geometry":
            return ast.Attribute("geometry"), "geometry"
        if name not in self._columns:
            known = ", ".join(("geometry", *self._columns))
            self._tell(f"unknown property {name[:60]!r}; known are {known}")
            return _UNKNOWN
        self.names.add(name)
        kind = self._columns[name]
        return ast.Attribute(name), "number" if kind == "integer" else kind

    def _operation(self, op: str, tree: Mapping[str, Tree]) -> Typed:
        arguments = _list(tree.get("args"))
        known = self._boolean_operation(op, arguments)
        if known is not None:
            return known, "boolean"
        if op in _ARITHMETIC:
            left, right = self._arguments(op, arguments, ("number", "number"))
            return _ARITHMETIC[op](_column_first(left, "number"), right), "number"
        if op == "envelope":
            return self._box(arguments)
        if op in FUNCTIONS and FUNCTIONS[op].arguments:
            function = FUNCTIONS[op]
            return ast.Function(op, self._arguments(op, arguments, function.arguments)), function.returns
        known_functions = [name for name, function in FUNCTIONS.items() if function.arguments]
        self._tell(f"unknown operator or function {op[:40]!r}; functions are {', '.join(known_functions)}")
        return _UNKNOWN

    def _boolean_operation(self, op: str, arguments: Sequence[Tree]) -> Expression:
        if op in _CONNECTIVES and arguments:
            first, *others = [self._condition(argument) for argument in arguments]
            return reduce(_CONNECTIVES[op], others, first)
        if op in _COMPARISONS and len(arguments) == 2:  # noqa: PLR2004  a left and a right side
            return self._comparison(_COMPARISONS[op], *arguments)
        if op in _SPATIAL:
            left, right = self._arguments(op, arguments, ("geometry", "geometry"))
            return _SPATIAL[op](_column_first(left, "geometry"), right)
        if op == "like":
            return self._pattern(*self._arguments(op, arguments, ("string", "string")))
        predicate = self._predicate(op, arguments)
        if predicate is None and op in {*_CONNECTIVES, *_COMPARISONS, "not", "isnull", "in", "between"}:
            self._tell(f"{op}: {_shown(arguments)} arrived; that is not what it takes")
            return False
        return predicate

    def _predicate(self, op: str, arguments: Sequence[Tree]) -> Expression:
        match op, arguments:
            case "not", [one]:
                return ast.Not(self._condition(one))
            case "isnull", [one]:
                return ast.IsNull(_column_first(*self._expression(one)), not_=False)
            case "in", [one, list(others)]:
                column, kind = self._expression(one)
                return ast.Function("among", [_column_first(column, kind), *(self._like(kind, o) for o in others)])
            case "between", [one, low, high]:
                column, kind = self._expression(one)
                limits = self._like(kind, low), self._like(kind, high)
                return ast.Between(_column_first(column, kind), *limits, not_=False)
            case _:
                return None

    def _comparison(self, operator: type[ast.Node], left: Tree, right: Tree) -> Expression:
        if left is None or right is None:
            return ast.Function("unknown", [])  # use IS NULL
        first, kind = self._expression(left)
        second = self._like(kind, right)
        if kind == "geometry":
            self._tell("geometry cannot be compared by =; use S_EQUALS")
        return operator(_column_first(first, kind), second)

    def _like(self, kind: str, tree: Tree) -> Expression:
        """Return an expression that must be of the same type as another."""
        expression, found = self._expression(tree)
        if "any" not in {kind, found} and kind != found:
            self._tell(f"{_shown(tree)} is a {found}; expected a {kind}")
        return _column_first(expression, found) if kind == "boolean" else expression

    def _arguments(self, op: str, arguments: Sequence[Tree], kinds: Sequence[str]) -> list[Expression]:
        if len(arguments) != len(kinds):
            self._tell(f"{op}: {len(arguments)} arguments arrived; expected {len(kinds)}: {', '.join(kinds)}")
            return [None] * len(kinds)
        return [self._like(kind, argument) for kind, argument in zip(kinds, arguments, strict=True)]

    def _pattern(self, column: Expression, pattern: Expression) -> Expression:
        if isinstance(pattern, ast.Function) and pattern.name == "casei" and isinstance(pattern.arguments[0], str):
            pattern = pattern.arguments[0].casefold()
        if not isinstance(pattern, str):
            self._tell("like: the right side must be a text such as '%公交%'")
            return False
        return ast.Function("like", [_column_first(column, "string"), pattern])

    def _geometry(self, tree: Mapping[str, Tree]) -> Typed:
        try:
            geometry = shape(dict(tree))
        except (TypeError, ValueError, KeyError, AttributeError, IndexError, shapely.errors.ShapelyError):
            self._tell(f"{_shown(tree)} is no geometry")
            return _UNKNOWN
        if geometry.is_empty or not geometry.is_valid:
            self._tell(f"{_shown(tree)}: {shapely.is_valid_reason(geometry) if not geometry.is_empty else 'empty'}")
            return _UNKNOWN
        return values.Geometry(mapping(self._crs.to_wgs84(geometry))), "geometry"

    def _box(self, numbers: Sequence[Tree]) -> Typed:
        sides = [float(number) for number in numbers if isinstance(number, int | float)]
        if not len(sides) == len(numbers) == _ENDS["bbox"]:
            self._tell(f"{_shown(numbers)} is no box; expected west, south, east, north")
            return _UNKNOWN
        west, south, east, north = sides
        if south > north:
            self._tell(f"{_shown(numbers)}: south {south} is above north {north}")
            return _UNKNOWN
        boxes = [box(west, south, east, north)]
        if west > east:  # over the antimeridian
            boxes = [box(west, south, 180.0, north), box(-180.0, south, east, north)]
        return values.Geometry(mapping(self._crs.to_wgs84(MultiPolygon(boxes)))), "geometry"

    def _tell(self, problem: str) -> None:
        self.problems.append(problem)


def _list(tree: Tree) -> Sequence[Tree]:
    return tree if isinstance(tree, list) else []


def _column_first(expression: Expression, kind: str) -> Expression:
    """Return an expression that evaluates to a column: a value becomes a column of itself."""
    if kind in {"any", "boolean"} or isinstance(expression, ast.Node):
        return expression
    return ast.Function("each", [expression])


def _shown(tree: Tree) -> str:
    if isinstance(tree, Mapping) and "property" in tree:
        return str(tree["property"])[:60]
    return repr(tree)[:60]


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
