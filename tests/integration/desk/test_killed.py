"""The gateway is killed in mid-conversation and started again: nothing is lost, nothing is said twice, nobody helps."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from pathlib import Path

import httpx
import pytest

from tests.integration.desk.asking import asking
from tests.integration.desk.people import Operator, add_account
from tests.integration.gateway.rasa import SECRET
from tests.integration.gateway.serving import serving
from tests.integration.gateway.talking import Resident

ROOT = Path(__file__).parents[3]
TURNS = 12


class Gateway:
    """A gateway of its own process, on a port that stays."""

    def __init__(self, folder: Path, rasa_url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "BXL_GATEWAY_DATABASE_URL": f"sqlite:///{folder / 'conversations.db'}",
            "BXL_GATEWAY_CHANNEL_SECRET": SECRET,
            "BXL_GATEWAY_RASA_URL": rasa_url,
            "BXL_GATEWAY_CITY_URL": "http://127.0.0.1:9",
            "BXL_DESK_SECOND_FACTOR": "off",
            "BXL_DESK_PRESENCE_S": "0.5",
            "BXL_GATEWAY_HAND_OVER_GRACE_S": "5",
        }
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "uvicorn", "--factory", "services.gateway.app:create_app"]
        quiet = asyncio.subprocess.DEVNULL
        self.process = await asyncio.create_subprocess_exec(
            *command, "--port", str(self.port), cwd=ROOT, env=self._environment, stdout=quiet, stderr=quiet
        )
        async with asyncio.timeout(60), httpx.AsyncClient(base_url=self.url, trust_env=False) as client:
            while True:
                try:
                    await client.get("/health/live")
                    return
                except httpx.TransportError:
                    assert self.process.returncode is None
                    await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """Kill it without a word."""
        if self.process:
            self.process.kill()
            await self.process.wait()
            self.process = None


@pytest.fixture
async def gateway(tmp_path, rasa, app):
    """A killable gateway on the database of ``app``, which adds accounts to it."""
    async with serving(rasa.app) as rasa_url:
        found = Gateway(tmp_path, rasa_url)
        await found.start()
        yield found
        await found.kill()


async def persistent(send):
    """Send again until it is answered, as pages and widgets do."""
    while True:
        try:
            answer = await send()
        except httpx.TransportError:
            await asyncio.sleep(0.05)
            continue
        assert answer.status_code < 400, answer.text
        return answer


async def kept_open(operator: Operator, there: asyncio.Event) -> None:
    """Keep the operator's stream open, as their page does; tell when it is."""
    while True:
        try:
            async with operator.client.stream("GET", "/desk/events", timeout=None) as answer:
                async for _ in answer.aiter_lines():
                    there.set()
        except httpx.TransportError:
            await asyncio.sleep(0.1)


async def test_a_kill_in_mid_conversation_loses_nothing_and_needs_nobody(app, clock, rasa, gateway):
    rasa.answers["un agent"] = asking()
    await add_account(app, "nadia")
    operator = Operator(app, clock)
    operator.client = httpx.AsyncClient(base_url=gateway.url, follow_redirects=True, trust_env=False, timeout=20)
    client = httpx.AsyncClient(base_url=gateway.url, trust_env=False, timeout=20)
    async with operator.client, client:
        await operator.type_password("nadia")
        there = asyncio.Event()
        page = asyncio.create_task(kept_open(operator, there))
        resident = await Resident.opening(client)
        async with asyncio.timeout(20):
            await there.wait()
        assert (await resident.say("un agent"))["state"] == "waiting"
        chat_id = resident.opened["id"]
        await operator.open("/inbox")
        await operator.send(f"/chats/{chat_id}/take")
        csrf = operator.csrf

        async def resident_writes() -> None:
            for number in range(TURNS):
                path = f"{resident.path}/messages"
                sent = {"client_id": f"r{number}", "text": f"question {number}"}
                answer = await persistent(lambda s=sent, p=path: client.post(p, json=s, headers=resident.headers))
                assert (answer.json()["messages"], answer.json()["state"]) == ([], "operator")

        async def operator_writes() -> None:
            for number in range(TURNS):
                fields = {"csrf": csrf, "client_id": f"client-{number:04}", "text": f"réponse {number}"}
                await persistent(
                    lambda f=fields: operator.client.post(
                        f"/desk/chats/{chat_id}/say", data=f, headers={"HX-Request": "true"}
                    )
                )

        async def kills() -> None:
            for _ in range(2):
                await asyncio.sleep(0.05)
                await gateway.kill()
                await gateway.start()

        heard = len(rasa.received)
        async with asyncio.timeout(90):
            await asyncio.gather(resident_writes(), operator_writes(), kills())
        kept = await resident.kept()
        for author, words in (("resident", "question"), ("operator", "réponse")):
            said = [each["text"] for each in kept["messages"] if each["author"] == author]
            assert [each for each in said if each.startswith(words)] == [f"{words} {number}" for number in range(TURNS)]
        assert kept["state"] == "operator"
        assert len(rasa.received) == heard  # the assistant was silent throughout
        assert [each["text"] for each in kept["messages"] if each["author"] == "system"] == [
            "Nadia, du centre d'appels de la Région, vous répond maintenant. L'assistant se tait."
        ]
        page.cancel()
