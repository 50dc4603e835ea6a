"""The server as programs meet it: connections that stay open, addresses of any length."""

import http.client

import pytest

from geo.errors import SettingsError
from tests.servers import Server
from webapp.serve import serve


@pytest.fixture(scope="module")
def connection(catalogue_file):
    server = Server(catalogue_file)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    yield connection
    connection.close()
    server.stop()


def asked(connection, path, **headers):
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    return response, response.read()


def test_what_is_unchanged_leaves_the_connection_open(connection):
    first, _ = asked(connection, "/api/collections/cases/items")
    used = connection.sock
    unchanged, body = asked(connection, "/api/collections/cases/items", **{"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status, body, unchanged.headers["Connection"]) == (304, b"", None)
    again, _ = asked(connection, "/api/")
    assert (again.status, connection.sock is used) == (200, True)


def test_a_visitor_may_still_close_it(connection):
    first, _ = asked(connection, "/api/")
    response, _ = asked(connection, "/api/", **{"If-None-Match": first.headers["ETag"], "Connection": "close"})
    assert (response.status, response.headers["Connection"]) == (304, "close")


def test_an_address_of_a_megabyte_is_refused_with_a_problem_document(connection):
    response, body = asked(connection, "/api/collections/cases/items?filter=" + "a" * 1_000_000)
    assert (response.status, response.headers["Content-Type"]) == (414, "application/problem+json")
    assert b"expected at most 100000" in body


def test_a_host_that_does_not_exist_is_told(catalogue):
    with pytest.raises(SettingsError, match=r"cannot listen on a\.\.b:8000 \(no such host\); choose another"):
        serve(catalogue, host="a..b", port=8000, announce=print)
