"""The door itself: limits of rate, headers, other origins, the page, the API's description."""

from __future__ import annotations

import asyncio

import pytest

from services.gateway.settings import GatewaySettings
from tests.integration.gateway.talking import Resident

OUTSIDE = "203.0.113.7"
OTHER_SITE = "https://www.example.brussels"


async def test_one_conversation_cannot_ask_without_end(make_app, make_client, rasa):
    app = make_app(messages_per_minute=60, messages_burst=3)
    resident = await Resident.opening(make_client(app, OUTSIDE))
    answers = [await resident.send(text=f"n{number}") for number in range(5)]
    assert [answer.status_code for answer in answers][:3] == [200, 200, 200]
    refused = answers[-1]
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert refused.headers["Retry-After"] == "1"
    other = await Resident.opening(make_client(app, OUTSIDE))
    assert (await other.send(text="moi")).status_code == 200


async def test_a_retry_of_what_was_answered_costs_nothing(make_app, make_client):
    app = make_app(messages_per_minute=0.001, messages_burst=1)
    resident = await Resident.opening(make_client(app, OUTSIDE))
    first = await resident.say("bonjour", client_id="a")
    for _ in range(3):
        assert await resident.say("bonjour", client_id="a") == first


async def test_what_was_refused_for_its_rate_may_be_sent_again(make_app, make_client, rasa):
    app = make_app(messages_per_minute=60_000, messages_burst=1)
    resident = await Resident.opening(make_client(app, OUTSIDE))
    await resident.say("un")
    answers = [await resident.send(text="deux", client_id="b") for _ in range(200)]
    assert any(answer.status_code == 200 for answer in answers)
    assert rasa.said == ["un", "deux"]


async def test_one_address_cannot_open_conversations_without_end(make_app, make_client):
    app = make_app(conversations_per_minute=1, conversations_burst=2)
    client = make_client(app, OUTSIDE)
    answers = [await client.post("/api/v1/conversations", json={"language": "nl"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    elsewhere = await make_client(app, "203.0.113.8").post("/api/v1/conversations", json={})
    assert elsewhere.status_code == 201


@pytest.mark.parametrize(
    ("rate_limit", "address", "limited"),
    [
        ("public", OUTSIDE, True),
        ("public", "127.0.0.1", False),
        ("public", "::1", False),
        ("public", "testclient", True),
        ("all", "127.0.0.1", True),
        ("off", OUTSIDE, False),
    ],
)
async def test_whom_the_limits_hold_for(make_app, make_client, rate_limit, address, limited):
    app = make_app(rate_limit=rate_limit, messages_per_minute=1, messages_burst=1, conversations_burst=1)
    client = make_client(app, address)
    resident = await Resident.opening(client)
    codes = [(await resident.send(text=text)).status_code for text in ("un", "deux")]
    assert codes == ([200, 429] if limited else [200, 200])
    assert (await client.post("/api/v1/conversations", json={})).status_code == (429 if limited else 201)


@pytest.mark.parametrize("path", ["/", "/main.js", "/nowhere", "/health/live", "/api/v1/conversations"])
async def test_every_answer_carries_the_security_headers(client, path):
    headers = (await client.get(path)).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-request-id"]


async def test_answers_of_the_chat_api_are_not_cached(resident):
    assert (await resident.client.get(resident.path, headers=resident.headers)).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("given", "kept"), [("abc-1", True), ("a b", False), ("x" * 65, False)])
async def test_a_request_id_is_taken_over_where_it_is_harmless(client, given, kept):
    answer = await client.get("/health/live", headers={"X-Request-ID": given})
    assert (answer.headers["x-request-id"] == given) is kept


async def test_another_site_may_chat_only_where_it_is_allowed(make_app, make_client):
    asked = {"Origin": OTHER_SITE, "Access-Control-Request-Method": "POST"}
    closed = await make_client(make_app()).options("/api/v1/conversations", headers=asked)
    assert "access-control-allow-origin" not in closed.headers
    client = make_client(make_app(allowed_origins=[OTHER_SITE]))
    opened = await client.options("/api/v1/conversations", headers=asked)
    assert opened.headers["access-control-allow-origin"] == OTHER_SITE
    assert OTHER_SITE in (await client.get("/")).headers["content-security-policy"]
    stranger = await client.post("/api/v1/conversations", json={}, headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in stranger.headers


async def test_the_page_is_served_as_its_files_and_nothing_else(tmp_path, make_app, make_client):
    folder = tmp_path / "page"
    (folder / "texts").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html>page")
    (folder / "chat.js").write_text("export {};")
    (folder / "texts" / "nl.json").write_text("{}")
    (folder / "secret.py").write_text("x = 1")
    (tmp_path / "outside.json").write_text("{}")
    client = make_client(make_app(page=folder))
    index = await client.get("/")
    assert (index.text, index.headers["content-type"]) == ("<!doctype html>page", "text/html; charset=utf-8")
    assert (await client.get("/", headers={"If-None-Match": index.headers["etag"]})).status_code == 304
    assert "javascript" in (await client.get("/chat.js")).headers["content-type"]
    assert (await client.get("/texts/nl.json")).json() == {}
    for path in ("/secret.py", "/texts", "/texts/", "/%2e%2e/outside.json", "/missing.js"):
        assert (await client.get(path)).status_code == 404, path


async def test_the_description_names_every_operation_and_its_errors(client):
    document = (await client.get("/openapi.json")).json()
    operations = {
        operation["operationId"]: operation for path in document["paths"].values() for operation in path.values()
    }
    assert set(operations) == {
        "open_conversation", "say", "events", "kept", "choose_language", "erase", "export", "health_live",
        "health_ready", "metrics", "collections_calendar", "appointment_file", "add_photo",
        "give_feedback",
        "offers", "photo", "privacy", "accessibility",
    }  # fmt: skip
    assert all(operation["summary"] and operation["tags"] for operation in operations.values())
    assert {"400", "401", "404", "409", "413", "422", "429", "503"} <= set(operations["say"]["responses"])
    errors = [
        response["content"]
        for operation in operations.values()
        for status, response in operation["responses"].items()
        if status >= "400" and operation["operationId"] != "health_ready"
    ]
    assert all(set(content) == {"application/problem+json"} for content in errors)
    assert document["components"]["securitySchemes"]


def test_without_a_secret_the_gateway_does_not_start(monkeypatch):
    monkeypatch.delenv("BXL_GATEWAY_CHANNEL_SECRET", raising=False)
    with pytest.raises(ValueError, match="channel_secret"):
        GatewaySettings()
    monkeypatch.setenv("BXL_GATEWAY_CHANNEL_SECRET", "")
    with pytest.raises(ValueError, match="channel_secret"):
        GatewaySettings()


def test_the_secret_is_not_shown():
    assert "hush" not in repr(GatewaySettings(channel_secret="hush"))


async def test_one_address_cannot_talk_in_many_conversations_without_end(make_app, make_client):
    app = make_app(address_per_minute=1, address_burst=3, conversations_burst=9)
    client = make_client(app, OUTSIDE)
    residents = [await Resident.opening(client) for _ in range(4)]
    assert [(await each.send(text="bonjour")).status_code for each in residents] == [200, 200, 200, 429]
    elsewhere = await Resident.opening(make_client(app, "203.0.113.8"))
    assert (await elsewhere.send(text="bonjour")).status_code == 200


async def test_addresses_are_in_no_memory_as_they_are(make_app, make_client):
    app = make_app(conversations_burst=5)
    await Resident.opening(make_client(app, OUTSIDE))
    counted = vars(app.state.openings)["_limit"]
    assert len(vars(counted)["_buckets"]) == 1
    assert OUTSIDE not in str(vars(counted))


async def test_a_body_that_never_ends_is_given_up(make_app, make_client):
    app = make_app(body_timeout_s=0.05)
    resident = await Resident.opening(make_client(app))
    arriving = asyncio.Event()

    async def slowly():
        yield b'{"client_id": "a", '
        await arriving.wait()

    for path in ("messages", "photos"):
        answer = await resident.client.post(f"{resident.path}/{path}", content=slowly(), headers=resident.headers)
        assert (answer.status_code, answer.json()["code"]) == (408, "too_slow")
    assert (await resident.send(text="bonjour")).status_code == 200


async def test_every_operation_that_is_promised_answers_with_the_security_headers(client):
    document = (await client.get("/openapi.json")).json()
    for path, item in document["paths"].items():
        for method in item:
            answer = await client.request(method.upper(), path.replace("{", "").replace("}", ""))
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert "default-src 'none'" in answer.headers["content-security-policy"], path
            assert answer.headers["referrer-policy"] == "no-referrer", path
            assert answer.headers["x-request-id"], path
            if path.startswith("/api/"):
                assert answer.headers["cache-control"] == "no-store", path
