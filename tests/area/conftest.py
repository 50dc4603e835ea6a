"""A second area, small and simplified: three cities of Hunan with ten records that say that they are tests."""

from pathlib import Path

import pytest

from geo.catalogue.build import build_catalogue
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.sources import Sources
from webapp.app import create_app
from webapp.settings import Settings

FOLDER = Path(__file__).parent / "changsha"


@pytest.fixture(scope="session")
def folder():
    return FOLDER


@pytest.fixture(scope="session")
def changsha_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("changsha") / "catalogue.gpkg"
    write_catalogue(build_catalogue(Sources(FOLDER))[0], path)
    return path


@pytest.fixture(scope="session")
def changsha(changsha_file):
    return read_catalogue(changsha_file)


@pytest.fixture(scope="session")
def client(changsha):
    return create_app(changsha, Settings()).test_client()
