"""Where the catalogue lies when nobody names another place."""

from pathlib import Path

import platformdirs

CATALOGUE_NAME = "catalogue.gpkg"
_ROOT = Path(__file__).resolve().parent.parent


def default_catalogue_path() -> Path:
    """Return build/catalogue.gpkg in a checkout, else a file in the user's cache folder."""
    if (_ROOT / "pyproject.toml").is_file():
        return _ROOT / "build" / CATALOGUE_NAME
    return Path(platformdirs.user_cache_dir("tongcheng-atlas", appauthor=False)) / CATALOGUE_NAME
