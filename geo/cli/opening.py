"""What commands share: which catalogue, which conditions, where the answer goes, progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from geo.catalogue.which_file import file_to_read
from geo.catalogue_file import check_no_catalogue
from geo.errors import StoreError
from geo.fields import FIELDS, LISTS, Where
from geo.files import data_folder, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.progress import Progress

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
    for out in contents:
        check_target(out, data or data_folder())
    for out, content in contents.items():
        write_file(out, content)


def write_file(out: Path, content: bytes, *, instead: str = _ELSEWHERE) -> None:
    """Write a file and say how long it is; `instead` is what to do where it cannot be written.

    Raises:
        StoreError: It cannot be written.
    """
    try:
        write_atomically(out, content)
    except OSError as error:
        raise unwritten(out, error, instead=instead) from error
    click.echo(f"{out}: {len(content)} bytes", err=True)


def unwritten(out: Path, error: OSError, *, instead: str = _ELSEWHERE) -> StoreError:
    """Return why a file is not written, and what to do instead."""
    return StoreError(f"{out}: cannot be written ({error.strerror}); {instead}")


def check_outside(out: Path, folder: Path) -> None:
    """Refuse a place to write that is in the data folder.

    Raises:
        StoreError: It is.
    """
    if out.resolve().is_relative_to(folder.resolve()):
        msg = f"{out}: in the data folder {folder}, which is only read; {_ELSEWHERE}"
        raise StoreError(msg)


def check_target(out: Path, folder: Path) -> None:
    """Refuse a file to write that is in the data folder, a catalogue, a directory, or in none.

    Raises:
        StoreError: It is one of them, or cannot be reached.
    """
    check_outside(out, folder)
    _check_place(out)
    try:
        check_no_catalogue(out)
    except StoreError as error:
        msg = f"{error}. Nothing was written: {_ELSEWHERE}"
        raise StoreError(msg) from error


def _check_place(out: Path) -> None:
    try:
        if out.is_dir():
            msg = f"{out}: a directory; {_ELSEWHERE}"
            raise StoreError(msg)
        if not out.parent.is_dir():
            msg = f"{out}: there is no directory {out.parent}; make it, or {_ELSEWHERE}"
            raise StoreError(msg)
    except OSError as error:
        raise unwritten(out, error) from error


_F = TypeVar("_F", bound=Callable[..., Any])

_PATH = click.Path(readable=False, path_type=Path)  # what it is, and what to do, is told where it is opened


def _catalogue_option(help_text: str) -> Callable[[_F], _F]:
    """Name a catalogue file; without it the product's own one, which is built anew when records or code changed."""
    default = "one of its own, in build/ of a checkout or the user's cache folder"
    return click.option("--catalogue", type=_PATH, default=None, show_default=default, help=help_text)


catalogue_to_read = _catalogue_option("A file that build wrote, and from --data if that is named; read as it is.")
catalogue_to_serve = _catalogue_option("The file; built where it is missing, renewed where built from the same --data.")
catalogue_to_build = _catalogue_option("The file to write; replaces a catalogue, and nothing else.")
data_option = click.option(
    "--data",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=None,
    help="A data folder; else that of TONGCHENG_DATA, else the installed one.",
)


at_option = click.option(
    "--at", help="Day, YYYY-MM-DD: which features are there, and their name, code and status; today if absent."
)


def query_options(command: _F) -> _F:
    """Give a command one option for each condition of a query."""
    for field in reversed(list(FIELDS.values())):
        if Where.CLI in field.where:
            name = f"--{field.id.replace('_', '-')}"
            command = click.option(name, field.id, multiple=field.kind in LISTS, help=field.help.en)(command)
    return command


def query_args(conditions: Mapping[str, tuple[str, ...] | str | None]) -> list[tuple[str, str]]:
    """Return the options of `query_options` as the parameters of a query."""
    return [
        (name, text)
        for name, given in conditions.items()
        for text in ((given,) if isinstance(given, str) else given or ())
    ]


@contextmanager
def progress_steps(title: str, steps: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Give a function that hears each step as it begins; nothing is drawn when nobody watches."""
    with _bar() as progress:
        task = progress.add_task(title, total=len(steps))

        def on_step(step: str) -> None:
            progress.update(task, completed=steps.index(step), description=f"{title}: {step}")

        yield on_step


@contextmanager
def progress_count(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that hears how many of a total are done; nothing is drawn when nobody watches."""
    with progress_so_far(title) as show:
        yield lambda done: show(done, total)


@contextmanager
def progress_so_far(title: str) -> Iterator[Callable[[int, int | None], None]]:
    """Give a function that hears how many are done, and of how many where that is known.

    Nothing is drawn when nobody watches.
    """
    with _bar() as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415  heavy: only when needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
