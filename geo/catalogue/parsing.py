"""Turn raw records into dataclasses and every problem into a sentence."""

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

_T = TypeVar("_T")
_LONGEST_SHOWN = 60
_ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@cache
def adapter(kind: Hashable) -> TypeAdapter[Any]:
    """Return the parser of a type, built once."""
    return TypeAdapter(cast("Any", kind))


def parse(kind: type[_T], raw: object, *, where: str, problems: list[str]) -> _T | None:
    """Return the record, or None after adding one sentence per problem.

    Args:
        kind: The dataclass to make.
        raw: What stood in the file.
        where: File and record, to begin each sentence with.
        problems: Grows by what was found.
    """
    try:
        parsed: _T = adapter(cast("Hashable", kind)).validate_python(raw)
    except ValidationError as error:
        problems.extend(_sentence(where, dict(item)) for item in error.errors(include_url=False))
        return None
    return parsed


def parse_all(kind: type[_T], raw: object, *, where: str, problems: list[str]) -> tuple[_T, ...]:
    """Return the records of a list that hold; each problem names the record by its id or its number."""
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        problems.append(f"{where}: arrived {_shown(raw)}; expected a list of records")
        return ()
    parsed = [
        parse(kind, item, where=f"{where}: {_record_name(item, number)}", problems=problems)
        for number, item in enumerate(raw, start=1)
    ]
    return tuple(record for record in parsed if record is not None)


def is_iso_date(text: str) -> bool:
    """Tell whether a text is an existing date as exact as YYYY, YYYY-MM or YYYY-MM-DD."""
    if not _ISO_DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "-01" * (2 - text.count("-")))
    except ValueError:
        return False
    return True


def _record_name(raw: object, number: int) -> str:
    name = raw.get("id") if isinstance(raw, Mapping) else None
    return str(name) if name else f"record {number}"


def _sentence(where: str, error: Mapping[str, Any]) -> str:
    place = _path(error["loc"])
    match error["type"]:
        case "missing":
            return f"{where}: {place}: is missing; add it"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"{where}: {place}: is not a field of this record; remove it or correct its name"
        case _:
            return f"{where}: {place}: arrived {_shown(error.get('input'))}; {error['msg']}"


def _path(loc: Sequence[str | int]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.lstrip(".") or "record"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
