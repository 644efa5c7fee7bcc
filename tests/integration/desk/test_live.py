"""The desk and the chat as they are served: what is live, two gateways on one PostgreSQL and Redis, and a kill."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from services.desk.handover import Event
from tests import postgres
from tests.integration.desk.asking import asking, at_the_desk
from tests.integration.desk.people import add_account
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident, texts
from tests.integration.gateway.test_events import stream


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    """Give the address of a Redis server of this test."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own server
    client = Redis(port=port)
    for _ in range(2000):
        with contextlib.suppress(RedisConnectionError):
            client.ping()
            break
        assert process.poll() is None
    yield f"redis://127.0.0.1:{port}"
    client.close()
    process.terminate()
    process.wait()


@pytest.fixture
async def two(server, make_app, redis_url, rasa):
    """Two gateways on one database that hear each other; streams look by themselves once a minute only."""
    rasa.answers["un agent"] = asking()
    url = postgres.new_database(server, "hand")
    apps = [make_app(database_url=url, redis_url=redis_url, stream_poll_s=60) for _ in range(2)]
    async with asyncio.timeout(20):
        for app in apps:
            await app.state.live.start()
            await app.state.live.connected.wait()
    return apps


async def served(app, stack):
    url = await stack.enter_async_context(serving(app))
    client = httpx.AsyncClient(base_url=url, trust_env=False, timeout=20)
    await stack.enter_async_context(client)
    return await Resident.opening(client)


async def event(events, name):
    async with asyncio.timeout(10):
        while (found := await anext(events))["event"] != name:
            pass
    return found


async def test_what_happens_at_one_gateway_is_live_at_the_other(two):
    first, second = two
    nadia = await add_account(first, "nadia")
    await at_the_desk(second, nadia)
    async with contextlib.AsyncExitStack() as stack:
        resident = await served(first, stack)
        chat_id = resident.opened["id"]
        heard = await stack.enter_async_context(second.state.handover.events(nadia))
        events = await stack.enter_async_context(stream(resident))
        await resident.say("un agent")
        async with asyncio.timeout(10):
            assert await anext(heard) == Event("queue", chat_id)
        assert await second.state.handover.take(chat_id, nadia)
        assert "Nadia" in texts((await event(events, "message"))["data"])[0]
        await second.state.handover.typing(chat_id, nadia)
        assert (await event(events, "typing"))["data"]["state"] == "operator"
        await second.state.handover.say(chat_id, nadia, "client-0001", "Bonjour", "fr")
        assert texts((await event(events, "message"))["data"]) == ["Bonjour"]


async def test_of_many_at_both_gateways_exactly_one_gets_each(two):
    people = [await add_account(two[0], f"operator{number}") for number in range(12)]
    await at_the_desk(two[0], people[0])
    async with contextlib.AsyncExitStack() as stack:
        residents = [await served(two[0], stack) for _ in range(3)]
        for resident in residents:
            await resident.say("un agent")
            chat_id = resident.opened["id"]
            tries = [two[number % 2].state.handover.take(chat_id, each) for number, each in enumerate(people)]
            won = await asyncio.gather(*tries)
            assert won.count(True) == 1
            owner = people[won.index(True)]
            assert chat_id in [each.conversation_id for each in await two[1].state.handover.mine(owner)]
            said = [each for each in (await resident.kept())["messages"] if each["author"] == "system"]
            assert len(said) == 1


async def test_the_same_words_at_both_gateways_at_once_are_said_once(two):
    nadia = await add_account(two[0], "nadia")
    await at_the_desk(two[0], nadia)
    async with contextlib.AsyncExitStack() as stack:
        resident = await served(two[0], stack)
        await resident.say("un agent")
        chat_id = resident.opened["id"]
        await two[0].state.handover.take(chat_id, nadia)
        tries = [app.state.handover.say(chat_id, nadia, "client-0001", "Bonjour", "fr") for app in two * 4]
        await asyncio.gather(*tries)
        said = [each["text"] for each in (await resident.kept())["messages"] if each["author"] == "operator"]
        assert said == ["Bonjour"]
