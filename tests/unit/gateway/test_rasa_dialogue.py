"""Asking the Rasa server: as many at once as it can use, the others in turn, and nobody for longer than an answer."""

from __future__ import annotations

import asyncio
import json

import httpx
import pytest

from services.gateway.dialogue.port import Conversing, DialogueDownError, Said
from services.gateway.dialogue.rasa import RasaDialogue
from services.gateway.dialogue.rasa_server import RasaServer

AT_ONCE = 16


class Server:
    """A Rasa server that answers when it is told to."""

    def __init__(self) -> None:
        self.waiting = 0
        self.most = 0
        self.arrived: list[str] = []
        self.go = asyncio.Event()

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.arrived.append(json.loads(request.content)["sender"])
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        await self.go.wait()
        self.waiting -= 1
        return httpx.Response(200, json={"messages": [{"text": self.arrived[-1]}]})


def asking(server: Server, residents: int, timeout_s: float = 5) -> list[asyncio.Task]:
    dialogue = RasaDialogue(RasaServer("http://rasa", timeout_s, transport=httpx.MockTransport(server)), "secret")
    return [
        asyncio.create_task(dialogue.answer(Conversing(str(number), "web", "fr", {}), Said("text", "bonjour")))
        for number in range(residents)
    ]


async def turns_of_the_loop(times: int = 50) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


async def test_only_so_many_are_asked_at_once_and_all_are_answered_in_turn():
    server = Server()
    answers = asking(server, 3 * AT_ONCE)
    await turns_of_the_loop()
    assert server.waiting == AT_ONCE
    server.go.set()
    assert len(await asyncio.gather(*answers)) == 3 * AT_ONCE
    assert server.most == AT_ONCE
    assert server.arrived == [str(number) for number in range(3 * AT_ONCE)]


async def test_who_waits_for_a_turn_as_long_as_for_an_answer_is_told_so():
    server = Server()
    *first, last = asking(server, AT_ONCE + 1, timeout_s=0.05)
    with pytest.raises(DialogueDownError):
        await last
    server.go.set()
    await asyncio.gather(*first)


async def test_who_went_away_gives_the_turn_back():
    server = Server()
    answers = asking(server, AT_ONCE + 1)
    await turns_of_the_loop()
    answers[0].cancel()
    await turns_of_the_loop()
    assert len(server.arrived) == AT_ONCE + 1
    server.go.set()
    await asyncio.gather(*answers[1:])
