"""Read records from the data folder: raw facts become dataclasses, and every problem a sentence."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError
from shapely.geometry.base import BaseGeometry

from geo.sources import Sources

_T = TypeVar("_T")
_LONGEST_SHOWN = 60


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


class RecordReader:
    """Reads files of the data folder as records, and gathers the problems of all of them."""

    def __init__(self, sources: Sources) -> None:
        """Take the folder; nothing is read yet."""
        self.sources = sources
        self.problems: list[str] = []

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return self.sources.has(path)

    def toml(self, kind: type[_T], path: str, key: str) -> tuple[_T, ...]:
        """Return the records under a key of a TOML file, which holds at least one.

        Raises:
            SourceError: The file is missing or unreadable.
        """
        if key not in self.sources.toml(path):
            self.problems.append(f"data/{path}: holds no [[{key}]]; expected at least one")
        return self.toml_if_any(kind, path, key)

    def toml_if_any(self, kind: type[_T], path: str, key: str) -> tuple[_T, ...]:
        """Return the records under a key of a TOML file; none where it has no such key.

        Raises:
            SourceError: The file is missing or unreadable.
        """
        raw = self.sources.toml(path).get(key, [])
        return self._unique(parse_all(kind, raw, where=f"data/{path}", problems=self.problems), path)

    def csv(self, kind: type[_T], path: str) -> tuple[_T, ...]:
        """Return the rows of a CSV file; an empty cell is None.

        Raises:
            SourceError: The file is missing or unreadable.
        """
        rows = [{name: text or None for name, text in row.items()} for row in self.sources.csv(path)]
        return self._unique(parse_all(kind, rows, where=f"data/{path}", problems=self.problems), path)

    def number(self, path: str, key: str) -> float:
        """Return a number above 0 of a TOML file; 1 beside a problem.

        Raises:
            SourceError: The file is missing or unreadable.
        """
        value = self.sources.toml(path).get(key)
        if isinstance(value, int | float) and value > 0:
            return float(value)
        self.problems.append(f"data/{path}: {key}: arrived {value!r}; expected a number above 0")
        return 1.0

    def geometries(self, path: str) -> dict[str, BaseGeometry]:
        """Return the geometries of a GeoJSON file by id, WGS-84.

        Raises:
            SourceError: The file is missing or unreadable, or its datum is not stated.
        """
        return self.sources.geometries(path)

    def _unique(self, records: tuple[_T, ...], path: str) -> tuple[_T, ...]:
        seen: set[str] = set()
        for record in records:
            name = str(getattr(record, "id", id(record)))
            if name in seen:
                self.problems.append(f"data/{path}: {name}: stands twice; ids are unique")
            seen.add(name)
        return records


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
        case "dataclass_type" | "tuple_type":
            expected = "a list" if error["type"] == "tuple_type" else "a table of fields"
            return f"{where}: {place}: arrived {_shown(error.get('input'))}; expected {expected}"
        case _:
            return f"{where}: {place}: arrived {_shown(error.get('input'))}; {error['msg']}"


def _path(loc: Sequence[str | int]) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)
    return text.lstrip(".") or "record"


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
