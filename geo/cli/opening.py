"""Open what `--catalogue` and `--data` name, and never write over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geo.catalogue.which_file import file_to_read
from geo.catalogue_file import check_no_catalogue
from geo.errors import StoreError
from geo.paths import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.catalogue.catalogue import Catalogue

_ELSEWHERE = "choose another file with --out"


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


def write_out(contents: Mapping[Path, bytes], data: Path | None) -> None:
    """Write an answer to its files and say how long each is; either every place may be written to, or none is.

    Args:
        contents: What is written to each file.
        data: The data folder that was read; None is the installed one.

    Raises:
        StoreError: One cannot be written, is in the data folder, or a catalogue lies or may lie there.
    """
    from geo.files import write_atomically  # noqa: PLC0415

    for out in contents:
        _check_target(out, data or data_folder())
    for out, content in contents.items():
        try:
            write_atomically(out, content)
        except OSError as error:
            msg = f"{out}: cannot be written ({error.strerror}); {_ELSEWHERE}"
            raise StoreError(msg) from error
        click.echo(f"{out}: {len(content)} bytes", err=True)


def _check_target(out: Path, folder: Path) -> None:
    if out.resolve().is_relative_to(folder.resolve()):
        msg = f"{out}: in the data folder {folder}, which is only read; {_ELSEWHERE}"
        raise StoreError(msg)
    try:
        check_no_catalogue(out)
    except StoreError as error:
        msg = f"{error}. Nothing was written: {_ELSEWHERE}"
        raise StoreError(msg) from error
    if out.is_dir():
        msg = f"{out}: a directory; {_ELSEWHERE}"
        raise StoreError(msg)
