"""The only module that reads the facts of data/: raw TOML, CSV and GeoJSON."""

import csv
import io
import json
import tomllib
from functools import cached_property
from pathlib import Path

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.digests import data_digest
from geo.errors import SourceError
from geo.paths import data_folder

DATUMS = frozenset({"WGS-84", "CGCS2000"})


class Sources:
    """Raw facts under one folder. Paths are relative to it, with forward slashes."""

    def __init__(self, folder: Path | None = None) -> None:
        """Take a folder laid out as data/, or the one that came with the package."""
        self.folder = folder or data_folder()
        if not self.folder.is_dir():
            msg = f"{self.folder}: there is no such folder; name the data folder with --data"
            raise SourceError(msg)

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return (self.folder / path).is_file()

    def paths(self, folder: str, pattern: str) -> list[str]:
        """List files of a folder, sorted by name."""
        return sorted(path.relative_to(self.folder).as_posix() for path in (self.folder / folder).glob(pattern))

    def toml(self, path: str) -> dict[str, object]:
        """Read a TOML file.

        Raises:
            SourceError: Missing, not UTF-8 or not TOML; names file and line.
        """
        try:
            return tomllib.loads(self._text(path))
        except tomllib.TOMLDecodeError as error:
            msg = f"data/{path}: is not TOML ({error}); correct it there"
            raise SourceError(msg) from error

    def csv(self, path: str) -> list[dict[str, str]]:
        """Read a CSV file with a header; every row must have as many cells as the header.

        Raises:
            SourceError: Missing, not UTF-8, or rows of another length.
        """
        self._check_datum(path)
        reader = csv.DictReader(io.StringIO(self._text(path)))
        rows = list(reader)
        for number, row in enumerate(rows, start=2):
            if None in row or None in row.values():
                msg = f"data/{path}: line {number}: has not as many cells as the header; quote cells that hold commas"
                raise SourceError(msg)
        return rows

    def geometries(self, path: str) -> dict[str, BaseGeometry]:
        """Read a GeoJSON file as valid geometries by id, WGS-84.

        Raises:
            SourceError: Missing, not GeoJSON, an invalid geometry, or a datum that is not stated.
        """
        self._check_datum(path)
        try:
            features = json.loads(self._text(path))["features"]
            found = {str(feature["id"]): shape(feature["geometry"]) for feature in features}
        except (ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
            msg = (
                f"data/{path}: is not a GeoJSON FeatureCollection with ids ({error!r}); produce it again by its script"
            )
            raise SourceError(msg) from error
        broken = [name for name, geometry in found.items() if not geometry.is_valid or geometry.is_empty]
        if broken:
            msg = f"data/{path}: invalid or empty geometry of {', '.join(broken)}; mend it at its source"
            raise SourceError(msg)
        return found

    def digest(self) -> str:
        """Return a hash of every file, as it was when first asked."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return data_digest(self.folder)

    def _text(self, path: str) -> str:
        try:
            return (self.folder / path).read_text(encoding="utf-8")
        except FileNotFoundError:
            msg = f"data/{path}: is missing; restore it"
            raise SourceError(msg) from None
        except UnicodeDecodeError as error:
            msg = f"data/{path}: is not UTF-8 ({error.reason}); save it as UTF-8"
            raise SourceError(msg) from error

    def _check_datum(self, path: str) -> None:
        """Refuse coordinates whose folder does not state a datum that equals WGS-84 within a metre."""
        source = f"{path.rsplit('/', 1)[0]}/SOURCE.toml"
        datum = self.toml(source).get("datum")
        if datum not in DATUMS:
            msg = (
                f"data/{source}: datum: arrived {datum!r}; expected one of {', '.join(sorted(DATUMS))}. "
                f"Convert data/{path} first: a GCJ-02 or BD-09 file is 350 to 990 m off here"
            )
            raise SourceError(msg)
