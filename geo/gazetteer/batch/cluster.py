"""Texts in Parquet, answered by the workers of a Dask scheduler: each part is one task, and written once.

Dask gives the parts of a lost worker to another one. Workers read and write the files themselves, so that all of them
need the folders at the same place; the names of the gazetteer are sent to them.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, cast

from distributed import Client, Future, KilledWorker, Security, WorkerPlugin, as_completed, get_worker, rpc

from geo.catalogue_file import builder_digest, check_format, release
from geo.errors import BatchError
from geo.gazetteer.batch.parquet import (
    UNREADABLE,
    Part,
    Question,
    check_folder,
    is_written,
    parts_of,
    sweep,
    text_column,
    write_answers,
)
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.table import load_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from geo.gazetteer.entry import Entry

log = logging.getLogger(__name__)
_PATIENCE = 5.0  # seconds; for a scheduler, and for its first worker


@dataclass(frozen=True)
class Done:
    """How many parts were written now and before, and one sentence for each that is broken."""

    written: int
    kept: int
    problems: Sequence[str]


def answer_parquet(  # noqa: PLR0913  what is asked, who answers, where it goes
    source: Path,
    target: Path,
    *,
    column: str | None,
    catalogue: Path,
    scheduler: str,
    on_part: Callable[[int, int], None],
) -> Done:
    """Write the answers to a column of a Parquet file, or of all in a folder, into a folder of Parquet files.

    Args:
        source: A file or folder; every worker reads it there.
        target: A folder; what it holds of the same texts is kept. Removed by nobody.
        column: Of the texts; None is the only one that holds texts.
        catalogue: Whose names answer.
        scheduler: Its address, such as tcp://10.0.0.1:8786.
        on_part: Hears how many parts are done, and of how many.

    Raises:
        BatchError: There is nothing to read, the folder holds answers to other texts, or scheduler or workers are lost.
        StoreError: As of `load_entries`.
    """
    parts, problems = parts_of(source.resolve(), target.resolve())
    if not parts:
        return Done(0, 0, problems)
    if not problems:
        check_folder(target.resolve(), parts)
    question = Question(text_column(parts, column), _fingerprint(catalogue))
    todo = [part for part in parts if not is_written(part, question)]
    kept = len(parts) - len(todo)
    if todo:
        with _cluster(scheduler) as client:
            problems += _answered(client, todo, question, catalogue, lambda done: on_part(kept + done, len(parts)))
        sweep(todo)
    return Done(sum(is_written(part, question) for part in todo), kept, problems)


def _fingerprint(catalogue: Path) -> str:
    """Return a hash of the names of a catalogue and of the rules that read texts."""
    about = check_format(catalogue)
    return sha256(f"{about.built_from} {release()} {builder_digest()}".encode()).hexdigest()


def _check_scheduler(address: str) -> None:
    """Refuse an address where no scheduler answers; a Client would try for long, and leave threads behind.

    Raises:
        BatchError: Nothing, or another program, answers there.
    """
    try:
        with ThreadPoolExecutor(1) as beside:  # a notebook has a loop of its own running in this thread
            kind = beside.submit(lambda: asyncio.run(asyncio.wait_for(_kind_at(address), _PATIENCE))).result()
    except Exception as error:  # noqa: BLE001  where another program answers, distributed stumbles over anything
        log.info("%s: %r", address, error)
        kind = None
    if kind != "Scheduler":
        msg = f"{address}: no Dask scheduler answers there; expected an address such as tcp://10.0.0.1:8786"
        raise BatchError(msg)


async def _kind_at(address: str) -> str:
    async with rpc(address, connection_args=Security().get_connection_args("client")) as there:
        return str((await there.identity())["type"])


@contextmanager
def _cluster(address: str) -> Iterator[Client]:
    """Give the client of a scheduler that has a worker.

    Raises:
        BatchError: There is none, or the scheduler goes away.
    """
    _check_scheduler(address)
    with Client(address, timeout=_PATIENCE, set_as_default=False) as client:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            msg = f"{address}: has no workers; start some, run: dask worker {address} --nthreads 1"
            raise BatchError(msg) from error
        try:
            yield client
        except (OSError, CancelledError) as error:  # what distributed raises where a connection is lost
            msg = f"{address}: the Dask scheduler went away; what is written stays: run it again to go on"
            raise BatchError(msg) from error


def _answered(
    client: Client, parts: Sequence[Part], question: Question, catalogue: Path, on_part: Callable[[int], None]
) -> list[str]:
    """Have parts answered; return what is wrong with those that cannot be."""
    names = _Names(load_entries(catalogue), question.by)
    _give(client, names)
    futures = client.map(_write, parts, question=question, pure=False)
    asked = dict(zip(futures, parts, strict=True))
    problems = []
    for done, future in enumerate(as_completed(futures, loop=client.loop, raise_errors=False), 1):
        problem = _problem_of(future)
        problems += [f"{asked[future]}: {problem}"] if problem else []
        on_part(done)
    return problems


def _give(client: Client, names: _Names) -> None:
    """Have every worker take the names.

    Raises:
        OSError: The scheduler is lost.
    """
    try:
        client.register_plugin(names)
    except OSError:  # a worker that is lost meanwhile fails it for all, and is not among those that are asked again
        client.register_plugin(names)


def _problem_of(future: Future[str | None]) -> str | None:
    """Return why a part is not written.

    Raises:
        OSError: The scheduler is lost.
        CancelledError: So it is.
    """
    try:
        return future.result()
    except KilledWorker:
        return "was given up, for every worker that tried it ended; they may need more memory"


class _Names(WorkerPlugin):
    """The names of a gazetteer, which every worker gets before its first part; they stay for later runs."""

    def __init__(self, entries: Sequence[Entry], by: str) -> None:
        self.name, self._entries, self._builder = f"tongcheng-{by}", entries, builder_digest()

    def setup(self, worker: object) -> None:
        if builder_digest() != self._builder:
            msg = f"{worker}: has another release of tongcheng-atlas; install {release()} there too"
            raise BatchError(msg)
        self.gazetteer = Gazetteer(self._entries)


def _write(part: Part, question: Question) -> str | None:
    """Answer a part, in a worker; return what is wrong with it."""
    names = cast("_Names", get_worker().plugins[f"tongcheng-{question.by}"])
    try:
        write_answers(part, question, names.gazetteer)
    except (BatchError, *UNREADABLE) as error:
        return str(error)
    except Exception as error:  # where it cannot be sent, the client waits for ever
        log.exception("%s", part)
        return f"{type(error).__name__}: {error}"
    return None
