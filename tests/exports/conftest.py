import pytest

from geo.exports.tables import Tables


@pytest.fixture(scope="session")
def tables(catalogue):
    return Tables(catalogue)
