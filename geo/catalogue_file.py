"""The catalogue as a file: its format, what it was built from, whether it may be read."""

import hashlib
import shlex
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from geo.errors import DamagedError, NoCatalogueError, SourceError, StoreError
from geo.files import NATIONAL, folders_of

_PACKAGE = Path(__file__).resolve().parent
_DATA_SUFFIXES = frozenset({".toml", ".csv", ".geojson"})
_IMPORTED = "imported"  # folder of what a user imported; a GeoPackage elsewhere may be a catalogue
_BUILDER_SUFFIXES = (".py", ".po")
READERS = frozenset({"cli", "exports", "face", "imports", "render"})  # above the catalogue: no part of building it


def data_digest(folder: Path) -> str:
    """Return a hash of every file of a data folder and of what it stands on; where these lie does not count.

    Raises:
        SourceError: A file cannot be read, or the base of a folder is not there.
    """
    each = [_folder_digest(one.path) for one in folders_of(folder)]
    return each[0] if len(each) == 1 else hashlib.sha256(" ".join(each).encode()).hexdigest()


def _folder_digest(folder: Path) -> str:
    try:
        return _digest(folder, (path for path in folder.rglob("*") if _is_record(path) and path.is_file()))
    except OSError as error:
        msg = f"{error.filename}: cannot be read ({error.strerror}); the records need every file of {folder}"
        raise SourceError(msg) from error


def _is_record(path: Path) -> bool:
    return path.suffix in _DATA_SUFFIXES or (path.suffix == ".gpkg" and path.parent.name == _IMPORTED)


@dataclass(frozen=True)
class BuiltFrom:
    """What decides what a catalogue holds: the records, the release, and the code and words that build."""

    data_digest: str
    release: str
    builder: str


def built_from(folder: Path) -> BuiltFrom:
    """Return what a catalogue of a data folder is built from now.

    Raises:
        SourceError: A file of the folder cannot be read.
    """
    return BuiltFrom(data_digest(folder), release(), builder_digest())


@cache
def builder_digest(package: Path = _PACKAGE) -> str:
    """Return a hash of what builds, the same in a checkout and in the wheel made of it.

    It is the code, the words, and what is the same for every area.
    """
    files = (path.relative_to(package) for suffix in _BUILDER_SUFFIXES for path in package.rglob(f"*{suffix}"))
    built = [package / path for path in files if path.parts[0].removesuffix(".py") not in READERS]
    return _digest(package, [*built, *(package / NATIONAL.name).glob("*")])


def release() -> str:
    """Return the version of the package, "unreleased" where it is not installed."""
    try:
        return version("tongcheng-atlas")
    except PackageNotFoundError:
        return "unreleased"


def _digest(folder: Path, files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0")
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


FORMAT_VERSION = "10"
_SQLITE = b"SQLite format 3\0"
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_MOST_NAMES = 6


@dataclass(frozen=True)
class About:
    """What a catalogue says of itself; a file of before this was written says "" for release and builder."""

    format_version: str
    data_digest: str
    release: str
    builder: str

    @property
    def built_from(self) -> BuiltFrom:
        """Return what it was built from."""
        return BuiltFrom(self.data_digest, self.release, self.builder)


def read_about(path: Path, *, data: Path | None = None) -> About:
    """Read what a catalogue says of itself, of whichever format it is.

    Args:
        path: The file.
        data: The folder that the remedy names.

    Raises:
        NoCatalogueError: There is no file, or it is something else (says what).
        StoreError: It cannot be read now.
        DamagedError: It is a database that cannot be read.
    """
    head = _head(path, data)
    if not head.startswith(_SQLITE):
        raise _refusal(path, _kind(head))
    try:
        with closing(_connect(path)) as connection:
            about = _about(connection)
            if about is None:
                raise _refusal(path, _database(connection))
            return about
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _unreadable(path, data, error) from error


def check_no_catalogue(path: Path) -> None:
    """Refuse a place where a catalogue of any format lies, or may lie: only `build` replaces one.

    Raises:
        StoreError: A catalogue lies there, or it cannot be told: a locked, closed or damaged one.
    """
    try:
        read_about(path)
    except NoCatalogueError:
        return
    msg = f"{path}: a catalogue, which only tongcheng build replaces"
    raise StoreError(msg)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a catalogue of our format to read its tables; what is wrong in them is told when it is met.

    Raises:
        StoreError: As of `check_format`, or a table is not as it was written.
    """
    check_format(path)
    try:
        with closing(_connect(path)) as connection:
            yield connection
    except (sqlite3.Error, ValueError, LookupError, TypeError) as error:
        msg = f"{path}: the catalogue is damaged ({type(error).__name__}); delete it and run: tongcheng build"
        raise StoreError(msg) from error


def table_rows(connection: sqlite3.Connection, name: str) -> sqlite3.Cursor:
    """Return the rows of a table of ours, as they were written."""
    return connection.execute(f'SELECT * FROM "{name}" ORDER BY fid')  # noqa: S608  names of our own tables


def check_format(path: Path, *, data: Path | None = None) -> About:
    """Return what a catalogue says of itself, when this release can read it.

    Raises:
        StoreError: As of `read_about`, or the catalogue is of another format.
    """
    about = read_about(path, data=data)
    if about.format_version != FORMAT_VERSION:
        msg = (
            f"{path}: a catalogue of format {about.format_version}; this release reads format {FORMAT_VERSION}. "
            f"To write it anew, {build_again(path, data)}"
        )
        raise StoreError(msg)
    return about


def build_command(path: Path, data: Path | None = None) -> str:
    """Return the command that writes a catalogue anew."""
    said = f" --data {shlex.quote(str(data))}" if data is not None else ""
    return f"tongcheng build{said} --catalogue {shlex.quote(str(path))}"


def build_again(path: Path, data: Path | None) -> str:
    """Return what to do so that the records of a catalogue are not replaced by others."""
    hint = "" if data is not None else ", with --data where its records are not the installed ones"
    return f"run: {build_command(path, data)}{hint}"


def _head(path: Path, data: Path | None) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise _refusal(path, "a directory")
        if not stat.S_ISREG(mode):
            raise _refusal(path, "a device or a pipe")
        with path.open("rb") as file:
            return file.read(8192)
    except FileNotFoundError:
        msg = f"{path}: there is no catalogue; run: {build_command(path, data)}"
        raise NoCatalogueError(msg) from None
    except OSError as error:
        msg = f"{path}: cannot be read ({error.strerror}); name a file that may be read"
        raise StoreError(msg) from error


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def _about(connection: sqlite3.Connection) -> About | None:
    """Return what the file says of itself; None when it is no catalogue."""
    columns = {row["name"] for row in connection.execute("PRAGMA table_info(metadata)")}
    if not {"key", "value"} <= columns:
        return None
    said = {row["key"]: row["value"] for row in connection.execute("SELECT key, value FROM metadata")}
    if not {"format_version", "data_digest"} <= said.keys():
        return None
    return About(said["format_version"], said["data_digest"], said.get("release", ""), said.get("builder", ""))


def _kind(head: bytes) -> str:
    if not head:
        return "an empty file"
    return "a file of another kind" if b"\0" in head else "a text file"


def _database(connection: sqlite3.Connection) -> str:
    tables = [row["name"] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if "gpkg_contents" not in tables:
        return f"a database with the tables {_few(tables)}" if tables else "a database without tables"
    layers = [row["table_name"] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY rowid")]
    return f"a GeoPackage with the layers {_few(layers)}" if layers else "a GeoPackage without layers"


def _few(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _refusal(path: Path, what: str) -> NoCatalogueError:
    return NoCatalogueError(
        f"{path}: {what}; not a catalogue of Tongcheng Atlas. Name a file that tongcheng build wrote, "
        f"or move this one away and run: {build_command(path)}"
    )


def _unreadable(path: Path, data: Path | None, error: Exception) -> StoreError:
    name = getattr(error, "sqlite_errorname", "SQLITE_CORRUPT")
    if name.startswith(_DAMAGE):
        return DamagedError(f"{path}: a damaged database ({error}); delete it and {build_again(path, data)}")
    return StoreError(f"{path}: cannot be read ({error}); close the program that uses it, or name another file")
