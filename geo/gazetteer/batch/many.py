"""Many texts: one chunk after another, in order, in this process or in several; a bounded number is in flight.

Several processes begin afresh (spawn), so that a script that asks for them needs `if __name__ == "__main__":`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from geo.errors import BatchError
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.table import load_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

R = TypeVar("R")
Text = str | None
_MOST_TEXTS = 1000  # of a chunk
_MOST_CHARACTERS = 100_000  # after which a chunk ends, so that none takes long
_AHEAD = 3  # chunks in flight for each process


def chunks(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """Yield texts in lists of at most 1000, fewer where they are long."""
    chunk, characters = list[Text](), 0
    for text in texts:
        chunk.append(text)
        characters += len(text or "")
        if len(chunk) == _MOST_TEXTS or characters >= _MOST_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def cores(jobs: int) -> int:
    """Return how many processes a number asks for; 0 are all cores that this process may use.

    Raises:
        BatchError: Below 0.
    """
    if jobs < 0:
        msg = f"{jobs} processes arrived; expected 1 or more, or 0 for all cores"
        raise BatchError(msg)
    usable = getattr(os, "sched_getaffinity", None)  # Linux alone tells
    return jobs or (len(usable(0)) if usable else os.cpu_count() or 1)


def shared(
    work: Callable[[Gazetteer, Sequence[Text]], R], texts: Iterable[Text], *, catalogue: Path, jobs: int
) -> Iterator[R]:
    """Yield what several processes make of the chunks of texts, in order.

    Args:
        work: A function of a module: given the names of the catalogue and a chunk; what it raises is raised here.
        texts: Read as far as is needed: a few chunks ahead of what is yielded.
        catalogue: The file that answers.
        jobs: How many processes; 0 as many as there are cores.

    Raises:
        BatchError: A process ended before its work.
        StoreError: As of `load_entries`.
    """
    count = cores(jobs)
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin)
    try:
        yield from _in_order(pool, partial(_worked, work, catalogue), texts, ahead=_AHEAD * count)
    except BrokenProcessPool as error:
        msg = "a process ended before its work: killed, or out of memory; ask for fewer processes"
        raise BatchError(msg) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Sequence[Text]], R], texts: Iterable[Text], *, ahead: int
) -> Iterator[R]:
    waiting = deque["Future[R]"]()
    for chunk in chunks(texts):
        with _interrupts_held():
            waiting.append(pool.submit(work, chunk))
        while waiting and (len(waiting) == ahead or waiting[0].done()):
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _worked(work: Callable[[Gazetteer, Sequence[Text]], R], catalogue: Path, chunk: Sequence[Text]) -> R:
    return work(_gazetteer(catalogue), chunk)


@cache
def _gazetteer(catalogue: Path) -> Gazetteer:
    gazetteer = Gazetteer(load_entries(catalogue))
    gc.freeze()  # the names stay: no need to walk through them again and again
    return gazetteer


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: a process that begins now never hears it, and ends when it is told to."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Leave Ctrl-C to the process that asks, and end when that ends, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
