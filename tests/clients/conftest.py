"""One server for all clients, and what it was asked for."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from geo.exports.formats import FORMATS
from geo.exports.tables import Tables
from tests.servers import Server

PROGRAM = (str(Path(__file__).with_name("recorded_server.py")), "serve")
SECONDS = 120


@dataclass(frozen=True)
class Asked:
    """One request that was answered; `features` is None when the answer is no GeoJSON."""

    path: str
    args: list[tuple[str, str]]
    agent: str
    status: int
    features: int | None

    def __getitem__(self, name):
        return dict(self.args).get(name)


class Log:
    """The requests since the test began."""

    def __init__(self, path):
        self.path = path
        self.begin = path.stat().st_size if path.exists() else 0

    @property
    def requests(self):
        with self.path.open("rb") as lines:
            lines.seek(self.begin)
            return [Asked(**json.loads(line)) for line in lines]

    def items(self, what):
        """Return the requests for features of a collection that more than one was asked of."""
        pages = [asked for asked in self.requests if asked.path == f"/api/collections/{what}/items"]
        return [asked for asked in pages if asked["limit"] != "1"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.clients)


@pytest.fixture(scope="session")
def log_file(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "requests.jsonl"


@pytest.fixture(scope="session")
def server(catalogue_file, log_file):
    server = Server(catalogue_file, program=PROGRAM, REQUEST_LOG=str(log_file))
    yield server.url
    server.stop()


@pytest.fixture
def log(server, log_file):  # noqa: ARG001  the server writes it
    return Log(log_file)


@pytest.fixture(scope="session")
def tables(catalogue):
    return Tables(catalogue)


@pytest.fixture
def run(tmp_path):
    """Run another program in an empty folder and return what it said."""

    def program(*command, seconds=SECONDS, **environment):
        done = subprocess.run(
            [str(part) for part in command],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LC_ALL": "C.UTF-8", **environment},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return program


@pytest.fixture
def download(server, tmp_path):
    """Fetch an export and return its file."""

    def fetched(what, format_id, query=""):
        path = tmp_path / f"{what}.{FORMATS[format_id].suffix}"
        answer = requests.get(f"{server}/exports/{path.name}?{query}", timeout=60)
        assert answer.status_code == 200, answer.text
        path.write_bytes(answer.content)
        return path

    return fetched
