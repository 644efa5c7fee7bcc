"""Several processes on one database: every message goes out once, whoever looks and whoever dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.integration.gateway.notifications.conftest import disturbance, follow
from tests.integration.gateway.notifications.worker import DIE
from tests.integration.gateway.rasa import SECRET
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

ROOT = Path(__file__).parents[4]
WORKER = "tests.integration.gateway.notifications.worker"
RESIDENTS = 12


@pytest.fixture(scope="module")
def postgres_url():
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'conversations.db'}"
    return postgres.new_database(request.getfixturevalue("postgres_url"), "workers")


class Workers:
    """Processes, and what went out of them."""

    def __init__(self, gateway: dict[str, Any], sent: Path) -> None:
        self.gateway = gateway
        self.sent = sent
        self.running: list[asyncio.subprocess.Process] = []

    async def start(self, count: int, now: str) -> list[asyncio.subprocess.Process]:
        """Start processes whose clocks stand still."""
        given = json.dumps({"gateway": self.gateway, "now": now})
        started = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", WORKER, given, str(self.sent),
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                cwd=ROOT,
            )
            for _ in range(count)
        ]  # fmt: skip
        self.running += started
        return started

    def lines(self) -> list[list[str]]:
        """Return what went out."""
        return [json.loads(line) for line in self.sent.read_text().splitlines()] if self.sent.exists() else []


async def round_of(process: asyncio.subprocess.Process, words: str = "go") -> list[int]:
    """Have a process do a round; nothing where it dies in it."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{words}\n".encode())
    await process.stdin.drain()
    line = await process.stdout.readline()
    return json.loads(line) if line else []


@pytest.fixture
async def gateway(city, rasa_url, database_url) -> AsyncIterator[dict[str, Any]]:
    async with serving(city.app) as city_url:
        yield {"database_url": database_url, "channel_secret": SECRET, "rasa_url": rasa_url, "city_url": city_url}


@pytest.fixture
async def workers(gateway, tmp_path) -> AsyncIterator[Workers]:
    workers = Workers(gateway, tmp_path / "sent")
    yield workers
    for process in workers.running:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.fixture
async def followers(make_app, make_client, gateway, rasa, city) -> list[str]:
    """Give residents on Telegram who follow a line that is disturbed since."""
    app = make_app(**gateway)
    client = make_client(app)
    ids = []
    for _ in range(RESIDENTS):
        opened = await client.post("/api/v1/conversations", json={"language": "fr", "channel": "telegram"})
        resident = Resident(client, opened.json())
        await follow(resident, rasa, "line", "71")
        ids.append(opened.json()["id"])
    await app.state.following.look("line")
    await app.state.close()
    city.messages = [disturbance("a", "Trams déviés")]
    return ids


async def test_three_processes_tell_each_resident_once(workers, followers, clock):
    at = (clock.now() + timedelta(minutes=1)).isoformat()
    processes = await workers.start(3, at)
    async with asyncio.timeout(120):
        done = await asyncio.gather(*(round_of(each) for each in processes))
        await asyncio.gather(*(round_of(each) for each in processes))
    assert sum(said for said, _ in done) == RESIDENTS
    assert sorted(conversation for conversation, _ in workers.lines()) == sorted(followers)


async def test_what_a_process_had_claimed_when_it_died_is_told_by_another(workers, followers, clock):
    at = clock.now() + timedelta(minutes=1)
    (dying,) = await workers.start(1, at.isoformat())
    async with asyncio.timeout(120):
        assert await round_of(dying, DIE) == []
        assert await dying.wait() == 9
        assert workers.lines() == []
        later = (at + timedelta(minutes=2)).isoformat()
        survivors = await workers.start(2, later)
        await asyncio.gather(*(round_of(each) for each in survivors))
        await asyncio.gather(*(round_of(each) for each in survivors))
    assert sorted(conversation for conversation, _ in workers.lines()) == sorted(followers)
