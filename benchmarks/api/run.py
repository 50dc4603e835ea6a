"""The API beside pygeoapi 0.21 with its GeoJSON and GeoPackage providers: the same cases, the same machine, one run.

    python benchmarks/api/run.py [CASES ...]

Without numbers: 121 and 100 000 cases. Four clients keep their connections and ask one after the other; all servers
run waitress with eight threads. Prints the table of docs/performance.md. The first run installs pygeoapi and writes
its files below build/.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from load import Connection, Measured, measure
from peer import PROVIDERS, export, install, pygeoapi

ROOT = Path(__file__).resolve().parents[2]
OK, UNCHANGED = 200, 304
FEW = 1_000  # less are all asked for anyway
OURS = "/api/collections/cases/items"
BOXES = ["104.0,30.4,104.4,30.9", "103.9,30.5,104.2,30.8", "104.2,30.8,104.7,31.3", "103.5,30.0,104.0,30.4"]
THEMES = ["ecology", "services", "industry", "layout"]
GZIP = "Accept-Encoding: gzip\r\n"


@dataclass(frozen=True)
class Ask:
    """One kind of request, below the items of a collection; `paths` are asked for in turn."""

    name: str
    paths: tuple[str, ...]
    is_warm: bool = True
    ours_alone: bool = False
    headers: str = ""
    expected: int = OK
    clients: int = 4


def main() -> None:
    """Print the table for each number of cases."""
    install()
    for count in [int(text) for text in sys.argv[1:]] or [121, 100_000]:
        files = export(count)
        peer_port, port = free_port(), free_port()
        with pygeoapi(files, peer_port), ours(count, port):
            wait_for(peer_port, "/collections/gpkg/items?limit=1")
            print(f"\n### {count:,} cases\n")
            print("| request | kB | ours, /s | p95, ms | " + " | ".join(f"{n}, /s | p95, ms" for n in PROVIDERS)
                  + " | ours against the better |\n|" + "---|" * 9)  # fmt: skip
            for ask in asks(count, port):
                row(ask, port, peer_port)


def asks(count: int, port: int) -> Iterator[Ask]:
    """List what is asked for; offsets and ids spread over all cases."""
    far = max(count - 100, 1)
    ids = ids_of(port, count)
    offsets = [number * far // 20 for number in range(20)]
    yield Ask("100 items", tuple(f"?f=json&limit=100&offset={offset}" for offset in offsets))
    if count > FEW:
        fresh = range(37, far, 100)
        yield Ask("100 items nobody asked for", tuple(f"?f=json&limit=100&offset={at}" for at in fresh), is_warm=False)
    yield Ask("bbox, 100 items", tuple(f"?f=json&limit=100&bbox={box}" for box in BOXES))
    yield Ask("`theme=`, 100 items", tuple(f"?f=json&limit=100&theme={theme}" for theme in THEMES))
    yield Ask("one item", tuple(f"/{name}?f=json" for name in ids))
    yield Ask("HTML of 100 items", tuple(f"?f=html&limit=100&offset={offset}" for offset in offsets))
    where = [f"theme='{theme}' AND precision='town'".replace(" ", "%20") for theme in THEMES]
    yield Ask("`filter=`, CQL2", tuple(f"?f=json&limit=100&filter={text}" for text in where), ours_alone=True)
    path = "?f=json&limit=100"
    yield Ask("100 items, gzip", (path,), ours_alone=True, headers=GZIP)
    tag = Connection(port).get(OURS + path)[1].get("etag", "none")
    unchanged = f"If-None-Match: {tag}\r\n"
    yield Ask("304", (path,), ours_alone=True, headers=unchanged, expected=UNCHANGED)
    yield Ask("304, one client", (path,), ours_alone=True, headers=unchanged, expected=UNCHANGED, clients=1)


def ids_of(port: int, count: int) -> list[str]:
    """Return twenty ids, spread over all cases."""
    found = []
    for number in range(20):
        body = Connection(port).get(f"{OURS}?f=json&limit=1&offset={number * count // 20}")[2]
        found.append(json.loads(body)["features"][0]["id"])
    return found


def row(ask: Ask, port: int, peer_port: int) -> None:
    """Measure all servers one after the other and print the row."""
    mine = of(ask, port, OURS)
    cells = [f"{mine.size / 1000:.1f}", *shown(mine)]
    ratio = "–"
    if ask.ours_alone:
        cells += ["–"] * 4
    else:
        theirs = [of(ask, peer_port, f"/collections/{suffix}/items") for suffix in PROVIDERS.values()]
        cells += [cell for peer in theirs for cell in shown(peer)]
        ratio = f"×{mine.rate / max(peer.rate for peer in theirs):.1f}"
    print(f"| {ask.name} | " + " | ".join(cells) + f" | {ratio} |", flush=True)


def of(ask: Ask, port: int, items: str) -> Measured:
    """Measure one kind of request at one server."""
    paths = [items + path for path in ask.paths]
    return measure(port, paths, clients=ask.clients, headers=ask.headers, expected=ask.expected, warm=ask.is_warm)


def shown(seen: Measured) -> list[str]:
    """Return rate and p95; says what share failed."""
    failed = f" ({seen.failed / len(seen.seconds):.0%} failed)" if seen.failed else ""
    decimals = 0 if seen.rate > 9 else 2  # noqa: PLR2004
    return [f"{seen.rate:,.{decimals}f}{failed}", f"{seen.p95_ms:,.1f}"]


@contextmanager
def ours(count: int, port: int) -> Iterator[None]:
    """Serve the cases as `tongcheng serve` does."""
    command = [sys.executable, ROOT / "benchmarks" / "map" / "serve.py", str(count), str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        assert "http" in process.stdout.readline()
        yield
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, path: str) -> None:
    """Wait until a server answers."""
    until = time.monotonic() + 120
    while True:
        try:
            if Connection(port).get(path)[0] == OK:
                return
        except OSError:
            pass
        if time.monotonic() > until:
            sys.exit(f"nothing answers on port {port}; its log is below build/api")
        time.sleep(0.2)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
