"""What is refused: a stable code, a sentence in the reader's language, and nothing of the inside."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from services.gateway.core.texts import Texts
from services.gateway.settings import GatewaySettings
from tests.integration.gateway.talking import Resident

TEXTS = Texts(GatewaySettings.model_fields["responses"].default, GatewaySettings.model_fields["texts"].default)


def _check(answer, status: int, code: str, language: str | None, **params) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"] == TEXTS.error(code, language, **params)
    assert set(body) == {"type", "title", "status", "code", "detail", "suggestions", "errors"}


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        pytest.param({"text": ""}, 422, "empty_message", id="empty"),
        pytest.param({"text": " \n\t "}, 422, "empty_message", id="space"),
        pytest.param({"text": "\u200b\u2060\x00\x07"}, 422, "empty_message", id="nothing to see"),
        pytest.param({}, 422, "empty_message", id="nothing"),
        pytest.param({"text": "x" * 10_001}, 413, "message_too_long", id="too long"),
        pytest.param({"choice": "made-up"}, 422, "unknown_choice", id="no such choice"),
        pytest.param({"choice": "/restart"}, 422, "unknown_choice", id="a command as a choice"),
        pytest.param({"photo": "0" * 32}, 422, "unknown_photo", id="no such photo"),
        pytest.param({"text": "a", "choice": "b"}, 422, "invalid_request", id="two things at once"),
    ],
)
async def test_what_cannot_be_said_is_refused_in_the_conversations_language(
    *, client, rasa, language, content, status, code
):
    resident = await Resident.opening(client, language)
    _check(await resident.send(**content), status, code, language, limit=10_000)
    assert rasa.received == []
    assert len((await resident.kept())["messages"]) == 1


async def test_a_message_at_the_limit_is_answered(resident, rasa):
    await resident.say("é" * 10_000)
    assert rasa.said == ["é" * 10_000]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        pytest.param(b'{"client_id": "a", "text": "\xff\xfe"}', 400, "invalid_json", id="broken UTF-8"),
        pytest.param(b'{"client_id": ', 400, "invalid_json", id="broken JSON"),
        pytest.param(b"[" * 100_000, 400, "invalid_json", id="deep JSON"),
        pytest.param(b"[1]", 422, "invalid_request", id="another shape"),
        pytest.param(b'{"text": "a"}', 422, "invalid_request", id="no client_id"),
        pytest.param(b'{"client_id": "", "text": "a"}', 422, "invalid_request", id="empty client_id"),
        pytest.param(b'{"client_id": "a\\u0000", "text": "a"}', 422, "invalid_request", id="client_id with NUL"),
        pytest.param(b'{"client_id": "a", "text": 5}', 422, "invalid_request", id="a number as text"),
        pytest.param(
            b'{"client_id": "a", "location": {"lat": 91, "lon": 4}}', 422, "invalid_request", id="nowhere on Earth"
        ),
        pytest.param(
            b'{"client_id": "a", "location": {"lat": NaN, "lon": 4}}', 422, "invalid_request", id="not a number"
        ),
        pytest.param(b'{"client_id": "a", "text": "' + b"x" * 200_000 + b'"}', 413, "body_too_large", id="too large"),
    ],
)
@pytest.mark.parametrize("language", ["nl", None])
async def test_a_body_that_is_no_message_is_refused(*, resident, rasa, body, status, code, language):
    headers = {**resident.headers, "Content-Type": "application/json", "Accept-Language": language or "de"}
    answer = await resident.client.post(f"{resident.path}/messages", content=body, headers=headers)
    _check(answer, status, code, language)
    assert "xxxx" not in answer.text
    assert rasa.received == []


async def test_a_large_body_of_unknown_length_is_not_read_to_its_end(resident):
    sent = 0

    async def endless():
        nonlocal sent
        while True:
            sent += 10_000
            yield b"x" * 10_000

    headers = {**resident.headers, "Content-Type": "application/json"}
    answer = await resident.client.post(f"{resident.path}/messages", content=endless(), headers=headers)
    _check(answer, 413, "body_too_large", None)
    assert sent < 500_000


PATHS = [("POST", "/messages"), ("GET", ""), ("PATCH", ""), ("DELETE", ""), ("GET", "/events")]


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    ("authorization", "found", "status", "code"),
    [
        pytest.param(None, True, 401, "unauthorized", id="no token"),
        pytest.param("Bearer wrong", True, 401, "unauthorized", id="another token"),
        pytest.param("Bearer é", True, 401, "unauthorized", id="a token of other letters"),
        pytest.param("Basic dXNlcjpwYXNz", True, 401, "unauthorized", id="another scheme"),
        pytest.param("Bearer any", False, 404, "conversation_not_found", id="no such conversation"),
    ],
)
async def test_only_the_token_opens_a_conversation(*, resident, rasa, method, path, authorization, found, status, code):
    headers = {"Accept-Language": "en"}
    if authorization:
        headers["Authorization"] = authorization.encode()
    body = {"client_id": "a", "text": "x"} if method == "POST" else {"language": "nl"} if method == "PATCH" else None
    url = (resident.path if found else "/api/v1/conversations/" + "0" * 32) + path
    _check(await resident.client.request(method, url, json=body, headers=headers), status, code, "en")
    assert rasa.received == []
    assert (await resident.kept())["language"] == "fr"


async def test_the_token_of_one_conversation_does_not_open_another(client, resident):
    other = await Resident.opening(client)
    _check(await client.get(resident.path, headers=other.headers), 401, "unauthorized", None)


async def test_a_closed_conversation_takes_no_messages(app, resident):
    await app.state.database.write(
        lambda connection: connection.execute(text("UPDATE conversations SET state = 'closed'"))
    )
    _check(await resident.send(text="encore"), 409, "conversation_closed", "fr")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/api/v1/nowhere", 404, "not_found"),
        ("GET", "/__init__.py", 404, "not_found"),
        ("GET", "/../settings.py", 404, "not_found"),
        ("GET", "/%2e%2e/%2e%2e/%2e%2e/pyproject.toml", 404, "not_found"),
        ("PUT", "/api/v1/conversations", 405, "method_not_allowed"),
        ("GET", "/api/v1/conversations/a%20b", 422, "invalid_request"),
    ],
)
async def test_what_is_not_there_is_a_problem_too(client, method, path, status, code):
    headers = {"Accept-Language": "nl-BE,nl;q=0.9,en;q=0.5", "Authorization": "Bearer x"}
    _check(await client.request(method, path, headers=headers), status, code, "nl")


async def test_a_broken_database_gives_a_sentence_and_no_inside(app, client, resident):
    for statement in (text("DROP TABLE choices"), text("DROP TABLE turns")):
        await app.state.database.write(lambda connection, statement=statement: connection.execute(statement))
    _check(await resident.send(text="mon secret"), 503, "database_unavailable", None)


async def test_what_nobody_expected_gives_a_sentence_and_no_inside(app, client, caplog):
    async def explode(*_args):
        raise RuntimeError("mon secret")

    app.state.chat.open = explode
    answer = await client.post("/api/v1/conversations", json={}, headers={"Accept-Language": "en"})
    _check(answer, 500, "internal_error", "en")
    assert "0800" in answer.json()["detail"]
    assert "secret" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"
