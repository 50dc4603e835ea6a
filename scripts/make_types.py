"""Write down for JavaScript what the server declares for it: webapp/static/map/wire.d.ts.

usage: .venv/bin/python scripts/make_types.py
"""

import dataclasses
import inspect
import types
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from flask import Flask

from geo.area import Area, completed
from geo.text import LocalText
from webapp.i18n import init_i18n
from webapp.map import wire
from webapp.map.messages import messages

TARGET = Path(__file__).resolve().parents[1] / "webapp" / "static" / "map" / "wire.d.ts"
HEAD = "// What the server sends, as scripts/make_types.py finds it declared in webapp/map/wire.py. Do not edit.\n"
_SIMPLE = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def types_of_wire() -> str:
    """Return the declarations of every document, and of what they are made of."""
    roots = _declared(wire)
    found: dict[str, type] = {}
    for root in roots:
        _collect(root, found)
    words = "".join(f"  {key}: string;\n" for key in _words())
    parts = [_interface(cls) for _, cls in sorted(found.items())]
    return "\n".join([HEAD, *parts, f"/** The words that the scripts show. */\nexport interface Words {{\n{words}}}\n"])


def _words() -> list[str]:
    """Return the keys of the words that a page gives its scripts."""
    app = Flask(__name__)
    init_i18n(app, completed(Area(LocalText("某地"))))
    with app.test_request_context():
        return list(messages())


def _declared(module: types.ModuleType) -> Iterator[type]:
    for _, cls in inspect.getmembers(module, inspect.isclass):
        if cls.__module__ == module.__name__:
            yield cls


def _collect(cls: type, found: dict[str, type]) -> None:
    """Add a class, and the classes that its fields name."""
    if found.setdefault(cls.__name__, cls) is not cls:
        msg = f"two declarations are called {cls.__name__}: rename one"
        raise ValueError(msg)
    for hint in get_type_hints(cls).values():
        for part in _parts(hint):
            if part.__name__ not in found:
                _collect(part, found)


def _parts(hint: Any) -> Iterator[type]:  # noqa: ANN401  any annotation
    if _is_declared(hint):
        yield hint
    elif get_origin(hint) is not Literal:
        for argument in get_args(hint):
            yield from _parts(argument)


def _is_declared(hint: Any) -> bool:  # noqa: ANN401  any annotation
    return dataclasses.is_dataclass(hint) or is_typeddict(hint)


def _interface(cls: type) -> str:
    optional = getattr(cls, "__optional_keys__", frozenset())
    rows = [
        f"  {name}{'?' if name in optional else ''}: {typescript(hint)};\n"
        for name, hint in get_type_hints(cls).items()
    ]
    doc = (inspect.getdoc(cls) or "").splitlines()[0]
    return f"/** {doc} */\nexport interface {cls.__name__} {{\n{''.join(rows)}}}\n"


def typescript(hint: Any) -> str:  # noqa: ANN401  any annotation
    """Return an annotation as TypeScript writes it; unknown ones are refused."""
    if _is_declared(hint):
        return str(hint.__name__)
    if hint in _SIMPLE:
        return _SIMPLE[hint]
    if inspect.isclass(hint) and issubclass(hint, StrEnum):
        return " | ".join(f'"{member.value}"' for member in hint)
    return _composed(hint)


def _composed(hint: Any) -> str:  # noqa: ANN401  any annotation
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in arguments)
    if origin in {Union, types.UnionType}:
        return " | ".join(typescript(one) for one in arguments)
    if origin is tuple and Ellipsis not in arguments:
        return f"[{', '.join(typescript(one) for one in arguments)}]"
    if origin in {Sequence, list, tuple}:
        return f"{_bracketed(typescript(arguments[0]))}[]"
    if origin in {Mapping, dict}:
        return f"Record<{typescript(arguments[0])}, {typescript(arguments[1])}>"
    msg = f"{hint} has no counterpart in TypeScript; declare a dataclass, a TypedDict, a Literal or a sequence of them"
    raise TypeError(msg)


def _bracketed(text: str) -> str:
    return f"({text})" if " | " in text else text


if __name__ == "__main__":
    TARGET.write_text(types_of_wire(), encoding="utf-8")
    print(TARGET)
