"""Takes conversations over: each before its first turn here, the others when the server before is to stop."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any, Final

import aiohttp

from bot.moving.departing import Sessions
from kit import signing, wire

log = logging.getLogger(__name__)

#: Longer than an action takes: what is under way in a conversation is waited for.
_TIMEOUT_S: Final = 11.0
#: Conversations that are asked for at once; in between, messages are answered.
_AT_ONCE: Final = 50


class ArrivingError(Exception):
    """The server before does not give what it has."""


class Arriving:
    """Asks the server before, if there is one, for the sessions of conversations."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self._url: str | None = None
        self._asked: dict[str, asyncio.Future[None]] = {}

    def follow(self, port: int) -> None:
        """Ask the server at a port of this machine from now on."""
        self._url = f"http://127.0.0.1:{port}/webhooks/{wire.CHANNEL}/{wire.MOVING_PATH}"

    async def arrived(self, sender_ids: list[str], sessions: Sessions) -> None:
        """Wait until conversations are here, each of which is asked for once. Raises ArrivingError."""
        if self._url is None:
            return
        wanted = [sender_id for sender_id in sender_ids if sender_id not in self._asked]
        if wanted:
            work = asyncio.ensure_future(self._fetch(wanted, sessions))
            self._asked.update(dict.fromkeys(wanted, work))
        works = {self._asked[sender_id] for sender_id in sender_ids if sender_id in self._asked}
        # Others wait for the same answer: who goes away meanwhile does not end it.
        await asyncio.gather(*(asyncio.shield(work) for work in works))

    async def take_all(self, sessions: Sessions) -> int:
        """Take over what is left, and ask no more; return how many conversations came. Raises ArrivingError."""
        if self._url is None:
            return 0
        names = (await self._ask({"do": "close"}))["names"]
        for start in range(0, len(names), _AT_ONCE):
            await self.arrived(names[start : start + _AT_ONCE], sessions)
        self._url = None
        self._asked.clear()
        return len(names)

    async def _fetch(self, sender_ids: list[str], sessions: Sessions) -> None:
        try:
            given = (await self._ask({"do": "give", "names": sender_ids}))["sessions"]
        except aiohttp.ClientConnectorError:
            # It has ended by itself: there is nothing to wait for, and people are answered all the same.
            log.error("the server before has ended; its conversations begin anew")
            return
        except (OSError, ArrivingError, aiohttp.ClientError, asyncio.TimeoutError) as error:
            for sender_id in sender_ids:
                self._asked.pop(sender_id, None)
            raise ArrivingError(type(error).__name__) from error
        for sender_id, kept in given.items():
            sessions.adopt(sender_id, kept)

    async def _ask(self, content: dict[str, Any]) -> dict[str, Any]:
        if self._url is None:
            raise ArrivingError("there is no server before")
        body = json.dumps(content).encode()
        headers = {signing.HEADER: signing.sign(self._secret, body, int(time.time()))}
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(self._url, data=body, headers=headers) as answer,
        ):
            if answer.status != 200:
                raise ArrivingError(f"HTTP {answer.status}")
            found: dict[str, Any] = await answer.json()
            return found
