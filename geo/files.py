"""Where records and the catalogue lie, and how a file is written: as a whole or not at all.

A folder may name in its area.toml a `base`, "bundled" or another folder beside it, and what of it to leave out.
"""

import hashlib
import io
import os
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import platformdirs

from geo.errors import SourceError

DATA_VARIABLE = "TONGCHENG_DATA"
CATALOGUE_NAME = "catalogue.gpkg"
_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE.parent
NATIONAL = _PACKAGE / "national"  # what is the same for every area


def data_folder() -> Path:
    """Return the data folder of somebody who names none: that of TONGCHENG_DATA, else the one of the package."""
    named = os.environ.get(DATA_VARIABLE, "").strip()
    return Path(named) if named else bundled_folder()


def bundled_folder() -> Path:
    """Return the data that came with the package: inside an installed wheel, or beside the package."""
    installed = _PACKAGE / "_data"
    return installed if installed.is_dir() else _ROOT / "data"


def own_folder() -> Path:
    """Return build/ in a checkout, else a folder in the user's cache."""
    if (_ROOT / "pyproject.toml").is_file():
        return _ROOT / "build"
    return Path(platformdirs.user_cache_dir("tongcheng-atlas", appauthor=False))


def default_catalogue_path() -> Path:
    """Return where the catalogue of the data that came with the package lies when nobody names a file."""
    return own_folder() / CATALOGUE_NAME


def own_catalogue_path(data: Path | None) -> Path:
    """Return where the catalogue of a data folder lies when nobody names a file; None is that of `data_folder`."""
    data = data or data_folder()
    if data.resolve() == bundled_folder().resolve():
        return default_catalogue_path()
    return own_folder() / "other-data" / f"{path_key(data)}.gpkg"


def note_path(catalogue: Path) -> Path:
    """Return where it is noted what a named file was built from."""
    return own_folder() / "built" / path_key(catalogue)


def path_key(path: Path) -> str:
    """Return a short name for a place of this machine, the same by whichever link it is reached."""
    return hashlib.sha256(str(path.resolve()).encode(errors="surrogateescape")).hexdigest()[:24]


BUNDLED = "bundled"
OWN_KEYS = frozenset({"base", "without"})  # of area.toml: they speak of the folder, not of the area


@dataclass(frozen=True)
class DataFolder:
    """One folder of records: how problems call it, and which records of its base it leaves out, as "cases/A01"."""

    path: Path
    called: str
    without: tuple[str, ...] = ()


def folders_of(folder: Path) -> Sequence[DataFolder]:
    """Return a folder and those it stands on, the nearest first; what came with the package is called "data".

    Raises:
        SourceError: `base` or `without` cannot be understood, there is no such base, or a base leads back.
    """
    found: list[DataFolder] = []
    following: Path | None = folder
    while following is not None:
        if any(following.resolve() == known.path.resolve() for known in found):
            msg = f"{found[-1].path}/area.toml: base: leads back to {following}; a folder cannot stand on itself"
            raise SourceError(msg)
        base, without = _said(following)
        is_bundled = following.resolve() == bundled_folder().resolve()
        found.append(DataFolder(following, "data" if is_bundled else str(following), without))
        following = base
    return found


def _said(folder: Path) -> tuple[Path | None, tuple[str, ...]]:
    """Return the base of a folder and what it leaves out; what is wrong with the rest of its file is told later."""
    try:
        said = tomllib.loads((folder / "area.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None, ()
    base, without = said.get("base"), said.get("without", [])
    where = f"{folder}/area.toml"
    if not (isinstance(without, list) and all(isinstance(one, str) and "/" in one for one in without)):
        msg = f'{where}: without: arrived {without!r}; expected a list of records such as "cases/A01"'
        raise SourceError(msg)
    if base is None:
        if without:
            msg = f'{where}: without: needs a base to leave records out of; add base = "{BUNDLED}"'
            raise SourceError(msg)
        return None, ()
    if not isinstance(base, str) or not base:
        msg = f'{where}: base: arrived {base!r}; expected "{BUNDLED}" or the path of another folder'
        raise SourceError(msg)
    path = bundled_folder() if base == BUNDLED else Path(os.path.normpath(folder / base))
    if not path.is_dir():
        msg = f'{where}: base: arrived {base!r}; there is no folder {path}. Expected "{BUNDLED}" or a path from there'
        raise SourceError(msg)
    return path, tuple(without)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file as a whole, as `written_beside` does.

    Raises:
        OSError: The folder does not exist or cannot be written.
    """
    with written_beside(path) as file:
        file.write(content)


@contextmanager
def written_beside(path: Path) -> Iterator[BinaryIO]:
    """Give a temporary file beside the target, then rename it; a symbolic link stays a link.

    Nothing is left of it when what is done with it fails.

    Raises:
        OSError: The folder does not exist or cannot be written.
    """
    target = path.resolve()
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file can hold


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files by name as one zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    """Return the files of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
