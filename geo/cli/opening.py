"""Open what `--catalogue` and `--data` name, and never write over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.catalogue.which_file import file_to_read
from geo.catalogue_file import is_catalogue
from geo.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from geo.catalogue.catalogue import Catalogue


def tell(line: str) -> None:
    """Say one line beside the answer."""
    click.echo(f"note: {line}", err=True)


def readable_file(catalogue: Path | None, data: Path | None) -> Path:
    """Return the file that answers.

    Raises:
        StoreError: As of `file_to_read`.
        RecordError: As of `file_to_read`.
    """
    return file_to_read(catalogue, data, tell=tell)


def readable_catalogue(catalogue: Path | None, data: Path | None) -> Catalogue:
    """Return the whole catalogue that answers.

    Raises:
        StoreError: As of `file_to_read`.
        RecordError: As of `file_to_read`.
    """
    from geo.catalogue.store import read_catalogue  # noqa: PLC0415  heavy: only when needed

    return read_catalogue(readable_file(catalogue, data))


def write_out(out: Path, content: bytes) -> None:
    """Write an answer to a file and say how long it is.

    Raises:
        StoreError: It cannot be written, or a catalogue lies there: only `build` replaces one.
    """
    from geo.files import write_atomically  # noqa: PLC0415

    if is_catalogue(out):
        msg = f"{out}: a catalogue, which only tongcheng build replaces; choose another file with --out"
        raise StoreError(msg)
    try:
        write_atomically(out, content)
    except OSError as error:
        msg = f"{out}: cannot be written ({error.strerror}); choose another file with --out"
        raise StoreError(msg) from error
    click.echo(f"{out}: {len(content)} bytes", err=True)
