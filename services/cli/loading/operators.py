"""An operator's browser: signs in, keeps the page's stream open, asks for what the page asks for, and writes."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx

from services.cli.loading.desk_accounts import sign_in, value
from services.cli.loading.streaming import streaming

if TYPE_CHECKING:
    from services.cli.loading.writers import Writer

#: As ``services/desk/static/desk.js`` waits before it asks for the lists.
_SOON_S: Final = 0.2
_SPREAD_S: Final = 0.6


class Operator:
    """Somebody at the desk, with the last conversation that they wrote in on the screen."""

    def __init__(self, browser: httpx.AsyncClient, login: str) -> None:
        self._browser = browser
        self._login = login
        self._csrf = ""
        self._lists: asyncio.Task[None] | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._open = ""
        self.residents: list[Writer] = []
        self.wrong: Counter[str] = Counter()

    async def sign_in(self, at_once: asyncio.Semaphore) -> None:
        """Sign in."""
        async with at_once:
            self._csrf = value(await sign_in(self._browser, self._login, "/desk/inbox"), "csrf")

    @contextlib.asynccontextmanager
    async def page(self) -> AsyncIterator[None]:
        """Have the page open for the time of the block; it is live when the block begins."""
        async with streaming(self._browser, "/desk/events", {}, self._hear):
            yield
            for task in self._under_way:
                task.cancel()
            await asyncio.gather(*self._under_way, return_exceptions=True)

    async def take(self, writer: Writer) -> None:
        """Take the conversation of somebody who waits."""
        answer = await self._post(f"/desk/chats/{writer.id}/take")
        answer.raise_for_status()
        self.residents.append(writer)

    async def talk(self, seconds: float, every_s: float, number: int) -> None:
        """Write to one resident after the other."""
        end = time.monotonic() + seconds
        await asyncio.sleep(every_s * random.random())  # noqa: S311 - nobody writes in step
        while time.monotonic() < end:
            writer = random.choice(self.residents)  # noqa: S311
            self._open = writer.id
            text = f"Message {number}-{uuid.uuid4().hex[:8]}"
            writer.expect(text)
            given = {"client_id": uuid.uuid4().hex, "text": text, "language": "fr"}
            answer = await self._post(f"/desk/chats/{writer.id}/say", **given)
            if answer.status_code != HTTPStatus.NO_CONTENT:
                self.wrong["refused"] += 1
            await asyncio.sleep(every_s)

    async def _post(self, path: str, **given: str) -> httpx.Response:
        data = {"csrf": self._csrf, **given}
        return await self._browser.post(path, data=data, headers={"HX-Request": "true"})

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        """Ask for what the page asks for at such news."""
        if event in ("queue", "chats", "chat", "people") and (self._lists is None or self._lists.done()):
            self._lists = self._begin(self._get("/desk/lists", _SOON_S + _SPREAD_S * random.random()))  # noqa: S311
        if event in ("chat", "delivery") and told.get("chat") == self._open:
            self._begin(self._get(f"/desk/chats/{self._open}/lines?after=1"))
        if event == "chat" and told.get("chat") == self._open:
            self._begin(self._get(f"/desk/chats/{self._open}/aside"))

    def _begin(self, work: Any) -> asyncio.Task[None]:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def _get(self, path: str, after_s: float = 0.0) -> None:
        await asyncio.sleep(after_s)
        answer = await self._browser.get(path, headers={"HX-Request": "true"})
        if not answer.is_success:
            self.wrong["refused"] += 1
