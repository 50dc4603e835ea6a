"""Where the records lie, and where the product keeps what it builds of its own accord."""

import hashlib
import os
from pathlib import Path

import platformdirs

DATA_VARIABLE = "TONGCHENG_DATA"
CATALOGUE_NAME = "catalogue.gpkg"
_PACKAGE = Path(__file__).resolve().parent
_ROOT = _PACKAGE.parent


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
