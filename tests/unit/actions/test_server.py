"""The action server speaks rasa-sdk's protocol and tells nobody what residents wrote."""

import json
import logging
import socket
import zlib
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from sanic import Sanic

from actions.registry import ACTIONS
from actions.server import create_app, make_city_client
from actions.settings import ActionSettings
from tests.unit.actions.facade import Facade

CALL = {
    "next_action": "action_greet",
    "tracker": {
        "sender_id": "someone",
        "slots": {"language": "fr"},
        "latest_message": {"text": "bonjour", "intent": {"name": "greet"}, "entities": []},
        "events": [{"event": "user", "text": "bonjour"}],
        "active_loop": {},
    },
}


@pytest_asyncio.fixture
async def server() -> AsyncIterator[httpx.AsyncClient]:
    Sanic.test_mode = True
    city = httpx.AsyncClient(transport=httpx.MockTransport(Facade()), base_url="http://city")
    app = create_app(ActionSettings(), city)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = await app.create_server(sock=listening, return_asyncio_server=True)
        assert running is not None
        await running.startup()
        await running.start_serving()
        port = listening.getsockname()[1]
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            yield client
        running.close()
        await running.wait_closed()
    await city.aclose()
    Sanic.unregister_app(app)


async def test_it_says_that_it_is_well(server):
    answer = await server.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


async def test_it_lists_its_actions(server):
    names = [each["name"] for each in (await server.get("/actions")).json()]
    assert "action_follow_up" in names
    assert len(names) == len(ACTIONS)


@pytest.mark.parametrize("compressed", [False, True])
async def test_it_runs_an_action(server, compressed):
    body = json.dumps(CALL).encode()
    headers = {"content-encoding": "deflate"} if compressed else {}
    answer = await server.post("/webhook", content=zlib.compress(body) if compressed else body, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["responses"][0]["response"] == "utter_greet"
    assert answer.json()["events"] == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"next_action": "action_greet"}', b'{"tracker": {}}'])
async def test_a_body_that_is_no_action_call_is_refused(server, body):
    answer = await server.post("/webhook", content=body)
    assert answer.status_code == 400
    assert "error" in answer.json()


async def test_an_action_that_does_not_exist_is_said_not_to(server):
    answer = await server.post("/webhook", json={**CALL, "next_action": "action_nothing"})
    assert answer.status_code == 404
    assert answer.json()["action_name"] == "action_nothing"


async def test_a_failure_says_nothing_of_the_conversation(server, caplog):
    tracker = {"events": 3, "slots": {"address": "rue Secrète 12"}}
    with caplog.at_level(logging.DEBUG):
        answer = await server.post("/webhook", json={"next_action": "action_greet", "tracker": tracker})
    assert answer.status_code == 500
    assert answer.json() == {"error": "internal error"}
    assert "Secrète" not in caplog.text
    assert "Traceback" not in caplog.text


async def test_the_city_is_given_short_time_limits(monkeypatch):
    monkeypatch.setenv("BXL_ACTIONS_CITY_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("BXL_ACTIONS_CITY_READ_TIMEOUT_S", "1.5")
    async with make_city_client(ActionSettings()) as client:
        assert str(client.base_url) == "http://127.0.0.1:9"
        assert client.timeout.read == 1.5
        assert client.timeout.connect == 0.5
