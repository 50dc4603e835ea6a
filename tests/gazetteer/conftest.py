import pytest

from geo.gazetteer.at_point import Reverse
from geo.gazetteer.gazetteer import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(catalogue):
    return Gazetteer(catalogue.entries)


@pytest.fixture(scope="session")
def finder(catalogue):
    return Reverse(catalogue.layers, catalogue.entries)
