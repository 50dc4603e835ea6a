"""A progress bar on standard error for whatever takes longer than two seconds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.progress import Progress


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
    with _bar() as progress:
        task = progress.add_task(title, total=total)
        yield lambda done: progress.update(task, completed=done)


def _bar() -> Progress:
    from rich.console import Console  # noqa: PLC0415  heavy: only when needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
