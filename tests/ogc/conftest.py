import pytest

from webapp.app import create_app
from webapp.settings import Settings


@pytest.fixture(scope="session")
def client(catalogue):
    return create_app(catalogue, Settings()).test_client()


@pytest.fixture
def get(client):
    """Ask for a path below /api, with its parameters quoted, and return the document."""

    def asked(path, status=200, **parameters):
        response = client.get(f"/api{path}", query_string=parameters)
        assert response.status_code == status, response.get_data(as_text=True)[:500]
        return response.get_json(force=True)

    return asked


@pytest.fixture
def ids(get):
    """Return the ids of all features of a collection that fulfil parameters."""

    def found(what="cases", **parameters):
        return [feature["id"] for feature in get(f"/collections/{what}/items", limit=1000, **parameters)["features"]]

    return found


@pytest.fixture
def problems(get):
    """Return what a refused request is told."""

    def told(path="/collections/cases/items", status=400, **parameters):
        return get(path, status, **parameters)["problems"]

    return told
