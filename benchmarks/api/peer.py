"""pygeoapi 0.21 in an environment of its own, with our features as GeoJSON and as GeoPackage, behind waitress."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import geopandas
import orjson
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "api"
VENV = ROOT / "build" / "pygeoapi"
REQUIREMENTS = ("pygeoapi==0.21.0", "waitress==3.0.2")
THREADS = 8  # as many as ours
_LOADS = "import sqlite3; c = sqlite3.connect(':memory:'); c.enable_load_extension(True)"
PROVIDERS = {"GeoJSON": "geojson", "GeoPackage": "gpkg"}


def install() -> None:
    """Make the environment, once; the GeoPackage provider needs an SQLite that loads extensions, and SpatiaLite."""
    if not (VENV / "bin" / "pygeoapi").exists():
        subprocess.run([_python(), "-m", "venv", "--without-pip", VENV], check=True)
        pip = [sys.executable, "-m", "pip", "--python", VENV / "bin" / "python", "install", "--quiet", *REQUIREMENTS]
        subprocess.run(pip, check=True)
    if not _runs(str(VENV / "bin" / "python"), f"{_LOADS}; c.load_extension('mod_spatialite.so')"):
        sys.exit("pygeoapi reads GeoPackage with SpatiaLite; run: sudo apt-get install libsqlite3-mod-spatialite")


def _python() -> str:
    for python in (sys.executable, "/usr/bin/python3"):
        if _runs(python, _LOADS):
            return python
    sys.exit("no Python here has an SQLite that loads extensions; run: sudo apt-get install python3")


def _runs(python: str, code: str) -> bool:
    return subprocess.run([python, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 0


def export(count: int) -> dict[str, Path]:
    """Return the files of our cases by suffix; made once, for the texts of 100 000 cases take their time."""
    BUILD.mkdir(parents=True, exist_ok=True)
    files = {suffix: BUILD / f"cases-{count}.{suffix}" for suffix in PROVIDERS.values()}
    if not files["gpkg"].exists():
        features = _features(count)
        files["geojson"].write_bytes(orjson.dumps({"type": "FeatureCollection", "features": features}))
        rows = [{name: _flat(value) for name, value in one["properties"].items()} for one in features]
        shapes = [shape(one["geometry"]) for one in features]
        frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326")
        unfinished = BUILD / f"unfinished-{count}.gpkg"
        frame.to_file(unfinished, layer="cases", driver="GPKG", engine="pyogrio")
        unfinished.rename(files["gpkg"])
    return files


def _features(count: int) -> list[dict]:
    sys.path.insert(0, str(ROOT / "benchmarks" / "map"))
    from synthetic import many_times

    from geo.catalogue.store import read_catalogue
    from geo.catalogue.which_file import file_to_read
    from geo.exports import geojson
    from geo.exports.tables import Tables

    real = read_catalogue(file_to_read())
    table = Tables(real if count == len(real.cases) else many_times(real, count)).table("cases")
    return [geojson.feature(table.row(position)) for position in range(len(table))]


def _flat(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


@contextmanager
def pygeoapi(files: dict[str, Path], port: int) -> Iterator[None]:
    """Serve the files with pygeoapi as its manual says, behind waitress."""
    config = BUILD / f"pygeoapi-{port}.json"  # JSON is YAML
    config.write_text(json.dumps(_config(files, port)), encoding="utf-8")
    openapi = config.with_suffix(".openapi.yml")
    environment = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    command = [VENV / "bin" / "pygeoapi", "openapi", "generate", config, "--output-file", openapi]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    listen = [f"--listen=127.0.0.1:{port}", f"--threads={THREADS}", "pygeoapi.flask_app:APP"]
    log = (BUILD / f"pygeoapi-{port}.log").open("w", encoding="utf-8")
    process = subprocess.Popen([VENV / "bin" / "waitress-serve", *listen], env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
        log.close()


def _config(files: dict[str, Path], port: int) -> dict:
    url = f"http://127.0.0.1:{port}"
    text = {"en": "Cases"}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "pretty_print": False,
            "admin": False,
            "limits": {"default_items": 100, "max_items": 1000},
            "map": {"url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "attribution": "OpenStreetMap"},
        },
        "logging": {"level": "CRITICAL"},
        "metadata": {
            "identification": {
                "title": text, "description": text, "keywords": {"en": ["cases"]}, "keywords_type": "theme",
                "terms_of_service": "https://example.org", "url": "https://example.org",
            },
            "license": {"name": "MIT", "url": "https://example.org"},
            "provider": {"name": "Tongcheng Atlas", "url": "https://example.org"},
            "contact": {"name": "Tongcheng Atlas"},
        },
        "resources": {suffix: _resource(suffix, path) for suffix, path in files.items()},
    }  # fmt: skip


def _resource(suffix: str, path: Path) -> dict:
    kind = {"geojson": "GeoJSON", "gpkg": "SQLiteGPKG"}[suffix]
    provider = {"type": "feature", "name": kind, "data": str(path), "id_field": "id"}
    return {
        "type": "collection", "title": "Cases", "description": "Cases", "keywords": ["cases"],
        "links": [], "extents": {"spatial": {"bbox": [102.8, 28.9, 105.7, 31.9]}},
        "providers": [{**provider, **({"table": "cases"} if kind == "SQLiteGPKG" else {})}],
    }  # fmt: skip
