"""Answers that browsers keep: what changed is sent again."""

import dataclasses

import pytest

from geo.text import LocalText
from webapp.app import create_app
from webapp.negotiate import respond, respond_if_changed
from webapp.settings import Settings


def test_other_content_at_an_address_has_another_etag(app):
    with app.test_request_context("/map/base.json"):
        first = respond(b"[1]", media_type="application/json").headers["ETag"]
    with app.test_request_context("/map/base.json", headers={"If-None-Match": first}):
        same, other = (respond(body, media_type="application/json") for body in (b"[1]", b"[2]"))
    assert (same.status_code, other.status_code, other.data) == (304, 200, b"[2]")


def test_what_is_made_of_other_data_is_made_again(app):
    with app.test_request_context("/api/"):
        first = respond_if_changed(lambda: b"1", key="monday", media_type="text/plain").headers["ETag"]
    with app.test_request_context("/api/", headers={"If-None-Match": first}):
        same = respond_if_changed(lambda: b"1", key="monday", media_type="text/plain")
        other = respond_if_changed(lambda: b"2", key="tuesday", media_type="text/plain")
    assert (same.status_code, other.status_code, other.data) == (304, 200, b"2")


@pytest.mark.parametrize(
    "path", ["/api/collections/cases/items/A08", "/api/collections", "/feed.atom", "/catalog.jsonld"]
)
def test_an_answer_is_sent_again_when_a_record_changed(client, catalogue, path):
    located = catalogue.case("A08")
    case = dataclasses.replace(located.case, title=LocalText("新题目", "New title"), last_checked="2026-11-25")
    cases = {**catalogue.cases, "A08": dataclasses.replace(located, case=case)}
    changed = dataclasses.replace(catalogue, cases=cases, digest="of other records")
    kept = client.get(path).headers["ETag"]
    again = create_app(changed, Settings()).test_client().get(path, headers={"If-None-Match": kept})
    assert again.status_code == 200
