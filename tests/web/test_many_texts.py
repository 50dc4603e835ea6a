"""POST /api/geocode: many texts in one request."""

import json

import pytest
from openapi_schema_validator import OAS30Validator

from tests.web.test_declared_answers import wrong
from webapp.api.many_texts import MOST_BYTES, MOST_TEXTS

TEXTS = ["仁寿县视高街道", "没有地方", "德阳市与彭什交界地带"]


@pytest.fixture
def post(client):
    def posted(body, address="/api/geocode", **headers):
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(address, data=data, content_type="application/json", headers=headers)

    return posted


@pytest.fixture(scope="module")
def document(app):
    return app.test_client().get("/api/openapi.json").get_json()


@pytest.fixture
def told(post):
    def problems(body, **others):
        response = post(body, **others)
        assert response.mimetype == "application/problem+json"
        return response.status_code, response.get_json(force=True)["problems"]

    return problems


@pytest.mark.parametrize("body", [TEXTS, {"texts": TEXTS}], ids=["list", "object"])
def test_every_text_is_answered_as_alone_in_order(client, post, body):
    alone = [client.get("/api/geocode", query_string={"q": text}).get_json() for text in TEXTS]
    assert post(body).get_json() == {"answers": alone}


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ({"texts": TEXTS, "datum": "gcj02", "lang": "en"}, "/api/geocode"),
        (TEXTS, "/api/geocode?datum=gcj02&lang=en"),
        ({"texts": TEXTS, "lang": "en"}, "/api/geocode?datum=gcj02"),
    ],
)
def test_datum_and_language_stand_in_the_body_or_in_the_address(client, post, body, address):
    response = post(body, address)
    query = {"q": TEXTS[0], "datum": "gcj02"}
    assert response.get_json()["answers"][0] == client.get("/api/geocode", query_string=query).get_json()
    assert response.headers["Content-Language"] == "en"


def test_an_answer_is_what_is_declared(post, document):
    declared = document["paths"]["/geocode"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]
    answer = post(TEXTS).get_json()
    assert wrong(answer, declared, document["components"]["schemas"]) == []
    answer["answers"][0]["datum"] = 1
    assert wrong(answer, declared, document["components"]["schemas"]) != []


@pytest.mark.parametrize(
    ("body", "is_declared"),
    [
        (TEXTS, True),
        ({"texts": TEXTS, "datum": "bd09", "lang": "en"}, True),
        ({"texts": ["x"] * MOST_TEXTS}, True),
        (["x" * 10_000], True),
        ([], False),
        (["x"] * (MOST_TEXTS + 1), False),
        (["x" * 10_001], False),
        ([""], False),
        ([1], False),
        ({}, False),
        ({"texts": "x"}, False),
        ({"texts": TEXTS, "q": "x"}, False),
        ({"texts": TEXTS, "datum": "utm"}, False),
        ("x", False),
        (None, False),
    ],
)
def test_a_body_is_taken_where_the_description_allows_it(post, document, body, is_declared):
    (schema,) = document["paths"]["/geocode"]["post"]["requestBody"]["content"].values()
    assert OAS30Validator(schema["schema"]).is_valid(body) == is_declared
    assert post(json.dumps(body)).status_code == (200 if is_declared else 400)


def test_all_problems_are_told_at_once(told):
    body = {"texts": ["x", "", 5, "x" * 10_001, None], "datum": "utm", "colour": "red"}
    assert told(body, address="/api/geocode?lang=fr&z=1") == (
        400,
        [
            "lang: unknown value 'fr'; known are zh, en",
            "z: unknown parameter; known are datum, lang",
            "datum: unknown value 'utm'; known are wgs84, cgcs2000, gcj02, bd09",
            "colour: unknown; known are texts, datum, lang",
            "texts[1]: 0 characters arrived; expected 1 to 10000",
            "texts[2]: 5 arrived; expected a text",
            "texts[3]: 10001 characters arrived; expected 1 to 10000",
            "texts[4]: null arrived; expected a text",
        ],
    )


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("null", "null"),
        ("true", "true"),
        ("-1.50", "-1.5"),
        ('{"a": null}', "an object"),
        ("[null]", "an array"),
        (f"{'[' * 900}{']' * 900}", "an array"),
    ],
)
def test_what_is_no_text_is_called_as_in_json(told, sent, name):
    assert told(f'["x", {sent}]') == (400, [f"texts[1]: {name} arrived; expected a text"])
    body = f'{{"texts": ["x"], "datum": {sent}, "lang": {sent}}}'
    assert told(body) == (400, [f"{one}: {name} arrived; expected a text" for one in ("datum", "lang")])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("null", "null arrived"),
        ('{"texts": false}', "false arrived"),
        ('"x"', '"x" arrived'),
        ('{"texts": {}}', "an object arrived"),
        ("{}", "missing"),
    ],
)
def test_what_is_no_list_is_called_as_in_json(told, body, what):
    expected = 'expected a list of texts, or an object such as {"texts": ["…"]}'
    assert told(body) == (400, [f"texts: {what}; {expected}"])


def test_of_many_problems_the_first_are_told(told):
    status, problems = told([1] * 500)
    assert (status, len(problems), problems[-1]) == (400, 21, "texts: 480 more problems like these")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b'["\\ud800"]', b"[" * 5000, b"NaN", '["德阳"]'.encode("gb18030")], ids=str
)
def test_a_body_that_is_no_json_is_refused(told, body):
    status, (problem,) = told(body)
    assert status == 400
    assert problem.startswith(("body: no JSON in UTF-8", "texts: "))


def test_what_stands_in_the_body_and_in_the_address_is_refused(told):
    status, problems = told({"texts": TEXTS, "datum": "bd09"}, address="/api/geocode?datum=gcj02")
    assert (status, problems) == (400, ["datum: arrived 2 times; expected once"])


def test_a_body_that_is_too_long_is_refused_with_the_limit(told):
    status, (problem,) = told(json.dumps(["x" * MOST_BYTES]))
    assert (status, f"at most {MOST_BYTES} bytes" in problem) == (413, True)


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_of_another_media_type_is_refused(client, media_type):
    response = client.post("/api/geocode", data="[]", content_type=media_type)
    assert response.status_code == 415
    assert "expected a body of application/json" in response.get_json()["detail"]


def test_an_answer_is_kept_by_nobody_and_read_by_all(post, client):
    response = post(TEXTS)
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    asked = client.options("/api/geocode", headers={"Access-Control-Request-Method": "POST"})
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert "Content-Type" in asked.headers["Access-Control-Allow-Headers"]


def test_the_page_for_people_names_it(client):
    assert "POST /geocode" in client.get("/api/openapi.html").get_data(as_text=True)
