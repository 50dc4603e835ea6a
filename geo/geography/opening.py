"""What GDAL is told of a file: of a packed one only after a look at its sizes; the encoding of a shapefile's table."""

import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from geo.errors import SourceError

_PACKED = (".zip", ".kmz")
SUFFIXES = (".gpkg", ".shp", ".geojson", ".json", ".kml", ".fgb", ".gdb", ".dxf", ".tab", ".mif", *_PACKED)
MOST_BYTES = 4 * 2**30  # unpacked
MOST_TIMES = 200  # larger unpacked than packed
_DBF_HEAD, _DBF_LANGUAGE, _DBF_SAMPLE = 32, 29, 2**20  # bytes: dBASE III, the place of the language driver
_UNSAID = frozenset({0, 0x57})  # no language, and that of the computer which wrote it
_ENCODINGS = ("UTF-8", "GB18030")
_Beside = Mapping[str, Callable[[], IO[bytes]]]  # the files of one name, by suffix


@dataclass(frozen=True)
class Opened:
    """How GDAL is told of one file; `encoding` is None where it finds that itself."""

    source: str
    encoding: str | None = None


def opened(path: Path) -> list[Opened]:
    """Return every file that a path holds.

    Raises:
        SourceError: It is of no format that is read, is no zip file, or is too large unpacked.
    """
    if path.suffix.lower() not in SUFFIXES:
        msg = f"{path.name}: is of no format that is read; expected one of {', '.join(SUFFIXES)} or .osm.pbf"
        raise SourceError(msg)
    if path.suffix.lower() not in _PACKED:
        same = [one for one in path.parent.iterdir() if one.stem == path.stem]
        beside: _Beside = {one.suffix.lower(): partial(_bytes_of, one) for one in same}
        return [Opened(str(path), _encoding(path.suffix, beside))]
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
            if path.suffix.lower() != ".zip":
                return [Opened(str(path))]
            return list(_members(path, archive)) or [Opened(f"/vsizip/{path}")]
    except (zipfile.BadZipFile, OSError) as error:
        msg = f"{path.name}: is no zip file ({error}); expected one that holds a shapefile or the like"
        raise SourceError(msg) from error


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(one.file_size for one in archive.infolist())
    times = unpacked // max(path.stat().st_size, 1)
    if unpacked > MOST_BYTES or times > MOST_TIMES:
        msg = (
            f"{path.name}: would unpack to {unpacked / 2**20:.0f} MB, {times} times its size; expected at most "
            f"{MOST_BYTES >> 20} MB and {MOST_TIMES} times: unpack it and import the file itself"
        )
        raise SourceError(msg)


def _members(path: Path, archive: zipfile.ZipFile) -> Iterator[Opened]:
    names = [PurePosixPath(name) for name in archive.namelist()]
    folders = {folder for name in names for folder in name.parents if folder.suffix.lower() == ".gdb"}
    for name in sorted({*names, *folders}):
        if name.suffix.lower() in SUFFIXES and name.suffix.lower() not in _PACKED:
            same = [one for one in names if one.with_suffix("") == name.with_suffix("")]
            beside = {one.suffix.lower(): partial(archive.open, str(one)) for one in same}
            yield Opened(f"/vsizip/{path}/{name}", _encoding(name.suffix, beside))


def _bytes_of(path: Path) -> IO[bytes]:
    return path.open("rb")


def _encoding(suffix: str, beside: _Beside) -> str | None:
    """Return the encoding of a shapefile whose table does not say it; None where GDAL knows, or it is not one."""
    if suffix.lower() != ".shp" or ".cpg" in beside or ".dbf" not in beside:
        return None
    with beside[".dbf"]() as file:
        table = file.read(_DBF_SAMPLE)
    if len(table) < _DBF_HEAD or table[_DBF_LANGUAGE] not in _UNSAID:
        return None
    return min(_ENCODINGS, key=lambda encoding: _unreadable(table[_DBF_HEAD:], encoding))


def _unreadable(cells: bytes, encoding: str) -> int:
    return cells.decode(encoding, errors="replace").count("\ufffd")
