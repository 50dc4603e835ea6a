"""From the JSON tree of CQL2 to the expressions of pygeofilter, with every problem that the tree has."""

from collections.abc import Mapping, Sequence
from functools import reduce

import shapely
from pygeofilter import ast, values
from shapely.geometry import MultiPolygon, box, mapping, shape

from geo.exports.cql2_functions import FUNCTIONS
from geo.exports.served_crs import ServedCrs

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
