"""schemathesis asks for everything that our OpenAPI document allows, and for much that it forbids."""

import json
import sys
from pathlib import Path

import pytest

from tests.servers import Server

# What OpenAPI 3.0 cannot say is refused all the same: within_km needs near, datum excludes crs.
EXCLUDED = "positive_data_acceptance"
# The same code and parameters as `footprint_areas`; half of the time.
ALIKE = "^/collections/footprint_(points|lines)"
# A body that is too long is refused with 413 before it is read, which schemathesis does not expect of itself.
REFUSED = '[checks.negative_data_rejection]\nexpected-statuses = ["400", "404", "405", "406", "413", "414", "415"]\n'
EXAMPLES = 15
# With two, CPython 3.11 may fail in hypothesis: parsing in two threads at once counts its depth wrongly.
WORKERS = 1


@pytest.fixture
def plain_server(catalogue_file):
    server = Server(catalogue_file)
    yield server.url
    server.stop()


def test_the_api_keeps_what_its_document_promises(plain_server, run, tmp_path):
    """Every method, positive and negative data: no server error, only documented answers, nothing wrong accepted."""
    (tmp_path / "schemathesis.toml").write_text(REFUSED, encoding="utf-8")
    run(
        Path(sys.executable).with_name("schemathesis"), "--no-color",
        "--config-file", tmp_path / "schemathesis.toml", "run", f"{plain_server}/api/openapi.json",
        "--phases", "examples,coverage,fuzzing", "--mode", "all", "--max-examples", EXAMPLES, "--seed", 1,
        "--checks", "all", "--exclude-checks", EXCLUDED, "--exclude-path-regex", ALIKE,
        "--workers", WORKERS, "--continue-on-failure", "--warnings", "off",
        "--report", "json", "--report-json-path", tmp_path / "report.json",
        seconds=400,
    )  # fmt: skip
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert report["complete"]
    assert report["operations"]["tested"] == report["operations"]["selected"] > 25
    assert report["test_cases"]["generated"] > 1000
