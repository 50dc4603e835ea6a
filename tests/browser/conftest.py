"""A server of its own process, as visitors meet it, and Debian's Chromium."""

import shutil
import socket
import subprocess
import sys

import pytest
from playwright.sync_api import sync_playwright

ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(catalogue_file):
    port = free_port()
    command = [sys.executable, "-c", "from geo.cli.main import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen([*command, "--catalogue", str(catalogue_file)], stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()  # said once the port is open
    assert "http://" in line, line
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.communicate(timeout=20)
    assert process.returncode == 0


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """One page with what it asked for and what it complained of."""

    def __init__(self, browser, server, *, width, height):
        self.server = server
        self.requests = []
        self.complaints = []
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path="/"):
        self.page.goto(self.server + path)
        if path.split("?")[0].split("#")[0] == "/":
            self.page.wait_for_selector('html[data-map-ready="true"]')
        return self.page

    @property
    def foreign_requests(self):
        return [url for url in self.requests if not url.startswith((self.server, "data:"))]


@pytest.fixture
def visit(chromium, server):
    visit = Visit(chromium, server, width=1280, height=800)
    yield visit
    visit.page.close()


@pytest.fixture
def phone(chromium, server):
    visit = Visit(chromium, server, width=360, height=740)
    yield visit
    visit.page.close()
