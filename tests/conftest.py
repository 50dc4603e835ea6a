"""What many tests share: a catalogue of the frozen cases, built once and read back from its file."""

import gc
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings

from geo.catalogue.build import Report, build_catalogue
from geo.catalogue.catalogue import Catalogue
from geo.catalogue.store import read_catalogue, write_catalogue
from geo.exports.bundle import write_bundle
from geo.exports.tables import Tables
from geo.files import data_folder
from geo.relations.relate import relate
from geo.sources import Sources

settings.register_profile("quick", deadline=None, max_examples=20)  # a busy machine is no fault
settings.register_profile("usual", deadline=None, max_examples=50)  # make test
settings.register_profile("thorough", deadline=None, max_examples=1000)  # pytest --hypothesis-profile=thorough
settings.load_profile("quick")

gc.set_threshold(100_000, 50, 100)  # the catalogues all tests share are no garbage: look through them seldom

FROZEN = Path(__file__).with_name("frozen")  # real cases, groups; some with another place or status


def pytest_ignore_collect(collection_path, config):
    """Read no test of the browser and of other programs where all of them are left out."""
    is_left_out = f"not {collection_path.name}" in config.option.markexpr
    return True if collection_path.name in {"browser", "clients"} and is_left_out else None


@pytest.fixture(scope="session", autouse=True)
def checkout(tmp_path_factory) -> Path:
    """A checkout with the frozen cases and groups and the layers and names of today: the data of the product here.

    A program in another process is told of it with `--data` or `--catalogue`.
    """
    root = tmp_path_factory.mktemp("checkout")
    shutil.copytree(data_folder(), root / "data", ignore=shutil.ignore_patterns(*(p.name for p in FROZEN.iterdir())))
    shutil.copytree(FROZEN, root / "data", dirs_exist_ok=True)
    (root / "pyproject.toml").touch()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geo.files._ROOT", root)
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


@pytest.fixture(scope="session")
def small(built) -> Catalogue:
    """A catalogue of two cases, few names and the layers that these need, which is soon written."""
    cases = {case_id: built[0].cases[case_id] for case_id in ("A08", "G01")}
    shapes = [footprint.geometry for case in cases.values() for footprint in case.footprints]
    layers = {name: built[0].layers[name] for name in ("cities", "counties", "belts")}
    entries = [entry for entry in built[0].entries if entry.name in {"简阳市", "敖平镇"}]
    return replace(
        built[0],
        cases=cases,
        layers=layers,
        entries=entries,
        relations=relate(shapes, layers, built[0].metric),
        tours=(),
    )


@pytest.fixture(scope="session")
def read_once(checkout) -> Iterator[None]:  # noqa: ARG001  the records first
    """Commands read a file of the same bytes once: reading is no part of what is tested then."""
    known = {}

    def read(path):
        content = path.read_bytes()
        if content not in known:
            known[content] = read_catalogue(path)
        return known[content]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("geo.catalogue.store.read_catalogue", read)
        yield


@pytest.fixture(scope="session")
def bundle(catalogue) -> bytes:
    """Everything in one zip."""
    return write_bundle(Tables(catalogue))


@pytest.fixture
def data_copy(checkout, tmp_path) -> Path:
    return Path(shutil.copytree(checkout / "data", tmp_path / "data"))
