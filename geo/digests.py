"""What a catalogue is built from, and what builds it, each as a digest: where both are equal, so is the catalogue."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from geo.data_folders import folders_of
from geo.errors import SourceError

_PACKAGE = Path(__file__).resolve().parent
_DATA_SUFFIXES = frozenset({".toml", ".csv", ".geojson"})
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
        return _digest(folder, (path for path in folder.rglob("*") if path.suffix in _DATA_SUFFIXES and path.is_file()))
    except OSError as error:
        msg = f"{error.filename}: cannot be read ({error.strerror}); the records need every file of {folder}"
        raise SourceError(msg) from error


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
    """Return a hash of the code and words that build: the same in a checkout and in the wheel made of it."""
    files = (path.relative_to(package) for suffix in _BUILDER_SUFFIXES for path in package.rglob(f"*{suffix}"))
    return _digest(package, (package / path for path in files if path.parts[0].removesuffix(".py") not in READERS))


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
