"""The wheel: it carries data and assets and serves without the checkout."""

import os
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

from tests.servers import free_port

pytestmark = pytest.mark.package
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir"]
    subprocess.run([*command, str(folder), str(ROOT)], check=True, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Install the wheel into an environment of its own, which borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    site = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin" / "python"


def test_the_wheel_carries_data_templates_scripts_and_messages(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "geo/_data/cases/A01.toml",
        "geo/_data/ids/ledger.toml",
        "geo/_data/boundaries/counties.geojson",
        "webapp/templates/map.html",
        "webapp/static/map/main.js",
        "geo/translations/zh/LC_MESSAGES/messages.mo",
    } <= names


def test_the_wheel_carries_no_third_party_code(wheel):
    assert [name for name in zipfile.ZipFile(wheel).namelist() if "leaflet" in name.lower()] == []


def test_an_installed_wheel_serves_and_keeps_its_catalogue_in_the_cache_folder(installed, tmp_path):
    port = free_port()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    command = [str(installed), "-c", "from geo.cli.main import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=environment)
    try:
        assert "http://" in process.stderr.readline()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            assert answer.status == 200
        assert (tmp_path / "cache" / "tongcheng-atlas" / "catalogue.gpkg").is_file()
    finally:
        process.terminate()
        process.communicate(timeout=20)


def test_a_port_in_use_is_told(installed, tmp_path):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
        command = [str(installed), "-c", "from geo.cli.main import main; main()", "serve", "--port", str(port)]
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=60)
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "choose another with --port" in done.stderr
