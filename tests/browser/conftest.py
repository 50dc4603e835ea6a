"""Servers of their own process, as visitors meet them, and Debian's Chromium."""

import dataclasses
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from geo.catalogue.store import write_catalogue
from geo.text import LocalText
from tests.servers import Server

ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
HOSTILE = (
    "<img src=x onerror=window.hacked=1>${window.hacked=1}`${1}`</script><script>window.hacked=1</script>"
    "\"'><svg onload=window.hacked=1> javascript:window.hacked=1 \u202eesrever =cmd|'/c calc'!A1 {{7*7}} %0d%0a"
)

IN_PIECES = "from webapp.map import results; results.PAGE_SIZE = 6; from geo.cli.main import main; main()"


@pytest.fixture(scope="session")
def server(catalogue_file):
    """A server whose list of fifteen cases comes in three pieces."""
    server = Server(catalogue_file, program=("-c", IN_PIECES, "serve"))
    yield server.url
    server.stop()


@pytest.fixture
def own_server(catalogue_file):
    server = Server(catalogue_file)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def online_server(catalogue_file):
    server = Server(catalogue_file, TONGCHENG_BASE_MAPS="osm,amap,tianditu", TONGCHENG_TIANDITU_KEY="abc123")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def hostile_server(catalogue, tmp_path_factory):
    """Every text of every case is an attack."""
    path = tmp_path_factory.mktemp("hostile") / "catalogue.gpkg"
    text = LocalText(HOSTILE, HOSTILE)
    cases = {case.id: _hostile(case, text) for case in catalogue.cases.values()}
    write_catalogue(dataclasses.replace(catalogue, cases=cases), path)
    server = Server(path)
    yield server.url
    server.stop()


def _hostile(located, text):
    case = located.case
    sources = tuple(
        dataclasses.replace(s, title=HOSTILE, publisher=HOSTILE, url="javascript:window.hacked=1") for s in case.sources
    )
    case = dataclasses.replace(
        case,
        title=text,
        summary=text,
        problem=text,
        mechanism=text,
        reusable=text,
        sources=sources,
        partners=tuple(dataclasses.replace(partner, name=text) for partner in case.partners),
        figures=tuple(dataclasses.replace(figure, label=text) for figure in case.figures),
    )
    footprints = tuple(dataclasses.replace(f, name=text, mention=HOSTILE, evidence=HOSTILE) for f in located.footprints)
    return dataclasses.replace(located, case=case, footprints=footprints)


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """One page with what it asked for and what it complained of."""

    def __init__(self, browser, server, *, width=1280, height=800, **options):
        self.server = server
        self.requests = []
        self.complaints = []
        self.page = browser.new_page(viewport={"width": width, "height": height}, **options)
        self.page.set_default_timeout(10_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path="/"):
        self.page.goto(self.server + path)
        if path.split("?")[0] == "/":
            self.page.wait_for_selector('html[data-map-ready="true"]')
        return self.page

    def panel(self, path, inside="h2"):
        """Open an address whose panel opens by itself."""
        page = self.open(path)
        page.wait_for_selector(f"#panel {inside}")
        return page

    @property
    def foreign_requests(self):
        return [url for url in self.requests if not url.startswith((self.server, "data:", "blob:"))]

    def violations(self):
        """Return everything that axe finds."""
        found = Axe().run(self.page).response["violations"]
        return [f"{v['id']} ({v['impact']}): {v['nodes'][0]['html'][:160]}" for v in found]


@pytest.fixture
def visits(chromium):
    """Open pages of any server and size; closed at the end."""
    opened = []

    def visit(server, **options):
        opened.append(Visit(chromium, server, **options))
        return opened[-1]

    yield visit
    for one in opened:
        one.page.close()


@pytest.fixture
def visit(visits, server):
    return visits(server)


@pytest.fixture
def phone(visits, server):
    return visits(server, width=360, height=740)
