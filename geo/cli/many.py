"""Many texts for a command: in this process, in several, or by the workers of a scheduler; and how far it is."""

from __future__ import annotations

import gc
import logging
import sys
import time
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import click

from geo.cli.opening import check_outside, progress_so_far, readable_file
from geo.errors import BatchError
from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.table import load_entries
from geo.numbers import whole_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    Text = str | None
    Answer = Callable[[Gazetteer, Text], bytes]

_MOST_JOBS = 1000
_PATIENCE = 2  # seconds, after which it is shown how far it is
_BETWEEN_LOOKS = 200  # answers


class Jobs(click.ParamType[int]):
    """How many processes: a whole number, 0 or "all" for as many as there are cores."""

    name = "jobs"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number."""
        if isinstance(value, int):
            return value
        number = 0 if value == "all" else whole_number(str(value), most=_MOST_JOBS)
        if number is None:
            self.fail(f"{value!r} arrived; expected a whole number, or all", param, ctx)
        return number


def answers_by(answer: Answer, catalogue: Path, *, jobs: int) -> Callable[[Iterator[Text]], Iterator[bytes]]:
    """Return what makes answers of texts, in order: one by one in this process, or in chunks in several.

    Raises:
        StoreError: As of `load_entries`.
    """
    if jobs == 1:
        gazetteer = Gazetteer(load_entries(catalogue))
        gc.freeze()  # the compiled names stay: no need to walk through them again and again
        return lambda texts: watched(map(partial(answer, gazetteer), texts))
    from geo.gazetteer.batch.many import shared  # noqa: PLC0415  heavy: only for several processes

    work = partial(_each, answer)
    return lambda texts: watched(chain.from_iterable(shared(work, texts, catalogue=catalogue, jobs=jobs)))


def _each(answer: Answer, gazetteer: Gazetteer, texts: Sequence[Text]) -> list[bytes]:
    return [answer(gazetteer, text) for text in texts]


def watched(answers: Iterator[bytes]) -> Iterator[bytes]:
    """Pass answers on; where that takes long, show at a terminal how many there were."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from answers
        return
    began, numbered = time.monotonic(), enumerate(answers, 1)
    for number, answer in numbered:
        yield answer
        if number % _BETWEEN_LOOKS == 0 and time.monotonic() - began > _PATIENCE:
            break
    else:
        return
    with progress_so_far("texts") as show:
        for number, answer in numbered:
            yield answer
            if number % _BETWEEN_LOOKS == 0:
                show(number, None)


def check_no_jobs(jobs: int) -> None:
    """Refuse a number of processes beside a scheduler.

    Raises:
        click.UsageError: There is one.
    """
    if jobs != 1:
        msg = "--jobs and --scheduler arrived; the workers of a scheduler are as many as were started there"
        raise click.UsageError(msg)


def answer_on_cluster(  # noqa: PLR0913  what is asked, who answers, where it goes
    source: Path | None,
    target: Path | None,
    *,
    column: str | None,
    scheduler: str,
    catalogue: Path | None,
    data: Path | None,
) -> None:
    """Have the workers of a Dask scheduler answer Parquet; tell what was written, and what is broken.

    Raises:
        click.UsageError: Nothing to read or to write is named.
        click.exceptions.Exit: Parts are broken: 1.
        BatchError: Dask is not installed, or as of `answer_parquet`.
    """
    if source is None or target is None:
        msg = "--scheduler needs a Parquet file, or a folder of them, and a folder for the answers: IN OUT"
        raise click.UsageError(msg)
    check_outside(target, data or data_folder())
    try:
        from geo.gazetteer.batch.cluster import answer_parquet  # noqa: PLC0415  heavy, and may not be there
    except ModuleNotFoundError as error:
        msg = "--scheduler needs Dask, which is not installed; run: pip install 'tongcheng-atlas[cluster]'"
        raise BatchError(msg) from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # it tells of each attempt, at length
    file = readable_file(catalogue, data)
    with progress_so_far("parts") as show:
        done = answer_parquet(source, target, column=column, catalogue=file, scheduler=scheduler, on_part=show)
    for problem in done.problems:
        click.echo(f"error: {problem}", err=True)
    told = f"{target}: {done.written} parts written, {done.kept} kept, {len(done.problems)} broken"
    click.echo(f"{told}; run it again for the broken ones" if done.problems else told, err=True)
    if done.problems:
        raise click.exceptions.Exit(1)
