"""The event stream: what comes unasked, resumed after the last event that was seen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.gateway.dialogue.port import Draft
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident, texts


@pytest.fixture
async def url(app) -> AsyncIterator[str]:
    async with serving(app, lifespan="off") as url:
        yield url


@pytest.fixture
async def live(url) -> AsyncIterator[Resident]:
    """Give a resident whose gateway is served, because streams need a connection."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=5) as client:
        yield await Resident.opening(client)


@asynccontextmanager
async def stream(resident: Resident, last_id: str | None = None) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    headers = {**resident.headers, **({"Last-Event-ID": last_id} if last_id is not None else {})}
    async with resident.client.stream("GET", f"{resident.path}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        yield _events(answer)


async def _events(answer: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    event: dict[str, Any] = {}
    async for line in answer.aiter_lines():
        name, _, value = line.partition(": ")
        if name in ("id", "event"):
            event[name] = value
        elif name == "data":
            event["data"] = json.loads(value)
        elif not line and "data" in event:
            yield event
            event = {}


async def _tell(app, resident, *words: str) -> None:
    await app.state.chat.tell(resident.opened["id"], "operator", [Draft(word, "fr") for word in words])


async def test_what_is_said_unasked_comes_at_once(app, live):
    async with asyncio.timeout(5), stream(live) as events:
        first = await anext(events)
        assert (first["event"], first["data"]) == ("state", {"messages": [], "language": "fr", "state": "assistant"})
        await _tell(app, live, "Bonjour, c'est Anne.")
        event = await anext(events)
    assert event["event"] == "message"
    assert texts(event["data"]) == ["Bonjour, c'est Anne."]
    assert event["data"]["messages"][0]["author"] == "operator"
    assert event["id"] > first["id"]


async def test_a_stream_goes_on_after_the_last_event_that_was_seen(app, live):
    async with asyncio.timeout(5), stream(live) as events:
        await anext(events)
        await _tell(app, live, "un")
        seen = await anext(events)
    await _tell(app, live, "deux", "trois")
    await live.say("entre-temps")
    await _tell(app, live, "quatre")
    async with asyncio.timeout(5), stream(live, seen["id"]) as events:
        missed = [await anext(events) for _ in range(3)]
    assert [texts(event["data"]) for event in missed] == [["deux"], ["trois"], ["quatre"]]
    async with asyncio.timeout(5), stream(live, missed[1]["id"]) as events:
        assert texts((await anext(events))["data"]) == ["quatre"]


@pytest.mark.parametrize("last_id", ["", "x", "-1", "١", "9" * 50])
async def test_an_event_id_that_is_not_ours_starts_from_now(app, live, last_id):
    await _tell(app, live, "avant")
    headers = {**live.headers, "Last-Event-ID": last_id.encode()}
    async with asyncio.timeout(5), live.client.stream("GET", f"{live.path}/events", headers=headers) as answer:
        assert (await anext(_events(answer)))["event"] == "state"


async def test_answers_to_messages_are_not_repeated_on_the_stream(app, live):
    async with asyncio.timeout(5), stream(live) as events:
        await anext(events)
        await live.say("bonjour")
        await _tell(app, live, "ensuite")
        assert texts((await anext(events))["data"]) == ["ensuite"]


async def test_what_another_process_stores_comes_too(app, make_app, live):
    other = make_app()
    async with asyncio.timeout(5), stream(live) as events:
        await anext(events)
        await _tell(other, live, "d'ailleurs")
        assert texts((await anext(events))["data"]) == ["d'ailleurs"]
        await other.state.database.write(
            lambda connection: connection.execute(text("UPDATE conversations SET state = 'operator'"))
        )
        event = await anext(events)
    assert (event["event"], event["data"]["state"]) == ("state", "operator")


async def test_a_deleted_conversation_ends_its_stream(live):
    async with asyncio.timeout(5), stream(live) as events:
        await anext(events)
        await live.client.delete(live.path, headers=live.headers)
        assert (await anext(events))["event"] == "deleted"
        assert [event async for event in events] == []


async def test_a_conversation_keeps_only_so_many_streams_open(app, live):
    async with asyncio.timeout(10):
        async with stream(live) as one, stream(live) as two, stream(live) as three, stream(live) as four:
            for events in (one, two, three, four):
                await anext(events)
            answer = await live.client.get(f"{live.path}/events", headers=live.headers)
            assert (answer.status_code, answer.json()["code"]) == (429, "too_many_streams")
            assert int(answer.headers["Retry-After"]) > 0
        while app.state.hub.count(live.opened["id"]):  # the server notices that they are gone
            await live.client.get("/health/live")
        async with stream(live) as events:
            await anext(events)


async def test_open_streams_do_not_hold_up_the_end_of_the_server(app):
    async with asyncio.timeout(5):
        async with serving(app) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
            resident = await Resident.opening(client)
            answer = await client.send(
                client.build_request("GET", f"{resident.path}/events", headers=resident.headers), stream=True
            )
            await anext(_events(answer))
            await answer.aclose()
