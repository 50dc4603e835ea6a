"""A few clients that ask again and again over connections they keep, with as little work of their own as can be."""

import math
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

CLIENTS = 4
LEAST = 1  # request of each client, however long it takes


@dataclass
class Measured:
    """What came back: seconds of each request, bytes of the last answer, answers that were not those expected."""

    seconds: list[float] = field(default_factory=list)
    spent: float = 0.0
    failed: int = 0
    size: int = 0

    @property
    def rate(self) -> float:
        """Return the good answers a second."""
        return (len(self.seconds) - self.failed) / self.spent

    @property
    def median_ms(self) -> float:
        """Return the time that half of the requests kept to."""
        return statistics.median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        """Return the time that 95 of 100 requests kept to."""
        return sorted(self.seconds)[math.ceil(len(self.seconds) * 0.95) - 1] * 1000


class Connection:
    """One connection that stays open unless the server closes it; reads answers with a Content-Length."""

    def __init__(self, port: int) -> None:
        """Connect to a server of this machine."""
        self.port = port
        self._open()

    def _open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=300)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, headers: str = "") -> tuple[int, dict[str, str], bytes]:
        """Return status, header and body."""
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{headers}\r\n"
        self.socket.sendall(request.encode())
        data = bytearray()
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._received()
        status, *lines = data[:end].decode("latin-1").split("\r\n")
        found = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        is_empty = status.split(" ")[1] == "304"  # its Content-Length is that of the answer it stands for
        left = 0 if is_empty else int(found.get("content-length", 0)) + end + 4 - len(data)
        while left > 0:
            part = self._received()
            data += part
            left -= len(part)
        if found.get("connection") == "close":
            self.socket.close()
            self._open()
        return int(status.split(" ")[1]), found, bytes(data[end + 4 :])

    def _received(self) -> bytes:
        part = self.socket.recv(262_144)
        if not part:
            msg = "the server closed the connection"
            raise ConnectionError(msg)
        return part


def measure(  # noqa: PLR0913  a load has that many sides
    port: int,
    paths: Sequence[str],
    *,
    clients: int = CLIENTS,
    seconds: float = 4.0,
    headers: str = "",
    expected: int = 200,
    warm: bool = True,
) -> Measured:
    """Ask for paths in turn by several clients at once for some seconds; before, when warm, for each once.

    A server that needs longer than half of the time for one answer is asked by one client, which is to its favour.
    """
    first = Measured()
    _ask(port, paths, count(len(paths) - 1), first, headers, expected, time.perf_counter() + (1 if warm else 0))
    clients = 1 if first.seconds[0] > seconds / 2 else clients
    turn = count()
    each = [Measured() for _ in range(clients)]
    begun = time.perf_counter()
    until = begun + seconds
    threads = [threading.Thread(target=_ask, args=(port, paths, turn, one, headers, expected, until)) for one in each]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Measured(
        [second for one in each for second in one.seconds],
        time.perf_counter() - begun,
        sum(one.failed for one in each),
        max(one.size for one in each),
    )


def _ask(  # noqa: PLR0913, PLR0917
    port: int, paths: Sequence[str], turn: "count[int]", seen: Measured, headers: str, expected: int, until: float
) -> None:
    connection = Connection(port)
    while (begun := time.perf_counter()) < until or len(seen.seconds) < LEAST:
        status, _, body = connection.get(paths[next(turn) % len(paths)], headers)
        seen.seconds.append(time.perf_counter() - begun)
        if status == expected:
            seen.size = len(body)
        else:
            seen.failed += 1
    connection.socket.close()
