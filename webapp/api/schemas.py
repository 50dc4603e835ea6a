"""Schemas of OpenAPI 3.0 from declared answers: what is declared to be answered is what is told."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = Mapping[str, object]
_PLAIN: Mapping[object, Schema] = {
    str: {"type": "string"},
    float: {"type": "number"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    object: {},
}
_NULL: Schema = {"type": "object", "nullable": True, "enum": [None]}


@lru_cache(maxsize=1)  # what is declared stays while the program runs
def schemas_of(answers: tuple[type, ...]) -> Mapping[str, Schema]:
    """Return the schema of each answer and of everything in it, by the name of its declaration.

    Raises:
        TypeError: Two declarations share a name, or one says what no JSON can be.
    """
    declared: dict[str, type] = {}
    for answer in answers:
        _collect(answer, declared)
    return {name: _object(kind) for name, kind in sorted(declared.items())}


def reference(answer: type) -> Schema:
    """Return a reference to the schema of an answer."""
    return {"$ref": f"#/components/schemas/{answer.__name__}"}


def _collect(kind: object, declared: dict[str, type]) -> None:
    """Add a declaration and those it is made of."""
    if not is_typeddict(kind):
        for part in get_args(kind):
            _collect(part, declared)
    elif isinstance(kind, type) and declared.setdefault(kind.__name__, kind) is not kind:
        msg = f"two answers are called {kind.__name__}; give one another name"
        raise TypeError(msg)
    elif isinstance(kind, type):
        for hint in get_type_hints(kind).values():
            _collect(hint, declared)


def _object(kind: type) -> Schema:
    hints = get_type_hints(kind)
    needed: frozenset[str] = vars(kind)["__required_keys__"]
    required = [name for name in hints if name in needed]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        **({"required": required} if required else {}),
        "properties": {name: _schema(hint) for name, hint in hints.items()},
    }


def _schema(hint: object) -> Schema:
    origin, parts = get_origin(hint), get_args(hint)
    if isinstance(hint, type) and is_typeddict(hint):
        return reference(hint)
    if origin in {Union, UnionType}:
        return _one_of([part for part in parts if part is not NoneType], is_nullable=NoneType in parts)
    if origin is Literal:
        return {**_PLAIN[type(parts[0])], "enum": list(parts)}
    if origin in {Mapping, dict}:
        return {"type": "object", "additionalProperties": _schema(parts[1])}
    if origin in {Sequence, list, tuple}:
        return _array(parts, has_length=origin is tuple)
    if hint not in _PLAIN:
        msg = f"{hint}: no JSON is so; declare an answer by dictionaries with fields, sequences and plain values"
        raise TypeError(msg)
    return _PLAIN[hint]


def _array(parts: Sequence[object], *, has_length: bool) -> Schema:
    """Return the schema of a list; OpenAPI 3.0 has none for each place of a tuple."""
    kinds = [_schema(part) for part in dict.fromkeys(parts)]
    length = {"minItems": len(parts), "maxItems": len(parts)} if has_length else {}
    return {"type": "array", "items": kinds[0] if len(kinds) == 1 else {"anyOf": kinds}, **length}


def _one_of(parts: Sequence[object], *, is_nullable: bool) -> Schema:
    """Return a schema that one of several fulfils; null stands beside a type, or is an alternative of its own."""
    kinds = [part for part in parts if part is not int or float not in parts]
    options = [_schema(kind) for kind in kinds]
    if len(options) == 1 and "type" in options[0]:
        return _or_null(options[0]) if is_nullable else options[0]
    return {"anyOf": [*options, *([_NULL] if is_nullable else [])]}


def _or_null(schema: Schema) -> Schema:
    choices = schema.get("enum")
    return {**schema, **({"enum": [*choices, None]} if isinstance(choices, list) else {}), "nullable": True}
