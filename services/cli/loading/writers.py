"""A resident with a page open, who asks for a person and then talks with them."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx

from services.cli.loading.operators import Operator
from services.cli.loading.streaming import streaming

_ASKS: Final = "je veux parler à une personne"


class Writer:
    """A resident in the conversation with an operator, and what came of everything that was said in it."""

    def __init__(self, client: httpx.AsyncClient, operator: Operator) -> None:
        self._client = client
        self._operator = operator
        self._headers: dict[str, str] = {}
        self._came: dict[str, list[float]] = {}
        self._all_came = asyncio.Event()
        self.id = ""
        #: What the operator wrote with the instant, and what the resident wrote, each in order.
        self.told: dict[str, float] = {}
        self.wrote: list[str] = []
        self.turns_ms: list[float] = []
        self.wrong: Counter[str] = Counter()

    @property
    def ways_ms(self) -> list[float]:
        """How long the operator's words took to the page."""
        return [1000 * (self._came[text][0] - at) for text, at in self.told.items() if text in self._came]

    async def open(self, at_once: asyncio.Semaphore) -> None:
        """Begin a conversation, ask for a person, and be taken by one. Raises RuntimeError where nobody would come."""
        async with at_once:
            opened = (await self._client.post("/api/v1/conversations", json={"language": "fr"})).json()
            self.id, self._headers = opened["id"], {"Authorization": f"Bearer {opened['token']}"}
            state = await self._say(_ASKS)
            if state != "waiting":
                raise RuntimeError(f"who asked for a person does not wait: {state}")
            self.turns_ms.clear()
            await self._operator.take(self)

    @contextlib.asynccontextmanager
    async def page(self) -> AsyncIterator[None]:
        """Have the page open for the time of the block; it is live when the block begins."""
        path = f"/api/v1/conversations/{self.id}/events"
        async with streaming(self._client, path, self._headers, self._hear):
            yield

    def expect(self, text: str) -> None:
        """Note that the operator sends this now."""
        self.told[text] = time.perf_counter()
        self._all_came.clear()

    async def everything_came(self) -> None:
        """Wait until all of the operator's words are on the page."""
        if any(text not in self._came for text in self.told):
            await self._all_came.wait()

    async def talk(self, seconds: float, every_s: float, number: int) -> None:
        """Write now and then."""
        end = time.monotonic() + seconds
        await asyncio.sleep(every_s * random.random())  # noqa: S311 - nobody writes in step
        while time.monotonic() < end:
            await self._say(f"réponse {number}-{len(self.wrote)}")
            await asyncio.sleep(every_s)

    async def compare(self) -> None:
        """Compare what was said with what came and with what is kept of the conversation."""
        self.wrong["lost"] += sum(text not in self._came for text in self.told)
        self.wrong["doubled"] += sum(len(times) - 1 for times in self._came.values())
        came = [text for text in self._came if text in self.told]
        self.wrong["out of order"] += came != [text for text in self.told if text in self._came]
        path = f"/api/v1/conversations/{self.id}"
        kept = (await self._client.get(path, headers=self._headers)).json()["messages"]
        for author, said in (("resident", self.wrote), ("operator", list(self.told))):
            found = Counter(each["text"] for each in kept if each["author"] == author)
            self.wrong["lost"] += sum(not found[text] for text in said)
            self.wrong["doubled"] += sum(count - 1 for count in found.values())

    async def _say(self, text: str) -> str:
        begun = time.perf_counter()
        given = {"client_id": str(uuid.uuid4()), "text": text}
        path = f"/api/v1/conversations/{self.id}/messages"
        answer = await self._client.post(path, json=given, headers=self._headers)
        self.turns_ms.append(1000 * (time.perf_counter() - begun))
        self.wrote.append(text)
        if not answer.is_success:
            self.wrong["refused"] += 1
            return "refused"
        return str(answer.json()["state"])

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        del event
        for message in told.get("messages", ()):
            if message["author"] == "operator":
                self._came.setdefault(message["text"], []).append(time.perf_counter())
        if all(text in self._came for text in self.told):
            self._all_came.set()
