"""Whatever is sent to the gateway: no 500, and no answer that its OpenAPI document does not promise."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI, Response
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from services.gateway import accessibility, calendar, feedback, health, offers, privacy
from services.gateway.app import create_app
from services.gateway.conversations import router as conversations
from services.gateway.photos import router as photos
from services.gateway.settings import GatewaySettings
from tests.integration.gateway.rasa import SECRET, FakeRasa
from tests.integration.gateway.serving import serving
from tests.pictures import picture

CHECKS: Any = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
#: Requests tried an operation; ``BXL_FUZZ_EXAMPLES=2000`` digs deeper than a test run has time for.
EXAMPLES = int(os.environ.get("BXL_FUZZ_EXAMPLES", "25"))
#: A stream does not end by itself; ``tests/integration/gateway/test_events.py`` is about it.
ENDLESS = ("/api/v1/conversations/{conversation_id}/events", "GET")
OPERATIONS = sorted(
    (route.path_format, next(iter(route.methods)))
    for each in (conversations, photos, feedback, offers, calendar, privacy, accessibility, health)
    for route in each.router.routes
    if isinstance(route, APIRoute)
)
CONVERSATIONS = "/api/v1/conversations"


@dataclass(frozen=True)
class Gateway:
    """A gateway on a port, and what its document promises."""

    url: str
    schema: schemathesis.BaseSchema
    client: httpx.Client

    def conversation(self) -> dict[str, Any]:
        """Open a conversation."""
        opened: dict[str, Any] = self.client.post(CONVERSATIONS, json={"language": "fr"}).json()
        return opened


def a_city() -> FastAPI:
    """Return a façade that has a calendar for everything, and nothing else."""
    city = FastAPI()
    for path in ("/v1/waste/collections.ics", "/v1/permits/appointments/{reference}/calendar.ics"):
        city.add_api_route(path, lambda: Response("BEGIN:VCALENDAR", media_type="text/calendar"))
    return city


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder: Path = tmp_path_factory.mktemp("fuzzed")
    up, done, urls = threading.Event(), asyncio.Event(), []
    loop = asyncio.new_event_loop()

    async def run() -> None:
        async with serving(FakeRasa().app) as rasa_url, serving(a_city()) as city_url:
            given: dict[str, Any] = {
                "database_url": f"sqlite:///{folder / 'conversations.db'}",
                "channel_secret": SECRET,
                "rasa_url": rasa_url,
                "city_url": city_url,
            }
            app = create_app(GatewaySettings(**given))
            async with serving(app) as url:
                urls.append(url)
                up.set()
                await done.wait()
            await app.state.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),))
    thread.start()
    assert up.wait(60)
    with httpx.Client(base_url=urls[0], trust_env=False, timeout=30) as client:
        document = client.get("/openapi.json").json()
        yield Gateway(urls[0], schemathesis.openapi.from_dict(document), client)
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


def test_every_operation_is_tried(gateway: Gateway) -> None:
    promised = {(path, method.upper()) for path, item in gateway.schema.raw_schema["paths"].items() for method in item}
    assert promised == set(OPERATIONS)


@pytest.mark.parametrize(
    ("path", "method"), [each for each in OPERATIONS if each != ENDLESS], ids=lambda part: part.strip("/")
)
def test_no_request_gets_an_answer_that_is_not_promised(gateway: Gateway, path: str, method: str) -> None:
    operation = gateway.schema[path][method]
    tries: list[st.SearchStrategy[schemathesis.Case]] = [
        operation.as_strategy(generation_mode=mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    ]
    tries += gateway.schema.get_strategies_from_examples(operation)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(tries), own=st.sampled_from(["open", "open", "open", "as it is"]))
    def ask(case: schemathesis.Case, own: str) -> None:
        if own == "open" and "conversation_id" in (case.path_parameters or {}):
            opened = gateway.conversation()
            case.path_parameters["conversation_id"] = opened["id"]
            case.headers["Authorization"] = f"Bearer {opened['token']}"
        case.call_and_validate(base_url=gateway.url, checks=CHECKS)

    ask()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud83d", id="half of a surrogate pair"),
        pytest.param("\u202egnihtemos\u202c", id="right to left"),
        pytest.param("e" + "\u0301" * 500, id="many accents on one letter"),
        pytest.param("\u0000\u0007a", id="control characters"),
        pytest.param("👩‍👩‍👧‍👦🏳️‍🌈", id="joined emoji"),
        pytest.param("ﷺ" * 300, id="letters that grow when folded"),
        pytest.param("İıſßK", id="letters that change length by case"),
        pytest.param("/restart", id="a command"),
        pytest.param("<script>alert(1)</script>", id="HTML"),
        pytest.param("{{ 7*7 }} %s {0} ${x}", id="templates"),
        pytest.param("'; DROP TABLE messages; --", id="SQL"),
    ],
)
def test_any_text_is_answered(gateway: Gateway, text: str) -> None:
    opened = gateway.conversation()
    body = json.dumps({"client_id": "a", "text": text}).encode()
    headers = {"Authorization": f"Bearer {opened['token']}", "Content-Type": "application/json"}
    answer = gateway.client.post(f"{CONVERSATIONS}/{opened['id']}/messages", content=body, headers=headers)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"{", id="cut off"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b'{"client_id":"a","text":"\xff\xfe"}', id="not UTF-8"),
        pytest.param(b'{"client_id":"a","text":NaN}', id="no number"),
        pytest.param(b'{"client_id":1e999,"text":"b"}', id="infinity"),
        pytest.param(b'{"client_id":"a","location":{"lat":NaN,"lon":0}}', id="no place"),
        pytest.param(b'{"client_id":"a","location":{"lat":1e400,"lon":0}}', id="a place at infinity"),
        pytest.param(b'{"client_id":"a","text":["b"]}', id="a list as text"),
        pytest.param(b'{"client_id":{},"text":"b"}', id="an object as id"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"client_id":"' + b"9" * 5000 + b'","text":"b"}', id="a long id"),
        pytest.param(b'{"client_id":"a","text":' + b"9" * 5000 + b"}", id="a long number"),
    ],
)
def test_broken_json_is_refused_as_a_problem(gateway: Gateway, body: bytes) -> None:
    opened = gateway.conversation()
    headers = {"Authorization": f"Bearer {opened['token']}", "Content-Type": "application/json"}
    answer = gateway.client.post(f"{CONVERSATIONS}/{opened['id']}/messages", content=body, headers=headers)
    assert answer.status_code in {400, 413, 422}, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_photo_goes_through_the_real_server(gateway: Gateway) -> None:
    opened = gateway.conversation()
    headers = {"Authorization": f"Bearer {opened['token']}"}
    path = f"{CONVERSATIONS}/{opened['id']}/photos"
    answer = gateway.client.post(path, files={"photo": ("a", picture())}, headers=headers)
    assert answer.status_code == 201
    found = gateway.client.get(f"{path}/{answer.json()['id']}", headers=headers)
    assert found.headers["content-type"] == "image/jpeg"
