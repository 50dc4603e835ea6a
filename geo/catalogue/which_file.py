"""Which catalogue file a command reads, and when it is built anew.

The product's own file, where nobody names one, is built when it is missing, damaged, or of other records or another
builder than now. A file that somebody names is opened as it is. Only `build_file` replaces one, and only a catalogue.

A note lies in the product's own folder, one for each file that was built. Where it is lost nobody knows, and that is
safe: then only `tongcheng build` replaces the file.
"""

from __future__ import annotations

import hashlib
import logging
import os
from typing import TYPE_CHECKING

from geo.catalogue_file import (
    About,
    build_again,
    build_command,
    builder_digest,
    built_from,
    check_format,
    data_digest,
    read_about,
    release,
)
from geo.errors import DamagedError, StoreError
from geo.files import bundled_folder, data_folder, note_path, own_catalogue_path, path_key, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geo.catalogue.build import Report
    from geo.catalogue.catalogue import Catalogue


log = logging.getLogger(__name__)


def remember(catalogue: Path, data: Path, digest: str) -> None:
    """Note that a catalogue was built from a folder while its records had a digest; a full disk is no error."""
    note = note_path(catalogue)
    try:
        note.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(note, _said(data, digest))
    except OSError as error:
        log.info("%s: what it was built from is not noted (%s)", catalogue, error.strerror)


def was_built_from(catalogue: Path, data: Path, digest: str) -> bool:
    """Tell whether the catalogue that now lies there, of records with this digest, was built from the folder."""
    try:
        return note_path(catalogue).read_bytes() == _said(data, digest)
    except OSError:
        return False


def _said(data: Path, digest: str) -> bytes:
    return hashlib.sha256(f"{path_key(data)} {digest}".encode()).hexdigest().encode()


def _silent(_step: str) -> None:
    """Hear a step and say nothing."""


def file_to_read(
    named: Path | None = None,
    data: Path | None = None,
    *,
    on_step: Callable[[str], None] = _silent,
    tell: Callable[[str], None] = log.warning,
) -> Path:
    """Return the file that answers; a named one is never written.

    Args:
        named: The file that somebody named; None is the product's own one for the data.
        data: A data folder; None is the one of the package. A named file must have been built from it.
        on_step: Hears each of BUILD_STEPS when the own file is built.
        tell: Hears one line when a named file is of other records, or of another builder, than now.

    Raises:
        StoreError: The named file is missing, no catalogue, of another format or of other records than those of `data`.
        RecordError: The own file had to be built, and records do not hold.
    """
    if named is None:
        return _own_file(data, on_step)
    about = check_format(named, data=data)
    if data is not None and about.data_digest != data_digest(data):
        raise _other_records(named, data)
    _tell_differences(named, data, about, tell)
    return named


def file_to_serve(
    named: Path | None = None,
    data: Path | None = None,
    *,
    on_step: Callable[[str], None] = _silent,
    tell: Callable[[str], None] = log.warning,
) -> Path:
    """Return the file that answers, as `file_to_read`; a named one is built where that loses nothing.

    That is where it does not exist yet, or where `data` is said and it was built from there.

    Raises:
        StoreError: As of `file_to_read`, or it cannot be written.
        RecordError: It had to be built, and records do not hold.
    """
    if named is not None and (not os.path.exists(named) or _may_renew(named, data)):  # noqa: PTH110  no error where closed
        return build_file(named, data, on_step=on_step)[0]
    return file_to_read(named, data, on_step=on_step, tell=tell)


def build_file(
    named: Path | None = None, data: Path | None = None, *, on_step: Callable[[str], None] = _silent
) -> tuple[Path, Catalogue, Report]:
    """Build the catalogue of a data folder and write it; on any problem the file stays as it was.

    Raises:
        StoreError: A file that is no catalogue lies there, or the place cannot be written.
        RecordError: Records do not hold; lists every problem.
    """
    from geo.catalogue.base_tiles import tiles_beside  # noqa: PLC0415  heavy: only when needed
    from geo.catalogue.build import build_catalogue  # noqa: PLC0415
    from geo.catalogue.store import write_catalogue  # noqa: PLC0415
    from geo.sources import Sources  # noqa: PLC0415

    path = named or own_catalogue_path(data)
    _check_replaceable(path, is_own=named is None)
    sources = Sources(data)
    catalogue, report = build_catalogue(sources, on_step=on_step)
    on_step("file")
    with tiles_beside(path, catalogue, sources):
        write_catalogue(catalogue, path)
    if named is not None:
        remember(named, data or data_folder(), catalogue.data_digest)
    log.info("%d cases, %d of %d mentions resolved: %s", len(catalogue.cases), report.resolved, report.mentions, path)
    return path, catalogue, report


def _own_file(data: Path | None, on_step: Callable[[str], None]) -> Path:
    path = own_catalogue_path(data)
    return path if _is_fresh(path, data) else build_file(None, data, on_step=on_step)[0]


def _is_fresh(path: Path, data: Path | None) -> bool:
    """Tell whether building the data folder now would give this file again."""
    try:
        about = check_format(path)
    except StoreError:
        return False
    return about.built_from == built_from(data or data_folder())


def _check_replaceable(path: Path, *, is_own: bool) -> None:
    """Refuse to replace what is no catalogue; a damaged database in the product's own place was one."""
    if not os.path.exists(path):  # noqa: PTH110  no error where it is closed: writing tells
        return
    try:
        read_about(path)
    except DamagedError:
        if not is_own:
            raise
    waiting = path.resolve().with_name(f"{path.resolve().name}-wal")
    if waiting.is_file() and waiting.stat().st_size > 0:
        # SQLite would read the changes that wait there into the new file.
        msg = f"{path}: is open in another program, such as QGIS, or was when that broke off; close it there first"
        raise StoreError(msg)


def _may_renew(named: Path, data: Path | None) -> bool:
    """Tell whether a named file is stale and was surely built from this folder: its records are the same, or noted."""
    about = read_about(named, data=data)
    if data is None or _is_fresh(named, data):
        return False
    return about.data_digest == data_digest(data) or was_built_from(named, data, about.data_digest)


def _other_records(named: Path, data: Path) -> StoreError:
    return StoreError(
        f"{named}: was not built from the records that {data} holds now. Leave out --catalogue to ask those records, "
        f"leave out --data to ask the file as it is, or write it anew, run: {build_command(named, data)}"
    )


def _tell_differences(named: Path, data: Path | None, about: About, tell: Callable[[str], None]) -> None:
    found = []
    if data is None and about.data_digest != data_digest(data_folder()):
        found.append(f"built from other records than {_usual()}")
    if about.builder != builder_digest():
        found.append(f"built by {_builder(about)}")
    if found:
        tell(f"{named}: {' and '.join(found)}; opened as it is. To write it anew, {build_again(named, data)}")


def _usual() -> str:
    folder = data_folder()
    return "the installed ones" if folder == bundled_folder() else f"those of {folder}"


def _builder(about: About) -> str:
    if about.release and about.release != release():
        return f"release {about.release} (this is {release()})"
    return "another state of the code"
