import pytest

from webapp.app import create_app
from webapp.settings import Settings


@pytest.fixture(scope="session")
def app(catalogue):
    return create_app(catalogue, Settings())


@pytest.fixture
def client(app):
    return app.test_client()
