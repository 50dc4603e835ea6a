"""What many tests share: a catalogue of the frozen cases, built once and read back from its file."""

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

FROZEN = Path(__file__).with_name("frozen")  # real cases and their ids, some with a place or a status of another


@pytest.fixture(scope="session", autouse=True)
def checkout(tmp_path_factory) -> Path:
    """A checkout with the frozen cases and the layers and names of today: what the product takes for its own.

    A program in another process is told of it with `--data` or `--catalogue`.
    """
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(data_folder(), root / "data", ignore=shutil.ignore_patterns(*(p.name for p in FROZEN.iterdir())))
    shutil.copytree(FROZEN, root / "data", dirs_exist_ok=True)
    (root / "pyproject.toml").touch()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geo.paths._ROOT", root)
        yield root


@pytest.fixture(scope="session")
def built(checkout) -> tuple[Catalogue, Report]:
    return build_catalogue(Sources(checkout / "data"))


@pytest.fixture(scope="session")
def catalogue_file(built, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "catalogue.gpkg"
    write_catalogue(built[0], path)
    return path


@pytest.fixture(scope="session")
def catalogue(catalogue_file) -> Catalogue:
    return read_catalogue(catalogue_file)


@pytest.fixture
def data_copy(checkout, tmp_path) -> Path:
    return Path(shutil.copytree(checkout / "data", tmp_path / "data"))
