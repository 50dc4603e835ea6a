"""On which folders a data folder stands: its own records first, then those of its base, without any heavy library.

A folder may name in its area.toml a `base`, "bundled" or another folder beside it, and what of it to leave out.
"""

import os
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.errors import SourceError
from geo.paths import bundled_folder

BUNDLED = "bundled"
OWN_KEYS = frozenset({"base", "without"})  # of area.toml: they speak of the folder, not of the area


@dataclass(frozen=True)
class DataFolder:
    """One folder of records: how problems call it, and which records of its base it leaves out, as "cases/A01"."""

    path: Path
    called: str
    without: tuple[str, ...] = ()


def folders_of(folder: Path) -> Sequence[DataFolder]:
    """Return a folder and those it stands on, the nearest first; a folder by itself is called "data".

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
        is_last = base is None
        is_own = not is_last or (found and following.resolve() != bundled_folder().resolve())
        found.append(DataFolder(following, str(following) if is_own else "data", without))
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
