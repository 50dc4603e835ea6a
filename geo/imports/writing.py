"""Write many records into a data folder, all of them or none, and never over what somebody else wrote meanwhile.

Everything is staged in a folder of its own inside the data folder, with the old files beside it. Only then are files
put into place, by renaming. What breaks off on the way is undone at once; what was killed is undone by the next import.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_STAGE, _JOURNAL, _LOCK = ".tongcheng-import", "journal.json", "lock"


@dataclass(frozen=True)
class Change:
    """What a file of the folder shall hold; `old` is what it held when that was decided, None where there was none."""

    path: str
    new: bytes
    old: bytes | None


def read_bytes(folder: Path, path: str) -> bytes | None:
    """Return what a file of the folder holds; None where there is none."""
    try:
        return (folder / path).read_bytes()
    except FileNotFoundError:
        return None


def write_changes(folder: Path, changes: Sequence[Change]) -> None:
    """Write all changes, or leave the folder as it was.

    Raises:
        StoreError: A file is not as it was when the change was decided, another import is writing, or the folder
            cannot be written.
    """
    if not changes:
        return
    try:
        with _locked(folder) as stage:
            _undo(folder, stage)
            _stage(folder, stage, changes)
            _apply(folder, stage, changes)
    except OSError as error:
        msg = f"{error.filename or folder}: cannot be written ({error.strerror}); nothing was changed in {folder}"
        raise StoreError(msg) from error


def undo_interrupted(folder: Path) -> bool:
    """Bring a folder back to how it was before an import that was killed; tell whether there was one.

    Raises:
        StoreError: Another import is writing now, or the folder cannot be written.
    """
    if not (folder / _STAGE).exists():
        return False
    try:
        with _locked(folder) as stage:
            return _undo(folder, stage)
    except OSError as error:
        msg = f"{error.filename or folder}: cannot be written ({error.strerror}); an import was interrupted there"
        raise StoreError(msg) from error


@contextmanager
def _locked(folder: Path) -> Iterator[Path]:
    """Give the staging folder to one import alone; it is gone afterwards unless it is still needed to undo."""
    stage = folder / _STAGE
    stage.mkdir(exist_ok=True)
    with (stage / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            msg = f"{folder}: another import is writing there; wait until it is done"
            raise StoreError(msg) from None
        try:
            yield stage
        finally:
            if not (stage / _JOURNAL).exists():
                shutil.rmtree(stage)


def _stage(folder: Path, stage: Path, changes: Sequence[Change]) -> None:
    for name in ("new", "old"):
        shutil.rmtree(stage / name, ignore_errors=True)
        (stage / name).mkdir()
    for number, change in enumerate(changes):
        if read_bytes(folder, change.path) != change.old:
            msg = f"{folder / change.path}: was changed while it was imported; nothing was written, import again"
            raise StoreError(msg)
        (stage / "new" / str(number)).write_bytes(change.new)
        if change.old is not None:
            (stage / "old" / str(number)).write_bytes(change.old)
    made = sorted({parent for change in changes if not (parent := (folder / change.path).parent).exists()})
    journal = {
        "paths": [change.path for change in changes],
        "folders": [str(path.relative_to(folder)) for path in made],
    }
    waiting = stage / "journal"
    waiting.write_text(json.dumps(journal), encoding="utf-8")
    waiting.replace(stage / _JOURNAL)


def _apply(folder: Path, stage: Path, changes: Sequence[Change]) -> None:
    try:
        for number, change in enumerate(changes):
            target = (folder / change.path).resolve()
            target.parent.mkdir(exist_ok=True)
            (stage / "new" / str(number)).replace(target)
    except BaseException:
        _undo(folder, stage)
        raise
    (stage / _JOURNAL).unlink()  # from here on the new state holds


def _undo(folder: Path, stage: Path) -> bool:
    """Put every old file back and take new ones away, as far as they were put into place."""
    if not (stage / _JOURNAL).exists():
        return False
    journal = json.loads((stage / _JOURNAL).read_text(encoding="utf-8"))
    for number, path in enumerate(journal["paths"]):
        target, old = (folder / path).resolve(), stage / "old" / str(number)
        if (stage / "new" / str(number)).exists():
            continue  # was not put into place
        if old.exists():
            shutil.copyfile(old, stage / "back")
            (stage / "back").replace(target)
        else:
            target.unlink(missing_ok=True)
    for name in reversed(journal["folders"]):
        if (folder / name).is_dir() and not os.listdir(folder / name):  # noqa: PTH208  whether it is empty
            (folder / name).rmdir()
    (stage / _JOURNAL).unlink()
    return True
