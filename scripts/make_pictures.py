"""Take the pictures of the map in docs/images: a headless Chromium visits a server of its own.

python scripts/make_pictures.py [--only map-8 dark-10] [--suffix -before] [--data FOLDER] [--to FOLDER]
Run it when the map looks different. Zoom 14 needs `--data`, a folder with imported geometry: without it the map ends
before.
"""

import argparse
import io
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
QUALITY = 80
PATIENCE_S = 120
WIDE, PHONE = (1440, 900), (390, 844)
ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
# What each zoom looks at: all of the area, then the middle of its largest city with the towns around.
VIEWS = {
    "8": "8/30.55/104.2",
    "10": "10/30.55/104.2",
    "12": "12/30.655/104.07",
    "14": "14/30.657/104.066",
}


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the size of the window in pixels, and the address."""

    name: str
    size: tuple[int, int]
    address: str
    is_dark: bool = False


def _shots() -> Iterator[Shot]:
    for zoom, view in VIEWS.items():
        yield Shot(f"map-{zoom}", WIDE, f"/?view={view}")
        if zoom != "14":
            yield Shot(f"dark-{zoom}", WIDE, f"/?view={view}&scheme=dark", is_dark=True)
            yield Shot(f"phone-{zoom}", PHONE, f"/?view={view}")
            yield Shot(f"english-{zoom}", WIDE, f"/?view={view}&lang=en")


def _usual(*, has_import: bool) -> set[str]:
    """Return the pictures that are taken unless some are asked for: with an import its own view alone."""
    return {shot.name for shot in _shots() if has_import == (shot.name == "map-14")}


def main() -> None:
    """Take all pictures, or those asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", default=[], help="names of pictures; all without it")
    parser.add_argument("--suffix", default="", help="put behind each name, as in -before")
    parser.add_argument("--data", default=None, help="a data folder of one's own")
    parser.add_argument("--to", type=Path, default=IMAGES)
    options = parser.parse_args()
    shots = [shot for shot in _shots() if shot.name in (options.only or _usual(has_import=bool(options.data)))]
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with _served(["--data", options.data] if options.data else []) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for shot in shots:
            target = options.to / f"{shot.name}{options.suffix}.webp"
            _write(_taken(browser, server, shot), target)
            print(target, target.stat().st_size)
        browser.close()


@contextmanager
def _served(arguments: Sequence[str]) -> Iterator[str]:
    """Serve the map in a process of its own, as visitors meet it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    program = [sys.executable, "-c", "from geo.cli.main import main; main()", "serve", "--port", port, *arguments]
    process = subprocess.Popen(program)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address)  # noqa: S310  our own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    msg = "the server did not start"
    raise SystemExit(msg)


def _taken(browser: Browser, server: str, shot: Shot) -> bytes:
    width, height = shot.size
    page = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="dark" if shot.is_dark else "light"
    )
    page.goto(server + shot.address)
    page.wait_for_selector('html[data-map-ready="true"]')
    page.wait_for_load_state("networkidle")
    picture = page.screenshot()
    page.close()
    return picture


def _write(png: bytes, path: Path) -> None:
    """Write a picture as WebP: a third of its PNG."""
    Image.open(io.BytesIO(png)).save(path, "WEBP", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
