"""What many tests share: the catalogue of the real records, built once and read back from its file."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from geo.catalogue.build import Report, build_catalogue
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.paths import data_folder
from geo.sources import Sources

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def built() -> tuple[Catalogue, Report]:
    return build_catalogue(Sources())


@pytest.fixture(scope="session")
def catalogue_file(built, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.gpkg"
    write_catalogue(built[0], path)
    return path


@pytest.fixture(scope="session")
def catalogue(catalogue_file) -> Catalogue:
    return read_catalogue(catalogue_file)


@pytest.fixture
def data_copy(tmp_path) -> Path:
    return Path(shutil.copytree(data_folder(), tmp_path / "data"))
