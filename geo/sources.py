"""The only module that reads the facts of a data folder, and of the folders it stands on: raw TOML, CSV and GeoJSON.

Where a folder stands on another one, a record of the same id replaces that of its base, others are added, and what the
folder leaves out is gone. Problems of readers begin with "data/<path>"; `told` names the file that they mean.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.catalogue_file import data_digest
from geo.errors import RecordError, SourceError
from geo.files import OWN_KEYS, DataFolder, data_folder, folders_of

DATUMS = frozenset({"WGS-84", "CGCS2000"})
_AREA, _CASES, _LEDGER = "area.toml", "cases", "ids/ledger.toml"
_PROBLEM = re.compile(r"data/(?P<path>[^:]+): (?P<record>[^:]+)")
_FILE_TOLD = re.compile(r"(?<![\w/'\"])data/")
_T = TypeVar("_T")
_Document = dict[str, Any]  # of TOML, before records are checked
_Table = Mapping[str, Any]
Row = dict[str, str]


class Sources:
    """Raw facts under one folder and those it stands on. Paths are relative to it, with forward slashes."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take a folder laid out as data/, or the one that TONGCHENG_DATA names, or that came with the package.

        Raises:
            SourceError: There is no such folder, or its area.toml, or what it stands on, cannot be understood.
        """
        self.folder = folder or data_folder()
        if not self.folder.is_dir():
            msg = f"{self.folder}: there is no such folder; name the data folder with --data or TONGCHENG_DATA"
            raise SourceError(msg)
        self._folders = folders_of(self.folder)
        for one in self._folders:
            if (one.path / _AREA).exists():
                self._toml(one, _AREA)  # which base it names is not known else, and everything would seem to be missing
        self._unused = {(folder.called, one) for folder in self._folders for one in folder.without}

    def called(self, path: str) -> str:
        """Return how problems call a file of the folder itself."""
        return f"{self._folders[0].called}/{path}"

    def has(self, path: str) -> bool:
        """Tell whether there is a file."""
        return any((folder.path / path).is_file() for folder in self._folders)

    def file(self, path: str) -> Path | None:
        """Return where the nearest folder has a file that another library opens; None where none has it."""
        places = (folder.path / path for folder in self._folders)
        return next((place for place in places if place.is_file()), None)

    def paths(self, folder: str, pattern: str) -> list[str]:
        """List files of a folder, sorted by name."""
        found: set[str] = set()
        for part in reversed(self._folders):
            found -= {path for path in found if self._leaves_out(part, path, PurePosixPath(path).stem)}
            found |= {path.relative_to(part.path).as_posix() for path in (part.path / folder).glob(pattern)}
        return sorted(found)

    def toml(self, path: str) -> dict[str, object]:
        """Read a TOML file; of area.toml, what it says of the area.

        Raises:
            SourceError: Missing, not UTF-8 or not TOML; names file and line.
        """
        document = self._gathered(path, self._toml, self._tables_left, _tables_over)
        return {key: value for key, value in document.items() if path != _AREA or key not in OWN_KEYS}

    def csv(self, path: str) -> list[Row]:
        """Read a CSV file with a header; every row must have as many cells as the header.

        A row is known by its `id`, else by its first two cells.

        Raises:
            SourceError: Missing, not UTF-8, or rows of another length.
        """
        return self._gathered(path, self._rows, self._rows_left, _rows_over)

    def geometries(self, path: str) -> dict[str, BaseGeometry]:
        """Read a GeoJSON file as valid geometries by id, WGS-84.

        Raises:
            SourceError: Missing, not GeoJSON, an invalid geometry, or a datum that is not stated.
        """
        return self._gathered(path, self._shapes, self._shapes_left, lambda _, base, own: {**base, **own})

    def digest(self) -> str:
        """Return a hash of every file, as it was when first asked."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return data_digest(self.folder)

    def unused(self) -> list[str]:
        """Return a problem for everything that a folder leaves out and that no file read so far held."""
        return [
            f'{called}/{_AREA}: without: {one!r} is no record of the base; correct it, such as "cases/A01"'
            for called, one in sorted(self._unused)
        ]

    def told(self, problem: str) -> str:
        """Return a problem of a reader with the file that it means, that of the folder or of one it stands on."""
        found = _PROBLEM.match(problem)
        if found is None:
            return problem
        folder = self._meant(found["path"], found["record"])
        return _FILE_TOLD.sub(lambda _: f"{folder.called}/", problem)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Let the problems of readers name the files that they mean.

        Raises:
            RecordError: What a reader raised, sorted.
        """
        try:
            yield
        except RecordError as error:
            raise RecordError(sorted(map(self.told, error.problems))) from error

    def _meant(self, path: str, record: str) -> DataFolder:
        """Return the nearest folder whose file speaks of a record; a file of one record is read as a whole."""
        files = [folder for folder in self._folders if (folder.path / path).is_file()]
        if files and path.startswith(f"{_CASES}/"):
            return files[0]
        holding = (folder for folder in self._folders if _holds(folder.path, path, record))
        return next(holding, files[0] if files else self._folders[0])

    def _gathered(
        self,
        path: str,
        read: Callable[[DataFolder, str], _T],
        left: Callable[[DataFolder, str, _T], _T],
        over: Callable[[str, _T, _T], _T],
    ) -> _T:
        """Return a file of the farthest folder, with what nearer ones leave out taken away and theirs laid over it."""
        found: list[_T] = []
        for folder in reversed(self._folders):
            found = [left(folder, path, one) for one in found]
            if (folder.path / path).exists():
                own = read(folder, path)
                found = [over(path, one, own) for one in found] or [own]
        if not found:
            msg = f"{self.called(path)}: is missing; restore it"
            raise SourceError(msg)
        return found[0]

    def _toml(self, folder: DataFolder, path: str) -> _Document:
        try:
            return tomllib.loads(_text(folder, path))
        except tomllib.TOMLDecodeError as error:
            msg = f"{folder.called}/{path}: is not TOML ({error}); correct it there"
            raise SourceError(msg) from error

    def _rows(self, folder: DataFolder, path: str) -> list[Row]:
        self._check_datum(folder, path)
        rows = list(csv.DictReader(io.StringIO(_text(folder, path))))
        for number, row in enumerate(rows, start=2):
            if None in row or None in row.values():
                msg = (
                    f"{folder.called}/{path}: line {number}: has not as many cells as the header; "
                    f"quote cells that hold commas"
                )
                raise SourceError(msg)
        return rows

    def _shapes(self, folder: DataFolder, path: str) -> dict[str, BaseGeometry]:
        self._check_datum(folder, path)
        where = f"{folder.called}/{path}"
        try:
            features = json.loads(_text(folder, path))["features"]
            found = {str(feature["id"]): shape(feature["geometry"]) for feature in features}
        except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
            msg = f"{where}: is not a GeoJSON FeatureCollection with ids ({error!r}); produce it again by its script"
            raise SourceError(msg) from error
        broken = [name for name, geometry in found.items() if not geometry.is_valid or geometry.is_empty]
        if broken:
            msg = f"{where}: invalid or empty geometry of {', '.join(broken)}; mend it at its source"
            raise SourceError(msg)
        return found

    def _leaves_out(self, folder: DataFolder, path: str, *names: str) -> bool:
        """Tell whether a folder leaves out a record, by any of its names, of the file of a base; notes that it did."""
        place = PurePosixPath(path)
        parent = place.stem if place.parent == PurePosixPath() else place.parent.as_posix()
        said = [one for name in names if (one := f"{parent}/{name}") in folder.without]
        self._unused -= {(folder.called, one) for one in said}
        return bool(said)

    def _tables_left(self, folder: DataFolder, path: str, document: _Document) -> _Document:
        if path == _LEDGER:  # a case that is left out needs no line either
            return {name: line for name, line in document.items() if f"cases/{name}" not in folder.without}
        if path.startswith("cases/") and isinstance(told := document.get("see_also"), list):  # nor does one lead to it
            return {**document, "see_also": [name for name in told if f"cases/{name}" not in folder.without]}
        return {
            key: [one for one in value if not self._leaves_out(folder, path, _name(one))]
            if _is_tables(value)
            else value
            for key, value in document.items()
        }

    def _rows_left(self, folder: DataFolder, path: str, rows: list[Row]) -> list[Row]:
        return [row for row in rows if not self._leaves_out(folder, path, next(iter(row.values()), ""))]

    def _shapes_left(self, folder: DataFolder, path: str, shapes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
        return {name: one for name, one in shapes.items() if not self._leaves_out(folder, path, name)}

    def _check_datum(self, folder: DataFolder, path: str) -> None:
        """Refuse coordinates whose folder does not state a datum that equals WGS-84 within a metre."""
        source = f"{path.rsplit('/', 1)[0]}/SOURCE.toml"
        if not (folder.path / source).exists():
            msg = f"{folder.called}/{source}: is missing; write it, with the datum of {folder.called}/{path}"
            raise SourceError(msg)
        datum = self._toml(folder, source).get("datum")
        if datum not in DATUMS:
            msg = (
                f"{folder.called}/{source}: datum: arrived {datum!r}; expected one of {', '.join(sorted(DATUMS))}. "
                f"Convert {folder.called}/{path} first: a GCJ-02 or BD-09 file is 350 to 990 m off here"
            )
            raise SourceError(msg)


def _text(folder: DataFolder, path: str) -> str:
    try:
        return (folder.path / path).read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError):
        msg = f"{folder.called}/{path}: is missing; restore it"
        raise SourceError(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{folder.called}/{path}: is not UTF-8 ({error.reason}); save it as UTF-8"
        raise SourceError(msg) from error


def _tables_over(path: str, base: _Document, own: _Document) -> _Document:
    """Lay a document over that of a base: tables by their names; one record, such as a case, as a whole."""
    if path == _AREA:
        return {**base, **own}
    if "id" in own:
        return own
    merged = {key: _each_over(base[key], value) for key, value in own.items() if _is_tables(base.get(key))}
    return {**base, **own, **merged}


def _each_over(base: Sequence[_Table], own: Sequence[_Table]) -> list[_Table]:
    by_name = {_name(one): one for one in own if _name(one)}
    kept = [by_name.pop(_name(one), one) for one in base]
    return [*kept, *(one for one in own if not _name(one) or _name(one) in by_name)]


def _rows_over(_path: str, base: list[Row], own: list[Row]) -> list[Row]:
    by_key = {_key(row): row for row in own}
    kept = [by_key.pop(_key(row), row) for row in base]
    return [*kept, *by_key.values()]


def _key(row: Row) -> tuple[str, ...]:
    return (row["id"],) if "id" in row else tuple(row.values())[:2]


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _name(record: _Table) -> str:
    """Return what a record is known by: its id, else its name; empty where it has neither."""
    name = record.get("id", record.get("name"))
    return name if isinstance(name, str) else ""


def _holds(folder: Path, path: str, record: str) -> bool:
    """Tell whether a file, or any file of a folder, speaks of a record; a case wants its line where it lies itself."""
    if path == _LEDGER and (folder / _CASES / f"{record}.toml").is_file():
        return True
    place = folder / path
    files = sorted(place.rglob("*")) if place.is_dir() else [place]
    said = re.compile(rf"(?<!\w){re.escape(record)}(?!\w)".encode())
    return any(said.search(file.read_bytes()) for file in files if file.is_file())
