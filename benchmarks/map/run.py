"""The map in headless Chromium, beside stock folium (FastMarkerCluster) and Leaflet with one GeoJSON, in one run.

python benchmarks/map/run.py [--most 1000000]; benchmarks/map/peers.sh first. Prints the table of docs/performance.md.
"""

import argparse
import shutil
import socket
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

HERE = Path(__file__).resolve().parent
ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--enable-precise-memory-info", "--js-flags=--expose-gc",
]  # fmt: skip
TURNS = 5
WATCH = """
  new PerformanceObserver((list) => list.getEntries().forEach((e) => (window.tasks ??= []).push(e.duration)))
    .observe({ type: "longtask", buffered: true });
  const look = () => {
    const stock = ".marker-cluster, .leaflet-marker-icon:not(.cluster, .case-marker, .name-label)";
    if (document.documentElement?.dataset.mapReady || document.querySelector(stock)) {
      window.readyAt ??= performance.now();
    } else { setTimeout(look, 4); }
  };
  look();
"""


Uses = tuple[float, float, float]
SEEN = """() => ({
  ready: window.readyAt,
  heap: performance.memory.usedJSHeapSize / 1e6,
  task: Math.max(0, ...(window.tasks ?? [])),
})"""
PAINTED = """(results) => {
  const root = document.documentElement;
  const list = document.getElementById("results");
  const [marks, args] = [root.dataset.marks, list.dataset.args];
  window.paintedAt = window.actedAt = null;
  const note = () => { window.actedAt ??= performance.now(); };
  ["click", "wheel"].forEach((name) => addEventListener(name, note, { once: true, capture: true }));
  const isDone = () => window.actedAt && root.dataset.marks !== marks && (!results || list.dataset.args !== args);
  const look = () => {
    if (isDone()) { requestAnimationFrame(() => { window.paintedAt = performance.now(); }); }
    else { setTimeout(look, 2); }
  };
  look();
}"""


@contextmanager
def served(script: str, count: int) -> Iterator[str]:
    """Run a server of its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, HERE / script, str(count), str(port)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert "http" in process.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """A window that is open already: a new one of Chromium is busy with itself for half a second."""

    def __init__(self, browser: Browser, server: str, path: str) -> None:
        """Open it for one page."""
        self._server, self._path = server, path
        self._context = browser.new_context(viewport={"width": 1280, "height": 800})
        self._page = self._context.new_page()
        self._page.goto("about:blank")
        self._page.wait_for_timeout(1500)
        self._page.add_init_script(WATCH)
        if path == "/folium":  # the only page that links other hosts
            self._page.route(
                lambda url: not url.startswith((server, "about:")), lambda route: _from_here(route, server)
            )

    def visit(self) -> dict[str, float]:
        """Open the page with an empty cache; return what it moved and how long it took."""
        return _first_view(self._context, self._page, self._server, self._path)

    def close(self) -> None:
        """Close the window."""
        self._context.close()


def first_views(browser: Browser, pages: Sequence[tuple[str, str]], *, turns: int) -> list[dict[str, float]]:
    """Open pages, each a server and a path, by turns, again and again; return the medians of each.

    By turns: whatever else the machine does hits them alike. The first turn does not count.
    """
    visitors = [Visitor(browser, server, path) for server, path in pages]
    seen = [[visitor.visit() for visitor in visitors] for _ in range(turns + 1)][1:]
    for visitor in visitors:
        visitor.close()
    return [
        {name: statistics.median(turn[at][name] for turn in seen) for name in seen[0][at]} for at in range(len(pages))
    ]


def _first_view(context: BrowserContext, page: Page, server: str, path: str) -> dict[str, float]:
    page.goto("about:blank")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    moved = {"requests": 0, "bytes": 0.0}
    session.on("Network.requestWillBeSent", lambda _: moved.update(requests=moved["requests"] + 1))
    session.on("Network.loadingFinished", lambda e: moved.update(bytes=moved["bytes"] + e["encodedDataLength"]))
    page.goto(server + path)
    page.wait_for_function("() => window.readyAt", timeout=180_000)
    page.wait_for_load_state("networkidle")
    page.evaluate("gc()")
    found = page.evaluate(SEEN)
    session.detach()
    return {**found, **moved}


def _from_here(route: Route, server: str) -> None:
    name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
    route.fulfill(response=route.fetch(url=f"{server}/{name}"))


def acting(page: Page, action: Callable[[], None], *, results: bool) -> float:
    """Return the milliseconds from an action until its marks, and results, are painted."""
    page.evaluate(PAINTED, results)
    action()
    page.wait_for_function("() => window.paintedAt")
    return float(page.evaluate("window.paintedAt - window.actedAt"))


def using(browser: Browser, server: str, themes_at: Sequence[int], wheels_by: Sequence[int]) -> Uses:
    """Return filter change and wheel, medians in milliseconds, and the longest task meanwhile."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(server)
    page.wait_for_function("() => window.readyAt", timeout=60_000)
    page.evaluate("window.tasks = []")
    themes = page.locator("#themes button")
    filters = [acting(page, themes.nth(number).click, results=True) for number in themes_at]
    box = page.locator("#map").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 350)
    wheels = [acting(page, lambda d=delta: page.mouse.wheel(0, d), results=False) for delta in wheels_by]
    task = page.evaluate("Math.max(0, ...window.tasks)")
    context.close()
    return statistics.median(filters), statistics.median(wheels), task


@contextmanager
def peers(count: int, most: int) -> Iterator[dict[str, tuple[str, str]]]:
    """Serve the pages of peers; yield server and path by their names, none of more cases than they bear."""
    if count > most:
        yield {}
        return
    with served("peers.py", count) as server:
        yield {"folium FastMarkerCluster": (server, "/folium"), "Leaflet, one GeoJSON": (server, "/geojson")}


def main() -> None:
    """Print a row for each page and number of cases, with ratios to ours of the same number."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=1_000_000)
    parser.add_argument("--most-peers", type=int, default=100_000)
    options = parser.parse_args()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    print("| page | cases | requests | kB | drawn, ms | heap, MB | longest task, ms | filter, ms | wheel, ms |")
    print("|---|---|---|---|---|---|---|---|---|")
    ours: dict[int, dict[str, float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for count in (121, 10_000, 100_000, 1_000_000):
            if count > options.most:
                continue
            with served("serve.py", count) as server, peers(count, options.most_peers) as addresses:
                pages = [(server, "/"), *addresses.values()]
                ours[count], *others = first_views(browser, pages, turns=TURNS)
                using(browser, server, (1, 3, 1), (-120, 240))
                uses = using(browser, server, (0, 2, 4, 6, 8), (-240, -240, 360, -120, 300))  # none asked before
            told = f"Tongcheng Atlas (×{ratio(ours, count, 'bytes')} kB, ×{ratio(ours, count, 'ready')} ms of 121)"
            row(told, count, ours[count], uses)
            for name, peer in zip(addresses, others, strict=True):
                more, longer = (ours[count][key] / peer[key] for key in ("bytes", "ready"))
                row(f"{name} (ours: ×{more:.2f} kB, ×{longer:.2f} ms)", count, peer, None)
        browser.close()


def ratio(ours: dict[int, dict[str, float]], count: int, name: str) -> str:
    """Return a measure against that of the real catalogue."""
    return f"{ours[count][name] / ours[121][name]:.2f}"


def row(name: str, count: int, seen: dict[str, float], uses: Uses | None) -> None:
    """Print one row."""
    task = max(seen["task"], uses[2]) if uses else seen["task"]
    acts = f"{uses[0]:.0f} | {uses[1]:.0f}" if uses else "– | –"
    print(f"| {name} | {count:,} | {seen['requests']:.0f} | {seen['bytes'] / 1000:.0f} | {seen['ready']:.0f} | "
          f"{seen['heap']:.1f} | {task:.0f} | {acts} |", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
