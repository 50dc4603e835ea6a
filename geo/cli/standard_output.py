"""Standard output: a file, a pipe at which somebody waits or that somebody closes, a disk that is full."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from click.exceptions import Exit

from geo.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

_CLOSED_PIPE = 141  # as of a program that the signal ended: 128 and SIGPIPE


@contextmanager
def standard_output() -> Iterator[Callable[[bytes], None]]:
    """Give what writes bytes: in blocks where they go to a file, else at once, as somebody may wait for them.

    Raises:
        StoreError: They cannot be written, such as where a disk is full.
        click.exceptions.Exit: Whoever read them has left; there is nothing to say.
    """
    if sys.stdout is None:
        msg = "standard output: is closed; leave it open, or name a file with --out"
        raise StoreError(msg)
    output = _buffered(sys.stdout.buffer)
    is_file = _is_file(output)

    def write(content: bytes) -> None:
        try:
            output.write(content)
            if not is_file:
                output.flush()
        except OSError as error:
            raise _failure(error) from error

    yield write
    try:
        output.flush()
    except OSError as error:
        raise _failure(error) from error


def _buffered(output: BinaryIO) -> BinaryIO:
    """Return what writes in blocks and all of them, which an output without a buffer (PYTHONUNBUFFERED) does not."""
    return open(output.fileno(), "wb", closefd=False) if isinstance(output, io.RawIOBase) else output


def _is_file(output: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(output.fileno()).st_mode)
    except io.UnsupportedOperation:
        return True  # bytes in memory


def _failure(error: OSError) -> Exception:
    """Return how to end; what waits to be written is let go, so that Python does not try again when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if isinstance(error, BrokenPipeError):
        return Exit(_CLOSED_PIPE)
    return StoreError(
        f"standard output: cannot be written ({error.strerror}); what was written until then is not whole"
    )
